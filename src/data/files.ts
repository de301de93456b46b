import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, Trx } from './database.ts'
import type { Row } from './tables.ts'

/** Stores a content once: the same bytes stored again are the same file. Files are never changed or removed. */
export async function insertFile(
  trx: Trx,
  file: { kind: string; media_type: string; content: Buffer },
): Promise<string> {
  return (await storeFile(trx, file)).id
}

/** The same, telling the content's SHA-256 as well. */
export async function storeFile(
  trx: Trx,
  file: { kind: string; media_type: string; content: Buffer },
): Promise<{ id: string; sha256: string }> {
  const sha256 = createHash('sha256').update(file.content).digest()
  const known = await findBySha256(trx, sha256)
  if (known !== undefined) return { id: known, sha256: sha256.toString('hex') }
  const made = await trx
    .insertInto('files')
    .values({ ...file, sha256, size: file.content.length })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .returning('id')
    .executeTakeFirst()
  const id = made?.id ?? (await findBySha256(trx, sha256))
  if (id === undefined) throw new Error('A file that is there already is not to be seen')
  return { id, sha256: sha256.toString('hex') }
}

/** Asked before a content is sent, which may be megabytes. */
async function findBySha256(trx: Trx, sha256: Buffer): Promise<string | undefined> {
  const known = await trx.selectFrom('files').select('id').where('sha256', '=', sha256).executeTakeFirst()
  return known?.id
}

export async function findFile(db: Database, id: string): Promise<Row<'files'> | undefined> {
  return db.selectFrom('files').selectAll().where('id', '=', id).executeTakeFirst()
}

/** A file's content from `start` up to but not including `end`, bit by bit: a large one is never in memory as a whole. */
export async function* readFile(
  db: Database,
  id: string,
  range: { start: number; end: number },
): AsyncGenerator<Buffer> {
  for (let at = range.start; at < range.end; at += partSize) {
    const length = Math.min(partSize, range.end - at)
    const row = await db
      .selectFrom('files')
      .select(sql<Buffer>`substring(content FROM ${at + 1}::integer FOR ${length}::integer)`.as('part'))
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    yield row.part
  }
}

const partSize = 512 * 1024
