import { insertAudit } from '../../data/audit.ts'
import { takeFromBankLine } from '../../data/bank-lines.ts'
import type { Database } from '../../data/database.ts'
import { findTimeZone } from '../../data/order-lifecycle.ts'
import { findPayment, insertPayment } from '../../data/payments.ts'
import { InvalidForm, NotFound, Refused } from '../../errors.ts'
import { todayIn } from '../../lib/dates.ts'
import { add, moneyText, negate } from '../../lib/money.ts'
import { lockInvoiceOf } from '../invoices/lock-draft.ts'
import type { EnteredPayment } from './enter-payment.ts'
import { refusalsToUndo } from './payment-rules.ts'
import { settleStatusWithin } from './settle-status.ts'
import { oppositeShares } from './tax-shares.ts'

/**
 * Undoes a payment by an entry against it, dated the day it is undone, with a reason; what came off a bank's line is left over there
 * again.
 * @throws NotFound; InvalidForm without a reason; Refused where it is undone, is itself an entry against another, or was given back
 */
export async function undoPayment(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  invoiceId: string,
  paymentId: string,
  undoing: { reason: string; now: Date },
): Promise<EnteredPayment> {
  return db.transaction().execute(async (trx) => {
    const invoice = await lockInvoiceOf(trx, invoiceId, user.organisation_ids)
    const payment = await findPayment(trx, invoiceId, paymentId)
    if (payment === undefined) throw new NotFound()
    const refusals = refusalsToUndo({ ...payment, undone: payment.undone_by_id !== null }, invoice)
    if (refusals.length > 0) throw new Refused(refusals)
    if (undoing.reason === '')
      throw new InvalidForm([{ field: 'reason', message: { key: 'payments.reason.missing' } }])

    const { currency } = invoice
    const amount = moneyText(negate(payment.amount), currency)
    const id = await insertPayment(
      trx,
      {
        organisation_id: invoice.organisation_id,
        invoice_id: invoice.id,
        payment_date: todayIn(await findTimeZone(trx, invoice.organisation_id), undoing.now),
        amount,
        method: payment.method,
        reference: payment.reference,
        reverses_id: payment.id,
        reason: undoing.reason,
        bank_line_id: payment.bank_line_id,
        created_by: user.id,
      },
      oppositeShares(payment.taxes, currency),
    )
    if (payment.bank_line_id !== null) await takeFromBankLine(trx, payment.bank_line_id, payment.amount)
    const open = moneyText(add(invoice.open, payment.amount), currency)
    await insertAudit(trx, {
      by: { user_id: user.id },
      action: 'payment_undone',
      subject_type: 'invoice',
      subject_id: invoice.id,
      organisation_id: invoice.organisation_id,
      changes: {
        payment: { from: moneyText(payment.amount, currency), to: null },
        reason: { from: null, to: undoing.reason },
        open: { from: moneyText(invoice.open, currency), to: open },
      },
    })
    const { to } = await settleStatusWithin(trx, user.id, invoice.id)
    return { id, number: invoice.number ?? '', currency, amount, open, status: to, early: false }
  })
}
