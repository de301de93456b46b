import { DateTime, IANAZone } from 'luxon'

/**
 * A business day, 'YYYY-MM-DD', without time or zone: a day is a day, wherever it is read. Such strings compare and
 * sort as the days do. An organisation's zone is applied once, by `todayIn`.
 */
export type IsoDate = string

/** The years that forms and commands accept, so that a mistyped one cannot plan for ever. */
export const firstYear = 1900
export const lastYear = 2999

/** Whether a text is a day that exists, in ISO form, of the years 1900 to 2999: '2028-02-29' is, '2026-02-29' is not. */
export function isIsoDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return false
  const [, year, month, day] = match
  return dayThatExists(Number(year), Number(month), Number(day)) !== undefined
}

/**
 * The day a person typed or a browser posted, or undefined: ISO, or day first with slashes or points.
 *
 *     2026-12-31   31/12/2026   31.12.2026   1/3/2026   31/02/2026 (undefined)
 */
export function parseDateText(text: string): IsoDate | undefined {
  const typed = text.trim()
  if (isIsoDate(typed)) return typed
  const match = /^(\d{1,2})([/.])(\d{1,2})\2(\d{4})$/.exec(typed)
  if (match === null) return undefined
  const [, day, , month, year] = match
  return dayThatExists(Number(year), Number(month), Number(day))
}

/** The day that it is in a time zone at an instant. Throws on an unknown zone. */
export function todayIn(zone: string, now: Date): IsoDate {
  const local = DateTime.fromJSDate(now, { zone })
  if (!local.isValid) throw new RangeError(`${zone} is not a time zone, or the instant is none`)
  return iso(local)
}

/** Whether it is a zone of the IANA data base, such as Europe/Paris. */
export function isTimeZone(name: string): boolean {
  return IANAZone.isValidZone(name)
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return iso(dateTime(date).plus({ days }))
}

/**
 * The same day some months later, or the month's last where it has no such day:
 * 31 January + 1 is 28 February, + 2 is 31 March. Count from one anchor; repeated steps would drift to the 28th.
 */
export function addMonths(date: IsoDate, months: number): IsoDate {
  return iso(dateTime(date).plus({ months }))
}

export function firstDayOfMonth(date: IsoDate): IsoDate {
  return `${date.slice(0, 8)}01`
}

export function lastDayOfMonth(date: IsoDate): IsoDate {
  return iso(dateTime(date).endOf('month'))
}

/** This day of the date's own month, clamped to its length: the 31st of a February is the 28th or 29th. */
export function dayOfMonth(date: IsoDate, day: number): IsoDate {
  const start = dateTime(date)
  return iso(start.set({ day: Math.min(day, start.daysInMonth ?? 28) }))
}

/** The Monday of the date's ISO week. */
export function mondayOf(date: IsoDate): IsoDate {
  const start = dateTime(date)
  return iso(start.minus({ days: start.weekday - 1 }))
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(date: IsoDate): number {
  return dateTime(date).weekday
}

/** The ISO 8601 week and the year it belongs to: 2025-12-29 is in week 1 of 2026. */
export function isoWeek(date: IsoDate): { year: number; week: number } {
  const start = dateTime(date)
  return { year: start.weekYear, week: start.weekNumber }
}

/** How many days `to` lies after `from`; negative where it lies before. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((dateTime(to).toMillis() - dateTime(from).toMillis()) / 86_400_000)
}

/** How many calendar months `to`'s month lies after `from`'s, whatever the days. */
export function monthsBetween(from: IsoDate, to: IsoDate): number {
  return (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from)
}

/** Below zero, zero or above, as `sort` wants it. */
export function compareDates(a: IsoDate, b: IsoDate): -1 | 0 | 1 {
  if (a === b) return 0
  return a < b ? -1 : 1
}

export function earlierOf(a: IsoDate, b: IsoDate): IsoDate {
  return a < b ? a : b
}

export function laterOf(a: IsoDate, b: IsoDate): IsoDate {
  return a > b ? a : b
}

export function yearOf(date: IsoDate): number {
  return Number(date.slice(0, 4))
}

/** 1 for January to 12 for December. */
export function monthOf(date: IsoDate): number {
  return Number(date.slice(5, 7))
}

/** 1 to 4. */
export function quarterOf(date: IsoDate): number {
  return Math.ceil(monthOf(date) / 3)
}

/** The instant at which the day begins in UTC: for Intl formats with `timeZone: 'UTC'`, and nothing else. */
export function utcMidnight(date: IsoDate): Date {
  return dateTime(date).toJSDate()
}

function dayThatExists(year: number, month: number, day: number): IsoDate | undefined {
  if (year < firstYear || year > lastYear) return undefined
  const found = DateTime.utc(year, month, day)
  return found.isValid ? iso(found) : undefined
}

function dateTime(date: IsoDate): DateTime<true> {
  const found = DateTime.utc(yearOf(date), monthOf(date), Number(date.slice(8)))
  if (!found.isValid || date.length !== 10) throw new RangeError(`${JSON.stringify(date)} is not a date`)
  return found
}

function iso(date: DateTime<true>): IsoDate {
  return date.toISODate()
}
