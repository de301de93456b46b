import { type SelectQueryBuilder, sql } from 'kysely'
import type { Database, Trx } from './database.ts'
import { type PageOf, type PageRequest, selectPage } from './keyset.ts'
import { type Owner, type OwnerNames, ownerColumns, ownerIsAmong, ownerNames } from './owners.ts'
import type { DB, Row } from './tables.ts'

/** A file that somebody uploaded, without its content. */
export type UploadedDocument = Row<'documents'> &
  OwnerNames & { size: number; sha256: string; uploaded_by_name: string }

/** How many values a cursor of this list has. */
export const documentSortKeys = 1

/** The documents of an owner, the newest first. */
export async function listDocuments(
  db: Database,
  owner: Owner,
  page: PageRequest,
): Promise<PageOf<UploadedDocument>> {
  const query = withNames(db.selectFrom('documents').where(`${owner.kind}_id`, '=', owner.id))
  // Ids ascend with the time they were made at.
  return selectPage(query, { keys: [sql`documents.id`], direction: 'desc' }, page)
}

/** @returns undefined also where it is an order's or an invoice's of an organisation that is not among these */
export async function findDocument(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<UploadedDocument | undefined> {
  return withNames(
    db
      .selectFrom('documents')
      .where('documents.id', '=', id)
      .where(ownerIsAmong('documents', organisationIds)),
  ).executeTakeFirst()
}

export async function lockDocument(
  trx: Trx,
  id: string,
  organisationIds: readonly string[],
): Promise<UploadedDocument | undefined> {
  await trx.selectFrom('documents').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  return findDocument(trx, id, organisationIds)
}

/** The new document's id, or undefined where the same file is there under the same name already. */
export async function insertDocument(
  trx: Trx,
  owner: Owner,
  document: Pick<Row<'documents'>, 'file_id' | 'name' | 'media_type' | 'shared' | 'uploaded_by'>,
): Promise<string | undefined> {
  const row = await trx
    .insertInto('documents')
    .values({ ...ownerColumns(owner), ...document })
    .onConflict((conflict) => conflict.constraint('documents_once').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export async function setShared(trx: Trx, id: string, shared: boolean): Promise<void> {
  await trx.updateTable('documents').set({ shared }).where('id', '=', id).execute()
}

export async function deleteDocument(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('documents').where('id', '=', id).execute()
}

function withNames(query: SelectQueryBuilder<DB, 'documents', object>) {
  return query
    .selectAll('documents')
    .select(ownerNames('documents'))
    .select([
      sql<number>`(SELECT f.size FROM files f WHERE f.id = documents.file_id)`.as('size'),
      sql<string>`(SELECT encode(f.sha256, 'hex') FROM files f WHERE f.id = documents.file_id)`.as('sha256'),
      sql<string>`(SELECT u.name FROM users u WHERE u.id = documents.uploaded_by)`.as('uploaded_by_name'),
    ])
}
