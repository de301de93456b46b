import type { LineRecord, TaxRecord } from '../../data/orders.ts'
import type { NewRow } from '../../data/tables.ts'
import { InvalidForm } from '../../errors.ts'
import { type TaxCategory, taxCategories } from '../../lib/vocabulary.ts'
import type { DocumentLine } from './document-lines.ts'
import { withPositivePrice } from './lines.ts'
import type { FilledOrder } from './order-form.ts'

/** What a filled form makes of the order's own row: everything that a person decides, and what follows from it. */
export type OrderHeader = Pick<
  NewRow<'customer_orders'>,
  | 'organisation_id'
  | 'subject'
  | 'account_id'
  | 'currency'
  | 'order_date'
  | 'invoicing_address'
  | 'shipping_address'
  | 'net'
  | 'tax'
  | 'gross'
> & {
  contact_id: string | null
  customer_order_number: string
  assigned_to_id: string | null
  shipping_differs: boolean
}

export type OrderRecords = { header: OrderHeader; lines: LineRecord[]; taxes: TaxRecord[] }

/**
 * The rows of a form without mistakes; `storedIds` are the lines that exist already, by their index in the form.
 * @throws InvalidForm with every mistake
 */
export function recordsOf(
  filled: FilledOrder,
  stored: ReadonlyMap<number, { readonly id: string }> = new Map(),
): OrderRecords {
  const { account, addresses, totals } = filled
  if (filled.errors.length > 0 || account === undefined || addresses === undefined) {
    throw new InvalidForm(filled.errors)
  }
  return {
    header: {
      organisation_id: filled.organisation.id,
      subject: filled.input.subject,
      account_id: account.id,
      contact_id: filled.contact_id,
      customer_order_number: filled.customer_order_number,
      assigned_to_id: filled.assigned_to_id,
      currency: filled.currency,
      order_date: filled.order_date,
      invoicing_address: JSON.stringify(addresses.invoicing_address),
      shipping_address: JSON.stringify(addresses.shipping_address),
      shipping_differs: addresses.shipping_differs,
      net: totals.net,
      tax: totals.tax,
      gross: totals.gross,
    },
    lines: filled.lines.map((line, at) => lineRecord(line, at + 1, stored.get(line.input.index)?.id)),
    taxes: totals.taxes.map((tax) => ({ ...tax, category: categoryOf(tax.category) })),
  }
}

/** The row of a filled line without mistakes. */
export function lineRecord(line: DocumentLine, position: number, id: string | undefined): LineRecord {
  const { input, product, quantity, unit_price, discount_percent, rate, net } = line
  const common = {
    ...(id === undefined ? {} : { id }),
    position,
    kind: input.kind,
    description: line.description,
  }
  if (input.kind !== 'item') return { ...common, ...noItem }
  if (quantity === null || unit_price === null || discount_percent === null || !rate || net === null) {
    throw new Error(`line ${position} has no mistake and no net`)
  }
  return {
    ...common,
    product_id: product?.id ?? null,
    product_code: product?.code ?? '',
    ...withPositivePrice({ quantity, unit_price }),
    unit_code: line.unit,
    discount_percent,
    supply: line.supply,
    tax_rate_id: rate.id,
    tax_category: categoryOf(rate.category),
    tax_rate: rate.rate,
    exemption_text: rate.exemption_text,
    exemption_code: rate.exemption_code,
    net,
  }
}

const noItem = {
  product_id: null,
  product_code: '',
  quantity: null,
  unit_code: null,
  unit_price: null,
  discount_percent: null,
  supply: null,
  tax_rate_id: null,
  tax_category: null,
  tax_rate: null,
  exemption_text: '',
  exemption_code: '',
  net: null,
} as const

export function categoryOf(text: string): TaxCategory {
  const found = taxCategories.find((category) => category === text)
  if (found === undefined) throw new Error(`${text} is no tax category`)
  return found
}
