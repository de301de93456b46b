import type { FastifyReply, FastifyRequest } from 'fastify'
import { listOrders, orderSortKeys, sumOrders } from '../../data/order-lists.ts'
import { translator } from '../../languages/translate.ts'
import { formatsIn } from '../../lib/format.ts'
import { sendJson, wantsJson } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { pagination, readList, sendCsv, sortHead, wantsCsv } from '../lists.ts'
import { orderSorts } from '../orders/filters.ts'
import { orderCells, orderColumns, orderFigures, orderHeaderJson } from '../orders/json.ts'
import { getAccount } from './form.ts'
import { accountHead, ordersOfAccount } from './show.ts'

/** The tab Customer orders: the account's orders in the organisations of whoever looks. */
export async function list(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const account = await getAccount(request)
  const state = readList(request, orderSorts, 'date', orderSortKeys)
  const filters = ordersOfAccount(account.id, viewerOf(request).organisation_ids)
  const sort = { by: state.sort, direction: state.direction }
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: `orders-${account.code.replace(/[^\w-]/g, '')}`,
      columns: orderColumns,
      figures: orderFigures,
      keys: orderSortKeys,
      page: (page) => listOrders(db, filters, sort, page),
      row: orderCells,
    })
  }
  const page = await listOrders(db, filters, sort, state)
  const sums = await sumOrders(db, filters, null)
  if (wantsJson(request))
    return sendJson(reply, { items: page.rows.map(orderHeaderJson), next: page.next, total: sums.count })
  const [only, ...further] = sums.sums
  return reply.page({
    view: 'accounts/orders',
    title: t('accounts.orders.title', { name: account.name }),
    model: {
      account,
      head: await accountHead(request, account, 'orders'),
      orders: page.rows,
      state,
      /** The one currency of all amounts shown, or undefined where there are several. */
      currency: further.length === 0 ? only?.currency : undefined,
      /** For `list` in the links of rows: the list of all orders, narrowed to this account. */
      ordersQuery: new URLSearchParams({ account_id: account.id }).toString(),
      bar: {
        parts: [
          t('accounts.orders.count', { count: sums.count }),
          ...sums.sums.map(({ currency, net }) =>
            t('order_list.net', { amount: formats.money(net, currency) }),
          ),
        ],
        csv: state.address({ format: 'csv' }),
        rows: sums.count,
      },
      heads: {
        date: sortHead(state, 'date', orderSorts.date),
        number: sortHead(state, 'number', orderSorts.number),
        status: sortHead(state, 'status', orderSorts.status),
        net: sortHead(state, 'net', orderSorts.net),
      },
      pagination: pagination(state, page),
    },
  })
}
