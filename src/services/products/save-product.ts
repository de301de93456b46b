import { differences, insertAudit } from '../../data/audit.ts'
import type { Database, Trx } from '../../data/database.ts'
import {
  insertProduct,
  listSuppliersOfProduct,
  lockProduct,
  type ProductSupplier,
  replaceSuppliersOfProduct,
  updateProduct,
} from '../../data/products.ts'
import type { NewRow } from '../../data/tables.ts'
import { NotFound } from '../../errors.ts'
import { plainDecimal } from '../../lib/money.ts'
import { mistakeOfConstraint } from '../constraint-mistakes.ts'
import { refuseSaveOverAnother } from '../saved-by-another.ts'

export type ProductForm = Omit<
  NewRow<'products'>,
  'id' | 'archived_at' | 'created_at' | 'updated_at' | 'version'
>

/** What the form holds: the product's own fields, and all of its suppliers, of whom one at most is preferred. */
export type ProductParts = { form: ProductForm; suppliers: readonly ProductSupplier[] }

/** Makes a product with its suppliers. @throws InvalidForm where its code is taken or the tax rate is none */
export async function createProduct(db: Database, userId: string, parts: ProductParts): Promise<string> {
  return db
    .transaction()
    .execute(async (trx) => {
      const id = await insertProduct(trx, parts.form)
      await replaceSuppliersOfProduct(trx, id, parts.suppliers)
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'created',
        subject_type: 'product',
        subject_id: id,
      })
      return id
    })
    .catch(mistakesOf(parts.form))
}

/**
 * Saves a product and its suppliers. Documents keep what they took from it.
 * @throws InvalidForm where its code is taken, the tax rate is none, or somebody saved it since `version` was read; NotFound
 */
export async function saveProduct(
  db: Database,
  userId: string,
  id: string,
  change: ProductParts & { version: number | null },
): Promise<void> {
  await db
    .transaction()
    .execute(async (trx) => {
      const before = await lockProduct(trx, id)
      if (before === undefined) throw new NotFound()
      const [was, is] = [
        recorded({ ...before, unit_price: plainDecimal(before.unit_price) }),
        recorded(change.form),
      ]
      const suppliersBefore = await suppliersOf(trx, id)
      await refuseSaveOverAnother(
        trx,
        { type: 'product', id },
        { ...was, suppliers: suppliersBefore, version: before.version, updated_at: before.updated_at },
        { version: change.version, form: { ...is, suppliers: change.suppliers } },
      )
      await updateProduct(trx, id, change.form)
      await replaceSuppliersOfProduct(trx, id, change.suppliers)
      const suppliersAfter = await suppliersOf(trx, id)
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'updated',
        subject_type: 'product',
        subject_id: id,
        changes: differences({ ...was, suppliers: suppliersBefore }, { ...is, suppliers: suppliersAfter }),
      })
    })
    .catch(mistakesOf(change.form))
}

/** A product by the names of its form. */
function recorded({ unit_code: unit, ...form }: ProductForm) {
  return { ...form, unit }
}

/** The suppliers as the audit tells them. */
async function suppliersOf(trx: Trx, productId: string): Promise<string[]> {
  const rows = await listSuppliersOfProduct(trx, productId)
  return rows.map(supplierText)
}

/** A supplier of a product in one line. */
export function supplierText(row: Omit<ProductSupplier, 'supplier_id'> & { code: string }): string {
  return [
    row.code,
    row.supplier_code,
    row.purchase_price === null ? '' : `${plainDecimal(row.purchase_price)} ${row.currency}`,
    row.preferred ? 'preferred' : '',
  ]
    .filter((part) => part !== '')
    .join(', ')
}

function mistakesOf(form: ProductForm) {
  return mistakeOfConstraint({
    products_code_unique: {
      field: 'code',
      message: { key: 'directory.code.taken', params: { code: form.code } },
    },
    products_tax_rate: { field: 'tax_rate_id', message: { key: 'products.tax_rate.missing' } },
    products_currency: { field: 'currency', message: { key: 'directory.currency.unknown' } },
  })
}
