import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  countInvoicesBefore,
  type InvoiceFilters,
  type InvoiceHeader,
  type InvoiceSort,
  type InvoiceSums,
  invoiceSortKeys,
  listInvoices,
  sumInvoices,
} from '../../data/invoice-lists.ts'
import { decodeCursor, type PageOf } from '../../data/keyset.ts'
import { translator } from '../../languages/translate.ts'
import { formatsIn } from '../../lib/format.ts'
import { sayErrors, sendJson, wantsJson } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { type ListState, pagination, readList, sendCsv, sortHead, wantsCsv } from '../lists.ts'
import type { SetFilter } from '../orders/filters.ts'
import { invoiceSorts, readInvoiceFilters, statusOptions } from './filters.ts'
import { invoiceCells, invoiceColumns, invoiceFigures, invoiceHeaderJson } from './json.ts'

/** Up to here a list counts and adds up by itself; beyond, a link asks for it. */
const countedAtOnce = 10_000

export async function list(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const state = readList(request, invoiceSorts, 'date', invoiceSortKeys)
  const read = await readInvoiceFilters(db, viewerOf(request), state.filters, { t, date: formats.date })
  const { filters, values, set, errors } = read
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
  const page = await listInvoices(db, filters, sort, state)
  const sums = await sumInvoices(db, filters, state.filters.text('sum') === 'on' ? null : countedAtOnce)
  if (wantsJson(request)) {
    const total = sums.complete ? sums.count : null
    return sendJson(reply, { items: page.rows.map(invoiceHeaderJson), next: page.next, total })
  }
  const currencies = new Set([
    ...sums.sums.map((sum) => sum.currency),
    ...page.rows.map((row) => row.currency),
  ])
  return reply.page({
    view: 'invoices/list',
    title: t('invoices.title'),
    model: {
      invoices: page.rows,
      state,
      values,
      errors: sayErrors(request, errors),
      chips: set.map((filter) => chip(state, filter)),
      choices: {
        statuses: statusOptions(t).map(({ value, label }) => ({ value, label })),
        organisations: read.organisations.map(({ id, name }) => ({ value: id, label: name })),
      },
      severalOrganisations: read.organisations.length > 1,
      /** The one currency of all amounts shown, or undefined where there are several. */
      currency: currencies.size === 1 ? [...currencies][0] : undefined,
      bar: {
        parts: [
          await rangeText(request, page, { filters, sort, sums }),
          ...(sums.complete
            ? sums.sums.map(({ currency, net, gross }) =>
                t('invoices.sums', {
                  net: formats.money(net, currency),
                  gross: formats.money(gross, currency),
                }),
              )
            : []),
        ],
        csv: state.address({ format: 'csv', sum: null }),
        rows: sums.complete ? sums.count : undefined,
      },
      countAll: sums.complete ? undefined : state.address({ sum: 'on' }),
      keep: state.sort === 'date' && state.direction === 'desc' ? {} : { sort: sortParameter(state) },
      heads: {
        number: sortHead(state, 'number', invoiceSorts.number),
        customer: sortHead(state, 'customer', invoiceSorts.customer),
        date: sortHead(state, 'date', invoiceSorts.date),
        due_date: sortHead(state, 'due_date', invoiceSorts.due_date),
        status: sortHead(state, 'status', invoiceSorts.status),
        gross: sortHead(state, 'gross', invoiceSorts.gross),
      },
      pagination: pagination(state, page),
    },
  })
}

async function rangeText(
  request: FastifyRequest,
  page: PageOf<InvoiceHeader>,
  list: { filters: InvoiceFilters; sort: { by: InvoiceSort; direction: 'asc' | 'desc' }; sums: InvoiceSums },
): Promise<string> {
  const t = translator(request.language)
  const { filters, sort, sums } = list
  if (!sums.complete) return t('invoices.many', { count: sums.count })
  // The cursor that leads back holds the first row's sort keys.
  const first = page.previous === null ? undefined : decodeCursor(page.previous, invoiceSortKeys)
  const before =
    first === undefined ? 0 : await countInvoicesBefore(request.server.db, filters, sort, first.values)
  const range = { first: before + 1, last: before + page.rows.length, count: sums.count }
  return t(range.first === range.last ? 'invoices.range_one' : 'invoices.range', range)
}

function chip(state: ListState<InvoiceSort>, filter: SetFilter) {
  const without = Object.fromEntries(filter.parameters.map((name) => [name, null]))
  return { name: filter.name, value: filter.value, remove: state.address(without) }
}

function sortParameter(state: ListState<InvoiceSort>): string {
  return state.direction === 'desc' ? `-${state.sort}` : state.sort
}
