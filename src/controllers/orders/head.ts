import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { readInvoicedShare } from '../../data/conversions.ts'
import {
  countOrdersBefore,
  findNeighboursOfOrder,
  findOrderHeader,
  findOrderSortKeys,
  type OrderHeader,
  orderSortKeys,
  sumOrders,
} from '../../data/order-lists.ts'
import { NotFound, type Refusal } from '../../errors.ts'
import { sayAll, type Translate, translator } from '../../languages/translate.ts'
import { todayIn } from '../../lib/dates.ts'
import { formatsIn } from '../../lib/format.ts'
import type { OrderStatus } from '../../lib/vocabulary.ts'
import { listQuery } from '../../plugins/pages.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { withRefusalsOfFiled } from '../../services/filed-refusals.ts'
import { refusalsToWrite } from '../../services/orders/edit-refusals.ts'
import {
  type LiveStatus,
  nextStatus,
  refusalsToCancel,
  refusalsToDelete,
  refusalsToDuplicate,
  type Standing,
} from '../../services/orders/lifecycle.ts'
import { standingOf } from '../../services/orders/standing.ts'
import { countedAtOnce } from '../document-list.ts'
import { cameFromList, documentAddresses, positionInList } from '../list-trail.ts'
import { readList } from '../lists.ts'
import { countFiled, type OwnerTab, ownerTabs } from '../owner-tabs.ts'
import { idOf } from '../params.ts'
import { orderSorts, readOrderFilters } from './filters.ts'

/** The order of the address. @throws NotFound, also where it belongs to an organisation the viewer does not work in */
export async function getOrderHeader(request: FastifyRequest): Promise<OrderHeader> {
  const { organisation_ids } = viewerOf(request)
  const order = await findOrderHeader(request.server.db, idOf(request), organisation_ids)
  if (order === undefined) throw new NotFound()
  return order
}

export type OrderTab = 'lines' | 'recurrence' | 'invoices' | 'documents' | 'activities' | 'history'

/** What `views/orders/head.eta` prints on every page of an order: `include('/orders/head', { orderHead: it.head })`. */
export async function orderHead(request: FastifyRequest, order: OrderHeader, current: OrderTab) {
  const { db } = request.server
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const standing = await standingOf(db, order)
  const filed = await countFiled(request, { kind: 'order', id: order.id })
  const at = addressesOf(request, order.id)
  const share = await readInvoicedShare(db, order.id)
  const { main, others, more } = stepsAhead(t, order, at, share?.remains === true)
  return {
    pageHead: {
      crumbs: [{ label: t('order_list.title'), href: at.list }, { label: order.number }],
      position: await positionOf(request, order),
      title: t('order_page.number', { number: order.number, subject: order.subject }),
      badges: badges(t, order),
      facts: [
        { text: order.invoicing_address.name, href: `/accounts/${order.account_id}` },
        ...(order.customer_order_number === ''
          ? []
          : [t('order_page.their_reference', { reference: order.customer_order_number })]),
        formats.date(order.order_date),
        ...(order.assigned_to_name === null ? [] : [order.assigned_to_name]),
        order.organisation_name,
      ],
      actions: [
        // A tab that is a form has a main action of its own: saving it.
        ...others,
        ...(current === 'recurrence' && main !== undefined ? [main] : []),
        {
          label: t('order_page.edit'),
          icon: 'edit',
          key: 'e',
          href: at.page('/edit'),
          refusal: sentence(request, refusalsToWrite(standing)),
        },
        { label: t('documents.pdf'), icon: 'file-download', href: at.page('/pdf') },
      ],
      more: [
        ...more,
        {
          label: t('order_page.duplicate'),
          icon: 'copy',
          post: at.page('/duplicate'),
          fields: { idempotency_key: randomUUID() },
          refusal: sentence(request, refusalsToDuplicate(standing)),
        },
        ...(order.status === 'cancelled' ? [] : [cancelAction(request, standing, at)]),
        {
          label: t('order_page.delete'),
          icon: 'trash',
          danger: true,
          href: at.page('/deletion'),
          refusal: sentence(request, withRefusalsOfFiled(refusalsToDelete(standing), filed)),
        },
      ],
      main: current === 'recurrence' ? undefined : main,
      track: { label: t('order_page.track'), steps: steps(t, order) },
    },
    billing: billingText(t, order, standing),
    invoiced: invoicedFigure(t, order, share),
    tabs: [
      tab('lines', at.page('')),
      tab('recurrence', at.page('/recurrence')),
      { ...tab('invoices', at.page('/invoices')), count: standing.invoices },
      ...ownerTabs(request, filed, at.page, current),
      tab('history', at.page('/history')),
    ],
  }

  function tab(name: Exclude<OrderTab, OwnerTab>, href: string) {
    return { label: t(`order_page.tab.${name}`), href, current: name === current }
  }
}

/** An order's addresses, each with the query of the list one came from. */
export function addressesOf(request: FastifyRequest, id: string) {
  return documentAddresses(request, '/orders', id)
}

type Addresses = ReturnType<typeof addressesOf>

/** All reasons as one text; undefined where there is none. */
export function sentence(request: FastifyRequest, refusals: readonly Refusal[]): string | undefined {
  return refusals.length === 0 ? undefined : sayAll(request.language, refusals)
}

function badges(t: Translate, order: OrderHeader) {
  return [
    { status: order.status, word: t(`order_status.${order.status}`) },
    ...(order.finalized_at === null ? [] : [{ status: 'finalized', word: t('order_page.finalized') }]),
    ...(order.recurrence?.enabled === true ? [{ status: 'recurring', word: t('order_page.recurring') }] : []),
  ]
}

function cancelAction(request: FastifyRequest, standing: Standing, at: Addresses) {
  return {
    label: translator(request.language)('order_status.cancel'),
    icon: 'ban',
    danger: true,
    href: at.page('/cancellation'),
    refusal: sentence(request, refusalsToCancel(standing)),
  }
}

/**
 * What comes next: approving first, then invoicing what remains; the other of the two stands beside it. A recurring order is invoiced
 * by its runs: by hand under More.
 */
function stepsAhead(t: Translate, order: OrderHeader, at: Addresses, remains: boolean) {
  const next = nextAction(t, order, at)
  const invoice = { label: t('conversions.create'), icon: 'file-invoice', href: at.page('/invoices/new') }
  if (!remains || order.status === 'cancelled') return { main: next, others: [], more: [] }
  if (order.recurrence?.enabled === true) return { main: next, others: [], more: [invoice] }
  if (order.status === 'created' || next === undefined)
    return next === undefined
      ? { main: invoice, others: [], more: [] }
      : { main: next, others: [invoice], more: [] }
  return { main: invoice, others: [next], more: [] }
}

/** "Invoiced 20 % + 10 % in draft"; a recurring order says instead what its runs have billed. */
function invoicedFigure(
  t: Translate,
  order: OrderHeader,
  share: { invoiced: number; drafted: number } | undefined,
) {
  if (share === undefined || (order.recurrence !== null && share.invoiced + share.drafted === 0))
    return undefined
  const { invoiced, drafted } = share
  return {
    id: 'invoiced',
    label: t('conversions.progress.label'),
    percent: invoiced,
    text: t('conversions.progress', { invoiced, drafted }),
  }
}

/** The next step of the order's life. */
function nextAction(t: Translate, order: OrderHeader, at: Addresses) {
  const next = nextStatus(order)
  if (next === undefined) return undefined
  const labels: Record<LiveStatus, string> = {
    created: t('order_status.reopen'),
    approved: t('order_status.approve'),
    delivered: t('order_status.deliver'),
  }
  const label = order.status === 'cancelled' ? t('order_status.reopen') : labels[next]
  const icons = { created: 'arrow-back-up', approved: 'check', delivered: 'truck-delivery' } as const
  const icon = order.status === 'cancelled' ? 'arrow-back-up' : icons[next]
  return { label, icon, post: at.page('/status'), fields: { status: next } }
}

function steps(t: Translate, order: OrderHeader) {
  const path: readonly LiveStatus[] = ['created', 'approved', 'delivered']
  const step = (status: OrderStatus, done: boolean, current: boolean) => ({
    label: t(`order_status.${status}`),
    done,
    current,
  })
  if (order.status !== 'cancelled') {
    const reached = path.indexOf(order.status)
    return path.map((status, index) => step(status, index <= reached, index === reached))
  }
  const reached = path.indexOf(order.status_before_cancel ?? 'created')
  return [
    ...path.slice(0, reached + 1).map((status) => step(status, true, false)),
    { ...step('cancelled', true, true), ended: true },
  ]
}

/** "Billed 4 periods, 1 failed, next 31 May 2026", for an order that recurs or did. */
function billingText(t: Translate, order: OrderHeader, standing: Standing): string | undefined {
  const { recurrence } = order
  if (recurrence === null) return undefined
  const next_date = recurrence.next_run_date ?? ''
  const missed = next_date < todayIn(order.time_zone, new Date())
  const state = !recurrence.enabled ? 'off' : next_date === '' ? 'ended' : missed ? 'late' : 'next'
  return t('order_page.billed', {
    count: standing.billed_periods,
    ...standing.open_periods,
    state,
    next_date,
  })
}

/** Where the order stands in the list one came from, with the ways to its neighbours. */
async function positionOf(request: FastifyRequest, order: OrderHeader) {
  if (!cameFromList(request)) return undefined
  const list = listQuery(request)
  const { db } = request.server
  const t = translator(request.language)
  const state = readList({ url: `/orders?${list}` }, orderSorts, 'date', orderSortKeys)
  const words = { t, date: formatsIn(request.language).date }
  const { filters } = await readOrderFilters(db, viewerOf(request), state.filters, words)
  const sort = { by: state.sort, direction: state.direction }
  const keys = await findOrderSortKeys(db, filters, sort, order.id)
  if (keys === undefined) return undefined
  return positionInList(request, '/orders', {
    keys,
    neighbours: await findNeighboursOfOrder(db, filters, sort, keys),
    sums: await sumOrders(db, filters, countedAtOnce),
    countBefore: (place) => countOrdersBefore(db, filters, sort, place),
  })
}
