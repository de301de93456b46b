import type { Database } from '../../data/database.ts'
import { type Attempt, startRun } from '../../data/import-attempts.ts'
import { lockImport } from '../../data/import-log.ts'
import { NotFound, Refused } from '../../errors.ts'
import { refusalsToRun } from './standing.ts'

/**
 * Records the run of a checked import, which the caller starts. Undefined where it runs or was made already: the second click, or
 * another admin's, changes nothing.
 * @throws NotFound; Refused where there is nothing to import, or something wrong with it
 */
export async function startImport(
  db: Database,
  admin: { id: string; organisation_ids: readonly string[] },
  id: string,
): Promise<Attempt | undefined> {
  return db.transaction().execute(async (trx) => {
    const row = await lockImport(trx, id, admin.organisation_ids)
    if (row === undefined) throw new NotFound()
    const refusals = refusalsToRun(row)
    if (refusals.some(({ code }) => code === 'already')) return undefined
    if (refusals.length > 0) throw new Refused(refusals)
    return startRun(trx, id, admin.id)
  })
}
