import type { FieldError } from '../../languages/catalog.ts'
import { isCurrency } from '../../lib/currencies.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { compare } from '../../lib/money.ts'

/** One unit of the first currency is so many of the second. */
export type ExchangeRateForm = {
  readonly from_currency: string
  readonly to_currency: string
  readonly rate_date: IsoDate
  readonly rate: string
}

/** Below and above it no currency of the world stands to another. */
const [lowest, highest] = ['0.000000001', '999999999']

/** What is wrong with a rate: two different currencies that exist, a rate above zero, a day that has come. */
export function mistakesOfExchangeRate(form: ExchangeRateForm, today: IsoDate): FieldError[] {
  const mistakes: FieldError[] = []
  for (const field of ['from_currency', 'to_currency'] as const) {
    if (!isCurrency(form[field]))
      mistakes.push({ field, message: { key: 'exchange.currency.unknown', params: { typed: form[field] } } })
  }
  if (mistakes.length === 0 && form.from_currency === form.to_currency)
    mistakes.push({ field: 'to_currency', message: { key: 'exchange.currency.same' } })
  if (compare(form.rate, lowest) < 0 || compare(form.rate, highest) > 0)
    mistakes.push({ field: 'rate', message: { key: 'exchange.rate.wrong' } })
  if (form.rate_date > today)
    mistakes.push({
      field: 'rate_date',
      message: { key: 'exchange.date.future', params: { today_date: today } },
    })
  return mistakes
}
