import { insertAudit } from '../../data/audit.ts'
import type { Database, Trx } from '../../data/database.ts'
import { updateOccurrence } from '../../data/occurrences.ts'
import {
  insertOccurrences,
  listOrderOccurrences,
  lockRecurrence,
  lockRecurringOrder,
  type OccurrenceRecord,
  type Recurrence,
  setNextRunDate,
} from '../../data/recurrences.ts'
import { InvalidForm, NotFound, Refused } from '../../errors.ts'
import { type IsoDate, todayIn } from '../../lib/dates.ts'
import type { Frequency } from '../../lib/vocabulary.ts'
import { bills, nextRunDate } from './catch-up.ts'
import { type OccurrenceDecision, refusalsToDecide } from './occurrence-decisions.ts'
import { daysOfPeriod, firstOccurrenceOnOrAfter, lastDayOf, periodOf, sharesADay } from './periods.ts'
import { type OccurrencePeriods, occurrenceAt } from './schedule.ts'

/** The reason is asked for by skip and hold; null, where a program held a period and sent no such field, is not. */
export type Decision = { kind: OccurrenceDecision; reason: string | null }

export type PeriodKey = { frequency: Frequency; period_start: IsoDate }

/**
 * Records what a person decided on one period: skipped or held with a reason, or due, which the next run bills. A period that
 * shares days with a billed one of another frequency is billed all the same when a person says so.
 * @throws NotFound where the order has no such period; Refused; InvalidForm without a reason
 */
export async function decideOccurrence(
  db: Database,
  viewer: { id: string; organisation_ids: readonly string[] },
  orderId: string,
  key: PeriodKey,
  decision: Decision,
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const order = await lockRecurringOrder(trx, orderId, viewer.organisation_ids)
    const recurrence = await lockRecurrence(trx, orderId)
    if (order === undefined || recurrence === undefined) throw new NotFound()
    const known = await listOrderOccurrences(trx, orderId)
    const row = known.find(
      (each) => each.frequency === key.frequency && each.period_start === key.period_start,
    )
    const planned = row ?? plannedPeriod(recurrence, key)
    if (planned === undefined) throw new NotFound()
    const refusals = refusalsToDecide(
      {
        state: row?.state ?? null,
        run_date: planned.run_date,
        today: todayIn(order.time_zone, now),
        enabled: recurrence.enabled,
        cancelled: order.status === 'cancelled',
        order_number: order.number,
      },
      decision.kind,
    )
    if (refusals.length > 0) throw new Refused(refusals)
    if (lacksReason(decision)) {
      throw new InvalidForm([{ field: 'reason', message: { key: 'occurrence.why.missing' } }])
    }
    const accepted = decision.kind === 'bill' && overlaps(known, key)
    if (row === undefined) {
      await insertOccurrences(
        trx,
        order,
        [{ ...planned, frequency: key.frequency }],
        rowOf(viewer.id, decision),
      )
    }
    await updateOccurrence(
      trx,
      { order_id: orderId, ...key },
      { ...rowOf(viewer.id, decision), ...(accepted ? { overlap_accepted_by: viewer.id } : {}) },
    )
    await planAnew(trx, recurrence)
    await insertAudit(trx, {
      by: { user_id: viewer.id },
      action: accepted ? 'overlap_accepted' : actions[decision.kind],
      subject_type: 'occurrence',
      subject_id: orderId,
      organisation_id: order.organisation_id,
      changes: {
        period: periodName(key),
        state: { from: row?.state ?? null, to: states[decision.kind] },
        ...(decision.reason ? { reason: decision.reason } : {}),
      },
    })
  })
}

/** How the audit names a period of an order. */
export function periodName(key: PeriodKey): string {
  return `${key.frequency} ${key.period_start}`
}

/** The period of the saved schedule that begins on a day; undefined where the schedule has none. */
export function plannedPeriod(recurrence: Recurrence, key: PeriodKey): OccurrencePeriods | undefined {
  if (recurrence.frequency !== key.frequency) return undefined
  const period = periodOf(key.frequency, key.period_start)
  if (period.start !== key.period_start) return undefined
  if (!bills(recurrence, { period_start: period.start, period_end: lastDayOf(period) })) return undefined
  return occurrenceAt(recurrence, firstOccurrenceOnOrAfter(recurrence, period.start))
}

const states = { skip: 'skipped', hold: 'held', bill: 'due' } as const
const reasons = { skip: 'skipped_by_person', hold: 'held_by_person', bill: null } as const
const actions = { skip: 'skipped', hold: 'held', bill: 'made_due' } as const

function lacksReason({ kind, reason }: Decision): boolean {
  return kind === 'skip' ? !reason : kind === 'hold' && reason === ''
}

function rowOf(userId: string, decision: Decision) {
  return {
    state: states[decision.kind],
    reason_code: reasons[decision.kind],
    reason_text: decision.kind === 'bill' ? '' : (decision.reason ?? ''),
    decided_by: userId,
  }
}

function overlaps(known: readonly OccurrenceRecord[], key: PeriodKey): boolean {
  const days = daysOfPeriod(key.frequency, key.period_start)
  return known.some(
    (row) => row.frequency !== key.frequency && row.state !== 'skipped' && sharesADay(days, row),
  )
}

/** The period has its row now: the run goes on at the first one that has none. */
async function planAnew(trx: Trx, recurrence: Recurrence): Promise<void> {
  if (!recurrence.enabled) return
  const known = await listOrderOccurrences(trx, recurrence.order_id)
  await setNextRunDate(trx, recurrence.order_id, nextRunDate(recurrence, known))
}
