import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { deleteSessionsOf } from '../../data/sessions.ts'
import { lockAdmins, lockUser, setUserArchived } from '../../data/users.ts'
import { NotFound, type Refusal, Refused } from '../../errors.ts'

/** Why a user cannot be archived: it is oneself, or the last admin. */
export function refusalsToArchiveUser(user: { yourself: boolean; lastAdmin: boolean }): Refusal[] {
  return [
    ...(user.yourself ? [{ code: 'yourself', message: { key: 'users.yourself' } } as const] : []),
    ...(user.lastAdmin ? [{ code: 'last_admin', message: { key: 'users.last_admin' } } as const] : []),
  ]
}

/** Archives a user: signed out everywhere at once, no longer offered; or takes them back. @throws Refused, NotFound */
export async function archiveUser(
  db: Database,
  adminId: string,
  id: string,
  archived: boolean,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const admins = await lockAdmins(trx)
    const before = await lockUser(trx, id)
    if (before === undefined) throw new NotFound()
    if ((before.archived_at !== null) === archived) return
    const lastAdmin = admins.length === 1 && admins[0] === id
    const refusals = archived ? refusalsToArchiveUser({ yourself: id === adminId, lastAdmin }) : []
    if (refusals.length > 0) throw new Refused(refusals)
    await setUserArchived(trx, id, archived)
    if (archived) await deleteSessionsOf(trx, id)
    await insertAudit(trx, {
      by: { user_id: adminId },
      action: archived ? 'archived' : 'restored',
      subject_type: 'user',
      subject_id: id,
    })
  })
}
