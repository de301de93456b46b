import type { Database, Trx } from '../../data/database.ts'
import { type Attempt, insertUploadedImport, restartCheck } from '../../data/import-attempts.ts'
import { type ImportFileContent, lockImport } from '../../data/import-log.ts'
import type { Row } from '../../data/tables.ts'
import { NotFound, Refused } from '../../errors.ts'
import type { ImportKind } from '../../lib/vocabulary.ts'
import { refusalsToChange } from './standing.ts'

type Admin = { id: string; organisation_ids: readonly string[] }

/** Takes the files of an import and records its first check, which the caller starts. */
export async function uploadImport(
  db: Database,
  admin: Admin,
  upload: { organisation_id: string; kind: ImportKind; files: readonly ImportFileContent[] },
): Promise<Attempt> {
  return db.transaction().execute((trx) => insertUploadedImport(trx, { ...upload, made_by: admin.id }))
}

/**
 * Begins the check of an import anew: with corrected files in the place of those it had, or read in another encoding, or as it is.
 * @throws NotFound, Refused where it was imported already or is under way
 */
export async function checkAgain(
  db: Database,
  admin: Admin,
  id: string,
  change: { files?: readonly ImportFileContent[]; encoding?: Row<'imports'>['encoding'] },
): Promise<Attempt> {
  return db.transaction().execute(async (trx) => {
    const row = await lockChangeable(trx, admin, id)
    return restartCheck(trx, row.id, change)
  })
}

/** An import that made nothing, under its lock. @throws NotFound, Refused */
export async function lockChangeable(trx: Trx, admin: Admin, id: string): Promise<Row<'imports'>> {
  const row = await lockImport(trx, id, admin.organisation_ids)
  if (row === undefined) throw new NotFound()
  const refusals = refusalsToChange(row)
  if (refusals.length > 0) throw new Refused(refusals)
  return row
}
