import {
  addDays,
  addMonths,
  daysBetween,
  earlierOf,
  firstDayOfMonth,
  type IsoDate,
  lastDayOfMonth,
  lastYear,
  laterOf,
  mondayOf,
  monthOf,
  monthsBetween,
} from '../../lib/dates.ts'
import type { Frequency, ServicePeriod } from '../../lib/vocabulary.ts'

/** What decides on which days a recurrence runs, and nothing else does: no past run, no clock. */
export type Schedule = {
  readonly frequency: Frequency
  readonly start_date: IsoDate
  /** The last day on which an occurrence may run, included. Null: no end. */
  readonly end_date: IsoDate | null
  /** Runs on the last day of the month, whatever the start's day. Daily and weekly ones cannot (see `canRunOnLastDay`). */
  readonly last_day: boolean
  /** Occurrences that run before it are left out; they keep their count. Null: the start. */
  readonly bill_from: IsoDate | null
}

export type Occurrence = { readonly k: number; readonly run_date: IsoDate }

/** Days from `start` up to, but without, `until`: the next period's start. What is shown is `lastDayOf` it. */
export type Period = { readonly start: IsoDate; readonly until: IsoDate }

const monthsInStep: Record<Frequency, number> = {
  daily: 0,
  weekly: 0,
  monthly: 1,
  quarterly: 3,
  semiannual: 6,
  annual: 12,
}

const daysInStep: Partial<Record<Frequency, number>> = { daily: 1, weekly: 7 }

/** How many periods a year has, to compare recurrences by the month or the year; a year of days counts 365. */
export const periodsInYear: Record<Frequency, number> = {
  daily: 365,
  weekly: 52,
  monthly: 12,
  quarterly: 4,
  semiannual: 2,
  annual: 1,
}

/**
 * The day on which occurrence `k` (from 0) runs: the start plus k steps, counted from the start, so that nothing drifts.
 * Depends on the start, the frequency, k and the last-day rule alone.
 *
 *     2026-01-31 monthly              2026-01-31, 2026-02-28, 2026-03-31, 2026-04-30
 *     2024-02-29 annual               2024-02-29, 2025-02-28, 2026-02-28, 2027-02-28, 2028-02-29
 *     2026-02-28 monthly, last day    2026-02-28, 2026-03-31, 2026-04-30
 *     2026-01-10 monthly, last day    2026-01-31, 2026-02-28
 */
export function runDate(start: IsoDate, frequency: Frequency, k: number, lastDay: boolean): IsoDate {
  const days = daysInStep[frequency]
  if (days !== undefined) return addDays(start, k * days)
  const date = addMonths(start, k * monthsInStep[frequency])
  return lastDay ? lastDayOfMonth(date) : date
}

/** Whether a frequency counts in months and can so run on a month's last day. */
export function canRunOnLastDay(frequency: Frequency): boolean {
  return monthsInStep[frequency] > 0
}

/**
 * The calendar period that holds a day: the day, the ISO week (Monday to Sunday), month, quarter, half-year, year.
 *
 *     weekly      2025-12-31   2025-12-29 to 2026-01-04
 *     quarterly   2026-02-10   2026-01-01 to 2026-03-31
 *     semiannual  2025-08-31   2025-07-01 to 2025-12-31
 */
export function periodOf(frequency: Frequency, date: IsoDate): Period {
  const start = periodStart(frequency, date)
  return { start, until: runDate(start, frequency, 1, false) }
}

export function periodBefore(frequency: Frequency, period: Period): Period {
  return { start: runDate(period.start, frequency, -1, false), until: period.start }
}

export function periodAfter(frequency: Frequency, period: Period): Period {
  return { start: period.until, until: runDate(period.until, frequency, 1, false) }
}

/** The period's last day, as it is shown, stored as `period_end`, and printed. */
export function lastDayOf(period: Period): IsoDate {
  return addDays(period.until, -1)
}

/** A period's days as they are stored and shown: both included. */
export type PeriodDays = { readonly period_start: IsoDate; readonly period_end: IsoDate }

/** The days of the calendar period that holds a day. */
export function daysOfPeriod(frequency: Frequency, date: IsoDate): PeriodDays {
  const period = periodOf(frequency, date)
  return { period_start: period.start, period_end: lastDayOf(period) }
}

/** Whether two periods share a day, and so would bill it twice. Runs, previews and decisions ask this one function. */
export function sharesADay(a: PeriodDays, b: PeriodDays): boolean {
  return a.period_start <= b.period_end && b.period_start <= a.period_end
}

/** The service period that is meant where nothing was chosen: the calendar's up to quarterly, from the run date above. */
export function presetServicePeriod(frequency: Frequency): ServicePeriod {
  return monthsInStep[frequency] > 3 ? 'from_run_date' : 'calendar'
}

/**
 * The period whose service occurrence `k` bills, as printed: the calendar period of its run date, or from its run date
 * to the day before the next one. Either way those of consecutive occurrences follow without gap or overlap.
 */
export function servicePeriodOf(schedule: Schedule, k: number, rule: ServicePeriod): Period {
  const { start_date, frequency, last_day } = schedule
  const start = runDate(start_date, frequency, k, last_day)
  if (rule === 'calendar') return periodOf(frequency, start)
  return { start, until: runDate(start_date, frequency, k + 1, last_day) }
}

/**
 * The first `k` whose run date is the given day or later, whatever end and `bill_from` say. Found by arithmetic, so
 * that a start of a century ago costs no more than one of yesterday.
 */
export function firstOccurrenceOnOrAfter(
  schedule: Pick<Schedule, 'start_date' | 'frequency' | 'last_day'>,
  date: IsoDate,
): number {
  const { start_date, frequency, last_day } = schedule
  const days = daysInStep[frequency]
  if (days !== undefined) return Math.max(0, Math.ceil(daysBetween(start_date, date) / days))
  // Run dates of whole steps before the date's month lie before it; the next one may, by its day.
  const k = Math.max(0, Math.floor(monthsBetween(start_date, date) / monthsInStep[frequency]))
  return runDate(start_date, frequency, k, last_day) < date ? k + 1 : k
}

/**
 * The occurrences that run from one day to another, both included, in order: not before `bill_from`, not after the end
 * date. Without `until`, up to the end date; a recurrence without end goes on to the last year the calendar takes.
 */
export function* occurrencesFrom(schedule: Schedule, from: IsoDate, until?: IsoDate): Generator<Occurrence> {
  const first = laterOf(from, schedule.bill_from ?? schedule.start_date)
  const end = schedule.end_date ?? `${lastYear}-12-31`
  const last = until === undefined ? end : earlierOf(until, end)
  for (let k = firstOccurrenceOnOrAfter(schedule, first); ; k += 1) {
    const run_date = runDate(schedule.start_date, schedule.frequency, k, schedule.last_day)
    if (run_date > last) return
    yield { k, run_date }
  }
}

/** The same as a list. */
export function occurrencesBetween(schedule: Schedule, from: IsoDate, until: IsoDate): readonly Occurrence[] {
  return [...occurrencesFrom(schedule, from, until)]
}

/** How many occurrences run from one day to another, both included, without walking over them. */
export function countOccurrences(schedule: Schedule, from: IsoDate, until: IsoDate): number {
  const first = laterOf(from, schedule.bill_from ?? schedule.start_date)
  const last = schedule.end_date === null ? until : earlierOf(until, schedule.end_date)
  if (last < first) return 0
  return firstOccurrenceOnOrAfter(schedule, addDays(last, 1)) - firstOccurrenceOnOrAfter(schedule, first)
}

function periodStart(frequency: Frequency, date: IsoDate): IsoDate {
  switch (frequency) {
    case 'daily':
      return date
    case 'weekly':
      return mondayOf(date)
    default: {
      const month = firstDayOfMonth(date)
      return addMonths(month, -((monthOf(date) - 1) % monthsInStep[frequency]))
    }
  }
}
