import type { FastifyReply, FastifyRequest } from 'fastify'
import { countInvoicesBefore, invoiceSortKeys, listInvoices, sumInvoices } from '../../data/invoice-lists.ts'
import { paymentStates } from '../../data/payment-states.ts'
import { translator } from '../../languages/translate.ts'
import { formatsIn } from '../../lib/format.ts'
import { keptFields, sayErrors, sendJson, wantsJson } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { isDraft } from '../../services/invoices/statuses.ts'
import { daysLate } from '../../services/payments/payment-rules.ts'
import { documentListModel, mostToCount, rangeText } from '../document-list.ts'
import { refuseWrongFilters } from '../filter-reader.ts'
import { readList, sendCsv, sortHead, wantsCsv } from '../lists.ts'
import type { SentBulk } from '../orders/bulk.ts'
import { viewTabs } from '../view-tabs.ts'
import { bulkModel } from './bulk.ts'
import { invoiceSorts, readInvoiceFilters, statusOptions } from './filters.ts'
import { invoiceCells, invoiceColumns, invoiceFigures, invoiceHeaderJson } from './json.ts'

export async function list(request: FastifyRequest, reply: FastifyReply) {
  const fields = await keptFields(request)
  if (fields === undefined) return invoiceListPage(request, reply, request.url)
  return invoiceListPage(request, reply, `/invoices?${fields.text('list')}`, { fields, errors: [] })
}

/** The list of an address; `sent` is what was ticked where the form round it comes back. */
export async function invoiceListPage(
  request: FastifyRequest,
  reply: FastifyReply,
  url: string,
  sent?: SentBulk,
): Promise<FastifyReply> {
  const { db } = request.server
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const state = readList({ url }, invoiceSorts, 'date', invoiceSortKeys)
  const read = await readInvoiceFilters(db, viewerOf(request), state.filters, { t, date: formats.date })
  const { filters, values, set, errors } = read
  refuseWrongFilters(request, errors)
  const sort = { by: state.sort, direction: state.direction }
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: 'invoices',
      columns: invoiceColumns,
      figures: invoiceFigures,
      keys: invoiceSortKeys,
      page: (page) => listInvoices(db, filters, sort, page),
      row: invoiceCells,
    })
  }
  const now = new Date()
  const page = await listInvoices(db, filters, sort, state)
  const sums = await sumInvoices(db, filters, mostToCount(state))
  if (wantsJson(request)) {
    const total = sums.complete ? sums.count : null
    return sendJson(reply, { items: page.rows.map(invoiceHeaderJson), next: page.next, total })
  }
  const range = await rangeText(t, page, sums, {
    keys: invoiceSortKeys,
    countBefore: (keys) => countInvoicesBefore(db, filters, sort, keys),
    sentences: { many: 'invoices.many', range: 'invoices.range', one: 'invoices.range_one' },
  })
  const bulk = await bulkModel(
    request,
    {
      query: state.query,
      ids: page.rows.map(({ id }) => id),
      count: sums.complete && errors.length === 0 ? sums.count : undefined,
      onlyDrafts: filters.statuses?.every(isDraft) === true,
    },
    sent,
  )
  return reply.page({
    view: 'invoices/list',
    title: t('invoices.title'),
    model: {
      ...documentListModel(state, 'date', {
        page,
        sums,
        set,
        parts: [
          range,
          ...(sums.complete
            ? sums.sums.map(({ currency, net, gross, open }) =>
                t('invoices.sums', {
                  net: formats.money(net, currency),
                  gross: formats.money(gross, currency),
                  open: formats.money(open, currency),
                }),
              )
            : []),
        ],
      }),
      viewTabs: await viewTabs(request, 'invoices', state.query),
      invoices: page.rows.map((invoice) => ({ ...invoice, late: daysLate(invoice, now) })),
      values,
      bulk,
      drafts: page.rows.some(({ status }) => isDraft(status)),
      // A mistake of the form round the list is none of the filter that has the same name.
      errors: [
        ...sayErrors(request, errors),
        ...bulk.errors.map((error) => ({ ...error, field: `bulk ${error.field}` })),
      ],
      choices: {
        statuses: statusOptions(t).map(({ value, label }) => ({ value, label })),
        payments: paymentStates.map((value) => ({ value, label: t(`payments.filter.${value}`) })),
        organisations: read.organisations.map(({ id, name }) => ({ value: id, label: name })),
      },
      severalOrganisations: read.organisations.length > 1,
      heads: {
        number: sortHead(state, 'number', invoiceSorts.number),
        customer: sortHead(state, 'customer', invoiceSorts.customer),
        date: sortHead(state, 'date', invoiceSorts.date),
        due_date: sortHead(state, 'due_date', invoiceSorts.due_date),
        status: sortHead(state, 'status', invoiceSorts.status),
        gross: sortHead(state, 'gross', invoiceSorts.gross),
      },
    },
  })
}
