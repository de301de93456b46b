import { sql } from 'kysely'
import type { Database } from './database.ts'

/** What a batch of the user's has not done, of documents there are: they stay ticked in the list. A draft has no number. */
export async function listUndone(
  db: Database,
  batch: { id: string; of: 'orders' | 'invoices' },
  user: { id: string; organisation_ids: readonly string[] },
  most: number,
): Promise<{ id: string; number: string | null; subject: string }[]> {
  const { rows } = await sql<{ id: string; number: string | null; subject: string }>`
    SELECT d.id, d.number, d.subject
    FROM batches b JOIN batch_items i ON i.batch_id = b.id
    JOIN ${batch.of === 'invoices' ? sql.table('invoices') : sql.table('customer_orders')} d ON d.id = i.document_id
    WHERE b.id = ${batch.id} AND b.created_by = ${user.id} AND i.result <> 'done'
      AND d.organisation_id = ANY(${user.organisation_ids}::uuid[])
    ORDER BY i.position LIMIT ${most}`.execute(db)
  return rows
}

/** Ticked drafts, in the order of the list; of others there is nothing to tell. */
export async function listTickedDrafts(
  db: Database,
  ids: readonly string[],
  organisationIds: readonly string[],
): Promise<{ id: string; number: string | null; subject: string }[]> {
  return db
    .selectFrom('invoices')
    .select(['id', 'number', 'subject'])
    .where(sql<boolean>`id = ANY(${ids}::uuid[])`)
    .where(sql<boolean>`organisation_id = ANY(${organisationIds}::uuid[])`)
    .where('issued_at', 'is', null)
    .orderBy('document_date', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** The numbers of ticked orders, in the order of the list; of others there is nothing to tell. */
export async function listOrderNumbers(
  db: Database,
  ids: readonly string[],
  organisationIds: readonly string[],
): Promise<{ id: string; number: string }[]> {
  return db
    .selectFrom('customer_orders')
    .select(['id', 'number'])
    .where(sql<boolean>`id = ANY(${ids}::uuid[])`)
    .where(sql<boolean>`organisation_id = ANY(${organisationIds}::uuid[])`)
    .orderBy('order_date', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** Who works in one of these organisations now: an order can be given to them. */
export async function listPeopleToAssign(
  db: Database,
  organisationIds: readonly string[],
): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('users as u')
    .select(['u.id', 'u.name'])
    .where('u.archived_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('user_organisations as m')
          .select('m.user_id')
          .whereRef('m.user_id', '=', 'u.id')
          .where(sql<boolean>`m.organisation_id = ANY(${organisationIds}::uuid[])`),
      ),
    )
    .orderBy(sql`u.name COLLATE "und-x-icu"`)
    .orderBy('u.id')
    .execute()
}
