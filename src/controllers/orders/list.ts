import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  countOrdersBefore,
  listOrders,
  type OrderSort,
  orderSortKeys,
  sumOrders,
} from '../../data/order-lists.ts'
import { translator } from '../../languages/translate.ts'
import { formatsIn } from '../../lib/format.ts'
import { orderStatuses } from '../../lib/vocabulary.ts'
import { keptFields, sayErrors, sendJson, wantsJson } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { documentListModel, mostToCount, rangeText } from '../document-list.ts'
import { refuseWrongFilters } from '../filter-reader.ts'
import { type ListState, readList, sendCsv, sortHead, wantsCsv } from '../lists.ts'
import { viewTabs } from '../view-tabs.ts'
import { bulkModel, type SentBulk } from './bulk.ts'
import { orderSorts, readOrderFilters } from './filters.ts'
import { orderCells, orderColumns, orderFigures, orderHeaderJson } from './json.ts'

export async function list(request: FastifyRequest, reply: FastifyReply) {
  const fields = await keptFields(request)
  if (fields === undefined) return orderListPage(request, reply, request.url)
  return orderListPage(request, reply, `/orders?${fields.text('list')}`, { fields, errors: [] })
}

/** The list of an address; `sent` is what was ticked where the form round it comes back. */
export async function orderListPage(
  request: FastifyRequest,
  reply: FastifyReply,
  url: string,
  sent?: SentBulk,
): Promise<FastifyReply> {
  const { db } = request.server
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const state = readList({ url }, orderSorts, 'date', orderSortKeys)
  const read = await readOrderFilters(db, viewerOf(request), state.filters, { t, date: formats.date })
  const { filters, values, set, errors } = read
  refuseWrongFilters(request, errors)
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
  const sums = await sumOrders(db, filters, mostToCount(state))
  if (wantsJson(request)) {
    const total = sums.complete ? sums.count : null
    return sendJson(reply, { items: page.rows.map(orderHeaderJson), next: page.next, total })
  }
  const range = await rangeText(t, page, sums, {
    keys: orderSortKeys,
    countBefore: (keys) => countOrdersBefore(db, filters, sort, keys),
    sentences: { many: 'order_list.many', range: 'order_list.range', one: 'order_list.range_one' },
  })
  const bulk = await bulkModel(
    request,
    {
      query: state.query,
      ids: page.rows.map(({ id }) => id),
      count: sums.complete && errors.length === 0 ? sums.count : undefined,
    },
    sent,
  )
  return reply.page({
    view: 'orders/list',
    title: t('order_list.title'),
    model: {
      ...documentListModel(state, 'date', {
        page,
        sums,
        set,
        parts: [
          range,
          ...(sums.complete
            ? sums.sums.map(({ currency, net }) =>
                t('order_list.net', { amount: formats.money(net, currency) }),
              )
            : []),
        ],
      }),
      orders: page.rows,
      values,
      bulk,
      viewTabs: await viewTabs(request, 'orders', state.query),
      // A mistake of the form round the list is none of the filter that has the same name.
      errors: [
        ...sayErrors(request, errors),
        ...bulk.errors.map((error) => ({ ...error, field: `bulk ${error.field}` })),
      ],
      choices: {
        statuses: orderStatuses.map((value) => ({ value, label: t(`order_status.${value}`) })),
        assignees: [
          { value: 'nobody', label: t('order_list.nobody') },
          ...read.assignees.map(({ id, name }) => ({ value: id, label: name })),
        ],
        organisations: read.organisations.map(({ id, name }) => ({ value: id, label: name })),
      },
      severalOrganisations: read.organisations.length > 1,
      heads: {
        number: sortHead(state, 'number', orderSorts.number),
        customer: sortHead(state, 'customer', orderSorts.customer),
        date: sortHead(state, 'date', orderSorts.date),
        status: sortHead(state, 'status', orderSorts.status),
        net: sortHead(state, 'net', orderSorts.net),
        assigned_to: sortHead(state, 'assigned_to', orderSorts.assigned_to),
      },
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
