import type { OrderRecord } from '../../data/orders.ts'
import type { Language } from '../../languages/sentences.ts'
import { addressKeys } from '../../lib/address.ts'
import { currencyDecimals } from '../../lib/currencies.ts'
import { decimalText } from '../../lib/decimal-text.ts'
import { Fields } from '../../lib/fields.ts'
import { unitName } from '../../lib/units.ts'
import type { LineContent, OrderContent } from '../../services/orders/content.ts'
import type { FilledOrder } from '../../services/orders/order-form.ts'

/** What a line's field shows, in the words and figures of the language; what it shows is read back the same. */
export function figureText(
  name: 'quantity' | 'unit_price' | 'discount_percent',
  value: string,
  form: { language: Language; currency: string },
): string {
  if (value === '') return ''
  const text = decimalText(value, form.language, name === 'unit_price' ? currencyDecimals(form.currency) : 0)
  return name === 'discount_percent' && text === '0' ? '' : text
}

export function unitText(language: Language, code: string): string {
  return code === '' ? '' : unitName(language, code)
}

/** An order's content as its form posts it. */
export function fieldsOfContent(
  content: OrderContent,
  form: { language: Language; version: number; accountText: string },
): Fields {
  const { header, lines } = content
  const { shipping_address, ...texts } = header
  return new Fields([
    ['version', String(form.version)],
    ...Object.entries(texts),
    ['account_code', form.accountText],
    ['filled_from_account_id', header.account_id],
    ...addressEntries(shipping_address),
    ...lines.flatMap((line, at) =>
      rowEntries(at, lineTexts(line, { language: form.language, currency: header.currency })),
    ),
  ])
}

/** The fields of a shipping address from its JSON text. */
export function addressEntries(json: string): [string, string][] {
  const parsed: unknown = JSON.parse(json)
  const address = new Map(Object.entries(typeof parsed === 'object' && parsed !== null ? parsed : {}))
  return addressKeys.map((key) => [`shipping_address[${key}]`, String(address.get(key) ?? '')])
}

export function rowEntries(index: number, texts: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(texts).map(([name, text]) => [`lines[${index}][${name}]`, text])
}

/** The same form with other rows, numbered from 0 in their order. */
export function withRows(fields: Fields, rows: readonly Fields[]): Fields {
  return new Fields([
    ...fields.entries.filter(([name]) => !name.startsWith('lines[')),
    ...rows.flatMap((row, at) => rowEntries(at, row.values())),
  ])
}

/** Leaves a line's rate to the account and the product where that comes to the same: it then follows them. */
export function withAutomaticRates(fields: Fields, filled: Pick<FilledOrder, 'lines'>): Fields {
  const automatic = new Set(
    filled.lines.flatMap(({ input, rate, preset_rate }) =>
      rate !== undefined && rate.id === preset_rate?.id ? [`lines[${input.index}][tax_rate_id]`] : [],
    ),
  )
  return new Fields(fields.entries.map(([name, text]) => [name, automatic.has(name) ? '' : text]))
}

/** A stored line as the fields of its row. */
export function lineTexts(
  line: LineContent,
  form: { language: Language; currency: string },
): Record<string, string> {
  return {
    id: line.id,
    kind: line.kind,
    product_code: line.product_code,
    product_id: line.product_id,
    filled_from: line.product_id,
    description: line.description,
    quantity: figureText('quantity', line.quantity, form),
    unit: unitText(form.language, line.unit),
    unit_price: figureText('unit_price', line.unit_price, form),
    discount_percent: figureText('discount_percent', line.discount_percent, form),
    tax_rate_id: line.tax_rate_id,
    tax_preset: line.tax_rate_id,
  }
}

export type EditedOrder = Pick<OrderRecord, 'id' | 'number' | 'subject' | 'version' | 'account_name'>
