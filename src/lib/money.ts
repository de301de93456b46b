import Big from 'big.js'
import { currencyDecimals } from './currencies.ts'

/**
 * Money, quantities and rates: decimal strings in, decimal strings out, exact in between. Nothing here is ever a
 * JavaScript number. Rules and worked tables: docs/rules/prices.md.
 */
const Decimal = Big()
Decimal.RM = Decimal.roundHalfUp // big.js: half away from zero, for negatives too
// Quotients of stored figures never come closer than 1e-30 to half a unit without being it: 60 decimals decide right.
Decimal.DP = 60

export type LinePrice = {
  readonly quantity: string
  readonly unit_price: string
  readonly discount_percent: string
}

export type TaxedNet = { readonly net: string; readonly category: string; readonly rate: string }

/** Tax once for a category and rate: what EN 16931 calls a VAT breakdown. */
export type Tax = {
  readonly category: string
  readonly rate: string
  readonly base: string
  readonly amount: string
}

export type Totals = {
  readonly taxes: readonly Tax[]
  readonly net: string
  readonly tax: string
  readonly gross: string
}

/**
 * A line's net: quantity × unit price × (1 − discount), rounded once, half away from zero, to the currency's decimals.
 *
 *     3 × 9.80 less 15 %   EUR   24.99
 *     1 × -0.125           EUR   -0.13
 *     3 × 333.5 less 10 %  JPY   900
 *     7 × 1.2345           KWD   8.642
 */
export function lineNet(line: LinePrice, currency: string): string {
  const kept = exact('100').minus(exact(line.discount_percent)).times('0.01')
  return rounded(exact(line.quantity).times(exact(line.unit_price)).times(kept), currency)
}

/**
 * The totals of lines whose nets are rounded already. Tax is computed once for each category and rate, on the sum of
 * its nets (EN 16931, BR-CO-17), never line by line; taxes ascend by rate, then category.
 *
 *     ten lines of 0.03 at 20 %   base 0.30, tax 0.06 (line by line it would be 0.10)
 *     3 × 10.01 at 20 %           base 30.03, tax 6.01, gross 36.04
 *     0.13 and -0.13 at 20 %      base 0.00, tax 0.00
 */
export function totals(lines: readonly TaxedNet[], currency: string): Totals {
  const bases = new Map<string, { category: string; rate: Big; base: Big }>()
  for (const line of lines) {
    const rate = exact(line.rate)
    const key = `${plain(rate)} ${line.category}`
    const sum = bases.get(key)
    if (sum === undefined) bases.set(key, { category: line.category, rate, base: exact(line.net) })
    else sum.base = sum.base.plus(exact(line.net))
  }
  const taxes = [...bases.values()]
    .sort((a, b) => a.rate.cmp(b.rate) || (a.category < b.category ? -1 : 1))
    .map(({ category, rate, base }) => {
      const shown = rounded(base, currency)
      return { category, rate: plain(rate), base: shown, amount: taxAmount(shown, plain(rate), currency) }
    })
  const net = sum(
    taxes.map((tax) => tax.base),
    currency,
  )
  const tax = sum(
    taxes.map((each) => each.amount),
    currency,
  )
  return { taxes, net, tax, gross: sum([net, tax], currency) }
}

/** The tax on a base at a rate in per cent, rounded half away from zero: 28.48 at 5.5 % is 1.57 in EUR. */
export function taxAmount(base: string, rate: string, currency: string): string {
  return rounded(exact(base).times(exact(rate)).times('0.01'), currency)
}

/**
 * The rounded share `part ÷ whole` of an amount; `part` and `whole` may be any decimals. Throws where whole is zero.
 *
 *     portion('145.05', '30', '100', 'EUR')   43.52
 *     portion('100.00', '1', '3', 'EUR')      33.33
 */
export function portion(amount: string, part: string, whole: string, currency: string): string {
  return rounded(exact(amount).times(exact(part)).div(exact(whole)), currency)
}

/** The same share of a quantity or a part, with as many decimals as asked for: proportion('1', '1', '3', 6) is '0.333333'. */
export function proportion(value: string, part: string, whole: string, decimals: number): string {
  return plain(exact(value).times(exact(part)).div(exact(whole)).round(decimals))
}

/** 1 ÷ a rate, rounded to nine decimals: of '0.92' it is '1.086956522'. Throws on zero. */
export function inverse(rate: string): string {
  return plain(exact('1').div(exact(rate)).round(9))
}

/** The sum of amounts, with the currency's decimals; of none, zero. */
export function sum(amounts: readonly string[], currency: string): string {
  return rounded(
    amounts.reduce((so_far, amount) => so_far.plus(exact(amount)), exact('0')),
    currency,
  )
}

/** Exact sum without trailing zeros. Money is then printed with `moneyText`. */
export function add(a: string, b: string): string {
  return plain(exact(a).plus(exact(b)))
}

/** Exact difference without trailing zeros. */
export function subtract(a: string, b: string): string {
  return plain(exact(a).minus(exact(b)))
}

/** Exact product without trailing zeros. */
export function multiply(a: string, b: string): string {
  return plain(exact(a).times(exact(b)))
}

/** The opposite, without trailing zeros; of zero, zero. */
export function negate(value: string): string {
  return plain(exact(value).times('-1'))
}

/** Below zero, zero or above, as `sort` wants it: '9' comes before '10'. */
export function compare(a: string, b: string): -1 | 0 | 1 {
  return exact(a).cmp(exact(b))
}

export function isZero(value: string): boolean {
  return exact(value).eq('0')
}

export function isNegative(value: string): boolean {
  return exact(value).lt('0')
}

/** The same value without trailing zeros, leading zeros, or a sign before zero: '2.500' is '2.5', '-0.00' is '0'. */
export function plainDecimal(value: string): string {
  return plain(exact(value))
}

/** An amount with the currency's decimals, rounded half away from zero: '5' is '5.00' in EUR, '5' in JPY. */
export function moneyText(value: string, currency: string): string {
  return rounded(exact(value), currency)
}

/** A unit price with the currency's decimals at least and all of its own: '18' is '18.00' in EUR, '0.1234' stays. */
export function priceText(price: string, currency: string): string {
  const value = exact(price)
  const own = plain(value).split('.')[1]?.length ?? 0
  return (value.eq('0') ? value.abs() : value).toFixed(Math.max(own, currencyDecimals(currency)))
}

/** Whether an amount can be stored: at most fifteen digits before the point (numeric(18, 3)). */
export function fitsAmount(value: string): boolean {
  return exact(value).abs().lt('1e15')
}

/**
 * Whether a text is a decimal as JSON, CSV and the database hold it: digits, at most twelve before the point and
 * `decimals` after it, a minus in front where negative. No grouping, no exponent, no plus, no bare point.
 */
export function isDecimal(text: string, decimals = 6): boolean {
  const match = plainShape.exec(text)
  if (match === null) return false
  const [, whole = '', fraction = ''] = match
  return whole.replace(/^0+(?=\d)/, '').length <= 12 && fraction.length <= decimals
}

const plainShape = /^-?(\d+)(?:\.(\d+))?$/

function exact(value: string): Big {
  // Big itself would take exponents, which are nobody's amount.
  if (!plainShape.test(value)) throw new RangeError(`${JSON.stringify(value)} is not a decimal`)
  return new Decimal(value)
}

function rounded(value: Big, currency: string): string {
  const decimals = currencyDecimals(currency)
  const result = value.round(decimals)
  // big.js keeps the sign of a negative that rounds to zero and would print "-0.00".
  return (result.eq('0') ? result.abs() : result).toFixed(decimals)
}

function plain(value: Big): string {
  return (value.eq('0') ? value.abs() : value).toFixed()
}
