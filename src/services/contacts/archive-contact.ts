import { lockContact } from '../../data/contacts.ts'
import type { Database } from '../../data/database.ts'
import { archive } from '../archival.ts'

/** Archives a contact (no longer offered; what names it stays as it is), or takes it back. @throws NotFound */
export async function archiveContact(
  db: Database,
  userId: string,
  id: string,
  archived: boolean,
): Promise<void> {
  await archive(db, userId, { type: 'contact', id, archived }, { lock: lockContact })
}
