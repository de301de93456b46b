import { sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { Database, Trx } from './database.ts'
import type { NewRow } from './tables.ts'

/** What the credit notes of an invoice took from each of its lines, in the invoice's own sign. */
export type CreditedLine = {
  credited_line_id: string
  quantity: string
  net: string
  part_quantity: string
  part_share: string
}

export async function listCreditedLines(db: Database, invoiceId: string): Promise<CreditedLine[]> {
  const { rows } = await sql<CreditedLine>`
    SELECT l.credited_line_id, -sum(l.quantity) AS quantity, -sum(l.net) AS net,
      -coalesce(sum(l.part_quantity), 0) AS part_quantity, -coalesce(sum(l.part_share), 0) AS part_share
    FROM invoice_lines x JOIN invoice_lines l ON l.credited_line_id = x.id
    WHERE x.invoice_id = ${invoiceId} GROUP BY l.credited_line_id`.execute(db)
  return rows
}

export type CreditNote = {
  id: string
  number: string
  document_date: IsoDate
  net: string
  gross: string
  due: string
  credit_reason: string
  reopens: boolean
}

/** The credit notes of an invoice, in the order in which they were issued. */
export async function listCreditNotesOf(db: Database, invoiceId: string): Promise<CreditNote[]> {
  const { rows } = await sql<CreditNote>`
    SELECT c.id, c.number, c.document_date, c.net, c.gross, c.due, c.credit_reason, c.reopens
    FROM invoice_references r JOIN invoices c ON c.id = r.invoice_id
    WHERE r.preceding_invoice_id = ${invoiceId} AND c.kind = 'credit_note' AND c.issued_at IS NOT NULL
    ORDER BY c.issued_at, c.id`.execute(db)
  return rows
}

export type PrecedingInvoice = { id: string; number: string; document_date: IsoDate }

/** The invoices that a document names, as it names them (BG-3). */
export async function listPrecedingInvoices(db: Database, id: string): Promise<PrecedingInvoice[]> {
  const { rows } = await sql<PrecedingInvoice>`
    SELECT preceding_invoice_id AS id, number, document_date FROM invoice_references
    WHERE invoice_id = ${id} ORDER BY document_date, number`.execute(db)
  return rows
}

/** The invoice in whose place one stands, and those that stand in its own place: drafts have no number. */
export async function findReplacements(
  db: Database,
  id: string,
): Promise<{
  of: { id: string; number: string } | null
  by: { id: string; number: string | null; document_date: IsoDate }[]
}> {
  const of = await db
    .selectFrom('invoices as i')
    .innerJoin('invoices as o', 'o.id', 'i.reissue_of')
    .select(['o.id', 'o.number'])
    .where('i.id', '=', id)
    .executeTakeFirst()
  const by = await db
    .selectFrom('invoices')
    .select(['id', 'number', 'document_date'])
    .where('reissue_of', '=', id)
    .orderBy('id')
    .execute()
  return { of: of === undefined ? null : { id: of.id, number: of.number ?? '' }, by }
}

/** Locks the orders that an invoice bills, in the order in which everybody does. */
export async function lockOrdersOfInvoice(trx: Trx, invoiceId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM customer_orders WHERE id IN (
      SELECT order_id FROM invoices WHERE id = ${invoiceId}
      UNION SELECT o.order_id FROM invoice_lines l JOIN customer_order_lines o ON o.id = l.order_line_id
        WHERE l.invoice_id = ${invoiceId})
    ORDER BY id FOR UPDATE`.execute(trx)
  return rows.map(({ id }) => id)
}

export type NewInvoiceLine = Omit<NewRow<'invoice_lines'>, 'invoice_id' | 'organisation_id'>
export type NewInvoiceTax = Omit<NewRow<'invoice_taxes'>, 'invoice_id'>

/** Writes a draft with its parts; the database checks at the commit that they add up. */
export async function insertDraft(
  trx: Trx,
  invoice: NewRow<'invoices'>,
  parts: { lines: readonly NewInvoiceLine[]; taxes: readonly NewInvoiceTax[] },
): Promise<string> {
  const { id } = await trx.insertInto('invoices').values(invoice).returning('id').executeTakeFirstOrThrow()
  const { organisation_id } = invoice
  if (parts.lines.length > 0) {
    await trx
      .insertInto('invoice_lines')
      .values(parts.lines.map((line) => ({ ...line, invoice_id: id, organisation_id })))
      .execute()
  }
  if (parts.taxes.length > 0) {
    await trx
      .insertInto('invoice_taxes')
      .values(parts.taxes.map((tax) => ({ ...tax, invoice_id: id })))
      .execute()
  }
  return id
}

export async function insertPrecedingInvoice(
  trx: Trx,
  id: string,
  preceding: PrecedingInvoice,
): Promise<void> {
  await sql`INSERT INTO invoice_references (invoice_id, preceding_invoice_id, number, document_date)
    VALUES (${id}, ${preceding.id}, ${preceding.number}, ${preceding.document_date})`.execute(trx)
}

/** Counts an amount as credited, under the invoice's lock. */
export async function addCredited(trx: Trx, id: string, amount: string, by: string): Promise<void> {
  await trx
    .updateTable('invoices')
    .set({
      credited: sql`credited + ${amount}::numeric`,
      updated_at: sql`now()`,
      updated_by: by,
      version: sql`version + 1`,
    })
    .where('id', '=', id)
    .execute()
}

/** What a new draft of an order is made from: its version, and where it ships to. */
export async function findOrderToBill(
  trx: Trx,
  id: string,
): Promise<{ version: number; shipping_address: string } | undefined> {
  return trx
    .selectFrom('customer_orders')
    .select(['version', sql<string>`shipping_address::text`.as('shipping_address')])
    .where('id', '=', id)
    .executeTakeFirst()
}
