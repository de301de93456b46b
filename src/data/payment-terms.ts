import { sql } from 'kysely'
import type { Database, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

/** The terms that forms offer, and the one already chosen though archived. */
export async function listOfferedPaymentTerms(
  db: Database,
  chosenId?: string | null,
): Promise<Row<'payment_terms'>[]> {
  return db
    .selectFrom('payment_terms')
    .selectAll()
    .where((eb) => eb.or([eb('archived_at', 'is', null), ...(chosenId ? [eb('id', '=', chosenId)] : [])]))
    .orderBy('days')
    .orderBy('code')
    .execute()
}

export async function listPaymentTerms(
  db: Database,
  filters: { archived: boolean },
): Promise<Row<'payment_terms'>[]> {
  return db
    .selectFrom('payment_terms')
    .selectAll()
    .where('archived_at', filters.archived ? 'is not' : 'is', null)
    .orderBy('days')
    .orderBy('code')
    .execute()
}

export async function findPaymentTerm(db: Database, id: string): Promise<Row<'payment_terms'> | undefined> {
  return db.selectFrom('payment_terms').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function lockPaymentTerm(trx: Trx, id: string): Promise<Row<'payment_terms'> | undefined> {
  return trx.selectFrom('payment_terms').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function insertPaymentTerm(trx: Trx, term: NewRow<'payment_terms'>): Promise<string> {
  const row = await trx.insertInto('payment_terms').values(term).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function updatePaymentTerm(trx: Trx, id: string, term: NewRow<'payment_terms'>): Promise<void> {
  await trx
    .updateTable('payment_terms')
    .set({ ...term, updated_at: sql`now()`, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

/** How many organisations have the term as their preset. */
export async function countPresetsOfPaymentTerm(db: Database, id: string): Promise<number> {
  const row = await db
    .selectFrom('organisations')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('default_payment_term_id', '=', id)
    .where('archived_at', 'is', null)
    .executeTakeFirstOrThrow()
  return row.count
}
