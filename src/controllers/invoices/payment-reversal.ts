import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { findPayment, wasSent } from '../../data/payments.ts'
import { NotFound } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { say, translator } from '../../languages/translate.ts'
import { parseFields, text } from '../../lib/form-schema.ts'
import { add, moneyText, subtract } from '../../lib/money.ts'
import { sayErrors, submit, valid } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { refusalsToUndo, statusByBalance } from '../../services/payments/payment-rules.ts'
import { undoPayment } from '../../services/payments/undo-payment.ts'
import { idOf } from '../params.ts'
import { addressesOf, getInvoice } from './head.ts'

/** Asks before a payment is undone, or says why it stays. */
export async function confirm(request: FastifyRequest, reply: FastifyReply) {
  return reversalPage(request, reply, { values: {}, errors: [] })
}

export async function create(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const invoice = await getInvoice(request)
  const id = idOf(request, 'payment_id')
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const { reason } = valid(parseFields(z.object({ reason: text({ max: 500 }) }), fields))
      const undone = await undoPayment(db, viewerOf(request), invoice.id, id, { reason, now: new Date() })
      const payment_money = `${undone.amount.replace('-', '')} ${undone.currency}`
      return {
        location: addressesOf(request, invoice.id).page('/payments'),
        flash: {
          message: { key: 'payments.undone.done', params: { number: undone.number, payment_money } },
        },
      }
    },
    page: (errors) => reversalPage(request, reply, { values: fields.values(), errors }),
  })
}

async function reversalPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: { values: Record<string, string>; errors: readonly FieldError[] },
) {
  const { db } = request.server
  const t = translator(request.language)
  const invoice = await getInvoice(request)
  const payment = await findPayment(db, invoice.id, idOf(request, 'payment_id'))
  if (payment === undefined) throw new NotFound()
  const { currency } = invoice
  const at = addressesOf(request, invoice.id)
  const number = invoice.number ?? ''
  const crumbs = [
    { label: t('invoices.title'), href: at.list },
    { label: number, href: at.page('') },
    { label: t('payments.title'), href: at.page('/payments') },
  ]
  const refusals = refusalsToUndo({ ...payment, undone: payment.undone_by_id !== null }, invoice)
  if (refusals.length > 0) {
    return reply.page({
      view: 'orders/not-now',
      title: t('payments.reversal.refused'),
      model: {
        crumbs,
        reasons: refusals.map(({ message }) => say(request.language, message)),
        waysOut: [],
        back: at.page('/payments'),
      },
    })
  }
  const money = (amount: string) => `${moneyText(amount, currency)} ${currency}`
  const after = { open: add(invoice.open, payment.amount), paid: subtract(invoice.paid, payment.amount) }
  const before = (await wasSent(db, invoice.id)) ? 'sent' : 'approved'
  const status = statusByBalance({ ...invoice, ...after }, before)
  return reply.page({
    view: 'invoices/payment-reversal',
    title: t('payments.reversal.title'),
    model: {
      crumbs,
      values: form.values,
      errors: sayErrors(request, form.errors),
      confirm: {
        consequences: [
          t('payments.reversal.what', {
            payment_money: money(payment.amount),
            payment_date: payment.payment_date,
            number,
          }),
          t('payments.reversal.balance', {
            before_money: money(invoice.open),
            after_money: money(after.open),
          }),
          ...(status === invoice.status
            ? []
            : [t('payments.reversal.status', { status: t(`invoices.status.${status}`) })]),
          ...(payment.bank_label === null
            ? []
            : [t('payments.reversal.bank', { label: payment.bank_label })]),
        ],
        inputs: [
          {
            name: 'reason',
            label: t('payments.reason'),
            hint: t('payments.reason.hint'),
            attrs: { maxlength: 500 },
          },
        ],
        post: at.page(`/payments/${payment.id}/reversal`),
        verb: t('payments.reversal.verb'),
        danger: true,
        back: at.page('/payments'),
      },
    },
  })
}
