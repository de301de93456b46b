import type { Database } from '../../data/database.ts'
import { findTimeZone } from '../../data/order-lifecycle.ts'
import { InvalidForm, Refused } from '../../errors.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { todayIn } from '../../lib/dates.ts'
import type { PaymentMethod } from '../../lib/vocabulary.ts'
import { lockInvoiceOf } from '../invoices/lock-draft.ts'
import { type EnteredPayment, payLockedWithin } from './enter-payment.ts'
import { mistakesOfDate, refusalsToPayRest } from './payment-rules.ts'

/**
 * Sets an issued invoice to paid by entering what is still open. Saying it of one that is paid changes nothing.
 * @throws NotFound; Refused for a draft, a credit note, where nothing is open, or where money is to be given back;
 * InvalidForm on `paid_date` for a day ahead
 */
export async function payRest(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  invoiceId: string,
  payment: { paid_date: IsoDate | null; method: PaymentMethod; reference: string; now: Date },
): Promise<EnteredPayment | undefined> {
  return db.transaction().execute(async (trx) => {
    const invoice = await lockInvoiceOf(trx, invoiceId, user.organisation_ids)
    if (invoice.status === 'paid') return undefined
    const refusals = refusalsToPayRest(invoice)
    if (refusals.length > 0) throw new Refused(refusals)
    const today = todayIn(await findTimeZone(trx, invoice.organisation_id), payment.now)
    const payment_date = payment.paid_date ?? today
    const errors = mistakesOfDate(payment_date, today, 'paid_date')
    if (errors.length > 0) throw new InvalidForm(errors)
    const { method, reference } = payment
    return payLockedWithin(trx, user.id, invoice, { payment_date, amount: invoice.open, method, reference })
  })
}
