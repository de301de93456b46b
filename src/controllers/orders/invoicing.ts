import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type ConvertibleLine, listConvertibleLines } from '../../data/conversions.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { say, translator } from '../../languages/translate.ts'
import { mistake, parseFields } from '../../lib/form-schema.ts'
import { formatsIn } from '../../lib/format.ts'
import { moneyText, plainDecimal } from '../../lib/money.ts'
import { unitName } from '../../lib/units.ts'
import { sayErrors, sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { refusalsToInvoice, remainingNet, remainingOf } from '../../services/conversions/balance.ts'
import { invoiceOrder, orderedLine, planOf } from '../../services/conversions/invoice-order.ts'
import { idOf } from '../params.ts'
import { addressesOf, getOrderHeader } from './head.ts'

/** The balance of an order, and what would be made of all that remains. */
export async function add(request: FastifyRequest, reply: FastifyReply) {
  return invoicingPage(request, reply, [])
}

/** Makes the draft; `mode` is `all`. */
export async function create(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const id = idOf(request)
  return submit(request, reply, {
    once: (madeId) => `/invoices/${madeId}`,
    act: async (sent) => {
      valid(parseFields(invoicingSchema, fieldsOf(request)))
      const made = await invoiceOrder(db, viewerOf(request), id, { now: new Date(), sent })
      const net = formatsIn(request.language).money(made.net, made.currency)
      return {
        location: `/invoices/${made.id}`,
        flash: { message: { key: 'conversions.done', params: { number: made.order_number, net } } },
      }
    },
    page: (errors) => invoicingPage(request, reply, errors),
  })
}

const invoicingSchema = z.object({
  mode: z.string().transform((typed, context) => {
    if (typed !== '' && typed !== 'all') context.addIssue(mistake('conversions.mode.unknown'))
    return typed
  }),
})

async function invoicingPage(request: FastifyRequest, reply: FastifyReply, errors: readonly FieldError[]) {
  const order = await getOrderHeader(request)
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const lines = await listConvertibleLines(request.server.db, order.id)
  const refusals = refusalsToInvoice({ status: order.status, lines: lines.map(orderedLine) })
  const { totals } = planOf(lines, order.currency)
  if (wantsJson(request)) {
    return sendJson(reply, {
      lines: lines.flatMap((line) => (line.kind === 'item' ? [balanceJson(line, order.currency)] : [])),
      net: moneyText(totals.net, order.currency),
      tax: moneyText(totals.tax, order.currency),
      gross: moneyText(totals.gross, order.currency),
      refusals: refusals.map(({ code, message }) => ({ code, message: say(request.language, message) })),
    })
  }
  const at = addressesOf(request, order.id)
  const money = (amount: string) => formats.money(amount, order.currency)
  return reply.page({
    view: 'orders/invoicing',
    title: t('conversions.title', { number: order.number }),
    model: {
      crumbs: [
        { label: t('order_list.title'), href: at.list },
        { label: order.number, href: at.page('') },
      ],
      errors: sayErrors(request, errors),
      reasons: refusals.map(({ message }) => say(request.language, message)),
      lines: lines.flatMap((line) => (line.kind === 'item' ? [balanceRow(request, line)] : [])),
      currency: order.currency,
      hasReopened: lines.some(({ reopened_quantity }) => Number(reopened_quantity) !== 0),
      made: t('conversions.made', {
        customer: order.invoicing_address.name,
        net: money(totals.net),
        tax: money(totals.tax),
        gross: money(totals.gross),
      }),
      recurring: order.recurrence?.enabled === true ? t('conversions.made_recurring') : undefined,
      post: `/orders/${order.id}/invoices`,
      fields: { mode: 'all', idempotency_key: randomUUID() },
      back: at.page(''),
    },
  })
}

function balanceRow(request: FastifyRequest, line: ConvertibleLine) {
  const billable = { ...line, kind: 'item' } as const
  return {
    description: line.description,
    unit: unitName(request.language, line.unit_code),
    ordered: line.quantity,
    invoiced: line.invoiced_quantity,
    drafted: line.drafted_quantity,
    reopened: line.reopened_quantity,
    remaining: remainingOf(billable),
    net: remainingNet(billable),
  }
}

function balanceJson(line: ConvertibleLine, currency: string) {
  const billable = { ...line, kind: 'item' } as const
  return {
    id: line.id,
    description: line.description,
    quantity: plainDecimal(line.quantity),
    invoiced_quantity: plainDecimal(line.invoiced_quantity),
    drafted_quantity: plainDecimal(line.drafted_quantity),
    reopened_quantity: plainDecimal(line.reopened_quantity),
    remaining_quantity: plainDecimal(remainingOf(billable)),
    remaining_net: moneyText(remainingNet(billable), currency),
  }
}
