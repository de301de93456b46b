import { insertAudit } from '../../data/audit.ts'
import { deleteContact as deleteRow, isContactNamed, lockContact } from '../../data/contacts.ts'
import type { Database } from '../../data/database.ts'
import { NotFound, type Refusal, Refused } from '../../errors.ts'

/** Why a contact cannot be deleted: documents that name it would lose it. */
export function refusalsToDeleteContact(contact: { named: boolean }): Refusal[] {
  return contact.named ? [{ code: 'contact_named', message: { key: 'contacts.deletion.named' } }] : []
}

/**
 * Deletes a contact that no document names; locking it makes an order that is just being saved with it wait. The audit keeps its id
 * alone: whoever is deleted is not kept by name. @throws NotFound, Refused
 */
export async function deleteContact(db: Database, userId: string, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await lockContact(trx, id)
    if (before === undefined) throw new NotFound()
    const refusals = refusalsToDeleteContact({ named: await isContactNamed(trx, id) })
    if (refusals.length > 0) throw new Refused(refusals)
    await deleteRow(trx, id)
    await insertAudit(trx, {
      by: { user_id: userId },
      action: 'deleted',
      subject_type: 'contact',
      subject_id: id,
    })
  })
}
