import { countUsesOfAccount, deleteAccount as deleteRow, lockAccount } from '../../data/accounts.ts'
import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { countOfOwner } from '../../data/owners.ts'
import { NotFound, type Refusal, Refused } from '../../errors.ts'
import { withRefusalsOfFiled } from '../filed-refusals.ts'

/** Why an account cannot be deleted; nothing when it can. */
export function refusalsToDeleteAccount(uses: {
  documents: boolean
  contacts: number
  children: number
}): Refusal[] {
  const refusals: Refusal[] = []
  if (uses.documents)
    refusals.push({ code: 'has_documents', message: { key: 'accounts.deletion.has_documents' } })
  if (uses.contacts > 0)
    refusals.push({
      code: 'has_contacts',
      message: { key: 'accounts.deletion.has_contacts', params: { count: uses.contacts } },
    })
  if (uses.children > 0)
    refusals.push({
      code: 'has_children',
      message: { key: 'accounts.deletion.has_children', params: { count: uses.children } },
    })
  return refusals
}

/** Deletes an account that nothing names; locking it makes whatever is just being saved with it wait. @throws NotFound, Refused */
export async function deleteAccount(db: Database, userId: string, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await lockAccount(trx, id)
    if (before === undefined) throw new NotFound()
    const filed = await countOfOwner(trx, { kind: 'account', id }, '-infinity')
    const refusals = withRefusalsOfFiled(refusalsToDeleteAccount(await countUsesOfAccount(trx, id)), filed)
    if (refusals.length > 0) throw new Refused(refusals)
    await deleteRow(trx, id)
    await insertAudit(trx, {
      by: { user_id: userId },
      action: 'deleted',
      subject_type: 'account',
      subject_id: id,
      changes: { code: { from: before.code, to: null }, name: { from: before.name, to: null } },
    })
  })
}
