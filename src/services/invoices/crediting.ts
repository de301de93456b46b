import type { FieldError, Message } from '../../languages/catalog.ts'
import {
  add,
  compare,
  isZero,
  lineNet,
  moneyText,
  negate,
  plainDecimal,
  portion,
  proportion,
  subtract,
  sum,
  type Tax,
  taxAmount,
  totals,
} from '../../lib/money.ts'

/**
 * What credit notes take from an issued invoice, and what is left of it (docs/rules/credit-notes.md). What was credited is said in the
 * invoice's own sign here; the lines of a credit note have the opposite one.
 */

export type CreditableLine = {
  readonly id: string
  readonly quantity: string
  readonly unit_price: string
  readonly discount_percent: string
  readonly net: string
  readonly tax_category: string
  readonly tax_rate: string
  /** What of its order's line it takes. */
  readonly part_quantity: string | null
  readonly part_share: string | null
  /** By credit notes so far. */
  readonly credited: {
    readonly quantity: string
    readonly net: string
    readonly part_quantity: string
    readonly part_share: string
  }
}

export type Creditable = {
  readonly currency: string
  readonly gross: string
  /** What of the gross credit notes have taken. */
  readonly credited: string
  /** Those with a price. */
  readonly lines: readonly CreditableLine[]
  readonly taxes: readonly {
    readonly category: string
    readonly rate: string
    readonly base: string
    /** By credit notes so far. */
    readonly credited: string
  }[]
}

export type Left = {
  /** By line: what can still be credited of it. */
  readonly quantities: ReadonlyMap<string, string>
  readonly net: string
  readonly gross: string
  readonly taxes: readonly { readonly category: string; readonly rate: string; readonly base: string }[]
  /** Nothing is left. */
  readonly closed: boolean
}

export function leftOf(invoice: Creditable): Left {
  const { currency } = invoice
  const taxes = invoice.taxes.map(({ category, rate, base, credited }) => ({
    category,
    rate,
    base: moneyText(subtract(base, credited), currency),
  }))
  const quantities = new Map(
    invoice.lines.map(({ id, quantity, credited }) => [
      id,
      plainDecimal(subtract(quantity, credited.quantity)),
    ]),
  )
  const isTouched =
    invoice.taxes.some(({ credited }) => !isZero(credited)) ||
    invoice.lines.some(({ credited }) => !isZero(credited.quantity))
  return {
    quantities,
    net: sum(
      taxes.map(({ base }) => base),
      currency,
    ),
    gross: moneyText(subtract(invoice.gross, invoice.credited), currency),
    taxes,
    closed: isTouched && taxes.every(({ base }) => isZero(base)),
  }
}

/** What is to be credited: all that is left, some of some lines, or a net amount. Quantities have the sign of their lines. */
export type CreditWish =
  | { readonly mode: 'all' }
  | { readonly mode: 'lines'; readonly quantities: ReadonlyMap<string, string> }
  | { readonly mode: 'amount'; readonly amount: string }

export type CreditLine = {
  /** The line it credits; null where it credits an amount, or gives one back that was credited already. */
  readonly line_id: string | null
  readonly kind: 'line' | 'amount' | 'given_back'
  readonly category: string
  readonly rate: string
  readonly quantity: string
  readonly unit_price: string
  readonly discount_percent: string
  readonly rounding: string
  readonly net: string
  readonly part_quantity: string | null
  readonly part_share: string | null
}

export type Credit = {
  /** Nothing is left of the invoice afterwards. */
  readonly closes: boolean
  readonly lines: readonly CreditLine[]
  readonly taxes: readonly Tax[]
  readonly net: string
  readonly tax: string
  readonly gross: string
  /** Where the taxes of parts differ from that of the whole (BT-114). */
  readonly rounding: string
  /** What is credited to the customer: gross + rounding. */
  readonly due: string
}

/**
 * The credit note that a wish comes to, or what is wrong with it: more than is left of a line, of a tax or in all.
 *
 * Each part's net is the rounded net of all so far less the parts before. Tax is computed on the credit note's own bases; the cent by
 * which the taxes of all so far would differ from that on all their bases together stands as rounding, so that the last one closes
 * at exactly zero.
 *
 *     3 × 10.01 at 20 % (gross 36.04), a third each: gross −12.01 each, rounding 0, 0 and −0.01
 */
export function creditOf(
  invoice: Creditable,
  wish: CreditWish,
):
  | { readonly ok: true; readonly credit: Credit }
  | { readonly ok: false; readonly errors: readonly FieldError[] } {
  const left = leftOf(invoice)
  const errors = mistakesOf(invoice, left, wish)
  if (errors.length > 0) return { ok: false, errors }
  const lines = linesOf(invoice, left, wish)
  if (lines.length === 0)
    return { ok: false, errors: [{ field: 'mode', message: { key: 'credits.nothing' } }] }
  const { currency } = invoice
  const { taxes, net, tax, gross } = totals(lines, currency)
  const after = invoice.taxes.map((each) => {
    const own = taxes.find((found) => isSameTax(found, each))
    return { ...each, credited: subtract(each.credited, own?.base ?? '0') }
  })
  const beyond = after.find(({ base, credited }) => !isWithin(credited, base))
  if (beyond !== undefined) return { ok: false, errors: [tooMuchOf(invoice, left, beyond)] }
  const all = sum(
    after.flatMap(({ credited, rate }) => [credited, taxAmount(credited, rate, currency)]),
    currency,
  )
  const due = moneyText(subtract(invoice.credited, all), currency)
  if (!isWithin(all, invoice.gross)) {
    const left_money = `${left.gross} ${currency}`
    return {
      ok: false,
      errors: [{ field: 'mode', message: { key: 'credits.too_much', params: { left_money } } }],
    }
  }
  return {
    ok: true,
    credit: {
      closes: after.every(({ base, credited }) => compare(base, credited) === 0),
      lines,
      taxes,
      net,
      tax,
      gross,
      rounding: moneyText(subtract(due, gross), currency),
      due,
    },
  }
}

function mistakesOf(invoice: Creditable, left: Left, wish: CreditWish): FieldError[] {
  if (wish.mode === 'amount') return mistakesOfAmount(invoice, left, wish.amount)
  if (wish.mode === 'all') return []
  return [...wish.quantities].flatMap(([id, typed]): FieldError[] => {
    const of = left.quantities.get(id)
    const field = `quantities[${id}]`
    if (of === undefined) return [{ field, message: { key: 'credits.quantity.unknown' } }]
    if (isWithin(typed, of)) return []
    return [{ field, message: isZero(of) ? { key: 'credits.quantity.none' } : tooMany(of, typed) }]
  })
}

function tooMany(left: string, typed: string): Message {
  return {
    key: 'credits.quantity.too_much',
    params: { left: plainDecimal(left), typed: plainDecimal(typed) },
  }
}

function mistakesOfAmount({ currency }: Creditable, left: Left, amount: string): FieldError[] {
  const left_money = `${left.net} ${currency}`
  const wrong = (message: Message): FieldError[] => [{ field: 'amount', message }]
  if (compare(left.net, '0') <= 0) return wrong({ key: 'credits.amount.none' })
  if (compare(amount, '0') <= 0) return wrong({ key: 'credits.amount.missing' })
  return compare(amount, left.net) > 0
    ? wrong({ key: 'credits.amount.too_much', params: { left_money } })
    : []
}

function tooMuchOf(
  { currency, lines }: Creditable,
  left: Left,
  tax: { readonly category: string; readonly rate: string },
): FieldError {
  const of = left.taxes.find((each) => isSameTax(each, tax))
  const params = { left_money: `${of?.base ?? '0'} ${currency}`, rate: plainDecimal(tax.rate) }
  // Below the amounts credited without lines, more is left of the lines than of the invoice.
  const key = lines.some((line) => isSameTax({ category: line.tax_category, rate: line.tax_rate }, tax))
    ? 'credits.tax.too_much'
    : 'credits.too_much'
  return { field: 'mode', message: { key, params } }
}

function linesOf(invoice: Creditable, left: Left, wish: CreditWish): CreditLine[] {
  // The whole amount that is left is all that is left.
  const isAll = wish.mode === 'all' || (wish.mode === 'amount' && compare(wish.amount, left.net) === 0)
  if (isAll) return left.closed ? [] : allLines(invoice, left)
  if (wish.mode === 'amount') return amountLines(invoice, left, wish.amount)
  return invoice.lines.flatMap((line) => {
    const typed = wish.mode === 'lines' ? (wish.quantities.get(line.id) ?? '0') : '0'
    return isZero(typed) ? [] : [creditLine(invoice, line, typed)]
  })
}

/** What is left of each line, and back again what of it was credited as an amount. */
function allLines(invoice: Creditable, left: Left): CreditLine[] {
  const lines = invoice.lines.flatMap((line) => {
    const quantity = left.quantities.get(line.id) ?? '0'
    return isZero(quantity) ? [] : [creditLine(invoice, line, quantity)]
  })
  const back = left.taxes.flatMap((tax) => {
    const nets = lines.filter((line) => isSameTax(line, tax)).map(({ net }) => net)
    const less = negate(sum([...nets, tax.base], invoice.currency))
    return isZero(less) ? [] : [lumpLine(invoice, tax, less, 'given_back')]
  })
  return [...lines, ...back]
}

function creditLine({ currency }: Creditable, line: CreditableLine, quantity: string): CreditLine {
  const { credited, unit_price, discount_percent } = line
  const so_far = add(credited.quantity, quantity)
  const isWhole = compare(so_far, line.quantity) === 0
  const share = (of: string, decimals: number) =>
    isWhole ? of : proportion(of, so_far, line.quantity, decimals)
  const whole = isWhole ? line.net : portion(line.net, so_far, line.quantity, currency)
  const net = moneyText(subtract(credited.net, whole), currency)
  const opposite = negate(quantity)
  const { part_quantity, part_share } = line
  return {
    line_id: line.id,
    kind: 'line',
    category: line.tax_category,
    rate: line.tax_rate,
    quantity: opposite,
    unit_price,
    discount_percent,
    rounding: moneyText(
      subtract(net, lineNet({ quantity: opposite, unit_price, discount_percent }, currency)),
      currency,
    ),
    net,
    part_quantity: part_quantity === null ? null : subtract(credited.part_quantity, share(part_quantity, 6)),
    part_share: part_share === null ? null : subtract(credited.part_share, share(part_share, 12)),
  }
}

/** A net amount over the taxes as what is left stands, each the rounded share of all so far less those before. */
function amountLines(invoice: Creditable, left: Left, amount: string): CreditLine[] {
  const { currency } = invoice
  let [weight, given] = ['0', '0']
  return left.taxes.flatMap((tax) => {
    weight = add(weight, tax.base)
    const until = portion(amount, weight, left.net, currency)
    const own = subtract(until, given)
    given = until
    return isZero(own) ? [] : [lumpLine(invoice, tax, negate(own), 'amount')]
  })
}

/** A line of one unit at an amount; a price is never below zero, so the quantity bears the sign. */
function lumpLine(
  { currency }: Creditable,
  { category, rate }: { readonly category: string; readonly rate: string },
  net: string,
  kind: 'amount' | 'given_back',
): CreditLine {
  const isBelow = compare(net, '0') < 0
  return {
    line_id: null,
    kind,
    category,
    rate,
    quantity: isBelow ? '-1' : '1',
    unit_price: isBelow ? negate(net) : plainDecimal(net),
    discount_percent: '0',
    rounding: moneyText('0', currency),
    net: moneyText(net, currency),
    part_quantity: null,
    part_share: null,
  }
}

/** Whether a part lies between nothing and the whole, on the whole's side of zero. */
function isWithin(part: string, whole: string): boolean {
  return compare(whole, '0') >= 0
    ? compare(part, '0') >= 0 && compare(part, whole) <= 0
    : compare(part, '0') <= 0 && compare(part, whole) >= 0
}

function isSameTax(
  a: { readonly category: string; readonly rate: string },
  b: { readonly category: string; readonly rate: string },
): boolean {
  return a.category === b.category && compare(a.rate, b.rate) === 0
}
