import type { Database } from '../../data/database.ts'
import { countTaxRateUses, lockTaxRate } from '../../data/tax-rates.ts'
import type { Refusal } from '../../errors.ts'
import { archive } from '../archival.ts'

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
  await archive(
    db,
    userId,
    { type: 'tax_rate', id, archived },
    { lock: lockTaxRate, refusals: async (trx) => refusalsToArchiveTaxRate(await countTaxRateUses(trx, id)) },
  )
}
