import { randomUUID } from 'node:crypto'
import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { upsertExchangeRates } from '../../data/exchange-rates.ts'
import type { ExchangeRateForm } from './exchange-rate.ts'

export type ImportedRates = { created: number; changed: number; known: number }

/** So many rates go to the database in one statement. */
const chunk = 10_000

/** Takes the rates of a file, all or none; those of pairs and days that are there already are replaced where they differ. */
export async function importExchangeRates(
  db: Database,
  userId: string,
  rates: readonly ExchangeRateForm[],
  source: string,
): Promise<ImportedRates> {
  return db.transaction().execute(async (trx) => {
    const figures = { created: 0, changed: 0, known: rates.length }
    for (let start = 0; start < rates.length; start += chunk) {
      const written = await upsertExchangeRates(trx, rates.slice(start, start + chunk), {
        source,
        user_id: userId,
      })
      figures.created += written.created
      figures.changed += written.changed
      figures.known -= written.created + written.changed
    }
    await insertAudit(trx, {
      by: { user_id: userId },
      action: 'imported',
      subject_type: 'exchange_rate',
      subject_id: randomUUID(),
      changes: { source, ...figures },
    })
    return figures
  })
}
