import type { Database } from '../../data/database.ts'
import { countPresetsOfPaymentTerm, lockPaymentTerm } from '../../data/payment-terms.ts'
import type { Refusal } from '../../errors.ts'
import { archive } from '../archival.ts'

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
  await archive(
    db,
    userId,
    { type: 'payment_term', id, archived },
    {
      lock: lockPaymentTerm,
      refusals: async (trx) => {
        return refusalsToArchivePaymentTerm({ organisations: await countPresetsOfPaymentTerm(trx, id) })
      },
    },
  )
}
