import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { deleteSupplier as deleteRow, listProductsOfSupplier, lockSupplier } from '../../data/suppliers.ts'
import { NotFound, type Refusal, Refused } from '../../errors.ts'

/** Why a supplier cannot be deleted: the products that name it would lose their purchase prices. */
export function refusalsToDeleteSupplier(supplier: { products: number }): Refusal[] {
  const { products } = supplier
  return products === 0
    ? []
    : [{ code: 'has_products', message: { key: 'suppliers.deletion.named', params: { count: products } } }]
}

/** Deletes a supplier that no product names. @throws NotFound, Refused */
export async function deleteSupplier(db: Database, userId: string, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await lockSupplier(trx, id)
    if (before === undefined) throw new NotFound()
    const products = (await listProductsOfSupplier(trx, id)).length
    const refusals = refusalsToDeleteSupplier({ products })
    if (refusals.length > 0) throw new Refused(refusals)
    await deleteRow(trx, id)
    await insertAudit(trx, {
      by: { user_id: userId },
      action: 'deleted',
      subject_type: 'supplier',
      subject_id: id,
      changes: { code: { from: before.code, to: null }, name: { from: before.name, to: null } },
    })
  })
}
