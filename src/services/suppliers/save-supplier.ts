import { differences, insertAudit } from '../../data/audit.ts'
import type { Database, Trx } from '../../data/database.ts'
import { listOfferedPaymentTerms } from '../../data/payment-terms.ts'
import { insertSupplier, listSupplierCodes, lockSupplier, updateSupplier } from '../../data/suppliers.ts'
import type { Row } from '../../data/tables.ts'
import { InvalidForm, NotFound } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { mistakesOfCompany } from '../company-identifiers.ts'
import { mistakeOfConstraint } from '../constraint-mistakes.ts'
import { proposedCode, stemOfCode } from '../proposed-code.ts'
import { refuseSaveOverAnother } from '../saved-by-another.ts'

/** A supplier as its form gives it; identifiers compact. An empty code of a new supplier is made from the name. */
export type SupplierForm = Omit<
  Row<'suppliers'>,
  'id' | 'archived_at' | 'created_at' | 'updated_at' | 'version' | 'search_text'
>

/** Makes a supplier. @throws InvalidForm */
export async function createSupplier(db: Database, userId: string, form: SupplierForm): Promise<string> {
  return db
    .transaction()
    .execute(async (trx) => {
      await refuseMistakes(trx, form, null)
      const code = form.code || proposedCode(form.name, await listSupplierCodes(trx, stemOfCode(form.name)))
      const id = await insertSupplier(trx, { ...form, code })
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'created',
        subject_type: 'supplier',
        subject_id: id,
      })
      return id
    })
    .catch(mistakeOfConstraint(constraintMistakes(form)))
}

/**
 * Saves a supplier.
 * @throws InvalidForm (SavedByAnother where somebody saved it since `version` was read); NotFound
 */
export async function saveSupplier(
  db: Database,
  userId: string,
  id: string,
  change: { form: SupplierForm; version: number | null },
): Promise<void> {
  const { form } = change
  await db
    .transaction()
    .execute(async (trx) => {
      const before = await lockSupplier(trx, id)
      if (before === undefined) throw new NotFound()
      await refuseSaveOverAnother(trx, { type: 'supplier', id }, before, change)
      if (form.code === '')
        throw new InvalidForm([{ field: 'code', message: { key: 'directory.code.missing' } }])
      await refuseMistakes(trx, form, before.payment_term_id)
      await updateSupplier(trx, id, form)
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'updated',
        subject_type: 'supplier',
        subject_id: id,
        changes: differences(before, form),
      })
    })
    .catch(mistakeOfConstraint(constraintMistakes(form)))
}

async function refuseMistakes(trx: Trx, form: SupplierForm, termBefore: string | null): Promise<void> {
  const mistakes = mistakesOfCompany({ ...form, siret: '' })
  const terms = await listOfferedPaymentTerms(trx, termBefore)
  if (form.payment_term_id !== null && !terms.some((term) => term.id === form.payment_term_id))
    mistakes.push({ field: 'payment_term_id', message: { key: 'form.reference.unknown' } })
  if (mistakes.length > 0) throw new InvalidForm(mistakes)
}

function constraintMistakes(form: SupplierForm): Record<string, FieldError> {
  return {
    suppliers_code_unique: {
      field: 'code',
      message: { key: 'directory.code.taken', params: { code: form.code || stemOfCode(form.name) } },
    },
    suppliers_currency: { field: 'currency', message: { key: 'directory.currency.unknown' } },
  }
}
