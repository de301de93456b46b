import { differences, insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { insertSupplier, lockSupplier, updateSupplier } from '../../data/suppliers.ts'
import type { NewRow } from '../../data/tables.ts'
import { InvalidForm, NotFound } from '../../errors.ts'
import { mistakeOfConstraint } from '../constraint-mistakes.ts'

export type SupplierForm = Omit<
  NewRow<'suppliers'>,
  'id' | 'archived_at' | 'created_at' | 'updated_at' | 'version'
>

/** Makes a supplier. @throws InvalidForm where its code is taken */
export async function createSupplier(db: Database, userId: string, form: SupplierForm): Promise<string> {
  return db
    .transaction()
    .execute(async (trx) => {
      const id = await insertSupplier(trx, form)
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'created',
        subject_type: 'supplier',
        subject_id: id,
      })
      return id
    })
    .catch(
      mistakeOfConstraint({
        suppliers_code_unique: {
          field: 'code',
          message: { key: 'directory.code.taken', params: { code: form.code } },
        },
      }),
    )
}

/**
 * Saves a supplier.
 * @throws InvalidForm where its code is taken, or somebody saved it since `version` was read; NotFound
 */
export async function saveSupplier(
  db: Database,
  userId: string,
  id: string,
  change: { form: SupplierForm; version: number | null },
): Promise<void> {
  const { form, version } = change
  await db
    .transaction()
    .execute(async (trx) => {
      const before = await lockSupplier(trx, id)
      if (before === undefined) throw new NotFound()
      if (version !== null && version !== before.version) {
        throw new InvalidForm([{ field: 'version', message: { key: 'form.saved_by_another' } }])
      }
      await updateSupplier(trx, id, form)
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'updated',
        subject_type: 'supplier',
        subject_id: id,
        changes: differences(before, form),
      })
    })
    .catch(
      mistakeOfConstraint({
        suppliers_code_unique: {
          field: 'code',
          message: { key: 'directory.code.taken', params: { code: form.code } },
        },
      }),
    )
}
