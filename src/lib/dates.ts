import { DateTime, IANAZone } from 'luxon'

/**
 * A business day, 'YYYY-MM-DD', without time or zone: a day is a day, wherever it is read. Such strings compare and
 * sort as the days do. An organisation's zone is applied once, by `todayIn`.
 */
export type IsoDate = string

/** The years that forms and commands accept, so that a mistyped one cannot plan for ever. */
const firstYear = 1900
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
  return local.toISODate()
}

/** Whether it is a zone of the IANA data base, such as Europe/Paris. */
export function isTimeZone(name: string): boolean {
  return IANAZone.isValidZone(name)
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return isoOf(utc(date) + days * dayLength)
}

/**
 * The same day some months later, or the month's last where it has no such day:
 * 31 January + 1 is 28 February, + 2 is 31 March. Count from one anchor; repeated steps would drift to the 28th.
 */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const month = yearOf(date) * 12 + monthOf(date) - 1 + months
  return dayWithin(Math.floor(month / 12), (month % 12) + 1, dayOf(date))
}

export function firstDayOfMonth(date: IsoDate): IsoDate {
  return `${date.slice(0, 8)}01`
}

export function lastDayOfMonth(date: IsoDate): IsoDate {
  return dayWithin(yearOf(date), monthOf(date), 31)
}

/** This day of the date's own month, clamped to its length: the 31st of a February is the 28th or 29th. */
export function dayOfMonth(date: IsoDate, day: number): IsoDate {
  return dayWithin(yearOf(date), monthOf(date), day)
}

/** The Monday of the date's ISO week. */
export function mondayOf(date: IsoDate): IsoDate {
  return addDays(date, 1 - weekdayOf(date))
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(date: IsoDate): number {
  return new Date(utc(date)).getUTCDay() || 7
}

/** The ISO 8601 week and the year it belongs to: 2025-12-29 is in week 1 of 2026. */
export function isoWeek(date: IsoDate): { year: number; week: number } {
  const { weekYear, weekNumber } = DateTime.utc(yearOf(date), monthOf(date), dayOf(date))
  return { year: weekYear, week: weekNumber }
}

/** How many days `to` lies after `from`; negative where it lies before. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return (utc(to) - utc(from)) / dayLength
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
  return new Date(utc(date))
}

// Days are counted in UTC, where each has the same length, so plain arithmetic is exact. (A Luxon object for every step
// makes planning six times slower; the tests hold these to Luxon's answers.)
const dayLength = 86_400_000

function dayThatExists(year: number, month: number, day: number): IsoDate | undefined {
  if (year < firstYear || year > lastYear || month < 1 || month > 12) return undefined
  if (day < 1 || day > daysInMonth(year, month)) return undefined
  return dayWithin(year, month, day)
}

/** This day of a month, or the month's last where it is shorter. */
function dayWithin(year: number, month: number, day: number): IsoDate {
  const within = Math.min(day, daysInMonth(year, month))
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(within)}`
}

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

function dayOf(date: IsoDate): number {
  return Number(date.slice(8))
}

function utc(date: IsoDate): number {
  const time = Date.UTC(yearOf(date), monthOf(date) - 1, dayOf(date))
  if (Number.isNaN(time)) throw new RangeError(`${JSON.stringify(date)} is not a date`)
  return time
}

function isoOf(time: number): IsoDate {
  return new Date(time).toISOString().slice(0, 10)
}
