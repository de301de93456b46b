import {
  findAccount,
  insertAccount,
  listAccountCodes,
  listAncestorIds,
  lockAccount,
  lockAccountParents,
  updateAccount,
} from '../../data/accounts.ts'
import { differences, insertAudit } from '../../data/audit.ts'
import type { Database, Trx } from '../../data/database.ts'
import { listOfferedPaymentTerms } from '../../data/payment-terms.ts'
import type { NewRow, Row } from '../../data/tables.ts'
import { InvalidForm, NotFound } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import type { Address } from '../../lib/address.ts'
import { mistakeOfConstraint } from '../constraint-mistakes.ts'
import { proposedCode, stemOfCode } from '../proposed-code.ts'
import { refuseSaveOverAnother } from '../saved-by-another.ts'
import { type AccountForm, mistakesOfAccount } from './account-form.ts'

/** Makes an account; an empty code is made from the name. @throws InvalidForm */
export async function createAccount(db: Database, userId: string, typed: AccountForm): Promise<string> {
  const form = completed(typed)
  return db
    .transaction()
    .execute(async (trx) => {
      const mistakes = [...mistakesOfAccount(form), ...(await mistakesOfReferences(trx, form, undefined))]
      if (mistakes.length > 0) throw new InvalidForm(mistakes)
      const code = form.code || proposedCode(form.name, await listAccountCodes(trx, stemOfCode(form.name)))
      const id = await insertAccount(trx, rowOf({ ...form, code }))
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'created',
        subject_type: 'account',
        subject_id: id,
      })
      return id
    })
    .catch(mistakeOfConstraint(constraintMistakes(form)))
}

/**
 * Saves an account. Orders and invoices keep their own copies of its name and addresses.
 * @throws InvalidForm (SavedByAnother where somebody saved it since `version` was read); NotFound
 */
export async function saveAccount(
  db: Database,
  userId: string,
  id: string,
  change: { form: AccountForm; version: number | null },
): Promise<void> {
  const form = completed(change.form)
  await db
    .transaction()
    .execute(async (trx) => {
      if (form.parent_id !== null) await lockAccountParents(trx)
      const before = await lockAccount(trx, id)
      if (before === undefined) throw new NotFound()
      const comparable = { ...before, shipping_address: inOrder(before.shipping_address) }
      await refuseSaveOverAnother(trx, { type: 'account', id }, comparable, { version: change.version, form })
      const mistakes = [...mistakesOfAccount(form), ...(await mistakesOfReferences(trx, form, before))]
      if (form.code === '') mistakes.unshift({ field: 'code', message: { key: 'directory.code.missing' } })
      if (mistakes.length > 0) throw new InvalidForm(mistakes)
      await updateAccount(trx, id, rowOf(form))
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'updated',
        subject_type: 'account',
        subject_id: id,
        changes: differences(comparable, form),
      })
    })
    .catch(mistakeOfConstraint(constraintMistakes(form)))
}

/** A SIRET holds its SIREN: whoever typed only the former has said both. */
function completed(form: AccountForm): AccountForm {
  const siren = form.siren === '' && form.siret.length === 14 ? form.siret.slice(0, 9) : form.siren
  return { ...form, siren, shipping_address: inOrder(form.shipping_address) }
}

// jsonb keeps keys in an order of its own; for comparing they need one of ours.
function inOrder(address: Address | null): Address | null {
  if (address === null) return null
  const { name, street, street_2, street_3, postal_code, city, region, country } = address
  return { name, street, street_2, street_3, postal_code, city, region, country }
}

function rowOf(form: AccountForm): NewRow<'accounts'> {
  const { shipping_address } = form
  return {
    ...form,
    shipping_address: shipping_address === null ? null : JSON.stringify(shipping_address),
  }
}

async function mistakesOfReferences(
  trx: Trx,
  form: AccountForm,
  before: Row<'accounts'> | undefined,
): Promise<FieldError[]> {
  const mistakes: FieldError[] = []
  const terms = await listOfferedPaymentTerms(trx, before?.payment_term_id)
  if (form.payment_term_id !== null && !terms.some((term) => term.id === form.payment_term_id))
    mistakes.push({ field: 'payment_term_id', message: { key: 'form.reference.unknown' } })
  const parent = form.parent_id === null ? null : await mistakeOfParent(trx, form.parent_id, before)
  return parent === null ? mistakes : [...mistakes, parent]
}

async function mistakeOfParent(
  trx: Trx,
  parentId: string,
  before: Row<'accounts'> | undefined,
): Promise<FieldError | null> {
  if (parentId === before?.id) return { field: 'parent_id', message: { key: 'accounts.parent.itself' } }
  const parent = await findAccount(trx, parentId)
  if (parent === undefined) return { field: 'parent_id', message: { key: 'form.reference.unknown' } }
  if (parent.archived_at !== null && parentId !== before?.parent_id)
    return { field: 'parent_id', message: { key: 'accounts.parent.archived', params: { name: parent.name } } }
  if (before !== undefined && (await listAncestorIds(trx, parentId)).includes(before.id))
    return { field: 'parent_id', message: { key: 'accounts.parent.below', params: { name: parent.name } } }
  return null
}

function constraintMistakes(form: AccountForm): Record<string, FieldError> {
  return {
    accounts_code_unique: {
      field: 'code',
      message: { key: 'directory.code.taken', params: { code: form.code || stemOfCode(form.name) } },
    },
    accounts_currency: { field: 'currency', message: { key: 'directory.currency.unknown' } },
  }
}
