import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { deleteExchangeRate } from '../../data/exchange-rates.ts'
import { NotFound } from '../../errors.ts'

/** Takes a wrong rate away. Issued invoices keep their own copy, so nothing issued changes. @throws NotFound */
export async function removeExchangeRate(db: Database, userId: string, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const gone = await deleteExchangeRate(trx, id)
    if (gone === undefined) throw new NotFound()
    const { from_currency, to_currency, rate_date, rate, source } = gone
    await insertAudit(trx, {
      by: { user_id: userId },
      action: 'deleted',
      subject_type: 'exchange_rate',
      subject_id: id,
      changes: { from_currency, to_currency, rate_date, rate, source },
    })
  })
}
