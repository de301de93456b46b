import type { Database } from '../../data/database.ts'
import { deleteSessionsOf } from '../../data/sessions.ts'
import { lockAdmins, lockUser } from '../../data/users.ts'
import type { Refusal } from '../../errors.ts'
import { archive } from '../archival.ts'

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
  let admins: readonly string[] = []
  await archive(
    db,
    adminId,
    { type: 'user', id, archived },
    {
      lock: async (trx) => {
        // The admins first, so that two who archive each other wait for one another.
        admins = await lockAdmins(trx)
        return lockUser(trx, id)
      },
      refusals: async () => {
        const lastAdmin = admins.length === 1 && admins[0] === id
        return refusalsToArchiveUser({ yourself: id === adminId, lastAdmin })
      },
      after: async (trx) => {
        if (archived) await deleteSessionsOf(trx, id)
      },
    },
  )
}
