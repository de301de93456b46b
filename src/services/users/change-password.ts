import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { deleteSessionsOf } from '../../data/sessions.ts'
import { lockUser, updateUser } from '../../data/users.ts'
import { InvalidForm, NotFound } from '../../errors.ts'
import { hashPassword, passwordMatches } from './passwords.ts'

/**
 * Replaces one's own password and signs out every session but this one. The old one is asked for, so that a screen left open is not
 * enough.
 * @throws InvalidForm where the old password is not the one; NotFound
 */
export async function changePassword(
  db: Database,
  user: { id: string; tokenHash: Buffer },
  passwords: { old: string; next: string },
): Promise<void> {
  const password_hash = await hashPassword(passwords.next)
  await db.transaction().execute(async (trx) => {
    const before = await lockUser(trx, user.id)
    if (before === undefined) throw new NotFound()
    if (!(await passwordMatches(before.password_hash, passwords.old)))
      throw new InvalidForm([{ field: 'old_password', message: { key: 'users.password.old.wrong' } }])
    await updateUser(trx, user.id, { password_hash })
    await deleteSessionsOf(trx, user.id, user.tokenHash)
    await insertAudit(trx, {
      by: { user_id: user.id },
      action: 'password_changed',
      subject_type: 'user',
      subject_id: user.id,
    })
  })
}
