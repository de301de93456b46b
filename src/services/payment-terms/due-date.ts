import {
  addDays,
  addMonths,
  dayOfMonth,
  firstDayOfMonth,
  type IsoDate,
  lastDayOfMonth,
} from '../../lib/dates.ts'
import type { EndOfMonthRule } from '../../lib/vocabulary.ts'

/** The most days that a term may grant: four digits, so that a slip cannot leave the calendar. */
export const longestTermDays = 9999

export type PaymentTerm = {
  readonly days: number
  /** `after`: add the days, then go to the end of that month; `before`: the end of the month, then the days. */
  readonly end_of_month: EndOfMonthRule
  /** 1 to 31: then the next such day, that day included. Null: no such rule. */
  readonly day_of_month: number | null
}

/**
 * When a document of a date falls due (docs/rules/schedules.md, "Due date").
 *
 *     2026-01-01, 45 days, end of month after      2026-02-28
 *     2026-01-01, 45 days, end of month before     2026-03-17
 *     2026-01-01, 30 days, after, on the 10th      2026-02-10
 *     2026-01-11, 30 days, on the 10th             2026-02-10 (that day included)
 *     2026-02-01, 30 days, after, on the 31st      2026-03-31 (clamped where the month is shorter)
 */
export function dueDate(documentDate: IsoDate, term: PaymentTerm): IsoDate {
  const due = withEndOfMonth(documentDate, term)
  return term.day_of_month === null ? due : nextDayOfMonth(due, term.day_of_month)
}

function withEndOfMonth(documentDate: IsoDate, term: PaymentTerm): IsoDate {
  switch (term.end_of_month) {
    case 'none':
      return addDays(documentDate, term.days)
    case 'after':
      return lastDayOfMonth(addDays(documentDate, term.days))
    case 'before':
      return addDays(lastDayOfMonth(documentDate), term.days)
  }
}

function nextDayOfMonth(date: IsoDate, day: number): IsoDate {
  const sameMonth = dayOfMonth(date, day)
  return sameMonth >= date ? sameMonth : dayOfMonth(addMonths(firstDayOfMonth(date), 1), day)
}
