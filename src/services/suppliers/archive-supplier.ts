import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { lockSupplier, setSupplierArchived } from '../../data/suppliers.ts'
import { NotFound } from '../../errors.ts'

/** Archives a supplier (it is no longer offered; what names it stays as it is), or takes it back. @throws NotFound */
export async function archiveSupplier(
  db: Database,
  userId: string,
  id: string,
  archived: boolean,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await lockSupplier(trx, id)
    if (before === undefined) throw new NotFound()
    if ((before.archived_at !== null) === archived) return
    await setSupplierArchived(trx, id, archived)
    await insertAudit(trx, {
      by: { user_id: userId },
      action: archived ? 'archived' : 'restored',
      subject_type: 'supplier',
      subject_id: id,
    })
  })
}
