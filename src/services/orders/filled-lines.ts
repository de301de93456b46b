import type { FieldError, Message } from '../../languages/catalog.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { compare, fitsAmount, lineNet, plainDecimal } from '../../lib/money.ts'
import { presetUnit } from '../../lib/units.ts'
import { presetRateId, type Rate, rateOnDate, type TaxRules } from '../tax-treatments/line-rate.ts'
import { type LineInput, withPositivePrice } from './lines.ts'

/** What a line takes from the product it names. */
export type LineProduct = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly description: string
  readonly kind: 'goods' | 'service'
  readonly unit_code: string
  readonly unit_price: string
  readonly currency: string
  readonly tax_rate_id: string
}

/** What decides on all lines of an order alike. */
export type LineSetting = {
  readonly currency: string
  readonly order_date: IsoDate
  /** The account's; domestic while there is none. */
  readonly treatment: string
  /** The organisation's rate, for lines without a product. */
  readonly default_rate_id: string | null
  readonly rules: TaxRules
  readonly products: ReadonlyMap<string, LineProduct>
}

/** A line filled in: what was left empty has its preset, where there is one. */
export type FilledLine = {
  readonly input: LineInput
  readonly product: LineProduct | undefined
  readonly description: string
  readonly quantity: string | null
  readonly unit: string
  readonly unit_price: string | null
  readonly discount_percent: string | null
  readonly supply: 'goods' | 'service'
  /** The rate that applies, and the one that comes by itself. */
  readonly rate: Rate | undefined
  readonly preset_rate: Rate | undefined
  /** Null where it cannot be reckoned yet. */
  readonly net: string | null
  readonly errors: readonly FieldError[]
  readonly notices: readonly Message[]
}

/** What belongs to a line: its product, and what is stored of it so far. A product that was not found has its mistake already. */
export type LineRecords = {
  readonly product: LineProduct | undefined
  readonly unresolved: boolean
  readonly stored: { readonly product_id: string | null; readonly tax_rate_id: string | null } | undefined
}

export function fillLine(input: LineInput, records: LineRecords, setting: LineSetting): FilledLine {
  if (input.kind !== 'item') return textLine(input)
  const { product } = records
  const fields = filledFields(input, product, setting)
  const supply = product?.kind ?? 'service'
  const tax = taxOf(input, records, setting)
  const net = netOf(fields, setting.currency)
  const errors = [
    ...(records.unresolved ? [] : missing(input, product, fields, setting)),
    ...(net !== null && !fitsAmount(net) ? [lineError(input, 'quantity', 'order_form.line.too_large')] : []),
    ...tax.errors,
  ]
  return { input, product, ...fields, supply, ...tax, net, errors }
}

function textLine(input: LineInput): FilledLine {
  return {
    input,
    product: undefined,
    description: input.description,
    quantity: null,
    unit: '',
    unit_price: null,
    discount_percent: null,
    supply: 'service',
    rate: undefined,
    preset_rate: undefined,
    net: null,
    errors: [],
    notices: [],
  }
}

type Fields = Pick<FilledLine, 'description' | 'quantity' | 'unit' | 'unit_price' | 'discount_percent'>

/** A product just picked fills what is empty, and replaces what still holds the presets of the product before it. */
function filledFields(input: LineInput, product: LineProduct | undefined, setting: LineSetting): Fields {
  const discount_percent = input.discount_percent ?? (input.wrong.includes('discount_percent') ? null : '0')
  if (product === undefined) {
    return { ...pick(input), unit: input.unit === '' ? presetUnit : input.unit, discount_percent }
  }
  const picked = input.filled_from !== product.id
  const former = picked && input.filled_from !== null ? setting.products.get(input.filled_from) : undefined
  const replaces = (value: string | null, formerValue: string | null | undefined) =>
    value === null || value === '' || (picked && formerValue !== undefined && value === formerValue)
  const price = priceIn(product, setting.currency)
  const formerPrice = former === undefined ? undefined : priceIn(former, setting.currency)
  return {
    description: replaces(input.description, former && describe(former))
      ? describe(product)
      : input.description,
    quantity: input.quantity,
    unit: replaces(input.unit, former?.unit_code) ? product.unit_code : input.unit,
    unit_price:
      picked && !input.wrong.includes('unit_price') && replaces(input.unit_price, formerPrice)
        ? price
        : input.unit_price,
    discount_percent,
  }
}

function pick(input: LineInput): Fields {
  const { description, quantity, unit, unit_price, discount_percent } = input
  return { description, quantity, unit, unit_price, discount_percent }
}

function describe(product: LineProduct): string {
  return product.description === '' ? product.name : product.description
}

/** A price in another currency is nobody's price here: the person types one. */
function priceIn(product: LineProduct, currency: string): string | null {
  return product.currency === currency ? plainDecimal(product.unit_price) : null
}

function missing(
  input: LineInput,
  product: LineProduct | undefined,
  fields: Fields,
  setting: LineSetting,
): FieldError[] {
  const errors: FieldError[] = []
  const isMissing = (field: 'quantity' | 'unit_price') =>
    fields[field] === null && !input.wrong.includes(field)
  if (fields.description === '') errors.push(lineError(input, 'description', 'order_form.line.description'))
  if (isMissing('quantity')) errors.push(lineError(input, 'quantity', 'order_form.line.quantity'))
  if (isMissing('unit_price')) {
    const foreign = product !== undefined && product.currency !== setting.currency
    errors.push(
      foreign
        ? lineError(input, 'unit_price', 'order_form.line.price_elsewhere', {
            currency: setting.currency,
            code: product.code,
            other: product.currency,
          })
        : lineError(input, 'unit_price', 'order_form.line.price'),
    )
  }
  const discount = fields.discount_percent
  if (discount !== null && (compare(discount, '0') < 0 || compare(discount, '100') > 0)) {
    errors.push(lineError(input, 'discount_percent', 'order_form.line.discount'))
  }
  return errors
}

function netOf(fields: Fields, currency: string): string | null {
  const { quantity, unit_price, discount_percent } = fields
  if (quantity === null || unit_price === null || discount_percent === null) return null
  return lineNet({ ...withPositivePrice({ quantity, unit_price }), discount_percent }, currency)
}

type LineTax = Pick<FilledLine, 'rate' | 'preset_rate' | 'errors' | 'notices'>

/** The rate that comes by itself, or the one that a person chose instead; each as it stands on the order's date. */
function taxOf(input: LineInput, records: LineRecords, setting: LineSetting): LineTax {
  const { rules, order_date } = setting
  const presetId = presetRateId(rules, {
    treatment: setting.treatment,
    supply: records.product?.kind ?? 'service',
    rate_id: records.product?.tax_rate_id ?? setting.default_rate_id,
  })
  const preset = presetId === null ? undefined : rateOnDate(rules, presetId, order_date)
  const preset_rate = preset?.rate
  const chosen = input.tax_rate_id === null ? preset : rateOnDate(rules, input.tax_rate_id, order_date)
  const none = { rate: undefined, preset_rate, notices: [] }
  if (chosen === undefined) {
    const key =
      input.tax_rate_id === null ? 'order_form.line.tax_rate.missing' : 'order_form.line.tax_rate.unknown'
    return { ...none, errors: [lineError(input, 'tax_rate_id', key)] }
  }
  const { rate } = chosen
  if (input.tax_rate_id !== null && rate.archived_at !== null && rate.id !== records.stored?.tax_rate_id) {
    const params = { rate: rate.name }
    return { ...none, errors: [lineError(input, 'tax_rate_id', 'order_form.line.tax_rate.archived', params)] }
  }
  // A rate that comes by itself may be younger than an order entered late: better than none.
  if (chosen.problem === 'ended' || (chosen.problem === 'not_yet' && input.tax_rate_id !== null)) {
    const ended = chosen.problem === 'ended'
    const params = { rate: rate.name, on_date: (ended ? rate.valid_to : rate.valid_from) ?? order_date }
    const key = ended ? 'order_form.line.tax_rate.ended' : 'order_form.line.tax_rate.not_yet'
    return { ...none, errors: [lineError(input, 'tax_rate_id', key, params)] }
  }
  const former = rules.rates.get(formerRateId(input, records) ?? '')
  const params = { number: input.number, from: former?.name ?? '', to: rate.name }
  const changed = former !== undefined && former.id !== rate.id
  const notices: Message[] = changed ? [{ key: 'order_form.line.tax_changed', params }] : []
  return { rate, preset_rate, errors: [], notices }
}

/** The rate the person has seen on this line so far. A line that was given another product had none yet. */
function formerRateId(input: LineInput, records: LineRecords): string | null {
  if (input.tax_rate_id !== null) return input.tax_rate_id
  const { product, stored } = records
  const id = product?.id ?? null
  if (input.tax_preset !== null) return input.filled_from === id ? input.tax_preset : null
  return stored !== undefined && stored.product_id === id ? stored.tax_rate_id : null
}

export function lineError(
  input: Pick<LineInput, 'index' | 'number'>,
  field: string,
  key: Message['key'],
  params: Record<string, string | number> = {},
): FieldError {
  return {
    field: `lines[${input.index}][${field}]`,
    message: { key, params: { number: input.number, ...params } },
  }
}
