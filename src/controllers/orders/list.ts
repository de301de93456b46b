import type { FastifyReply, FastifyRequest } from 'fastify'
import { decodeCursor, type PageOf } from '../../data/keyset.ts'
import {
  countOrdersBefore,
  listOrders,
  type OrderFilters,
  type OrderHeader,
  type OrderSort,
  type OrderSums,
  orderSortKeys,
  sumOrders,
} from '../../data/order-lists.ts'
import { translator } from '../../languages/translate.ts'
import { formatsIn } from '../../lib/format.ts'
import { sayErrors, sendJson, wantsJson } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { orderStatuses } from '../../services/orders/lifecycle.ts'
import { type ListState, pagination, readList, sendCsv, sortHead, wantsCsv } from '../lists.ts'
import { orderSorts, readOrderFilters, type SetFilter } from './filters.ts'
import { orderCells, orderColumns, orderFigures, orderHeaderJson } from './json.ts'

/** Up to here a list counts and adds up by itself; beyond, a link asks for it. */
const countedAtOnce = 10_000

export async function list(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const state = readList(request, orderSorts, 'date', orderSortKeys)
  const read = await readOrderFilters(db, viewerOf(request), state.filters, { t, date: formats.date })
  const { filters, values, set, errors } = read
  const sort = sortOf(request, state, filters.words)
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: 'orders',
      columns: orderColumns,
      figures: orderFigures,
      keys: orderSortKeys,
      page: (page) => listOrders(db, filters, sort, page),
      row: orderCells,
    })
  }
  const page = await listOrders(db, filters, sort, state)
  const sums = await sumOrders(db, filters, state.filters.text('sum') === 'on' ? null : countedAtOnce)
  if (wantsJson(request)) {
    const total = sums.complete ? sums.count : null
    return sendJson(reply, { items: page.rows.map(orderHeaderJson), next: page.next, total })
  }
  const currencies = new Set([
    ...sums.sums.map((sum) => sum.currency),
    ...page.rows.map((row) => row.currency),
  ])
  return reply.page({
    view: 'orders/list',
    title: t('order_list.title'),
    model: {
      orders: page.rows,
      state,
      values,
      errors: sayErrors(request, errors),
      chips: set.map((filter) => chip(state, filter)),
      choices: {
        statuses: orderStatuses.map((value) => ({ value, label: t(`order_status.${value}`) })),
        assignees: [
          { value: 'nobody', label: t('order_list.nobody') },
          ...read.assignees.map(({ id, name }) => ({ value: id, label: name })),
        ],
        organisations: read.organisations.map(({ id, name }) => ({ value: id, label: name })),
      },
      severalOrganisations: read.organisations.length > 1,
      /** The one currency of all amounts shown, or undefined where there are several. */
      currency: currencies.size === 1 ? [...currencies][0] : undefined,
      bar: {
        parts: [
          await rangeText(request, page, { filters, sort, sums }),
          ...(sums.complete
            ? sums.sums.map(({ currency, net }) =>
                t('order_list.net', { amount: formats.money(net, currency) }),
              )
            : []),
        ],
        csv: state.address({ format: 'csv', sum: null }),
        rows: sums.complete ? sums.count : undefined,
      },
      countAll: sums.complete ? undefined : state.address({ sum: 'on' }),
      keep: state.sort === 'date' && state.direction === 'desc' ? {} : { sort: sortParameter(state) },
      heads: {
        number: sortHead(state, 'number', orderSorts.number),
        customer: sortHead(state, 'customer', orderSorts.customer),
        date: sortHead(state, 'date', orderSorts.date),
        status: sortHead(state, 'status', orderSorts.status),
        net: sortHead(state, 'net', orderSorts.net),
        assigned_to: sortHead(state, 'assigned_to', orderSorts.assigned_to),
      },
      pagination: pagination(state, page),
    },
  })
}

type ListedSort = Exclude<OrderSort, 'match'>

/** Record pickers want the order of exactly that number first. */
function sortOf(
  request: FastifyRequest,
  state: ListState<ListedSort>,
  words: string,
): { by: OrderSort; direction: 'asc' | 'desc' } {
  const sorted = new URL(request.url, 'http://list').searchParams.has('sort')
  if (wantsJson(request) && words !== '' && !sorted) return { by: 'match', direction: 'desc' }
  return { by: state.sort, direction: state.direction }
}

async function rangeText(
  request: FastifyRequest,
  page: PageOf<OrderHeader>,
  list: { filters: OrderFilters; sort: { by: OrderSort; direction: 'asc' | 'desc' }; sums: OrderSums },
): Promise<string> {
  const t = translator(request.language)
  const { filters, sort, sums } = list
  if (!sums.complete) return t('order_list.many', { count: sums.count })
  // The cursor that leads back holds the first row's sort keys.
  const first = page.previous === null ? undefined : decodeCursor(page.previous, orderSortKeys)
  const before =
    first === undefined ? 0 : await countOrdersBefore(request.server.db, filters, sort, first.values)
  const range = { first: before + 1, last: before + page.rows.length, count: sums.count }
  return t(range.first === range.last ? 'order_list.range_one' : 'order_list.range', range)
}

function chip(state: ListState<ListedSort>, filter: SetFilter) {
  const without = Object.fromEntries(filter.parameters.map((name) => [name, null]))
  return { name: filter.name, value: filter.value, remove: state.address(without) }
}

function sortParameter(state: ListState<ListedSort>): string {
  return state.direction === 'desc' ? `-${state.sort}` : state.sort
}
