import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  everyInvoice,
  type InvoiceFilters,
  type InvoiceSort,
  invoiceSortKeys,
  listInvoices,
  sumInvoices,
} from '../../data/invoice-lists.ts'
import { translator } from '../../languages/translate.ts'
import { formatsIn } from '../../lib/format.ts'
import { sendJson, wantsJson } from '../../plugins/answers.ts'
import { invoiceCells, invoiceColumns, invoiceFigures, invoiceHeaderJson } from '../invoices/json.ts'
import { pagination, readList, sendCsv, wantsCsv } from '../lists.ts'
import { getOrderHeader, orderHead } from './head.ts'

const sorts = { date: 'desc' } as const satisfies Partial<Record<InvoiceSort, 'asc' | 'desc'>>

/** The invoices that came out of an order, newest first. */
export async function invoices(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const order = await getOrderHeader(request)
  const state = readList(request, sorts, 'date', invoiceSortKeys)
  const filters: InvoiceFilters = {
    ...everyInvoice,
    organisation_ids: [order.organisation_id],
    order_ids: [order.id],
  }
  const sort = { by: state.sort, direction: state.direction }
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: `invoices-${order.number}`,
      columns: invoiceColumns,
      figures: invoiceFigures,
      keys: invoiceSortKeys,
      page: (page) => listInvoices(db, filters, sort, page),
      row: invoiceCells,
    })
  }
  const page = await listInvoices(db, filters, sort, state)
  const sums = await sumInvoices(db, filters, null)
  if (wantsJson(request))
    return sendJson(reply, { items: page.rows.map(invoiceHeaderJson), next: page.next, total: sums.count })
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const head = await orderHead(request, order, 'invoices')
  return reply.page({
    view: 'orders/invoices',
    title: head.pageHead.title,
    model: {
      head,
      order,
      invoices: page.rows,
      bar: {
        parts: [
          t('order_page.invoices.count', { count: sums.count }),
          ...sums.sums.map(({ currency, net }) =>
            t('order_list.net', { amount: formats.money(net, currency) }),
          ),
        ],
        csv: state.address({ format: 'csv', list: null }),
        rows: sums.count,
      },
      pagination: pagination(state, page),
    },
  })
}
