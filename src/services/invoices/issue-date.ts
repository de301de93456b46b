import type { Refusal } from '../../errors.ts'
import { type IsoDate, yearOf } from '../../lib/dates.ts'

export type DateRules = {
  /** The day of issue. */
  readonly today: IsoDate
  /** The organisation's closing date: no document is dated on it or before. */
  readonly closing_date: IsoDate | null
  /** What becomes of a date behind the last one of its series: the day of issue instead, or kept and reported. */
  readonly late_dates: 'redate' | 'keep'
  /** What becomes of a date that lies ahead: the draft waits for it, or takes the day of issue. */
  readonly ahead: 'wait' | 'today'
  /** The last date of the draft's series in a year; null where none is numbered yet. */
  readonly lastDateOf: (year: number) => IsoDate | null
}

export type DateDecision =
  | { result: 'dated'; date: IsoDate; redated_from: IsoDate | null; kept_late: boolean }
  | { result: 'waits'; issues_on: IsoDate }
  | { result: 'refused'; refusal: Refusal }

/**
 * The date that a draft is issued with (docs/rules/numbers.md). Today is 2026-04-10, the series of 2026 stands at 2026-03-31:
 *
 *     2026-04-05                          2026-04-05
 *     2026-04-30                          waits; by hand, if the person says so: 2026-04-10 instead
 *     2026-03-15                          2026-04-10 instead ('redate'), or kept behind the others ('keep')
 *     2026-03-31, closed until then       2026-04-10 instead, whatever is chosen
 *     2025-12-31, 2025 stands at 12-15    2025-12-31, in the series of 2025
 */
export function issueDate(draftDate: IsoDate, rules: DateRules): DateDecision {
  const { today, closing_date, ahead, lastDateOf } = rules
  if (draftDate > today && ahead === 'wait') return { result: 'waits', issues_on: draftDate }
  if (closing_date !== null && closing_date >= today) {
    const message = { key: 'issuing.refused.closed', params: { closing_date } } as const
    return { result: 'refused', refusal: { code: 'period_closed', message } }
  }
  const isClosed = closing_date !== null && draftDate <= closing_date
  if (draftDate > today || isClosed) return onDayOfIssue(draftDate, rules)
  const last = lastDateOf(yearOf(draftDate))
  if (last === null || draftDate >= last)
    return { result: 'dated', date: draftDate, redated_from: null, kept_late: false }
  return rules.late_dates === 'keep'
    ? { result: 'dated', date: draftDate, redated_from: null, kept_late: true }
    : onDayOfIssue(draftDate, rules)
}

/** A day of issue before the last date of its series comes from a run for a past day: no date there would be in order. */
function onDayOfIssue(draftDate: IsoDate, { today, late_dates, lastDateOf }: DateRules): DateDecision {
  const last = lastDateOf(yearOf(today))
  const isLate = last !== null && today < last
  if (isLate && late_dates === 'redate') {
    const message = { key: 'issuing.refused.behind', params: { last_date: last } } as const
    return { result: 'refused', refusal: { code: 'behind_series', message } }
  }
  return {
    result: 'dated',
    date: today,
    redated_from: draftDate === today ? null : draftDate,
    kept_late: isLate,
  }
}
