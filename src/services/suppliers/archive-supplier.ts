import type { Database } from '../../data/database.ts'
import { lockSupplier } from '../../data/suppliers.ts'
import { archive } from '../archival.ts'

/** Archives a supplier (it is no longer offered; what names it stays as it is), or takes it back. @throws NotFound */
export async function archiveSupplier(
  db: Database,
  userId: string,
  id: string,
  archived: boolean,
): Promise<void> {
  await archive(db, userId, { type: 'supplier', id, archived }, { lock: lockSupplier })
}
