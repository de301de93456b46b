import { type Archivable, setArchived } from '../data/archival.ts'
import { insertAudit } from '../data/audit.ts'
import type { Database, Trx } from '../data/database.ts'
import { NotFound, type Refusal, Refused } from '../errors.ts'

type Steps = {
  lock: (trx: Trx, id: string) => Promise<{ archived_at: string | null } | undefined>
  /** What stands in the way of archiving, asked under the lock; taking a record back needs no leave. */
  refusals?: (trx: Trx) => Promise<readonly Refusal[]>
  /** What else archiving or taking back brings with it. */
  after?: (trx: Trx) => Promise<void>
}

/**
 * Archives a record, which is then no longer offered, or takes it back. One that is as wanted already stays untouched.
 * @throws Refused, NotFound
 */
export async function archive(
  db: Database,
  userId: string,
  record: { type: Archivable; id: string; archived: boolean; organisation_id?: string },
  steps: Steps,
): Promise<void> {
  const { type, id, archived, organisation_id } = record
  await db.transaction().execute(async (trx) => {
    const before = await steps.lock(trx, id)
    if (before === undefined) throw new NotFound()
    if ((before.archived_at !== null) === archived) return
    const refusals = archived ? ((await steps.refusals?.(trx)) ?? []) : []
    if (refusals.length > 0) throw new Refused(refusals)
    await setArchived(trx, { type, id }, archived)
    await steps.after?.(trx)
    await insertAudit(trx, {
      by: { user_id: userId },
      action: archived ? 'archived' : 'restored',
      subject_type: type,
      subject_id: id,
      ...(organisation_id === undefined ? {} : { organisation_id }),
    })
  })
}
