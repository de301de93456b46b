import { insertAudit } from '../../data/audit.ts'
import type { Database, Trx } from '../../data/database.ts'
import type { Invoice } from '../../data/invoices.ts'
import { findTimeZone } from '../../data/order-lifecycle.ts'
import { getBalance, insertPayment, listCreditedTaxes, sumShares } from '../../data/payments.ts'
import { insertSubmission, type SentForm } from '../../data/submissions.ts'
import { InvalidForm, Refused } from '../../errors.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { todayIn } from '../../lib/dates.ts'
import { add, moneyText, multiply, subtract } from '../../lib/money.ts'
import type { InvoiceStatus, PaymentMethod } from '../../lib/vocabulary.ts'
import { lockInvoiceOf } from '../invoices/lock-draft.ts'
import { entryOf, mistakesOfDate, refusalsToPay } from './payment-rules.ts'
import { settleStatusWithin } from './settle-status.ts'
import { taxShares } from './tax-shares.ts'

export type PaymentEntry = {
  payment_date: IsoDate
  /** As typed: above zero, also for what is given back. */
  amount: string
  method: PaymentMethod
  reference: string
}

export type EnteredPayment = {
  id: string
  number: string
  currency: string
  /** Below zero where money was given back. */
  amount: string
  open: string
  status: InvoiceStatus
  /** The payment lies before the invoice: entered all the same, and said. */
  early: boolean
}

type User = { id: string; organisation_ids: readonly string[] }

/**
 * Enters a payment of an issued invoice, under the invoice's lock, so that several at once never pay more than is open.
 * @throws NotFound; Refused for a draft, a credit note, or where nothing is open; InvalidForm for a day ahead or too much
 */
export async function enterPayment(
  db: Database,
  user: User,
  invoiceId: string,
  entry: PaymentEntry,
  options: { now: Date; sent?: SentForm | undefined },
): Promise<EnteredPayment> {
  return db.transaction().execute(async (trx) => {
    const invoice = await lockInvoiceOf(trx, invoiceId, user.organisation_ids)
    const refusals = refusalsToPay(invoice)
    if (refusals.length > 0) throw new Refused(refusals)
    const today = todayIn(await findTimeZone(trx, invoice.organisation_id), options.now)
    const found = entryOf(entry.amount, invoice)
    const errors = [
      ...mistakesOfDate(entry.payment_date, today, 'payment_date'),
      ...('error' in found ? [found.error] : []),
    ]
    if (errors.length > 0 || 'error' in found) throw new InvalidForm(errors)
    const entered = await payLockedWithin(trx, user.id, invoice, { ...entry, amount: found.amount })
    if (options.sent !== undefined) await insertSubmission(trx, options.sent, entered.id)
    return entered
  })
}

export type LockedPayment = PaymentEntry & { bank_line_id?: string; receipt_id?: string }

/** Writes a payment that the rules have passed, of an invoice that the transaction holds; its amount bears its sign. */
export async function payLockedWithin(
  trx: Trx,
  userId: string,
  invoice: Invoice,
  entry: LockedPayment,
): Promise<EnteredPayment> {
  const { currency } = invoice
  const amount = moneyText(entry.amount, currency)
  const { paid, open } = await getBalance(trx, invoice.id)
  const credited = await listCreditedTaxes(trx, invoice.id)
  const shares = taxShares({
    taxes: invoice.taxes.map((tax) => {
      const less = credited.filter((other) => other.category === tax.category && other.rate === tax.rate)
      return {
        category: tax.category,
        rate: tax.rate,
        base: less.reduce((so_far, other) => add(so_far, other.base), tax.base),
        amount: less.reduce((so_far, other) => add(so_far, other.amount), tax.amount),
      }
    }),
    issued: invoice.taxes,
    paid: add(paid, amount),
    before: await sumShares(trx, invoice.id),
    currency,
  })
  const id = await insertPayment(
    trx,
    {
      organisation_id: invoice.organisation_id,
      invoice_id: invoice.id,
      payment_date: entry.payment_date,
      amount,
      method: entry.method,
      reference: entry.reference,
      created_by: userId,
      ...(entry.bank_line_id === undefined ? {} : { bank_line_id: entry.bank_line_id }),
      ...(entry.receipt_id === undefined ? {} : { receipt_id: entry.receipt_id }),
    },
    shares,
  )
  const left = moneyText(subtract(open, amount), currency)
  await insertAudit(trx, {
    by: { user_id: userId },
    action: 'payment_entered',
    subject_type: 'invoice',
    subject_id: invoice.id,
    organisation_id: invoice.organisation_id,
    changes: {
      payment: { from: null, to: amount },
      payment_date: { from: null, to: entry.payment_date },
      open: { from: moneyText(open, currency), to: left },
    },
  })
  const status = await settleStatusWithin(trx, userId, invoice.id)
  return {
    id,
    number: invoice.number ?? '',
    currency,
    amount,
    open: left,
    status: status.to,
    early: entry.payment_date < invoice.document_date,
  }
}

/** What a payment comes to without its sign, for sentences that say the direction in words. */
export function sizeOf(amount: string): string {
  return amount.startsWith('-') ? multiply(amount, '-1') : amount
}
