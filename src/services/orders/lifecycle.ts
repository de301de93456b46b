import type { Refusal } from '../../errors.ts'
import type { SentenceKey } from '../../languages/catalog.ts'
import type { OrderStatus } from '../../lib/vocabulary.ts'

/** What a cancelled order returns to. */
export type LiveStatus = Exclude<OrderStatus, 'cancelled'>

/** Where an order stands, and what came out of it. */
export type Standing = {
  readonly status: OrderStatus
  readonly status_before_cancel: LiveStatus | null
  readonly finalized: boolean
  /** Recurring or not. */
  readonly drafts: number
  /** Numbers of issued invoices that no credit note has taken back whole. */
  readonly issued: readonly string[]
  /** Every invoice and credit note there is. */
  readonly invoices: number
  /** Periods whose invoice exists or was credited. */
  readonly billed_periods: number
  /** Periods that wait for a run or for a person. */
  readonly open_periods: Readonly<Record<'due' | 'held' | 'failed', number>>
  readonly recurring: boolean
  readonly account_archived: boolean
  readonly account_name: string
}

/**
 * The lifecycle: what a person may make of an order in each status. A cancelled one returns to the status it had and to no other.
 *
 *     created    approved, cancelled
 *     approved   delivered, cancelled
 *     delivered  cancelled
 *     cancelled  the status before
 */
const transitions: Record<OrderStatus, readonly OrderStatus[]> = {
  created: ['approved', 'cancelled'],
  approved: ['delivered', 'cancelled'],
  delivered: ['cancelled'],
  cancelled: [],
}

/** The statuses that can follow, refused now or not. */
export function statusesAfter(
  order: Pick<Standing, 'status' | 'status_before_cancel'>,
): readonly OrderStatus[] {
  if (order.status !== 'cancelled') return transitions[order.status]
  return order.status_before_cancel === null ? [] : [order.status_before_cancel]
}

/** The step that comes next by itself, the page's main action: approve, then deliver, then none; reopen where cancelled. */
export function nextStatus(order: Pick<Standing, 'status' | 'status_before_cancel'>): LiveStatus | undefined {
  return statusesAfter(order).find((status) => status !== 'cancelled')
}

/** Why the order cannot take this status now; empty where it can. */
export function refusalsToChangeStatus(order: Standing, to: OrderStatus): readonly Refusal[] {
  if (to === order.status) return [{ code: 'already', message: { key: alreadySentences[to] } }]
  if (!statusesAfter(order).includes(to)) return [outOfOrder(order, to)]
  return to === 'cancelled' ? refusalsToCancel(order) : []
}

/** What stands in the way of cancelling an order that is not cancelled: all of it at once. */
export function refusalsToCancel(order: Standing): readonly Refusal[] {
  const refusals: Refusal[] = []
  const { issued, drafts, recurring } = order
  if (issued.length > 0) {
    refusals.push({
      code: 'invoices_issued',
      message: {
        key: recurring ? 'order_status.refused.issued_recurring' : 'order_status.refused.issued',
        params: { count: issued.length, number: issued[0] ?? '', more: issued.length - 1 },
      },
    })
  }
  if (drafts > 0) {
    refusals.push({
      code: 'invoices_draft',
      message: { key: 'order_status.refused.drafts', params: { count: drafts } },
    })
  }
  return refusals
}

/** An order is deleted only while nothing came out of it. */
export function refusalsToDelete(order: Standing): readonly Refusal[] {
  const refusals: Refusal[] = []
  if (order.finalized) {
    refusals.push({ code: 'finalized', message: { key: 'order_page.refused.delete_finalized' } })
  }
  if (order.invoices > 0) {
    // Drafts alone can go; pointing at cancelling would lead in a circle, since they stand in its way too.
    const key =
      order.drafts === order.invoices
        ? 'order_page.refused.delete_drafts'
        : 'order_page.refused.delete_invoices'
    refusals.push({ code: 'invoices', message: { key, params: { count: order.invoices } } })
  } else if (order.billed_periods > 0) {
    refusals.push({
      code: 'billed_periods',
      message: { key: 'order_page.refused.delete_periods', params: { count: order.billed_periods } },
    })
  }
  return refusals
}

/** A copy is a new order: what is archived is not offered for one. */
export function refusalsToDuplicate(order: Standing): readonly Refusal[] {
  if (!order.account_archived) return []
  return [
    {
      code: 'account_archived',
      message: { key: 'order_page.refused.duplicate_archived', params: { name: order.account_name } },
    },
  ]
}

/** A finalized order never changes again, but for its status and its recurrence. */
export function refusalsToEdit(order: Pick<Standing, 'status' | 'finalized'>): readonly Refusal[] {
  if (!order.finalized) return []
  return [{ code: 'finalized', message: { key: 'order_page.refused.edit_finalized' } }]
}

const alreadySentences: Record<OrderStatus, SentenceKey> = {
  created: 'order_status.already.created',
  approved: 'order_status.already.approved',
  delivered: 'order_status.already.delivered',
  cancelled: 'order_status.already.cancelled',
}

const reopenSentences: Record<LiveStatus, SentenceKey> = {
  created: 'order_status.refused.reopen_created',
  approved: 'order_status.refused.reopen_approved',
  delivered: 'order_status.refused.reopen_delivered',
}

const stepSentences: Record<LiveStatus, SentenceKey> = {
  created: 'order_status.refused.from_created',
  approved: 'order_status.refused.from_approved',
  delivered: 'order_status.refused.from_delivered',
}

function outOfOrder(order: Standing, to: OrderStatus): Refusal {
  const { status, status_before_cancel } = order
  if (status !== 'cancelled') return { code: 'not_next', message: { key: stepSentences[status] } }
  const before = status_before_cancel ?? (to === 'cancelled' ? 'created' : to)
  return { code: 'reopens_to_another', message: { key: reopenSentences[before] } }
}
