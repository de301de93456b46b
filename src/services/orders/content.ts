import { type Address, addressKeys } from '../../lib/address.ts'
import { plainDecimal } from '../../lib/money.ts'

/**
 * What a person writes into an order, as plain texts that can be compared: '' where there is nothing, decimals without trailing
 * zeros. Totals, copies of the account's address and progress follow from it and are no part of it.
 */
export type OrderContent = { readonly header: HeaderContent; readonly lines: readonly LineContent[] }

export const headerKeys = [
  'subject',
  'account_id',
  'contact_id',
  'customer_order_number',
  'assigned_to_id',
  'organisation_id',
  'currency',
  'order_date',
  'shipping_address',
] as const

export type HeaderKey = (typeof headerKeys)[number]
/** The shipping address is its JSON text, so that it is taken or left as a whole. */
export type HeaderContent = Readonly<Record<HeaderKey, string>>

export const lineKeys = [
  'kind',
  'product_id',
  'description',
  'quantity',
  'unit',
  'unit_price',
  'discount_percent',
  'tax_rate_id',
] as const

export type LineKey = (typeof lineKeys)[number]
export type LineContent = Readonly<Record<LineKey, string>> & {
  /** '' for a line that is not stored yet. */
  readonly id: string
  /** How the product is called, for people. */
  readonly product_code: string
}

type StoredOrder = {
  readonly subject: string
  readonly account_id: string
  readonly contact_id: string | null
  readonly customer_order_number: string
  readonly assigned_to_id: string | null
  readonly organisation_id: string
  readonly currency: string
  readonly order_date: string
  readonly shipping_address: Address
  readonly lines: readonly StoredLine[]
}

type StoredLine = {
  readonly id?: string
  readonly kind: string
  readonly product_id: string | null
  readonly product_code: string
  readonly description: string
  readonly quantity: string | null
  readonly unit_code: string | null
  readonly unit_price: string | null
  readonly discount_percent: string | null
  readonly tax_rate_id: string | null
}

/** The content of an order as it is stored, or as it is about to be. */
export function contentOf(order: StoredOrder): OrderContent {
  return {
    header: {
      subject: order.subject,
      account_id: order.account_id,
      contact_id: order.contact_id ?? '',
      customer_order_number: order.customer_order_number,
      assigned_to_id: order.assigned_to_id ?? '',
      organisation_id: order.organisation_id,
      currency: order.currency,
      order_date: order.order_date,
      shipping_address: addressText(order.shipping_address),
    },
    lines: order.lines.map(lineContentOf),
  }
}

/** The content of one line of a document. */
export function lineContentOf(line: StoredLine): LineContent {
  return {
    id: line.id ?? '',
    kind: line.kind,
    product_id: line.product_id ?? '',
    product_code: line.product_code,
    description: line.description,
    quantity: decimal(line.quantity),
    unit: line.unit_code ?? '',
    unit_price: decimal(line.unit_price),
    discount_percent: decimal(line.discount_percent),
    tax_rate_id: line.tax_rate_id ?? '',
  }
}

function decimal(value: string | null): string {
  return value === null ? '' : plainDecimal(value)
}

// jsonb keeps no order of keys: the text is always written in the same one.
function addressText(address: Address): string {
  return JSON.stringify(Object.fromEntries(addressKeys.map((key) => [key, address[key]])))
}

/** A line with its place, as the record of a change keeps it. */
export type PlacedLine = LineContent & { readonly position: number }

export type ContentChanges = Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>

/**
 * What differs between two contents: each header field from what to what; under `lines` every line that was removed, changed or
 * moved as it was, and every one that was added, changed or moved as it is.
 */
export function changesBetween(before: OrderContent, after: OrderContent): ContentChanges {
  const changes: Record<string, { from: unknown; to: unknown }> = {}
  for (const key of headerKeys) {
    const [from, to] = [before.header[key], after.header[key]]
    if (from !== to) changes[key] = { from, to }
  }
  const [old, now] = [placed(before), placed(after)]
  const from = [...old.values()].filter((line) => !isSame(line, now.get(line.id)))
  const to = [...now.values()].filter((line) => !isSame(line, old.get(line.id)))
  if (from.length > 0 || to.length > 0) changes['lines'] = { from, to }
  return changes
}

/** The content before a change that `changesBetween` recorded. */
export function withoutChanges(content: OrderContent, changes: ContentChanges): OrderContent {
  const header = { ...content.header }
  for (const key of headerKeys) {
    const from = changes[key]?.from
    if (typeof from === 'string') header[key] = from
    else if (changes[key] !== undefined && from === null) header[key] = ''
  }
  const { lines } = changes
  if (lines === undefined) return { header, lines: content.lines }
  const added = new Set(placedLines(lines.to).map(({ id }) => id))
  const kept = [...placed(content).values()].filter(({ id }) => !added.has(id))
  const all = [...kept, ...placedLines(lines.from)].sort((a, b) => a.position - b.position)
  return { header, lines: all.map(({ position: _, ...line }) => line) }
}

function placed(content: OrderContent): Map<string, PlacedLine> {
  return new Map(content.lines.map((line, at) => [line.id, { ...line, position: at + 1 }]))
}

function isSame(line: PlacedLine, other: PlacedLine | undefined): boolean {
  return (
    other !== undefined &&
    line.position === other.position &&
    lineKeys.every((key) => line[key] === other[key])
  )
}

/** Reads lines back out of a record; what is no line is left out. */
function placedLines(recorded: unknown): PlacedLine[] {
  return Array.isArray(recorded) ? recorded.filter(isPlacedLine) : []
}

function isPlacedLine(value: unknown): value is PlacedLine {
  if (typeof value !== 'object' || value === null) return false
  const found = new Map(Object.entries(value))
  return (
    typeof found.get('position') === 'number' &&
    [...lineKeys, 'id', 'product_code'].every((key) => typeof found.get(key) === 'string')
  )
}
