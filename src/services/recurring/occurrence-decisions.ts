import type { Refusal } from '../../errors.ts'
import type { IsoDate } from '../../lib/dates.ts'
import type { OccurrenceState } from '../../lib/vocabulary.ts'

/** What a person may decide on one period. */
export type OccurrenceDecision = 'skip' | 'hold' | 'bill'

/** What decides whether a decision is possible. */
export type PeriodStanding = {
  /** Null: the period has no row. */
  readonly state: OccurrenceState | null
  readonly run_date: IsoDate
  /** The organisation's own day. */
  readonly today: IsoDate
  readonly enabled: boolean
  readonly cancelled: boolean
  readonly order_number: string
}

/** Why a period cannot be skipped, held or billed; empty where it can. A billed one never: its invoice is mended instead. */
export function refusalsToDecide(period: PeriodStanding, decision: OccurrenceDecision): readonly Refusal[] {
  if (period.state === 'invoiced') return [refusal('invoiced')]
  if (period.state === 'credited') return [refusal('credited')]
  if (decision === 'skip') return period.state === 'skipped' ? [refusal('skipped')] : []
  if (decision === 'hold') return period.state === 'held' ? [refusal('held')] : []
  return refusalsToBill(period)
}

function refusalsToBill(period: PeriodStanding): readonly Refusal[] {
  if (period.cancelled) {
    const params = { number: period.order_number }
    return [{ code: 'order_cancelled', message: { key: 'recurrence.refused.cancelled', params } }]
  }
  const refusals: Refusal[] = []
  if (period.state === 'due') refusals.push(refusal('due'))
  if (!period.enabled) refusals.push(refusal('off'))
  if (period.run_date > period.today) {
    const params = { run_date: period.run_date }
    refusals.push({ code: 'not_yet', message: { key: 'occurrence.refused.not_yet', params } })
  }
  return refusals
}

function refusal(code: 'invoiced' | 'credited' | 'skipped' | 'held' | 'due' | 'off'): Refusal {
  return { code, message: { key: `occurrence.refused.${code}` } }
}
