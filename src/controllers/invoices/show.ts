import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  findChangedOrder,
  type InvoiceRecord,
  listHistoryOfInvoice,
  listOccurrencesOfInvoice,
} from '../../data/invoices.ts'
import { mapNames } from '../../data/order-lifecycle.ts'
import { findPdfProblem } from '../../data/renderings.ts'
import { say, type Translate, translator } from '../../languages/translate.ts'
import { type Formats, formatsIn } from '../../lib/format.ts'
import { compare, moneyText } from '../../lib/money.ts'
import { unitName } from '../../lib/units.ts'
import { sendJson, wantsJson } from '../../plugins/answers.ts'
import { renderingReason } from '../../services/documents/rendering-reasons.ts'
import { partyOf } from '../../services/invoices/parties.ts'
import { isDraft } from '../../services/invoices/statuses.ts'
import { idsIn } from '../filed-history.ts'
import { creditJson, creditNotices, creditSection } from './credit-section.ts'
import { getInvoice, invoiceHead } from './head.ts'
import { historyItems } from './history.ts'
import { invoiceJson } from './json.ts'
import { invoiceTabs } from './tabs.ts'

export async function show(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const invoice = await getInvoice(request)
  const credits = await creditSection(request, invoice)
  if (wantsJson(request)) return sendJson(reply, { ...invoiceJson(invoice), ...creditJson(invoice, credits) })
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const head = await invoiceHead(request, invoice)
  const periods = await listOccurrencesOfInvoice(db, invoice.id)
  const entries = await listHistoryOfInvoice(db, invoice.id)
  return reply.page({
    view: 'invoices/show',
    title: head.title,
    model: {
      head,
      tabs: await invoiceTabs(request, invoice, 'invoice'),
      invoice,
      draft: isDraft(invoice.status),
      /** What a person should know before all else. */
      notices: [
        ...(await pdfNotices(request, invoice)),
        ...creditNotices(request, credits),
        ...(await noticesOf(request, t, invoice)),
      ],
      credits,
      /** With the unit in words, and its number among the lines that have a price. */
      lines: numbered(invoice.lines).map(({ line, number }) => ({
        ...line,
        number,
        unit: line.unit_code === null ? '' : unitName(request.language, line.unit_code),
      })),
      seller: partyOf(invoice.selling_party),
      buyer: partyOf(invoice.billed_party),
      /** The periods it bills, each with the page of its evidence. */
      periods: periods.map(({ order_id, frequency, period_start }) => ({
        name: formats.period(frequency, period_start),
        href: `/orders/${order_id}/occurrences/${frequency}/${period_start}`,
      })),
      period: rangeOf(formats, invoice.period_start, invoice.period_end),
      servicePeriod: rangeOf(formats, invoice.service_start, invoice.service_end),
      history: historyItems(entries, invoice, {
        language: request.language,
        t,
        formats,
        names: await mapNames(db, idsIn(entries)),
      }),
    },
  })
}

function rangeOf(formats: Formats, start: string | null, end: string | null): string {
  return start === null || end === null ? '' : formats.dateRange(start, end)
}

/** Where its PDF could not be made, or its file is no longer what was stored. */
async function pdfNotices(request: FastifyRequest, { id }: InvoiceRecord) {
  const problem = await findPdfProblem(request.server.db, id)
  if (problem === undefined) return []
  const reason = say(request.language, renderingReason(problem))
  const t = translator(request.language)
  return [
    {
      colour: 'red',
      text: t('documents.problem', { reason }),
      actions: [{ label: t('documents.see'), href: `/invoices/${id}/pdf` }],
    },
  ]
}

async function noticesOf(request: FastifyRequest, t: Translate, invoice: InvoiceRecord) {
  const { issue_as, document_date, currency, order_id } = invoice
  const marked =
    issue_as === null
      ? []
      : [{ colour: 'blue', text: t('invoices.marked', { status: issue_as, document_date }), actions: [] }]
  const order = await findChangedOrder(request.server.db, invoice.id)
  if (order === undefined || order_id === null) return marked
  const money = (amount: string) => `${moneyText(amount, currency)} ${currency}`
  const sums = { order_money: money(order.net), draft_money: money(invoice.net) }
  const same = compare(order.net, invoice.net) === 0
  return [
    ...marked,
    {
      colour: 'amber',
      text: same ? t('invoices.order_changed_lines', sums) : t('invoices.order_changed', sums),
      actions: [{ label: t('invoices.see_order'), href: `/orders/${order_id}` }],
    },
  ]
}

function numbered<L extends { kind: string }>(lines: readonly L[]): { line: L; number: number | null }[] {
  let number = 0
  return lines.map((line) => ({ line, number: line.kind === 'item' ? ++number : null }))
}
