import type { Language } from '../languages/sentences.ts'
import { currencyDecimals } from './currencies.ts'
import {
  addDays,
  type IsoDate,
  isoWeek,
  monthOf,
  quarterOf,
  todayIn,
  utcMidnight,
  weekdayOf,
  yearOf,
} from './dates.ts'
import { moneyText, plainDecimal } from './money.ts'

/**
 * How figures and days look on pages, in PDFs and in mail: English as en-GB, French as fr-FR, a true minus sign
 * (U+2212) in front of negatives, no sign before zero. Strings go in and come out; Intl is fed the decimal text itself,
 * so that no figure passes through a float. CSV and JSON do not use this: they keep the stored text.
 */
const locales: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR' }

/** Money with its sign: `€1,234.50`, `US$1,234.50`, `−€12.00`; fr `1 234,50 €`, `−12,00 €`. */
export function formatMoney(language: Language, amount: string, currency: string): string {
  const decimals = currencyDecimals(currency)
  return number(language, moneyText(amount, currency), {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
}

/** Money without its sign, for columns whose head names the currency: `1,234.50`; fr `1 234,50`. */
export function formatAmount(language: Language, amount: string, currency: string): string {
  const decimals = currencyDecimals(currency)
  return number(language, moneyText(amount, currency), {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
}

/** A quantity without trailing zeros: `1,234.5`; fr `1 234,5`. */
export function formatQuantity(language: Language, quantity: string): string {
  return number(language, quantity, { maximumFractionDigits: 6 })
}

/** A unit price with the currency's decimals at least and six at most: `9.80`, `0.1234`; in yen `333.5`. */
export function formatUnitPrice(language: Language, price: string, currency: string): string {
  return number(language, price, {
    minimumFractionDigits: currencyDecimals(currency),
    maximumFractionDigits: 6,
  })
}

/** A unit price with its sign, for running text: `€9.80`, `€0.1234`; fr `9,80 €`. */
export function formatPrice(language: Language, price: string, currency: string): string {
  return number(language, price, {
    style: 'currency',
    currency,
    minimumFractionDigits: currencyDecimals(currency),
    maximumFractionDigits: 6,
  })
}

/** A rate in per cent: '20.5' is `20.5%`; fr `20,5 %`. */
export function formatPercent(language: Language, percent: string): string {
  return number(language, percent, { style: 'unit', unit: 'percent', maximumFractionDigits: 6 })
}

/** The currency's sign alone, for heads such as "Net, €". */
export function currencySign(language: Language, currency: string): string {
  const parts = numberFormat(language, { style: 'currency', currency }).formatToParts(0)
  return parts.find((part) => part.type === 'currency')?.value ?? currency
}

/** A day in running text: `12 Mar 2026`; fr `12 mars 2026`, `1er mars 2026`. */
export function formatDate(language: Language, date: IsoDate): string {
  return `${dayAndMonth(language, date)} ${yearOf(date)}`
}

/** A day in a table: `12 Mar 2026`; fr `12/03/2026`. */
export function formatTableDate(language: Language, date: IsoDate): string {
  if (language === 'en') return formatDate(language, date)
  return dateFormat(language, { day: '2-digit', month: '2-digit', year: 'numeric' }).format(utcMidnight(date))
}

/** The day of the week in full: `Thursday`, `jeudi`. */
export function formatWeekday(language: Language, date: IsoDate): string {
  return dateFormat(language, { weekday: 'long' }).format(utcMidnight(date))
}

/** `March 2026`, `mars 2026`. */
export function formatMonth(language: Language, date: IsoDate): string {
  return dateFormat(language, { month: 'long', year: 'numeric' }).format(utcMidnight(date))
}

/** The time of day of an instant in a time zone: `02:00`. */
export function formatTime(language: Language, instant: Date, zone: string): string {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return dateFormat(language, options, zone).format(instant)
}

/** An instant in a table: `12 Mar 2026, 02:00`; fr `12/03/2026 02:00`. */
function formatTableDateTime(language: Language, instant: Date, zone: string): string {
  if (language === 'en') return formatDateTime(language, instant, zone)
  return `${formatTableDate(language, todayIn(zone, instant))} ${formatTime(language, instant, zone)}`
}

/** An instant in a time zone: `12 Mar 2026, 02:00`; fr `12 mars 2026 à 02:00`. */
export function formatDateTime(language: Language, instant: Date, zone: string): string {
  const date = formatDate(language, todayIn(zone, instant))
  const time = formatTime(language, instant, zone)
  return language === 'fr' ? `${date} à ${time}` : `${date}, ${time}`
}

/** Frequencies as `services/recurring/periods.ts` has them; a period is named by the first day of it. */
export type PeriodKind = 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'semiannual' | 'annual'

/**
 * The name of the calendar period that begins on a day.
 *
 *     monthly     March 2026                  mars 2026
 *     quarterly   Q1 2026                     T1 2026
 *     weekly      Week 12, 16–22 Mar 2026     Semaine 12, 16–22 mars 2026
 *     semiannual  H1 2026                     S1 2026
 *     annual      2026                        2026
 *     daily       12 Mar 2026                 12 mars 2026
 */
export function formatPeriod(language: Language, kind: PeriodKind, start: IsoDate): string {
  const french = language === 'fr'
  switch (kind) {
    case 'daily':
      return formatDate(language, start)
    case 'weekly':
      return `${french ? 'Semaine' : 'Week'} ${isoWeek(start).week}, ${formatDateRange(language, start, sundayOf(start))}`
    case 'monthly':
      return formatMonth(language, start)
    case 'quarterly':
      return `${french ? 'T' : 'Q'}${quarterOf(start)} ${yearOf(start)}`
    case 'semiannual':
      return `${french ? 'S' : 'H'}${monthOf(start) < 7 ? 1 : 2} ${yearOf(start)}`
    case 'annual':
      return String(yearOf(start))
  }
}

/** From one day to another, both included: `16–22 Mar 2026`, `30 Mar – 5 Apr 2026`, `29 Dec 2025 – 4 Jan 2026`. */
export function formatDateRange(language: Language, first: IsoDate, last: IsoDate): string {
  if (first === last) return formatDate(language, first)
  if (yearOf(first) !== yearOf(last)) return `${formatDate(language, first)} – ${formatDate(language, last)}`
  if (monthOf(first) !== monthOf(last)) {
    return `${dayAndMonth(language, first)} – ${formatDate(language, last)}`
  }
  return `${dayNumber(language, first)}–${formatDate(language, last)}`
}

/** The size of a file, as the explorers of both languages write it: `84 KB`, `1.4 MB`; fr `84 Ko`, `1,4 Mo`. */
function formatFileSize(language: Language, bytes: number): string {
  const [kilo, mega] = language === 'fr' ? ['Ko', 'Mo'] : ['KB', 'MB']
  const kilobytes = Math.max(1, Math.round(bytes / 1024))
  if (bytes === 0) return `0\u00a0${kilo}`
  if (kilobytes < 1000) return `${kilobytes}\u00a0${kilo}`
  return `${formatQuantity(language, (bytes / 1024 ** 2).toFixed(1))}\u00a0${mega}`
}

/** All of the above for one language: what a page's template gets. */
export function formatsIn(language: Language) {
  return {
    money: (amount: string, currency: string) => formatMoney(language, amount, currency),
    amount: (amount: string, currency: string) => formatAmount(language, amount, currency),
    quantity: (quantity: string) => formatQuantity(language, quantity),
    unitPrice: (price: string, currency: string) => formatUnitPrice(language, price, currency),
    price: (price: string, currency: string) => formatPrice(language, price, currency),
    percent: (percent: string) => formatPercent(language, percent),
    currencySign: (currency: string) => currencySign(language, currency),
    date: (date: IsoDate) => formatDate(language, date),
    tableDate: (date: IsoDate) => formatTableDate(language, date),
    weekday: (date: IsoDate) => formatWeekday(language, date),
    month: (date: IsoDate) => formatMonth(language, date),
    time: (instant: Date, zone: string) => formatTime(language, instant, zone),
    dateTime: (instant: Date, zone: string) => formatDateTime(language, instant, zone),
    tableDateTime: (instant: Date, zone: string) => formatTableDateTime(language, instant, zone),
    period: (kind: PeriodKind, start: IsoDate) => formatPeriod(language, kind, start),
    dateRange: (first: IsoDate, last: IsoDate) => formatDateRange(language, first, last),
    fileSize: (bytes: number) => formatFileSize(language, bytes),
  }
}

export type Formats = ReturnType<typeof formatsIn>

function number(language: Language, value: string, options: Intl.NumberFormatOptions): string {
  const decimal = plainDecimal(value)
  if (!isNumeric(decimal)) throw new RangeError(`${value} is not a decimal`)
  const parts = numberFormat(language, options).formatToParts(decimal)
  return parts.map((part) => (part.type === 'minusSign' ? '\u2212' : part.value)).join('')
}

/** Tells the compiler what `plainDecimal` guarantees: Intl then reads the text exactly. */
function isNumeric(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text)
}

function dayAndMonth(language: Language, date: IsoDate): string {
  const month = language === 'fr' ? 'long' : 'short'
  return `${dayNumber(language, date)} ${dateFormat(language, { month }).format(utcMidnight(date))}`
}

function dayNumber(language: Language, date: IsoDate): string {
  const day = Number(date.slice(8))
  return language === 'fr' && day === 1 ? '1er' : String(day)
}

function sundayOf(date: IsoDate): IsoDate {
  return addDays(date, 7 - weekdayOf(date))
}

// Making an Intl format costs a thousand times what using it does: a list of fifty rows would notice.
const numberFormats = new Map<string, Intl.NumberFormat>()
const dateFormats = new Map<string, Intl.DateTimeFormat>()

function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`
  let format = numberFormats.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(locales[language], options)
    numberFormats.set(key, format)
  }
  return format
}

function dateFormat(
  language: Language,
  options: Intl.DateTimeFormatOptions,
  timeZone = 'UTC',
): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${JSON.stringify(options)}`
  let format = dateFormats.get(key)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locales[language], { ...options, timeZone })
    dateFormats.set(key, format)
  }
  return format
}
