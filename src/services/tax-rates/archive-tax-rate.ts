import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { countTaxRateUses, lockTaxRate, setTaxRateArchived } from '../../data/tax-rates.ts'
import { NotFound, type Refusal, Refused } from '../../errors.ts'

export type TaxRateUses = { products: number; organisations: number; treatments: number }

/** Why a rate cannot be archived: something would go on choosing it. Documents do not matter, they keep theirs. */
export function refusalsToArchiveTaxRate(uses: TaxRateUses): Refusal[] {
  const { products, organisations, treatments } = uses
  return [
    ...(products > 0
      ? [
          {
            code: 'products_have_it',
            message: { key: 'tax_rates.archive.products', params: { count: products } },
          } as const,
        ]
      : []),
    ...(organisations > 0
      ? [
          {
            code: 'organisations_preset_it',
            message: { key: 'tax_rates.archive.organisations', params: { count: organisations } },
          } as const,
        ]
      : []),
    ...(treatments > 0
      ? [{ code: 'treatments_lead_to_it', message: { key: 'tax_rates.archive.treatments' } } as const]
      : []),
  ]
}

/** Archives a tax rate, or takes it back into use. @throws Refused, NotFound */
export async function archiveTaxRate(
  db: Database,
  userId: string,
  id: string,
  archived: boolean,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await lockTaxRate(trx, id)
    if (before === undefined) throw new NotFound()
    if ((before.archived_at !== null) === archived) return
    const refusals = archived ? refusalsToArchiveTaxRate(await countTaxRateUses(trx, id)) : []
    if (refusals.length > 0) throw new Refused(refusals)
    await setTaxRateArchived(trx, id, archived)
    await insertAudit(trx, {
      by: { user_id: userId },
      action: archived ? 'archived' : 'restored',
      subject_type: 'tax_rate',
      subject_id: id,
    })
  })
}
