import { z } from 'zod'
import type { Trx } from '../../data/database.ts'
import {
  type ImportedAccount,
  type ImportedProduct,
  insertOrders,
  listIdsByCode,
  listImportedAccounts,
  listImportedProducts,
  listOrderNumbers,
  type NewOrder,
} from '../../data/imports.ts'
import type { LineRecord } from '../../data/orders.ts'
import type { Row } from '../../data/tables.ts'
import { findTaxRate } from '../../data/tax-rates.ts'
import type { Message } from '../../languages/catalog.ts'
import type { Language } from '../../languages/sentences.ts'
import { isSameAddress } from '../../lib/address.ts'
import { date, decimal, text } from '../../lib/form-schema.ts'
import { add, compare, fitsAmount, lineNet, plainDecimal } from '../../lib/money.ts'
import { presetUnit } from '../../lib/units.ts'
import { invoicingAddressOf, shippingAddressOf } from '../orders/addresses.ts'
import { withPositivePrice } from '../orders/lines.ts'
import { totalsOf } from '../orders/taxes.ts'
import type { CsvTable } from './csv.ts'
import { country, currency } from './fields.ts'
import type { ImportFigures, ImportScope } from './figures.ts'
import { ImportProblem } from './problem.ts'
import {
  type MistakesOf,
  madeOf,
  notesOnColumns,
  type ParsedRow,
  parseTable,
  withoutKnown,
  writingProgress,
} from './table.ts'

function orderSchema(language: Language) {
  return z.object({
    number: text({ max: 35, missing: 'imports.number_missing' }),
    customer_code: text({ max: 40, missing: 'imports.customer_missing' }),
    assigned_to_code: text({ max: 40 }),
    subject: text({ max: 200 }),
    customer_order_number: text({ max: 100 }),
    order_date: date({ missing: 'imports.date_missing' }),
    currency,
    freight: decimal({ language }),
    ship_name: text({ max: 200 }),
    ship_street: text({ max: 200 }),
    ship_city: text({ max: 100 }),
    ship_region: text({ max: 100 }),
    ship_postal_code: text({ max: 20 }),
    ship_country: country({ required: false }),
  })
}

function lineSchema(language: Language) {
  return z.object({
    order_number: text({ max: 35, missing: 'imports.number_missing' }),
    product_code: text({ max: 40 }),
    description: text({ max: 2000, multiline: true }),
    quantity: decimal({ language, missing: 'imports.quantity_missing' }),
    unit_price: decimal({ language, missing: 'imports.price_missing' }),
    discount_percent: decimal({ language, preset: '0' }),
  })
}

export const orderColumns = {
  required: ['number', 'customer_code', 'order_date'],
  all: Object.keys(orderSchema('en').shape),
}

export const orderLineColumns = {
  required: ['order_number', 'quantity', 'unit_price'],
  all: Object.keys(lineSchema('en').shape),
}

type OrderValue = z.output<ReturnType<typeof orderSchema>>
type LineValue = z.output<ReturnType<typeof lineSchema>>

/**
 * Orders with their lines, under the numbers they have, in status created, every line at the organisation's default rate. Freight has
 * no place on an order: its sum is reported, and it is not taken.
 */
export async function importOrders(
  trx: Trx,
  table: CsvTable,
  lineTable: CsvTable,
  scope: ImportScope,
): Promise<ImportFigures> {
  const { organisation } = scope
  const orders = parseTable(table, orderSchema(table.language), orderColumns.required)
  const lines = parseTable(lineTable, lineSchema(lineTable.language), orderLineColumns.required)
  const known = await listOrderNumbers(
    trx,
    organisation.id,
    orders.rows.map(({ value }) => value.number),
  )
  const fresh = withoutKnown(orders.rows, (value) => value.number, known, 'number', orders.mistakes)
  const people = {
    accounts: await listImportedAccounts(
      trx,
      fresh.map(({ value }) => value.customer_code),
    ),
    users: await listIdsByCode(
      trx,
      'users',
      fresh.map(({ value }) => value.assigned_to_code),
    ),
  }
  const products = await listImportedProducts(
    trx,
    lines.rows.map(({ value }) => value.product_code),
  )
  checkOrders(fresh, people, orders.mistakes)
  checkLines(lines.rows, { orders: orders.rows, known, products }, lines.mistakes)
  const rate =
    organisation.default_tax_rate_id === null
      ? undefined
      : await findTaxRate(trx, organisation.default_tax_rate_id)
  if (rate === undefined) orders.mistakes.add(1, null, { key: 'imports.no_default_rate' })
  const mistakes = [...orders.mistakes.byLine(), ...lines.mistakes.byLine()]
  if (mistakes.length > 0 || rate === undefined) throw new ImportProblem(mistakes)

  const linesOf = Map.groupBy(lines.rows, ({ value }) => value.order_number)
  const ids = await insertOrders(
    trx,
    fresh,
    ({ value }) => {
      const account = people.accounts.get(value.customer_code)
      if (account === undefined) throw new Error(`account ${value.customer_code} was checked`)
      const assigned_to_id = people.users.get(value.assigned_to_code) ?? null
      const lines = linesOf.get(value.number) ?? []
      return newOrder({ value, account, assigned_to_id, organisation, rate, products, lines })
    },
    writingProgress(scope, orders.rows, fresh),
  )
  return {
    created: fresh.length,
    known: orders.rows.length - fresh.length,
    notes: notesOf(orders, lines.unknown),
    made: madeOf('order', fresh, ids, (value) => value.number),
  }
}

function checkOrders(
  rows: readonly ParsedRow<OrderValue>[],
  people: { accounts: ReadonlyMap<string, ImportedAccount>; users: ReadonlyMap<string, string> },
  mistakes: MistakesOf,
): void {
  for (const { line, value } of rows) {
    if (!people.accounts.has(value.customer_code)) {
      mistakes.add(line, 'customer_code', { key: 'imports.unknown', params: { code: value.customer_code } })
    }
    if (value.assigned_to_code !== '' && !people.users.has(value.assigned_to_code)) {
      mistakes.add(line, 'assigned_to_code', {
        key: 'imports.unknown',
        params: { code: value.assigned_to_code },
      })
    }
  }
}

function checkLines(
  rows: readonly ParsedRow<LineValue>[],
  there: {
    orders: readonly ParsedRow<OrderValue>[]
    known: ReadonlySet<string>
    products: ReadonlyMap<string, ImportedProduct>
  },
  mistakes: MistakesOf,
): void {
  const numbers = new Set(there.orders.map(({ value }) => value.number))
  for (const { line, value } of rows) {
    const { order_number, product_code, description, discount_percent, quantity, unit_price } = value
    if (!numbers.has(order_number))
      mistakes.add(line, 'order_number', { key: 'imports.unknown', params: { code: order_number } })
    if (product_code !== '' && !there.products.has(product_code)) {
      mistakes.add(line, 'product_code', { key: 'imports.unknown', params: { code: product_code } })
    }
    if (product_code === '' && description === '')
      mistakes.add(line, 'product_code', { key: 'imports.product_missing' })
    if (
      discount_percent !== null &&
      (compare(discount_percent, '0') < 0 || compare(discount_percent, '100') > 0)
    ) {
      mistakes.add(line, 'discount_percent', { key: 'imports.discount_wrong' })
    } else if (
      quantity !== null &&
      unit_price !== null &&
      !fitsAmount(lineNet({ quantity, unit_price, discount_percent: discount_percent ?? '0' }, 'EUR'))
    ) {
      mistakes.add(line, 'quantity', { key: 'imports.amount_too_large' })
    }
  }
}

type OrderParts = {
  value: OrderValue
  account: ImportedAccount
  assigned_to_id: string | null
  organisation: Row<'organisations'>
  rate: Row<'tax_rates'>
  products: ReadonlyMap<string, ImportedProduct>
  lines: readonly ParsedRow<LineValue>[]
}

function newOrder(parts: OrderParts): NewOrder {
  const { value, account, organisation, rate } = parts
  const currency = value.currency === '' ? organisation.currency : value.currency
  const lines = parts.lines.map((line, at) => lineRecord(line.value, at + 1, currency, parts))
  const { taxes, net, tax, gross } = totalsOf(
    lines.map((line) => ({
      net: line.net ?? '0',
      category: rate.category,
      rate: rate.rate,
      exemption_text: rate.exemption_text,
      exemption_code: rate.exemption_code,
    })),
    currency,
  )
  const shipping = shippingOf(value, account)
  return {
    order: {
      organisation_id: organisation.id,
      number: value.number,
      subject: value.subject === '' ? `Order ${value.number}` : value.subject,
      account_id: account.id,
      contact_id: account.contact_id,
      customer_order_number: value.customer_order_number,
      assigned_to_id: parts.assigned_to_id,
      currency,
      order_date: value.order_date ?? '',
      invoicing_address: JSON.stringify(invoicingAddressOf(account)),
      shipping_address: JSON.stringify(shipping),
      shipping_differs: !isSameAddress(shipping, shippingAddressOf(account)),
      net,
      tax,
      gross,
      created_by: null,
      updated_by: null,
    },
    lines,
    taxes: taxes.map((one) => ({ ...one, category: rate.category })),
  }
}

function lineRecord(
  value: LineValue,
  position: number,
  currency: string,
  { products, rate }: OrderParts,
): LineRecord {
  const product = products.get(value.product_code)
  const typed = { quantity: value.quantity ?? '0', unit_price: value.unit_price ?? '0' }
  const discount_percent = value.discount_percent ?? '0'
  return {
    position,
    kind: 'item',
    product_id: product?.id ?? null,
    product_code: product?.code ?? '',
    description: value.description === '' ? (product?.name ?? value.product_code) : value.description,
    ...withPositivePrice(typed),
    unit_code: product?.unit_code ?? presetUnit,
    discount_percent,
    supply: product?.kind ?? 'goods',
    tax_rate_id: rate.id,
    tax_category: rate.category,
    tax_rate: rate.rate,
    exemption_text: rate.exemption_text,
    exemption_code: rate.exemption_code,
    net: lineNet({ ...typed, discount_percent }, currency),
  }
}

function shippingOf(value: OrderValue, account: ImportedAccount) {
  const preset = shippingAddressOf(account)
  const typed =
    value.ship_name + value.ship_street + value.ship_city + value.ship_postal_code + value.ship_region
  if (typed === '') return preset
  return {
    name: value.ship_name === '' ? preset.name : value.ship_name,
    street: value.ship_street,
    street_2: '',
    street_3: '',
    postal_code: value.ship_postal_code,
    city: value.ship_city,
    region: value.ship_region,
    country: value.ship_country === '' ? preset.country : value.ship_country,
  }
}

function notesOf(
  orders: { rows: readonly ParsedRow<OrderValue>[]; unknown: readonly string[] },
  unknownOfLines: readonly string[],
): Message[] {
  const freight = orders.rows.reduce((sum, { value }) => add(sum, value.freight ?? '0'), '0')
  return [
    ...(compare(freight, '0') === 0
      ? []
      : [{ key: 'imports.freight_not_taken', params: { sum: plainDecimal(freight) } } as const]),
    ...notesOnColumns([...orders.unknown, ...unknownOfLines]),
  ]
}
