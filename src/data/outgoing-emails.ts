import { sql } from 'kysely'
import type { Database, Trx } from './database.ts'

/**
 * Queues the mail of invoices that this transaction issues and that are to be sent: one a invoice, whatever is asked again. Those
 * for which nobody has an address are noted instead, to be shown: they stay approved.
 *
 * The recipients (docs/rules/mail.md): those that the recurrence names, else the billed account's invoice addresses, else the
 * invoice's contact where it is one of the billed account's, else the account's own address.
 */
export async function queueIssuedMail(
  trx: Trx,
  invoiceIds: readonly string[],
): Promise<{ queued: number; without_recipient: number }> {
  if (invoiceIds.length === 0) return { queued: 0, without_recipient: 0 }
  const { rows } = await sql<{ queued: number; without_recipient: number }>`
    WITH wanted AS MATERIALIZED (
      SELECT i.id, i.organisation_id, i.number, i.language, ${documentKind} AS document_kind, ${recipients} AS recipients
      ${invoiceWithRecipients}
      WHERE i.id = ANY(${[...invoiceIds]}::uuid[])
    ), queued AS (
      INSERT INTO outgoing_emails (organisation_id, invoice_id, kind, document_kind, document_number, to_addresses, language)
      SELECT organisation_id, id, 'automatic', document_kind, coalesce(number, ''), recipients, language
      FROM wanted WHERE cardinality(recipients) > 0
      ON CONFLICT (invoice_id) WHERE kind = 'automatic' DO NOTHING
      RETURNING 1
    ), unaddressed AS (
      INSERT INTO unaddressed_invoices (invoice_id, organisation_id)
      SELECT id, organisation_id FROM wanted WHERE cardinality(recipients) = 0
      ON CONFLICT (invoice_id) DO NOTHING
      RETURNING 1
    )
    SELECT (SELECT count(*) FROM queued)::int AS queued, (SELECT count(*) FROM unaddressed)::int AS without_recipient`.execute(
    trx,
  )
  return rows[0] ?? { queued: 0, without_recipient: 0 }
}

/** Whom the mail of an invoice goes to by the same rule; empty where nobody has an address. */
export async function listRecipientsOfInvoice(db: Database, invoiceId: string): Promise<string[]> {
  const { rows } = await sql<{ recipients: string[] }>`
    SELECT ${recipients} AS recipients ${invoiceWithRecipients} WHERE i.id = ${invoiceId}`.execute(db)
  return rows[0]?.recipients ?? []
}

const documentKind = sql`CASE i.kind WHEN 'credit_note' THEN 'credit_note' ELSE 'invoice' END`

const invoiceWithRecipients = sql`
  FROM invoices i
  JOIN accounts a ON a.id = i.account_id
  LEFT JOIN customer_orders o ON o.id = i.order_id
  LEFT JOIN recurrences r ON r.order_id = i.order_id AND i.source = 'recurring'
  LEFT JOIN contacts c ON c.id = coalesce(i.contact_id, o.contact_id)`

const recipients = sql`CASE
  WHEN cardinality(r.recipients) > 0 THEN r.recipients
  WHEN cardinality(a.invoice_emails) > 0 THEN a.invoice_emails
  WHEN c.account_id = i.account_id AND c.archived_at IS NULL AND c.email <> '' THEN ARRAY[c.email]
  WHEN a.email <> '' THEN ARRAY[a.email]
  ELSE '{}'::text[] END`
