import { sql } from 'kysely'
import type { SavedList } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

export type SavedView = Row<'saved_views'> & { user_name: string }

/** Whose views are asked for: their own, and those that colleagues share. */
export type ViewReader = { id: string; organisation_ids: readonly string[] }

/** One's own first, then the shared ones of whoever works in one of the same organisations; each by name. */
export async function listSavedViews(
  db: Database,
  reader: ViewReader,
  list?: SavedList,
): Promise<SavedView[]> {
  let query = visibleTo(db, reader)
  if (list !== undefined) query = query.where('v.list', '=', list)
  return query
    .orderBy(
      sql`array_position(array['orders','invoices','accounts','contacts','products','suppliers'], v.list)`,
    )
    .orderBy(sql`v.user_id <> ${reader.id}`)
    .orderBy(sql`v.name COLLATE "und-x-icu"`)
    .orderBy('v.id')
    .execute()
}

export async function findSavedView(
  db: Database,
  reader: ViewReader,
  id: string,
): Promise<SavedView | undefined> {
  return visibleTo(db, reader).where('v.id', '=', id).executeTakeFirst()
}

function visibleTo(db: Database, reader: ViewReader) {
  return db
    .selectFrom('saved_views as v')
    .innerJoin('users as u', 'u.id', 'v.user_id')
    .selectAll('v')
    .select('u.name as user_name')
    .where((eb) =>
      eb.or([
        eb('v.user_id', '=', reader.id),
        eb.and([
          eb('v.shared', '=', true),
          eb.exists(
            eb
              .selectFrom('user_organisations as m')
              .select('m.user_id')
              .whereRef('m.user_id', '=', 'v.user_id')
              .where(sql<boolean>`m.organisation_id = ANY(${reader.organisation_ids}::uuid[])`),
          ),
        ]),
      ]),
    )
}

/** Waits for whoever changes it at the moment. */
export async function lockSavedView(trx: Trx, id: string): Promise<void> {
  await trx.selectFrom('saved_views').select('id').where('id', '=', id).forUpdate().execute()
}

export async function insertSavedView(trx: Trx, view: NewRow<'saved_views'>): Promise<string> {
  const row = await trx.insertInto('saved_views').values(view).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function updateSavedView(
  trx: Trx,
  id: string,
  change: { name?: string; query?: string; shared?: boolean },
): Promise<void> {
  await trx
    .updateTable('saved_views')
    .set({ ...change, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

export async function deleteSavedView(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('saved_views').where('id', '=', id).execute()
}
