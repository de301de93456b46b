import type { Database } from '../../data/database.ts'
import { deleteImport } from '../../data/import-attempts.ts'
import { lockChangeable } from './upload-import.ts'

/** Throws an upload away that made nothing, with its files. @throws NotFound, Refused where it was imported or is under way */
export async function discardImport(
  db: Database,
  admin: { id: string; organisation_ids: readonly string[] },
  id: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockChangeable(trx, admin, id)
    await deleteImport(trx, id)
  })
}
