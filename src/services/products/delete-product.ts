import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { deleteProduct as deleteRow, isProductUsed, lockProduct } from '../../data/products.ts'
import { NotFound, type Refusal, Refused } from '../../errors.ts'

/** Why a product cannot be deleted: documents that name it would lose it. */
export function refusalsToDeleteProduct(product: { used: boolean }): Refusal[] {
  return product.used ? [{ code: 'product_used', message: { key: 'products.used' } }] : []
}

/** Deletes a product that no document names. Locking it makes an order that is just being saved with it wait. @throws Refused, NotFound */
export async function deleteProduct(db: Database, userId: string, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await lockProduct(trx, id)
    if (before === undefined) throw new NotFound()
    const refusals = refusalsToDeleteProduct({ used: await isProductUsed(trx, id) })
    if (refusals.length > 0) throw new Refused(refusals)
    await deleteRow(trx, id)
    await insertAudit(trx, {
      by: { user_id: userId },
      action: 'deleted',
      subject_type: 'product',
      subject_id: id,
      changes: { code: { from: before.code, to: null }, name: { from: before.name, to: null } },
    })
  })
}
