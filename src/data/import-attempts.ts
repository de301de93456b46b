import { type RawBuilder, sql } from 'kysely'
import type { Message } from '../languages/catalog.ts'
import type { ImportKind, ImportState } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'
import {
  type FiguresToRecord,
  type ImportFileContent,
  insertImportFiles,
  insertRecordsMade,
  replaceImportMistakes,
} from './import-log.ts'
import type { Row } from './tables.ts'

/**
 * Checks and runs of imports that pages asked for. Each is an attempt with a number: what it writes at its end it writes only where it
 * is still the newest, so that one that was taken for lost and wakes up again changes nothing.
 */

export type Attempt = { id: string; attempt: number }

/** An upload, under its first check. */
export async function insertUploadedImport(
  trx: Trx,
  upload: {
    organisation_id: string
    kind: ImportKind
    made_by: string
    files: readonly ImportFileContent[]
  },
): Promise<Attempt> {
  const { files, ...row } = upload
  const made = await trx
    .insertInto('imports')
    .values({ ...row, state: 'checking', attempt: 1 })
    .returning(['id', 'attempt'])
    .executeTakeFirstOrThrow()
  await insertImportFiles(trx, made.id, files)
  return made
}

/** Begins the check of a locked import anew, with other files or another encoding where they are given. */
export async function restartCheck(
  trx: Trx,
  id: string,
  change: { files?: readonly ImportFileContent[]; encoding?: Row<'imports'>['encoding'] },
): Promise<Attempt> {
  const { files, encoding } = change
  if (files !== undefined) {
    await trx
      .deleteFrom('import_files')
      .where('import_id', '=', id)
      .where(
        'part',
        'in',
        files.map(({ part }) => part),
      )
      .execute()
    await insertImportFiles(trx, id, files)
  }
  await replaceImportMistakes(trx, id, [])
  return trx
    .updateTable('imports')
    .set({
      ...begun('checking'),
      created: null,
      known: null,
      notes: '[]',
      reading: '[]',
      mistakes: 0,
      imported_by: null,
      ...(encoding === undefined ? {} : { encoding }),
    })
    .where('id', '=', id)
    .returning(['id', 'attempt'])
    .executeTakeFirstOrThrow()
}

/** Begins the run of a locked import that was checked; its person answers for what it makes. */
export async function startRun(trx: Trx, id: string, userId: string): Promise<Attempt> {
  return trx
    .updateTable('imports')
    .set({ ...begun('running'), imported_by: userId })
    .where('id', '=', id)
    .returning(['id', 'attempt'])
    .executeTakeFirstOrThrow()
}

function begun(state: ImportState) {
  return {
    state,
    attempt: sql<number>`attempt + 1`,
    done: 0,
    total: null,
    error: null,
    heartbeat_at: sql<string>`now()`,
  }
}

/** An attempt that nobody has taken over, with its files and its organisation; undefined where somebody has. */
export async function findAttempt(
  db: Database,
  { id, attempt }: Attempt,
): Promise<
  | {
      row: Row<'imports'>
      organisation: Row<'organisations'>
      files: Row<'import_files'>[]
    }
  | undefined
> {
  const row = await db
    .selectFrom('imports')
    .selectAll()
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('state', 'in', ['checking', 'running'])
    .executeTakeFirst()
  if (row === undefined) return undefined
  const organisation = await db
    .selectFrom('organisations')
    .selectAll()
    .where('id', '=', row.organisation_id)
    .executeTakeFirstOrThrow()
  const files = await db
    .selectFrom('import_files')
    .selectAll()
    .where('import_id', '=', id)
    .orderBy('part', 'desc')
    .execute()
  return { row, organisation, files }
}

/** A sign of life, with how far it is. */
export async function updateImportProgress(
  db: Database,
  attempt: Attempt,
  progress: { done: number; total: number | null },
): Promise<void> {
  await db
    .updateTable('imports')
    .set({ ...progress, heartbeat_at: sql`now()` })
    .where('id', '=', attempt.id)
    .where(isNewest(attempt))
    .execute()
}

export type CheckEnd = {
  reading: unknown
  created: number
  known: number
  notes: readonly Message[]
}

/** False where another attempt has taken over: then nothing is written. */
export async function endCheck(db: Database, attempt: Attempt, end: CheckEnd): Promise<boolean> {
  const { created, known } = end
  return written(db, attempt, {
    state: 'checked',
    created,
    known,
    reading: JSON.stringify(end.reading),
    notes: JSON.stringify(end.notes),
  })
}

/** False where another attempt has taken over. */
export async function endRefused(
  db: Database,
  attempt: Attempt,
  end: { reading?: unknown; mistakes: Parameters<typeof replaceImportMistakes>[2] },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const isOurs = await written(trx, attempt, {
      state: 'refused',
      created: null,
      known: null,
      notes: '[]',
      mistakes: end.mistakes.length,
      ...(end.reading === undefined ? {} : { reading: JSON.stringify(end.reading) }),
    })
    if (isOurs) await replaceImportMistakes(trx, attempt.id, end.mistakes)
    return isOurs
  })
}

/** In the transaction that made the records. False where another attempt has taken over: it must then be taken back. */
export async function endRun(trx: Trx, attempt: Attempt, figures: FiguresToRecord): Promise<boolean> {
  const { created, known, notes, made } = figures
  const isOurs = await written(trx, attempt, {
    state: 'imported',
    created,
    known,
    notes: JSON.stringify(notes),
    imported_at: sql<string>`now()`,
  })
  if (isOurs) await insertRecordsMade(trx, attempt.id, made)
  return isOurs
}

/** False where another attempt has taken over, or this one came to its end after all. */
export async function endBroken(
  db: Database,
  attempt: Attempt,
  end: { state: 'failed' | 'interrupted'; error: string | null },
): Promise<boolean> {
  return written(db, attempt, end)
}

async function written(
  db: Database,
  attempt: Attempt,
  values: Record<string, string | number | null | RawBuilder<unknown>>,
): Promise<boolean> {
  const result = await db
    .updateTable('imports')
    .set({ ...values, heartbeat_at: sql`now()` })
    .where('id', '=', attempt.id)
    .where(isNewest(attempt))
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

function isNewest({ attempt }: Attempt) {
  return sql<boolean>`attempt = ${attempt} AND state IN ('checking', 'running')`
}

/** Removes an import that made nothing, with its files. */
export async function deleteImport(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('import_mistakes').where('import_id', '=', id).execute()
  await trx.deleteFrom('import_files').where('import_id', '=', id).execute()
  await trx.deleteFrom('imports').where('id', '=', id).execute()
}
