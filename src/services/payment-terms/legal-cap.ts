import { addDays, type IsoDate } from '../../lib/dates.ts'
import { dueDate, type PaymentTerm } from './due-date.ts'

/**
 * Whether a term can go beyond what French law lets companies agree on: 60 days after the invoice or, where the term is of the end of
 * the month, 45 days end of month, in either way of counting it (Code de commerce, L441-10 I). A warning, never a refusal.
 *
 *     60 days                           no
 *     61 days                           yes
 *     45 days, end of month after       no
 *     60 days, end of month after       yes
 *     60 days, then the next 10th       yes
 */
export function exceedsFrenchCap(term: PaymentTerm): boolean {
  // Every day of a leap year and the next: months of each length in each order.
  return Array.from({ length: 731 }, (_, day) => addDays('2028-01-01', day)).some(
    (date) => dueDate(date, term) > latest(date, term),
  )
}

function latest(date: IsoDate, term: PaymentTerm): IsoDate {
  const days = addDays(date, 60)
  if (term.end_of_month === 'none') return days
  const endOfMonth = (rule: 'after' | 'before') =>
    dueDate(date, { days: 45, end_of_month: rule, day_of_month: null })
  return [days, endOfMonth('after'), endOfMonth('before')].sort().at(-1) ?? days
}
