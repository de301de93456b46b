import { sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { EndOfMonthRule, InvoiceStatus } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'

/** As far as a person who changes an invoice's status is concerned. */
export type StatusOfInvoice = {
  id: string
  organisation_id: string
  number: string | null
  status: InvoiceStatus
  version: number
  document_date: IsoDate
  due_date: IsoDate
  term: { days: number; end_of_month: EndOfMonthRule; day_of_month: number | null } | null
  time_zone: string
}

/** Read anew, under its lock where one acts on it. */
export async function readStatusOfInvoice(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<StatusOfInvoice | undefined> {
  const { rows } = await sql<StatusOfInvoice>`
    SELECT i.id, i.organisation_id, i.number, i.status, i.version, i.document_date, i.due_date, g.time_zone,
      CASE WHEN t.id IS NOT NULL THEN jsonb_build_object('days', t.days, 'end_of_month', t.end_of_month,
        'day_of_month', t.day_of_month) END AS term
    FROM invoices i JOIN organisations g ON g.id = i.organisation_id
    LEFT JOIN payment_terms t ON t.id = i.payment_term_id
    WHERE i.id = ${id} AND i.organisation_id = ANY(${organisationIds}::uuid[])`.execute(db)
  return rows[0]
}

/** Another date for a locked draft, with its due date. */
export async function setDraftDates(
  trx: Trx,
  id: string,
  dates: { document_date: IsoDate; due_date: IsoDate; by: string },
): Promise<void> {
  const { document_date, due_date, by } = dates
  await trx
    .updateTable('invoices')
    .set({ document_date, due_date, updated_at: sql`now()`, updated_by: by, version: sql`version + 1` })
    .where('id', '=', id)
    .where('issued_at', 'is', null)
    .execute()
}

/** A person sends it in another way: issuing it queues no mail. */
export async function takeOutOfMail(trx: Trx, id: string): Promise<void> {
  await trx
    .updateTable('invoices')
    .set({ issue_as: null })
    .where('id', '=', id)
    .where('issue_as', '=', 'sent')
    .where('issued_at', 'is', null)
    .execute()
}

/** Of an approved one, under its lock. */
export async function setSent(trx: Trx, id: string, by: string): Promise<void> {
  await trx
    .updateTable('invoices')
    .set({ status: 'sent', updated_at: sql`now()`, updated_by: by, version: sql`version + 1` })
    .where('id', '=', id)
    .where('status', '=', 'approved')
    .execute()
}
