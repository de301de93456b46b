import { differences, insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { lockUser, updateUser } from '../../data/users.ts'
import { NotFound } from '../../errors.ts'

export type ProfileForm = {
  name: string
  language: 'en' | 'fr'
  theme: 'light' | 'dark' | 'system'
  single_keys: boolean
}

/** What users change of themselves; the rest is the admins'. @throws NotFound */
export async function saveProfile(db: Database, userId: string, form: ProfileForm): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await lockUser(trx, userId)
    if (before === undefined) throw new NotFound()
    await updateUser(trx, userId, form)
    await insertAudit(trx, {
      by: { user_id: userId },
      action: 'updated',
      subject_type: 'user',
      subject_id: userId,
      changes: differences(before, form),
    })
  })
}
