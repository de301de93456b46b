import { insertAudit } from '../../data/audit.ts'
import { lockContact, setContactArchived } from '../../data/contacts.ts'
import type { Database } from '../../data/database.ts'
import { NotFound } from '../../errors.ts'

/** Archives a contact (no longer offered; what names it stays as it is), or takes it back. @throws NotFound */
export async function archiveContact(
  db: Database,
  userId: string,
  id: string,
  archived: boolean,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await lockContact(trx, id)
    if (before === undefined) throw new NotFound()
    if ((before.archived_at !== null) === archived) return
    await setContactArchived(trx, id, archived)
    await insertAudit(trx, {
      by: { user_id: userId },
      action: archived ? 'archived' : 'restored',
      subject_type: 'contact',
      subject_id: id,
    })
  })
}
