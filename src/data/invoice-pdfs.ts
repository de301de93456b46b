import { sql } from 'kysely'
import type { Database } from './database.ts'
import type { InvoiceKind } from './tables.ts'

export type InvoicePdf = {
  id: string
  kind: InvoiceKind
  number: string
  language: string
  organisation_code: string
  issued_at: string
}

/** Of these invoices the issued ones, in the same order. */
export async function listInvoicePdfs(db: Database, ids: readonly string[]): Promise<InvoicePdf[]> {
  const { rows } = await sql<InvoicePdf>`
    SELECT i.id, i.kind, i.number, i.language, g.code AS organisation_code, i.issued_at
    FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS wanted (id, place)
    JOIN invoices i ON i.id = wanted.id
    JOIN organisations g ON g.id = i.organisation_id
    WHERE i.issued_at IS NOT NULL ORDER BY wanted.place`.execute(db)
  return rows
}

/** Of these ids those that are invoices of these organisations, in their order. */
export async function listKnownInvoices(
  db: Database,
  ids: readonly string[],
  organisationIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT i.id FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS wanted (id, place)
    JOIN invoices i ON i.id = wanted.id AND i.organisation_id = ANY(${[...organisationIds]}::uuid[])
    ORDER BY wanted.place`.execute(db)
  return rows.map(({ id }) => id)
}
