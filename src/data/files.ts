import { createHash } from 'node:crypto'
import type { Database, Trx } from './database.ts'
import type { Row } from './tables.ts'

/** Stores a content once: the same bytes stored again are the same file. Files are never changed or removed. */
export async function insertFile(
  trx: Trx,
  file: { kind: string; media_type: string; content: Buffer },
): Promise<string> {
  const sha256 = createHash('sha256').update(file.content).digest()
  const made = await trx
    .insertInto('files')
    .values({ ...file, sha256, size: file.content.length })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made !== undefined) return made.id
  const known = await trx
    .selectFrom('files')
    .select('id')
    .where('sha256', '=', sha256)
    .executeTakeFirstOrThrow()
  return known.id
}

export async function findFile(db: Database, id: string): Promise<Row<'files'> | undefined> {
  return db.selectFrom('files').selectAll().where('id', '=', id).executeTakeFirst()
}
