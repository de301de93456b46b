import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { insertExchangeRate } from '../../data/exchange-rates.ts'
import { InvalidForm } from '../../errors.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { mistakeOfConstraint } from '../constraint-mistakes.ts'
import { type ExchangeRateForm, mistakesOfExchangeRate } from './exchange-rate.ts'

/** Enters one rate of one day. @throws InvalidForm, also where the pair has a rate of that day already */
export async function enterExchangeRate(
  db: Database,
  userId: string,
  form: ExchangeRateForm,
  today: IsoDate,
): Promise<string> {
  const mistakes = mistakesOfExchangeRate(form, today)
  if (mistakes.length > 0) throw new InvalidForm(mistakes)
  return db
    .transaction()
    .execute(async (trx) => {
      const id = await insertExchangeRate(trx, { ...form, created_by: userId })
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'created',
        subject_type: 'exchange_rate',
        subject_id: id,
        changes: { ...form },
      })
      return id
    })
    .catch(
      mistakeOfConstraint({
        exchange_rates_pkey: {
          field: 'rate_date',
          message: {
            key: 'exchange.taken',
            params: { from: form.from_currency, to: form.to_currency, rate_date: form.rate_date },
          },
        },
      }),
    )
}
