import { sql } from 'kysely'
import type { TaxCategory } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

/** What of a payment falls to one category and rate. */
export type StoredShare = { category: TaxCategory; rate: string; amount: string; tax: string }

export type Payment = Row<'payments'> & {
  created_by_name: string | null
  /** The entry that undid it; null while it stands. */
  undone_by_id: string | null
  /** The bank's own words, where the payment came off a statement. */
  bank_label: string | null
  /** Ascending by rate. */
  taxes: StoredShare[]
}

/** The payments of an invoice, by their day and then as they were entered. */
export async function listPaymentsOfInvoice(db: Database, invoiceId: string): Promise<Payment[]> {
  const payments = await db
    .selectFrom('payments as p')
    .leftJoin('users as u', 'u.id', 'p.created_by')
    .leftJoin('payments as r', 'r.reverses_id', 'p.id')
    .leftJoin('bank_lines as b', 'b.id', 'p.bank_line_id')
    .selectAll('p')
    .select(['u.name as created_by_name', 'r.id as undone_by_id', 'b.label as bank_label'])
    .where('p.invoice_id', '=', invoiceId)
    .orderBy('p.payment_date')
    .orderBy('p.id')
    .execute()
  const shares = await db
    .selectFrom('payment_taxes as t')
    .innerJoin('payments as p', 'p.id', 't.payment_id')
    .select(['t.payment_id', 't.category', 't.rate', 't.amount', 't.tax'])
    .where('p.invoice_id', '=', invoiceId)
    .orderBy('t.rate')
    .orderBy('t.category')
    .execute()
  return payments.map((payment) => ({
    ...payment,
    taxes: shares
      .filter(({ payment_id }) => payment_id === payment.id)
      .map(({ category, rate, amount, tax }) => ({ category, rate, amount, tax })),
  }))
}

export async function countPaymentsOfInvoice(db: Database, invoiceId: string): Promise<number> {
  const { count } = await db
    .selectFrom('payments')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('invoice_id', '=', invoiceId)
    .executeTakeFirstOrThrow()
  return count
}

/** The taxes that credit notes have taken from an invoice, below zero as they stand on them. */
export async function listCreditedTaxes(
  db: Database,
  invoiceId: string,
): Promise<{ category: string; rate: string; base: string; amount: string }[]> {
  const { rows } = await sql<{ category: string; rate: string; base: string; amount: string }>`
    SELECT t.category, t.rate, t.base, t.amount
    FROM invoice_references r JOIN invoices c ON c.id = r.invoice_id JOIN invoice_taxes t ON t.invoice_id = c.id
    WHERE r.preceding_invoice_id = ${invoiceId} AND c.kind = 'credit_note' AND c.issued_at IS NOT NULL`.execute(
    db,
  )
  return rows
}

/** What the payments of an invoice were shared into so far, a row a category and rate. */
export async function sumShares(db: Database, invoiceId: string): Promise<StoredShare[]> {
  return db
    .selectFrom('payment_taxes as t')
    .innerJoin('payments as p', 'p.id', 't.payment_id')
    .select([
      't.category',
      't.rate',
      sql<string>`sum(t.amount)`.as('amount'),
      sql<string>`sum(t.tax)`.as('tax'),
    ])
    .where('p.invoice_id', '=', invoiceId)
    .groupBy(['t.category', 't.rate'])
    .execute()
}

/** Enters a payment with its shares and adds it to what is paid, under the invoice's lock. */
export async function insertPayment(
  trx: Trx,
  payment: NewRow<'payments'> & { created_by: string },
  shares: readonly StoredShare[],
): Promise<string> {
  const { id } = await trx.insertInto('payments').values(payment).returning('id').executeTakeFirstOrThrow()
  if (shares.length > 0) {
    await trx
      .insertInto('payment_taxes')
      .values(shares.map((share) => ({ ...share, payment_id: id })))
      .execute()
  }
  await trx
    .updateTable('invoices')
    .set({
      paid: sql`paid + ${payment.amount}::numeric`,
      updated_at: sql`now()`,
      updated_by: payment.created_by,
    })
    .where('id', '=', payment.invoice_id)
    .execute()
  return id
}

/** How an invoice's money stands: read again after each change of it. */
export async function getBalance(
  db: Database,
  invoiceId: string,
): Promise<
  Pick<
    Row<'invoices'>,
    'status' | 'number' | 'kind' | 'issued_at' | 'currency' | 'open' | 'paid' | 'organisation_id'
  >
> {
  return db
    .selectFrom('invoices')
    .select(['status', 'number', 'kind', 'issued_at', 'currency', 'open', 'paid', 'organisation_id'])
    .where('id', '=', invoiceId)
    .executeTakeFirstOrThrow()
}

/** Whether an invoice went out: the mail server took it, or a person said so. */
export async function wasSent(db: Database, invoiceId: string): Promise<boolean> {
  const { rows } = await sql<{ sent: boolean }>`
    SELECT EXISTS (SELECT FROM outgoing_emails WHERE invoice_id = ${invoiceId} AND state = 'sent')
      OR EXISTS (SELECT FROM audit_entries WHERE subject_type = 'invoice' AND subject_id = ${invoiceId}
        AND 'sent' IN (changes -> 'status' ->> 'to', changes -> 'status' ->> 'from')) AS sent`.execute(db)
  return rows[0]?.sent ?? false
}

export async function setInvoiceStatus(
  trx: Trx,
  id: string,
  change: { status: 'approved' | 'sent' | 'paid'; by: string },
): Promise<void> {
  await trx
    .updateTable('invoices')
    .set({ status: change.status, updated_at: sql`now()`, updated_by: change.by })
    .where('id', '=', id)
    .execute()
}

/** The payment, where it is one of the invoice; what it was shared into, and whether it is undone. */
export async function findPayment(db: Database, invoiceId: string, id: string): Promise<Payment | undefined> {
  const payments = await listPaymentsOfInvoice(db, invoiceId)
  return payments.find((payment) => payment.id === id)
}

/** The record of what is confirmed together; its payments name it. */
export async function insertReceipt(trx: Trx, userId: string): Promise<string> {
  const { id } = await trx
    .insertInto('payment_receipts')
    .values({ created_by: userId })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
