import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { listRecurringOrdersOfProduct, lockProduct, setProductArchived } from '../../data/products.ts'
import { InvalidForm, NotFound } from '../../errors.ts'

/**
 * Archives a product (no longer offered; documents and recurrences that name it go on), or takes it back into use.
 * @throws InvalidForm where active recurrences bill it and nobody confirmed to archive it all the same; NotFound
 */
export async function archiveProduct(
  db: Database,
  userId: string,
  id: string,
  change: { archived: boolean; confirmed: boolean },
): Promise<void> {
  const { archived, confirmed } = change
  await db.transaction().execute(async (trx) => {
    const before = await lockProduct(trx, id)
    if (before === undefined) throw new NotFound()
    if ((before.archived_at !== null) === archived) return
    if (archived && !confirmed && (await listRecurringOrdersOfProduct(trx, id)).length > 0) {
      throw new InvalidForm([{ field: 'confirmed', message: { key: 'products.archive.unconfirmed' } }])
    }
    await setProductArchived(trx, id, archived)
    await insertAudit(trx, {
      by: { user_id: userId },
      action: archived ? 'archived' : 'restored',
      subject_type: 'product',
      subject_id: id,
    })
  })
}
