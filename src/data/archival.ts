import { sql } from 'kysely'
import type { Trx } from './database.ts'

/** What can be archived, as the audit names it, and its table. */
const tables = {
  account: 'accounts',
  contact: 'contacts',
  organisation: 'organisations',
  payment_term: 'payment_terms',
  product: 'products',
  supplier: 'suppliers',
  tax_rate: 'tax_rates',
  user: 'users',
} as const

export type Archivable = keyof typeof tables

/** Archives a record under its lock, or takes it back. */
export async function setArchived(
  trx: Trx,
  record: { type: Archivable; id: string },
  archived: boolean,
): Promise<void> {
  await sql`UPDATE ${sql.table(tables[record.type])}
    SET archived_at = ${archived ? sql`now()` : null}, updated_at = now(), version = version + 1
    WHERE id = ${record.id}`.execute(trx)
}
