import type { Database } from '../../data/database.ts'
import { listRecurringOrdersOfProduct, lockProduct } from '../../data/products.ts'
import { InvalidForm } from '../../errors.ts'
import { archive } from '../archival.ts'

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
  await archive(
    db,
    userId,
    { type: 'product', id, archived },
    {
      lock: lockProduct,
      refusals: async (trx) => {
        if (confirmed || (await listRecurringOrdersOfProduct(trx, id)).length === 0) return []
        throw new InvalidForm([{ field: 'confirmed', message: { key: 'products.archive.unconfirmed' } }])
      },
    },
  )
}
