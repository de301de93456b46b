import { sql } from 'kysely'
import type { Address } from '../lib/address.ts'
import type { IsoDate } from '../lib/dates.ts'
import type { Database } from './database.ts'
import { buyerJson, notesJson, sellerJson } from './issuing-parties.ts'
import type { InvoiceKind, Row } from './tables.ts'

/** A document as it is printed from: an issued invoice's parties, texts and amounts are those that it keeps. */
export type DocumentSource = {
  kind: 'order' | InvoiceKind
  id: string
  organisation_id: string
  organisation_code: string
  /** Null in a draft. */
  number: string | null
  version: number
  /** Null where it was not issued, as orders never are. */
  issued_at: string | null
  file_id: string | null
  subject: string
  language: string
  currency: string
  document_date: IsoDate
  due_date: IsoDate | null
  delivery_date: IsoDate | null
  service_start: IsoDate | null
  service_end: IsoDate | null
  /** The order that an invoice bills; null on an order itself. */
  order_number: string | null
  /** The order's account where another one is billed. */
  order_account_name: string | null
  contact_name: string | null
  customer_order_number: string
  contract_reference: string
  buyer_reference: string
  seller: unknown
  buyer: unknown
  /** The order's own copy; null where the buyer's own address stands. */
  billing_address: Address | null
  delivery_address: Address | null
  payment_term_text: string
  /** Of a draft, by their code, as they are now; null where the invoice keeps its own. */
  standing_notes: unknown
  vat_point_code: string | null
  billing_mode: string | null
  vat_currency: string | null
  vat_currency_tax: string | null
  exchange_rate: string | null
  net: string
  gross: string
  prepaid: string
  rounding: string
  due: string
  logo_media_type: string | null
  logo: Buffer | null
}

export type SourceLine = Pick<
  Row<'invoice_lines'>,
  | 'kind'
  | 'description'
  | 'product_code'
  | 'quantity'
  | 'unit_code'
  | 'unit_price'
  | 'discount_percent'
  | 'supply'
  | 'tax_category'
  | 'tax_rate'
  | 'exemption_text'
  | 'net'
> & {
  note: string
  rounding: string
  period_start: IsoDate | null
  period_end: IsoDate | null
}

export type SourceTax = Pick<Row<'invoice_taxes'>, 'category' | 'rate' | 'base' | 'amount' | 'exemption_text'>

export type SourceParts = {
  lines: SourceLine[]
  /** Ascending by rate, then category. */
  taxes: SourceTax[]
  notes: { subject_code: string; text: string }[]
  /** Invoices that this one corrects, or deposits that it takes off, by date. */
  references: { number: string; document_date: IsoDate; kind: InvoiceKind; gross: string }[]
  document_allowances: { kind: string; amount: string; reason: string }[]
}

export type WholeSource = DocumentSource & SourceParts

/** Seller, customer and logo as they are now, beside the order's own copy of everything else. */
export async function findOrderSource(db: Database, id: string): Promise<WholeSource | undefined> {
  const { rows } = await sql<DocumentSource>`
    SELECT 'order' AS kind, o.id, o.organisation_id, g.code AS organisation_code, o.number, o.version, NULL AS issued_at, NULL AS file_id,
      o.subject, a.language, o.currency, o.order_date AS document_date, NULL AS due_date, NULL AS delivery_date,
      NULL AS service_start, NULL AS service_end, NULL AS order_number, NULL AS order_account_name, c.name AS contact_name,
      o.customer_order_number, o.contract_reference, a.buyer_reference, ${sellerJson} AS seller, ${buyerJson} AS buyer,
      o.invoicing_address AS billing_address, CASE WHEN o.shipping_differs THEN o.shipping_address END AS delivery_address,
      coalesce(CASE WHEN a.language LIKE 'fr%' THEN t.text_fr ELSE t.text_en END, '') AS payment_term_text,
      NULL AS standing_notes, NULL AS vat_point_code, NULL AS billing_mode, NULL AS vat_currency, NULL AS vat_currency_tax,
      NULL AS exchange_rate, o.net, o.gross, '0' AS prepaid, '0' AS rounding, o.gross AS due,
      l.media_type AS logo_media_type, l.content AS logo
    FROM customer_orders o
    JOIN organisations g ON g.id = o.organisation_id
    JOIN accounts a ON a.id = o.account_id
    LEFT JOIN contacts c ON c.id = o.contact_id
    LEFT JOIN payment_terms t ON t.id = coalesce(a.payment_term_id, g.default_payment_term_id)
    LEFT JOIN files l ON l.id = g.logo_file_id
    WHERE o.id = ${id}`.execute(db)
  const [order] = rows
  if (order === undefined) return undefined
  const lines = await sql<SourceLine>`
    SELECT kind, description, product_code, quantity, unit_code, unit_price, discount_percent, supply, tax_category, tax_rate,
      exemption_text, net, '' AS note, '0' AS rounding, NULL AS period_start, NULL AS period_end
    FROM customer_order_lines WHERE order_id = ${id} ORDER BY position`.execute(db)
  const taxes = await sql<SourceTax>`
    SELECT category, rate, base, amount, exemption_text FROM customer_order_taxes WHERE order_id = ${id}
    ORDER BY rate, category`.execute(db)
  return {
    ...order,
    lines: lines.rows,
    taxes: taxes.rows,
    notes: [],
    references: [],
    document_allowances: [],
  }
}

/** An issued invoice as it keeps itself; a draft with its parties and texts as they are now. */
export async function findInvoiceSource(db: Database, id: string): Promise<WholeSource | undefined> {
  const { rows } = await sql<DocumentSource>`
    SELECT i.kind, i.id, i.organisation_id, g.code AS organisation_code, i.number, i.version, i.issued_at, i.file_id, i.subject,
      i.language, i.currency, i.document_date, i.due_date, i.delivery_date, i.service_start, i.service_end,
      o.number AS order_number, x.name AS order_account_name, c.name AS contact_name, i.customer_order_number,
      i.contract_reference, i.buyer_reference, coalesce(i.seller, ${sellerJson}) AS seller, coalesce(i.buyer, ${buyerJson}) AS buyer,
      NULL AS billing_address, i.delivery_address,
      CASE WHEN i.issued_at IS NOT NULL OR i.payment_term_text <> '' THEN i.payment_term_text
        ELSE coalesce(CASE WHEN i.language LIKE 'fr%' THEN t.text_fr ELSE t.text_en END, '') END AS payment_term_text,
      CASE WHEN i.issued_at IS NULL THEN ${notesJson} END AS standing_notes,
      coalesce(i.vat_point_code, CASE WHEN i.issued_at IS NULL AND g.vat_on_debits THEN '5' END) AS vat_point_code,
      i.billing_mode, i.vat_currency, i.vat_currency_tax, i.exchange_rate, i.net, i.gross, i.prepaid,
      i.rounding, i.due, l.media_type AS logo_media_type, l.content AS logo
    FROM invoices i
    JOIN organisations g ON g.id = i.organisation_id
    JOIN accounts a ON a.id = i.account_id
    LEFT JOIN customer_orders o ON o.id = i.order_id
    LEFT JOIN accounts x ON x.id = i.order_account_id AND i.order_account_id <> i.account_id
    LEFT JOIN contacts c ON c.id = i.contact_id
    LEFT JOIN payment_terms t ON t.id = i.payment_term_id
    LEFT JOIN files l ON l.id = g.logo_file_id
    WHERE i.id = ${id}`.execute(db)
  const [invoice] = rows
  return invoice === undefined ? undefined : { ...invoice, ...(await findInvoiceParts(db, id)) }
}

async function findInvoiceParts(db: Database, id: string): Promise<SourceParts> {
  const lines = await sql<SourceLine>`
    SELECT kind, description, product_code, quantity, unit_code, unit_price, discount_percent, supply, tax_category, tax_rate,
      exemption_text, net, note, rounding, period_start, period_end
    FROM invoice_lines WHERE invoice_id = ${id} ORDER BY position`.execute(db)
  const taxes = await sql<SourceTax>`
    SELECT category, rate, base, amount, exemption_text FROM invoice_taxes WHERE invoice_id = ${id}
    ORDER BY rate, category`.execute(db)
  const notes = await sql<{ subject_code: string; text: string }>`
    SELECT subject_code, text FROM invoice_notes WHERE invoice_id = ${id} ORDER BY position`.execute(db)
  const references = await sql<SourceParts['references'][number]>`
    SELECT r.number, r.document_date, p.kind, p.gross FROM invoice_references r JOIN invoices p ON p.id = r.preceding_invoice_id
    WHERE r.invoice_id = ${id} ORDER BY r.document_date, r.number`.execute(db)
  const allowances = await sql<SourceParts['document_allowances'][number]>`
    SELECT kind, amount, reason FROM invoice_allowances WHERE invoice_id = ${id} ORDER BY position`.execute(
    db,
  )
  return {
    lines: lines.rows,
    taxes: taxes.rows,
    notes: notes.rows,
    references: references.rows,
    document_allowances: allowances.rows,
  }
}
