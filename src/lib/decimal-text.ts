import type { Language } from '../languages/sentences.ts'
import { currencyDecimals } from './currencies.ts'
import { moneyText, plainDecimal } from './money.ts'

export type DecimalKind = {
  readonly language: Language
  /** How many decimals may be typed; more is a mistake, never a rounding. */
  readonly decimals: number
  /** Whose sign or code may stand before or after the figure. */
  readonly currency?: string
  /** Whether a per cent sign may follow the figure. */
  readonly percent?: boolean
}

export type DecimalMistake = 'empty' | 'not_a_number' | 'too_many_decimals' | 'too_large'

export type DecimalText =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly mistake: DecimalMistake }

/**
 * What a person typed, as a plain decimal without trailing zeros, or what is wrong with it. Spaces of any kind,
 * apostrophes and the currency's sign or code are dropped. With both '.' and ',' the last one is the decimal sign; a
 * sign that occurs twice groups; a single point is always decimal; a single comma is decimal in French, and in English
 * too unless exactly three digits follow. What groups must part off threes: a date or a slip is not made a number.
 *
 *     1 234,50   1,234.50   1.234,50   1'234.50   €1,234.50   1234.5    1234.5
 *     1,234      en 1234    fr 1.234
 *     1.234      1.234
 *     −12        -12
 */
export function parseDecimalText(text: string, kind: DecimalKind): DecimalText {
  const typed = text.replace(/[\s'’]/g, '')
  if (typed === '') return { ok: false, mistake: 'empty' }
  const bare = withoutSigns(typed, kind)
  const digits = bare === undefined ? undefined : withoutGroups(bare.figure, kind.language)
  if (bare === undefined || digits === undefined) return { ok: false, mistake: 'not_a_number' }
  const whole = digits.whole.replace(/^0+(?=\d)/, '')
  if (whole.length > 12) return { ok: false, mistake: 'too_large' }
  if (digits.fraction.length > kind.decimals) return { ok: false, mistake: 'too_many_decimals' }
  const decimal = `${bare.negative ? '-' : ''}${whole || '0'}.${digits.fraction || '0'}`
  return { ok: true, value: plainDecimal(decimal) }
}

/**
 * A stored decimal as a field of a form shows it: no grouping, the language's decimal sign, no trailing zeros beyond
 * `leastDecimals`. What it shows, `parseDecimalText` reads back in the same language.
 *
 *     decimalText('1234.5', 'fr')       1234,5
 *     decimalText('9.8', 'en', 2)       9.80
 */
export function decimalText(value: string, language: Language, leastDecimals = 0): string {
  const [whole = '0', fraction = ''] = plainDecimal(value).split('.')
  const padded = fraction.padEnd(leastDecimals, '0')
  if (padded === '') return whole
  return `${whole}${language === 'fr' ? ',' : '.'}${padded}`
}

/** A stored amount as a field of a form shows it, with the currency's decimals: '1234.5' is '1234,50' in French euros. */
export function amountText(value: string, language: Language, currency: string): string {
  return decimalText(moneyText(value, currency), language, currencyDecimals(currency))
}

/** The figure without its minus and its unit, each of which may stand once. */
function withoutSigns(typed: string, kind: DecimalKind): { negative: boolean; figure: string } | undefined {
  const match = /^([-\u2212]?)([^\d.,\u2212-]*)([-\u2212]?)([\d.,]+)([^\d.,\u2212-]*)$/u.exec(typed)
  if (match === null) return undefined
  const [, outer = '', before = '', inner = '', figure = '', after = ''] = match
  if (outer !== '' && inner !== '') return undefined
  if (before !== '' && after !== '') return undefined
  if (before !== '' && !currencySigns(kind.currency).has(before.toUpperCase())) return undefined
  const percent = kind.percent === true && after === '%'
  if (after !== '' && !percent && !currencySigns(kind.currency).has(after.toUpperCase())) return undefined
  return { negative: outer !== '' || inner !== '', figure }
}

/** All that people write for a currency: its code and the signs of both languages, such as US$, $US, $ and USD. */
function currencySigns(currency: string | undefined): ReadonlySet<string> {
  const signs = new Set<string>()
  if (currency === undefined) return signs
  signs.add(currency)
  for (const locale of ['en-GB', 'fr-FR']) {
    for (const currencyDisplay of ['symbol', 'narrowSymbol'] as const) {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
      const sign = format.formatToParts(0).find((part) => part.type === 'currency')
      if (sign !== undefined) signs.add(sign.value.toUpperCase())
    }
  }
  return signs
}

function withoutGroups(figure: string, language: Language): { whole: string; fraction: string } | undefined {
  const decimal = decimalSignOf(figure, language)
  const at = decimal === undefined ? figure.length : figure.lastIndexOf(decimal)
  const whole = figure.slice(0, at)
  const fraction = figure.slice(at + 1)
  if (!/^\d*$/.test(fraction) || whole + fraction === '') return undefined
  if (/^\d*$/.test(whole)) return { whole, fraction }
  if (!/^[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*$/.test(whole)) return undefined
  return { whole: whole.replace(/[.,]/g, ''), fraction }
}

/** Which sign of the figure is decimal, if any is. */
function decimalSignOf(figure: string, language: Language): '.' | ',' | undefined {
  const points = figure.split('.').length - 1
  const commas = figure.split(',').length - 1
  if (points > 0 && commas > 0) return figure.lastIndexOf('.') > figure.lastIndexOf(',') ? '.' : ','
  if (points === 1) return '.'
  if (commas !== 1) return undefined
  return language === 'en' && /,\d{3}$/.test(figure) ? undefined : ','
}
