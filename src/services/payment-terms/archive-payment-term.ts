import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import {
  countPresetsOfPaymentTerm,
  lockPaymentTerm,
  setPaymentTermArchived,
} from '../../data/payment-terms.ts'
import { NotFound, type Refusal, Refused } from '../../errors.ts'

/** Why a term cannot be archived: new documents would go on taking it. Accounts and recurrences that name it keep it. */
export function refusalsToArchivePaymentTerm(uses: { organisations: number }): Refusal[] {
  if (uses.organisations === 0) return []
  const message = {
    key: 'payment_terms.archive.organisations',
    params: { count: uses.organisations },
  } as const
  return [{ code: 'organisations_preset_it', message }]
}

/** Archives a payment term, or takes it back into use. @throws Refused, NotFound */
export async function archivePaymentTerm(
  db: Database,
  userId: string,
  id: string,
  archived: boolean,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await lockPaymentTerm(trx, id)
    if (before === undefined) throw new NotFound()
    if ((before.archived_at !== null) === archived) return
    const organisations = archived ? await countPresetsOfPaymentTerm(trx, id) : 0
    const refusals = refusalsToArchivePaymentTerm({ organisations })
    if (refusals.length > 0) throw new Refused(refusals)
    await setPaymentTermArchived(trx, id, archived)
    await insertAudit(trx, {
      by: { user_id: userId },
      action: archived ? 'archived' : 'restored',
      subject_type: 'payment_term',
      subject_id: id,
    })
  })
}
