import type { Refusal } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { daysBetween, type IsoDate, todayIn } from '../../lib/dates.ts'
import { compare, isNegative, isZero, moneyText, negate } from '../../lib/money.ts'
import type { InvoiceStatus } from '../../lib/vocabulary.ts'

/** How an invoice stands, for whoever pays: `open` is gross less what is credited and paid. */
export type Balance = {
  readonly number: string | null
  readonly kind: 'invoice' | 'deposit' | 'credit_note'
  readonly issued_at: string | null
  readonly currency: string
  readonly open: string
  readonly paid: string
}

/** Why no payment can be entered; empty where one can. */
export function refusalsToPay(invoice: Balance): readonly Refusal[] {
  const params = { number: invoice.number ?? '' }
  if (invoice.kind === 'credit_note')
    return [{ code: 'credit_note', message: { key: 'payments.refused.credit_note', params } }]
  if (invoice.issued_at === null) return [{ code: 'draft', message: { key: 'payments.refused.draft' } }]
  if (isZero(invoice.open))
    return [{ code: 'nothing_open', message: { key: 'payments.refused.nothing_open', params } }]
  return []
}

/** Why an invoice cannot be set to paid; what is left is entered where it can. */
export function refusalsToPayRest(invoice: Balance): readonly Refusal[] {
  const refusals = refusalsToPay(invoice)
  if (refusals.length > 0 || !isNegative(invoice.open)) return refusals
  const params = { number: invoice.number ?? '', open_money: moneyOf(negate(invoice.open), invoice.currency) }
  return [{ code: 'refund_due', message: { key: 'payments.refused.refund_due', params } }]
}

/**
 * What an entry of an amount as typed comes to: as it is on what is open, below zero on what is to be given back.
 *
 *     open 240.00     100   100.00          250   more than is open     -5   below zero
 *     open -40.00      40   -40.00          -40   -40.00                50   more than is to be given back
 */
export function entryOf(typed: string, invoice: Balance): { amount: string } | { error: FieldError } {
  const { open, currency } = invoice
  const refund = isNegative(open)
  const wrong = (key: 'missing' | 'below_zero' | 'too_much' | 'too_much_refund'): { error: FieldError } => ({
    error: {
      field: 'amount',
      message: {
        key: `payments.amount.${key}`,
        params: { open_money: moneyOf(refund ? negate(open) : open, currency) },
      },
    },
  })
  if (isZero(typed)) return wrong('missing')
  if (!refund && isNegative(typed)) return wrong('below_zero')
  const size = isNegative(typed) ? negate(typed) : typed
  if (compare(size, refund ? negate(open) : open) > 0) return wrong(refund ? 'too_much_refund' : 'too_much')
  return { amount: moneyText(refund ? negate(size) : size, currency) }
}

/** The day of a payment: money that has not come is not entered. */
export function mistakesOfDate(date: IsoDate, today: IsoDate, field: string): FieldError[] {
  if (date <= today) return []
  return [{ field, message: { key: 'payments.date.future', params: { today_date: today } } }]
}

/** Why an entry cannot be undone; empty where it can. */
export function refusalsToUndo(
  payment: { readonly amount: string; readonly reverses_id: string | null; readonly undone: boolean },
  invoice: Balance,
): readonly Refusal[] {
  if (payment.reverses_id !== null)
    return [{ code: 'counter_entry', message: { key: 'payments.refused.counter_entry' } }]
  if (payment.undone) return [{ code: 'undone', message: { key: 'payments.refused.undone' } }]
  if (compare(payment.amount, invoice.paid) > 0)
    return [{ code: 'refunded', message: { key: 'payments.refused.refunded' } }]
  return []
}

/** The status that follows from the balance; `before` is what the invoice was before it was paid. */
export function statusByBalance(
  invoice: Balance & { readonly status: InvoiceStatus },
  before: 'approved' | 'sent',
): InvoiceStatus {
  const settled = isZero(invoice.open) && compare(invoice.paid, '0') > 0
  if (settled) return 'paid'
  return invoice.status === 'paid' ? before : invoice.status
}

/** How many days an invoice is overdue on its organisation's own day; none where nothing is owed or it is not yet due. */
export function daysLate(
  invoice: { readonly open: string; readonly due_date: IsoDate; readonly time_zone: string },
  now: Date,
): number {
  if (compare(invoice.open, '0') <= 0) return 0
  return Math.max(0, daysBetween(invoice.due_date, todayIn(invoice.time_zone, now)))
}

/** An amount as a sentence takes it, formatted where it is said. */
function moneyOf(amount: string, currency: string): string {
  return `${moneyText(amount, currency)} ${currency}`
}
