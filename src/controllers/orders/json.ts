import type { OrderHeader } from '../../data/order-lists.ts'
import type { OrderLine, OrderTax } from '../../data/orders.ts'
import type { Row } from '../../data/tables.ts'
import { moneyText, plainDecimal } from '../../lib/money.ts'
import { addressJson, lineJson, taxJson } from '../document-json.ts'

/** An order whole: its header's keys with lines and taxes. */
export function orderJson(order: OrderHeader, lines: readonly OrderLine[], taxes: readonly OrderTax[]) {
  const { currency } = order
  return {
    ...orderHeaderJson(order),
    lines: lines.map((line) => ({
      ...lineJson(line, currency),
      delivered_quantity: plainDecimal(line.delivered_quantity),
      invoiced_quantity: plainDecimal(line.invoiced_quantity),
    })),
    taxes: taxes.map((tax) => taxJson(tax, currency)),
  }
}

/** What every list of orders answers an order with: references whole, and by the names of the form's fields. */
export function orderHeaderJson(order: OrderHeader) {
  const { currency } = order
  return {
    id: order.id,
    number: order.number,
    subject: order.subject,
    status: order.status,
    finalized_at: order.finalized_at,
    account_id: order.account_id,
    account: { id: order.account_id, code: order.account_code, name: order.account_name },
    account_name: order.account_name,
    contact_id: order.contact_id,
    contact: order.contact_id === null ? null : { id: order.contact_id, name: order.contact_name },
    quote_id: null,
    quote: null,
    customer_order_number: order.customer_order_number,
    assigned_to_id: order.assigned_to_id,
    assigned_to:
      order.assigned_to_id === null ? null : { id: order.assigned_to_id, name: order.assigned_to_name },
    organisation_id: order.organisation_id,
    organisation: {
      id: order.organisation_id,
      code: order.organisation_code,
      name: order.organisation_name,
    },
    currency,
    order_date: order.order_date,
    net: moneyText(order.net, currency),
    tax: moneyText(order.tax, currency),
    gross: moneyText(order.gross, currency),
    invoicing_address: addressJson(order.invoicing_address),
    shipping_address: addressJson(order.shipping_address),
    recurrence: order.recurrence === null ? null : recurrenceJson(order.recurrence),
    version: order.version,
  }
}

export const orderColumns = [
  'number',
  'subject',
  'status',
  'finalized_at',
  'account',
  'account_name',
  'contact',
  'quote',
  'customer_order_number',
  'assigned_to',
  'organisation',
  'currency',
  'order_date',
  'net',
  'tax',
  'gross',
  'recurrence',
  'version',
  'id',
] as const

export const orderFigures = ['net', 'tax', 'gross'] as const

/** The same as cells: a reference by its code, a person by the name, a recurrence that is on by its frequency. */
export function orderCells(order: OrderHeader) {
  const json = orderHeaderJson(order)
  return {
    number: json.number,
    subject: json.subject,
    status: json.status,
    finalized_at: json.finalized_at,
    account: json.account.code,
    account_name: json.account.name,
    contact: order.contact_name,
    quote: null,
    customer_order_number: json.customer_order_number,
    assigned_to: order.assigned_to_name,
    organisation: json.organisation.code,
    currency: json.currency,
    order_date: json.order_date,
    net: json.net,
    tax: json.tax,
    gross: json.gross,
    recurrence: json.recurrence?.enabled === true ? json.recurrence.frequency : '',
    version: json.version,
    id: json.id,
  }
}

/** What the recurrence's form has, under the same names, and the day of the next run. */
export function recurrenceJson(recurrence: Row<'recurrences'>) {
  return {
    enabled: recurrence.enabled,
    frequency: recurrence.frequency,
    start_date: recurrence.start_date,
    end_date: recurrence.end_date,
    bill_from: recurrence.bill_from,
    last_day: recurrence.last_day,
    service_period: recurrence.service_period,
    payment_term_id: recurrence.payment_term_id,
    initial_invoice_status: recurrence.initial_invoice_status,
    invoice_subject: recurrence.invoice_subject,
    document_date_preference: recurrence.document_date_preference,
    usage_scope: recurrence.usage_scope,
    usage_aggregation: recurrence.usage_aggregation,
    bill_parent: recurrence.bill_parent,
    recipients: recurrence.recipients,
    responsible_id: recurrence.responsible_id,
    next_run_date: recurrence.next_run_date,
    version: recurrence.version,
  }
}
