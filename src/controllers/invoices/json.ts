import type { InvoiceHeader } from '../../data/invoice-lists.ts'
import type { InvoiceRecord } from '../../data/invoices.ts'
import { moneyText } from '../../lib/money.ts'
import { partyOf } from '../../services/invoices/parties.ts'
import { addressJson, lineJson, taxJson } from '../document-json.ts'

/** An invoice whole: its header's keys with lines, taxes and notes. */
export function invoiceJson(invoice: InvoiceRecord) {
  const { currency } = invoice
  return {
    ...invoiceHeaderJson(invoice),
    payment_term_text: invoice.payment_term_text,
    contract_reference: invoice.contract_reference,
    delivery_date: invoice.delivery_date,
    redated_from: invoice.redated_from,
    kept_late: invoice.kept_late,
    lines: invoice.lines.map((line) => ({
      ...lineJson(line, currency),
      order_line_id: line.order_line_id,
      note: line.note,
      rounding: moneyText(line.rounding, currency),
    })),
    taxes: invoice.taxes.map((tax) => taxJson(tax, currency)),
    notes: invoice.notes.map((note) => ({ subject_code: note.subject_code, text: note.text })),
  }
}

/** What every list of invoices answers an invoice with. `account` is the one billed. */
export function invoiceHeaderJson(invoice: InvoiceHeader) {
  const { currency } = invoice
  return {
    id: invoice.id,
    number: invoice.number,
    kind: invoice.kind,
    subject: invoice.subject,
    status: invoice.status,
    issue_as: invoice.issue_as,
    issued_at: invoice.issued_at,
    source: invoice.source,
    order_id: invoice.order_id,
    order: invoice.order_id === null ? null : { id: invoice.order_id, number: invoice.order_number },
    account: { id: invoice.account_id, code: invoice.account_code, name: invoice.account_name },
    account_name: invoice.account_name,
    contact_id: invoice.contact_id,
    contact: invoice.contact_id === null ? null : { id: invoice.contact_id, name: invoice.contact_name },
    customer_order_number: invoice.customer_order_number,
    organisation: {
      id: invoice.organisation_id,
      code: invoice.organisation_code,
      name: invoice.organisation_name,
    },
    currency,
    document_date: invoice.document_date,
    due_date: invoice.due_date,
    period_start: invoice.period_start,
    period_end: invoice.period_end,
    service_start: invoice.service_start,
    service_end: invoice.service_end,
    payment_term_id: invoice.payment_term_id,
    net: moneyText(invoice.net, currency),
    tax: moneyText(invoice.tax, currency),
    gross: moneyText(invoice.gross, currency),
    credited: moneyText(invoice.credited, currency),
    paid: moneyText(invoice.paid, currency),
    open: moneyText(invoice.open, currency),
    invoicing_address: addressJson(partyOf(invoice.billed_party)),
    shipping_address: invoice.delivery_address === null ? null : addressJson(invoice.delivery_address),
    version: invoice.version,
  }
}

export const invoiceColumns = [
  'number',
  'kind',
  'subject',
  'status',
  'source',
  'order',
  'account',
  'account_name',
  'contact',
  'customer_order_number',
  'organisation',
  'currency',
  'document_date',
  'due_date',
  'period_start',
  'period_end',
  'service_start',
  'service_end',
  'net',
  'tax',
  'gross',
  'credited',
  'paid',
  'open',
  'issued_at',
  'order_id',
  'version',
  'id',
] as const

export const invoiceFigures = ['net', 'tax', 'gross', 'credited', 'paid', 'open'] as const

/** The same as cells: a reference by its code or number, a person by the name. */
export function invoiceCells(invoice: InvoiceHeader) {
  const json = invoiceHeaderJson(invoice)
  return {
    number: json.number,
    kind: json.kind,
    subject: json.subject,
    status: json.status,
    source: json.source,
    order: invoice.order_number,
    account: json.account.code,
    account_name: json.account.name,
    contact: invoice.contact_name,
    customer_order_number: json.customer_order_number,
    organisation: json.organisation.code,
    currency: json.currency,
    document_date: json.document_date,
    due_date: json.due_date,
    period_start: json.period_start,
    period_end: json.period_end,
    service_start: json.service_start,
    service_end: json.service_end,
    net: json.net,
    tax: json.tax,
    gross: json.gross,
    credited: json.credited,
    paid: json.paid,
    open: json.open,
    issued_at: json.issued_at,
    order_id: json.order_id,
    version: json.version,
    id: json.id,
  }
}
