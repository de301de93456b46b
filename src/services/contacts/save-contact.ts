import { findAccount } from '../../data/accounts.ts'
import { differences, insertAudit } from '../../data/audit.ts'
import { insertContact, lockContact, updateContact } from '../../data/contacts.ts'
import type { Database, Trx } from '../../data/database.ts'
import type { Row } from '../../data/tables.ts'
import { InvalidForm, NotFound } from '../../errors.ts'
import { mistakeOfConstraint } from '../constraint-mistakes.ts'
import { refuseSaveOverAnother } from '../saved-by-another.ts'

export type ContactForm = Omit<
  Row<'contacts'>,
  'id' | 'archived_at' | 'created_at' | 'updated_at' | 'version' | 'search_text'
>

/** Makes a contact of an account in use. @throws InvalidForm */
export async function createContact(db: Database, userId: string, form: ContactForm): Promise<string> {
  return db.transaction().execute(async (trx) => {
    await refuseWrongAccount(trx, form.account_id, undefined)
    const id = await insertContact(trx, form)
    await insertAudit(trx, {
      by: { user_id: userId },
      action: 'created',
      subject_type: 'contact',
      subject_id: id,
    })
    return id
  })
}

/**
 * Saves a contact. It moves to another account only while no order names it: an order's contact is one of its account's.
 * @throws InvalidForm (SavedByAnother where somebody saved it since `version` was read); NotFound
 */
export async function saveContact(
  db: Database,
  userId: string,
  id: string,
  change: { form: ContactForm; version: number | null },
): Promise<void> {
  const { form } = change
  await db
    .transaction()
    .execute(async (trx) => {
      const before = await lockContact(trx, id)
      if (before === undefined) throw new NotFound()
      await refuseSaveOverAnother(trx, { type: 'contact', id }, before, change)
      await refuseWrongAccount(trx, form.account_id, before.account_id)
      await updateContact(trx, id, form)
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'updated',
        subject_type: 'contact',
        subject_id: id,
        changes: differences(before, form),
      })
    })
    .catch(
      mistakeOfConstraint({
        customer_orders_contact: { field: 'account_id', message: { key: 'contacts.account.named' } },
      }),
    )
}

async function refuseWrongAccount(trx: Trx, accountId: string, before: string | undefined): Promise<void> {
  if (accountId === before) return
  const account = await findAccount(trx, accountId)
  if (account === undefined)
    throw new InvalidForm([{ field: 'account_id', message: { key: 'form.reference.unknown' } }])
  if (account.archived_at === null) return
  const message = { key: 'contacts.account.archived', params: { name: account.name } } as const
  throw new InvalidForm([{ field: 'account_id', message }])
}
