import type { InvoiceLine, InvoiceTax } from '../data/invoices.ts'
import type { OrderLine, OrderTax } from '../data/orders.ts'
import type { Address } from '../lib/address.ts'
import { moneyText, plainDecimal, priceText } from '../lib/money.ts'

/** What the lines of every document answer alike. */
export function lineJson(line: OrderLine | InvoiceLine, currency: string) {
  return {
    id: line.id,
    kind: line.kind,
    position: line.position,
    product_id: line.product_id,
    product_code: line.product_code,
    description: line.description,
    quantity: line.quantity === null ? null : plainDecimal(line.quantity),
    unit: line.unit_code,
    unit_price: line.unit_price === null ? null : priceText(line.unit_price, currency),
    discount_percent: line.discount_percent === null ? null : plainDecimal(line.discount_percent),
    tax_rate_id: line.tax_rate_id,
    tax_rate: line.tax_rate === null ? null : plainDecimal(line.tax_rate),
    tax_category: line.tax_category,
    net: line.net === null ? null : moneyText(line.net, currency),
  }
}

export function taxJson(tax: OrderTax | InvoiceTax, currency: string) {
  return {
    category: tax.category,
    rate: plainDecimal(tax.rate),
    base: moneyText(tax.base, currency),
    amount: moneyText(tax.amount, currency),
    exemption_text: tax.exemption_text,
    exemption_code: tax.exemption_code,
  }
}

export function addressJson(address: Readonly<Address>) {
  return {
    name: address.name,
    street: address.street,
    street_2: address.street_2,
    street_3: address.street_3,
    postal_code: address.postal_code,
    city: address.city,
    region: address.region,
    country: address.country,
  }
}
