import { insertAudit } from '../../data/audit.ts'
import type { Database, Trx } from '../../data/database.ts'
import {
  findTimeZone,
  insertStatusChange,
  setOrderStatus,
  skipUnbilledOccurrences,
  turnRecurrenceOff,
} from '../../data/order-lifecycle.ts'
import { lockOrder } from '../../data/orders.ts'
import { insertOccurrences, listOrderOccurrences, lockRecurrence } from '../../data/recurrences.ts'
import type { Row } from '../../data/tables.ts'
import { NotFound, Refused } from '../../errors.ts'
import { todayIn } from '../../lib/dates.ts'
import type { OrderStatus } from '../../lib/vocabulary.ts'
import { refusalsToChangeStatus } from './lifecycle.ts'
import { standingOf } from './standing.ts'
import { unbilledPeriods } from './unbilled-periods.ts'

/** What becomes of periods that are due and not billed when their order is cancelled. */
export const unbilledChoices = ['skip', 'keep'] as const

export type UnbilledChoice = (typeof unbilledChoices)[number]

export type StatusChange = {
  to: OrderStatus
  /** Asked for by cancelling alone. */
  unbilled: UnbilledChoice
  now: Date
  /** Where it is one of many, for the audit. */
  batch_id?: string
}

export type ChangedStatus = {
  number: string
  from: OrderStatus
  to: OrderStatus
  /** Periods that cancelling skipped, or left due. */
  periods: number
  recurring: boolean
}

/**
 * Takes an order one step through its life. Cancelling turns its recurrence off and settles what was due and not billed; reopening
 * returns to the status before and leaves the recurrence off.
 * @throws NotFound, also for an order of an organisation the user does not work in; Refused with every reason at once
 */
export async function changeOrderStatus(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
  change: StatusChange,
): Promise<ChangedStatus> {
  return db.transaction().execute((trx) => changeOrderStatusWithin(trx, user, id, change))
}

/** The same inside a transaction of the caller's; what it throws, it throws before anything is written. */
export async function changeOrderStatusWithin(
  trx: Trx,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
  change: StatusChange,
): Promise<ChangedStatus> {
  const order = await lockOrder(trx, id, user.organisation_ids)
  if (order === undefined) throw new NotFound()
  const refusals = refusalsToChangeStatus(await standingOf(trx, order), change.to)
  if (refusals.length > 0) throw new Refused(refusals)

  const from = order.status
  const status_before_cancel = change.to === 'cancelled' && from !== 'cancelled' ? from : null
  await setOrderStatus(trx, id, { status: change.to, status_before_cancel, by: user.id })
  await insertStatusChange(trx, {
    order_id: id,
    from_status: from,
    to_status: change.to,
    changed_by: user.id,
  })
  const recurrence = await lockRecurrence(trx, id)
  const periods =
    change.to === 'cancelled' ? await settleRecurrence(trx, user.id, order, recurrence, change) : 0
  await insertAudit(trx, {
    by: { user_id: user.id },
    action: 'status_changed',
    subject_type: 'order',
    subject_id: id,
    organisation_id: order.organisation_id,
    changes: {
      version: { from: order.version, to: order.version + 1 },
      status: { from, to: change.to },
      ...(periods === 0 ? {} : { periods: { [change.unbilled]: periods } }),
      ...(change.batch_id === undefined ? {} : { batch_id: change.batch_id }),
    },
  })
  return { number: order.number, from, to: change.to, periods, recurring: recurrence !== undefined }
}

async function settleRecurrence(
  trx: Trx,
  userId: string,
  order: Pick<Row<'customer_orders'>, 'id' | 'organisation_id'>,
  recurrence: Row<'recurrences'> | undefined,
  change: StatusChange,
): Promise<number> {
  if (recurrence === undefined) return 0
  const today = todayIn(await findTimeZone(trx, order.organisation_id), change.now)
  const unbilled = unbilledPeriods(recurrence, await listOrderOccurrences(trx, order.id), today)
  if (recurrence.enabled) {
    await turnRecurrenceOff(trx, order.id, userId)
    await insertAudit(trx, {
      by: { user_id: userId },
      action: 'disabled',
      subject_type: 'recurrence',
      subject_id: order.id,
      organisation_id: order.organisation_id,
      changes: { enabled: { from: true, to: false } },
    })
  }
  const kept = change.unbilled === 'keep'
  await insertOccurrences(trx, order, unbilled.missed, {
    state: kept ? 'due' : 'skipped',
    reason_code: kept ? null : orderCancelled,
    reason_text: '',
    decided_by: userId,
  })
  if (!kept) await skipUnbilledOccurrences(trx, order.id, { reason_code: orderCancelled, by: userId })
  return unbilled.missed.length + unbilled.waiting.length
}

const orderCancelled = 'order_cancelled'
