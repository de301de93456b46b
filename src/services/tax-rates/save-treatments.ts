import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import {
  listTreatmentRates,
  lockTaxRatesInUse,
  replaceTreatmentRates,
  type TreatmentRate,
} from '../../data/tax-rates.ts'
import { InvalidForm } from '../../errors.ts'

/**
 * Saves what each treatment makes of a product's rate; a pair that is left out leaves the product's own. Documents keep theirs.
 * @throws InvalidForm where a rate does not exist or is archived
 */
export async function saveTreatments(
  db: Database,
  userId: string,
  rates: readonly TreatmentRate[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // Locking the rates makes a second save wait, so that the two do not mix.
    const known = new Set(await lockTaxRatesInUse(trx))
    const errors = rates
      .filter((rate) => !known.has(rate.tax_rate_id))
      .map((rate) => ({ field: pairOf(rate), message: { key: 'form.reference.unknown' } as const }))
    if (errors.length > 0) throw new InvalidForm(errors)
    const before = byPair(await listTreatmentRates(trx))
    const after = byPair(rates)
    await replaceTreatmentRates(trx, rates)
    for (const pair of new Set([...before.keys(), ...after.keys()])) {
      const [from = null, to = null] = [before.get(pair), after.get(pair)]
      const subject = to ?? from
      if (from === to || subject === null) continue
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'updated',
        subject_type: 'tax_treatment',
        subject_id: subject,
        changes: { [pair]: { from, to } },
      })
    }
  })
}

/** The name of a pair's form field: `eu_business_goods`. */
export function pairOf(rate: Pick<TreatmentRate, 'treatment' | 'supply'>): string {
  return `${rate.treatment}_${rate.supply}`
}

function byPair(rates: readonly TreatmentRate[]): Map<string, string> {
  return new Map(rates.map((rate) => [pairOf(rate), rate.tax_rate_id]))
}
