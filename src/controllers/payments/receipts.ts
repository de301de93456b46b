import type { FastifyReply, FastifyRequest } from 'fastify'
import { findReceipt } from '../../data/bank-lines.ts'
import { NotFound } from '../../errors.ts'
import { translator } from '../../languages/translate.ts'
import { moneyText } from '../../lib/money.ts'
import { sendJson, wantsJson } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { idOf } from '../params.ts'

/** What was confirmed together: a row a payment, with what is open now. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  const { organisation_ids } = viewerOf(request)
  const receipt = await findReceipt(request.server.db, idOf(request), organisation_ids)
  if (receipt === undefined) throw new NotFound()
  if (wantsJson(request)) {
    return sendJson(reply, {
      id: receipt.id,
      created_at: receipt.created_at,
      created_by: receipt.created_by_name,
      items: receipt.payments.map((payment) => ({
        id: payment.id,
        invoice: { id: payment.invoice_id, number: payment.number, name: payment.account_name },
        payment_date: payment.payment_date,
        amount: moneyText(payment.amount, payment.currency),
        currency: payment.currency,
        open: moneyText(payment.open, payment.currency),
        status: payment.status,
        undone: payment.undone,
      })),
      next: null,
      total: receipt.payments.length,
    })
  }
  const t = translator(request.language)
  const currencies = new Set(receipt.payments.map(({ currency }) => currency))
  return reply.page({
    view: 'payments/receipt',
    title: t('bank.receipt.title', { count: receipt.payments.length }),
    model: {
      receipt,
      payments: receipt.payments.map((payment) => ({
        ...payment,
        status_word: t(`invoices.status.${payment.status}`),
      })),
      currency: currencies.size === 1 ? [...currencies][0] : undefined,
    },
  })
}
