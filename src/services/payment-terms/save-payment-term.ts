import { differences, insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { insertPaymentTerm, lockPaymentTerm, updatePaymentTerm } from '../../data/payment-terms.ts'
import type { NewRow } from '../../data/tables.ts'
import { NotFound } from '../../errors.ts'
import { mistakeOfConstraint } from '../constraint-mistakes.ts'
import { refuseSaveOverAnother } from '../saved-by-another.ts'

export type PaymentTermForm = Omit<
  NewRow<'payment_terms'>,
  'id' | 'archived_at' | 'created_at' | 'updated_at' | 'version'
>

/** Makes a payment term. @throws InvalidForm where its code is taken */
export async function createPaymentTerm(
  db: Database,
  userId: string,
  form: PaymentTermForm,
): Promise<string> {
  return db
    .transaction()
    .execute(async (trx) => {
      const id = await insertPaymentTerm(trx, form)
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'created',
        subject_type: 'payment_term',
        subject_id: id,
      })
      return id
    })
    .catch(codeTaken(form))
}

/** Saves a payment term: invoices made from now on follow it, those there are keep their due date. @throws InvalidForm, NotFound */
export async function savePaymentTerm(
  db: Database,
  userId: string,
  id: string,
  change: { form: PaymentTermForm; version: number | null },
): Promise<void> {
  const { form, version } = change
  await db
    .transaction()
    .execute(async (trx) => {
      const before = await lockPaymentTerm(trx, id)
      if (before === undefined) throw new NotFound()
      await refuseSaveOverAnother(trx, { type: 'payment_term', id }, before, { version, form })
      await updatePaymentTerm(trx, id, form)
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'updated',
        subject_type: 'payment_term',
        subject_id: id,
        changes: differences(before, form),
      })
    })
    .catch(codeTaken(form))
}

function codeTaken(form: PaymentTermForm) {
  return mistakeOfConstraint({
    payment_terms_code_unique: {
      field: 'code',
      message: { key: 'directory.code.taken', params: { code: form.code } },
    },
  })
}
