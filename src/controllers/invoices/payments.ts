import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { InvoiceRecord } from '../../data/invoices.ts'
import { listPaymentsOfInvoice, type Payment } from '../../data/payments.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { currencyDecimals } from '../../lib/currencies.ts'
import { todayIn } from '../../lib/dates.ts'
import { amountText } from '../../lib/decimal-text.ts'
import { Fields } from '../../lib/fields.ts'
import { choice, date, decimal, parseFields, text } from '../../lib/form-schema.ts'
import { formatsIn } from '../../lib/format.ts'
import { isNegative, moneyText, plainDecimal, subtract } from '../../lib/money.ts'
import { paymentMethods } from '../../lib/vocabulary.ts'
import { keptFields, sayErrors, sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { type Flash, viewerOf } from '../../plugins/sessions.ts'
import { type EnteredPayment, enterPayment, sizeOf } from '../../services/payments/enter-payment.ts'
import { payRest } from '../../services/payments/pay-rest.ts'
import { daysLate, refusalsToPay, refusalsToUndo } from '../../services/payments/payment-rules.ts'
import { sentence } from '../orders/head.ts'
import { addressesOf, getInvoice, invoiceHead } from './head.ts'
import { invoiceTabs } from './tabs.ts'

/** The tab Payments: what was entered, what is open before and after each, and the form for the next. */
export async function list(request: FastifyRequest, reply: FastifyReply) {
  const invoice = await getInvoice(request)
  if (wantsJson(request)) {
    const payments = await listPaymentsOfInvoice(request.server.db, invoice.id)
    return sendJson(reply, {
      items: payments.map((payment) => paymentJson(payment, invoice.currency)),
      next: null,
      total: payments.length,
    })
  }
  const kept = await keptFields(request)
  return paymentsPage(request, reply, invoice, { values: kept?.values(), errors: [] })
}

export async function create(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const invoice = await getInvoice(request)
  const at = addressesOf(request, invoice.id)
  const fields = withDate(fieldsOf(request))
  return submit(request, reply, {
    once: () => at.page('/payments'),
    act: async (sent) => {
      const form = valid(parseFields(paymentSchema(request, invoice), fields))
      const now = new Date()
      const entry = {
        payment_date: form.payment_date ?? todayIn(invoice.time_zone, now),
        amount: form.amount ?? invoice.open,
        method: form.method,
        reference: form.reference,
      }
      const entered = await enterPayment(db, viewerOf(request), invoice.id, entry, { now, sent })
      return { location: at.page('/payments'), flash: flashOf(entered) }
    },
    page: async (errors) =>
      paymentsPage(request, reply, await getInvoice(request), { values: fields.values(), errors }),
  })
}

/** `status=paid` of an invoice: enters what is left, on `paid_date` or today. */
export async function setPaid(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const invoice = await getInvoice(request)
  const at = addressesOf(request, invoice.id)
  return submit(request, reply, {
    act: async () => {
      const form = valid(parseFields(paidSchema, fieldsOf(request)))
      const entered = await payRest(db, viewerOf(request), invoice.id, { ...form, now: new Date() })
      const params = { number: invoice.number ?? '' }
      return {
        location: at.page(''),
        flash:
          entered === undefined ? { message: { key: 'payments.paid_already', params } } : flashOf(entered),
      }
    },
    page: (errors) => paymentsPage(request, reply, invoice, { values: undefined, errors }),
  })
}

const reference = text({ max: 200 })
const method = choice(paymentMethods, { preset: 'transfer' })
const paidSchema = z.object({ paid_date: date(), method, reference })

function paymentSchema(request: FastifyRequest, { currency }: InvoiceRecord) {
  return z.object({
    payment_date: date(),
    amount: decimal({ language: request.language, decimals: currencyDecimals(currency), currency }),
    method,
    reference,
  })
}

/** A program may name the day as the status does. */
function withDate(fields: Fields): Fields {
  const named = ['payment_date', 'paid_date', 'date'].find((name) => fields.text(name) !== '')
  return named === undefined || named === 'payment_date'
    ? fields
    : new Fields([...fields.without(named).entries, ['payment_date', fields.text(named)]])
}

function flashOf(entered: EnteredPayment): Flash {
  const { number, amount, open, currency, early } = entered
  return {
    message: {
      key: isNegative(amount) ? 'payments.entered.refund' : 'payments.entered',
      params: {
        number,
        payment_money: `${sizeOf(amount)} ${currency}`,
        open: plainDecimal(open) === '0' ? 'none' : 'some',
        open_money: `${sizeOf(open)} ${currency}`,
        early: early ? 'yes' : 'no',
      },
    },
  }
}

function paymentJson(payment: Payment, currency: string) {
  return {
    id: payment.id,
    payment_date: payment.payment_date,
    amount: moneyText(payment.amount, currency),
    currency,
    method: payment.method,
    reference: payment.reference,
    reverses_id: payment.reverses_id,
    reason: payment.reason,
    undone_by_id: payment.undone_by_id,
    taxes: payment.taxes.map(({ category, rate, amount, tax }) => ({
      category,
      rate: plainDecimal(rate),
      amount: moneyText(amount, currency),
      tax: moneyText(tax, currency),
    })),
    created_at: payment.created_at,
    created_by: payment.created_by_name,
  }
}

async function paymentsPage(
  request: FastifyRequest,
  reply: FastifyReply,
  invoice: InvoiceRecord,
  form: { values: Record<string, string> | undefined; errors: readonly FieldError[] },
) {
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const { currency, open } = invoice
  const at = addressesOf(request, invoice.id)
  const now = new Date()
  const payments = await listPaymentsOfInvoice(request.server.db, invoice.id)
  const refund = isNegative(open)
  const head = await invoiceHead(request, invoice)
  return reply.page({
    view: 'invoices/payments',
    title: t('payments.of', { number: invoice.number ?? t('invoices.draft') }),
    model: {
      // The next step of this page is its form.
      head: { ...head, main: undefined },
      tabs: await invoiceTabs(request, invoice, 'payments'),
      invoice,
      refund,
      /** What is to be paid, or given back, without its sign. */
      owed: sizeOf(moneyText(open, currency)),
      late: daysLate(invoice, now),
      payments: withBalances(payments, invoice).map((payment) => ({
        ...payment,
        early: payment.payment_date < invoice.document_date,
        taxes: payment.taxes.map(({ rate, tax }) =>
          t('payments.tax_at', {
            tax_money: `${moneyText(tax, currency)} ${currency}`,
            rate: formats.percent(rate),
          }),
        ),
        undo:
          refusalsToUndo({ ...payment, undone: payment.undone_by_id !== null }, invoice).length > 0
            ? undefined
            : at.page(`/payments/${payment.id}/reversal`),
        undoLabel: t('payments.undo.of', {
          payment_money: `${moneyText(payment.amount, currency)} ${currency}`,
          payment_date: payment.payment_date,
        }),
      })),
      /** Why there is no form; '' where there is one. */
      refusal: sentence(request, refusalsToPay(invoice)) ?? '',
      post: at.page('/payments'),
      values: form.values ?? presets(invoice, now, request.language),
      key: form.values?.['idempotency_key'] ?? randomUUID(),
      methods: paymentMethods.map((value) => ({ value, label: t(`payments.method.${value}`) })),
      today: todayIn(invoice.time_zone, now),
      errors: sayErrors(request, form.errors),
    },
  })
}

function presets(invoice: InvoiceRecord, now: Date, language: FastifyRequest['language']) {
  return {
    payment_date: todayIn(invoice.time_zone, now),
    amount: amountText(sizeOf(moneyText(invoice.open, invoice.currency)), language, invoice.currency),
    method: 'transfer',
    reference: '',
  }
}

/** What was open after each entry, as they were entered; what was credited meanwhile counts from the start. */
function withBalances(payments: readonly Payment[], invoice: InvoiceRecord) {
  let open = subtract(invoice.gross, invoice.credited)
  return payments.map((payment) => {
    open = subtract(open, payment.amount)
    return { ...payment, after: moneyText(open, invoice.currency) }
  })
}
