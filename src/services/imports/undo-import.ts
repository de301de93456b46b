import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { isForeignKeyViolation } from '../../data/failures.ts'
import { lockImport } from '../../data/import-log.ts'
import {
  countRecordsLeft,
  type ImportUse,
  listUsesOfImport,
  lockRecordsMade,
  removeRecordsMade,
} from '../../data/import-undo.ts'
import { NotFound, type Refusal, Refused } from '../../errors.ts'
import type { ImportKind, ImportState } from '../../lib/vocabulary.ts'
import { undoReasons } from './undo-reasons.ts'

/** Why an import cannot be undone: it made nothing that is still there, or something came out of what it made. */
export function refusalsToUndo(
  row: { kind: ImportKind; state: ImportState },
  uses: readonly ImportUse[],
): readonly Refusal[] {
  if (row.state === 'undone') return [{ code: 'undone', message: { key: 'imports.undo.already' } }]
  if (row.state !== 'imported')
    return [{ code: 'not_imported', message: { key: 'imports.undo.not_imported' } }]
  return undoReasons(row.kind, uses)
}

/**
 * Removes everything that an import made, or nothing of it. False where it was undone already.
 * @throws NotFound; Refused with every reason and the records it concerns
 */
export async function undoImport(
  db: Database,
  admin: { id: string; organisation_ids: readonly string[] },
  id: string,
): Promise<boolean> {
  return db
    .transaction()
    .execute(async (trx) => {
      const row = await lockImport(trx, id, admin.organisation_ids)
      if (row === undefined) throw new NotFound()
      if (row.state === 'undone') return false
      await lockRecordsMade(trx, id, row.kind)
      const refusals = refusalsToUndo(row, await listUsesOfImport(trx, id, row.kind))
      if (refusals.length > 0) throw new Refused(refusals)
      const left = await countRecordsLeft(trx, id)
      await removeRecordsMade(trx, row, admin.id)
      await insertAudit(trx, {
        by: { user_id: admin.id },
        action: 'undone',
        subject_type: 'import',
        subject_id: id,
        organisation_id: row.organisation_id,
        changes: { kind: row.kind, removed: Object.fromEntries(left) },
      })
      return true
    })
    .catch((error: unknown) => {
      if (!isForeignKeyViolation(error)) throw error
      throw new Refused([{ code: 'in_use', message: { key: 'imports.undo.in_use' } }])
    })
}
