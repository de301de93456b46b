import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { deleteSessionsOf } from '../../data/sessions.ts'
import { lockUser, updateUser } from '../../data/users.ts'
import { NotFound } from '../../errors.ts'
import { slowly } from './authenticate.ts'
import { hashPassword, passwordMatches } from './passwords.ts'

/**
 * Replaces one's own password and signs out every session, this one too: its browser gets a new one. The old password is asked for, so
 * that a screen left open is not enough, and cannot be guessed there more often than at sign-in.
 * @throws InvalidForm where the old password is not the one; NotFound
 */
export async function changePassword(
  db: Database,
  user: { id: string; email: string; address: string },
  passwords: { old: string; next: string },
): Promise<void> {
  const wrong = { field: 'old_password', key: 'users.password.old.wrong' } as const
  await slowly(db, user, wrong, async () => {
    const password_hash = await hashPassword(passwords.next)
    return db.transaction().execute(async (trx) => {
      const before = await lockUser(trx, user.id)
      if (before === undefined) throw new NotFound()
      if (!(await passwordMatches(before.password_hash, passwords.old))) return undefined
      await updateUser(trx, user.id, { password_hash })
      await deleteSessionsOf(trx, user.id)
      await insertAudit(trx, {
        by: { user_id: user.id },
        action: 'password_changed',
        subject_type: 'user',
        subject_id: user.id,
      })
      return true
    })
  })
}
