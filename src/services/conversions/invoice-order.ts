import { insertAudit } from '../../data/audit.ts'
import {
  type ConvertibleLine,
  insertConvertedDraft,
  listConvertibleLines,
  readDraftPresets,
} from '../../data/conversions.ts'
import type { Database } from '../../data/database.ts'
import { moveProgress } from '../../data/order-progress.ts'
import { lockOrder } from '../../data/orders.ts'
import { findSubmission, insertSubmission, type SentForm, SentMeanwhile } from '../../data/submissions.ts'
import { NotFound, Refused } from '../../errors.ts'
import { todayIn } from '../../lib/dates.ts'
import { type Totals, totals } from '../../lib/money.ts'
import { dueDate } from '../payment-terms/due-date.ts'
import { type OrderedLine, type PartLine, refusalsToInvoice, wholeRemainder } from './balance.ts'

/**
 * Makes one draft of all that remains to be invoiced of an order (docs/rules/parts.md): dated today, due by the account's payment
 * term. Two at once take nothing twice: the second one waits for the order and finds what is left.
 * @throws NotFound; Refused with every reason at once; SentMeanwhile where the same form has just made one
 */
export async function invoiceOrder(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  orderId: string,
  form: { now: Date; sent?: SentForm | undefined },
): Promise<{ id: string; order_number: string; net: string; currency: string }> {
  return db.transaction().execute(async (trx) => {
    const order = await lockOrder(trx, orderId, user.organisation_ids)
    if (order === undefined) throw new NotFound()
    // The same form, sent while this one waited for the order, has left nothing to take.
    if (form.sent !== undefined && (await findSubmission(trx, form.sent)) !== undefined)
      throw new SentMeanwhile()
    const lines = await listConvertibleLines(trx, orderId)
    const refusals = refusalsToInvoice({ status: order.status, lines: lines.map(orderedLine) })
    if (refusals.length > 0) throw new Refused(refusals)
    const presets = await readDraftPresets(trx, orderId)
    if (presets === undefined) throw new NotFound()
    const plan = planOf(lines, order.currency)
    const { time_zone, term, payment_term_id, delivered_at } = presets
    const document_date = todayIn(time_zone, form.now)
    const id = await insertConvertedDraft(trx, {
      order_id: orderId,
      kind: 'invoice',
      document_date,
      due_date: term === null ? document_date : dueDate(document_date, term),
      delivery_date: delivered_at === null ? null : todayIn(time_zone, new Date(delivered_at)),
      payment_term_id,
      created_by: user.id,
      ...plan.totals,
      lines: plan.lines,
    })
    await moveProgress(trx, [orderId])
    await insertAudit(trx, {
      by: { user_id: user.id },
      action: 'created',
      subject_type: 'invoice',
      subject_id: id,
      organisation_id: order.organisation_id,
      changes: { order: order.number, order_id: orderId, net: plan.totals.net, currency: order.currency },
    })
    if (form.sent !== undefined) await insertSubmission(trx, form.sent, id)
    return { id, order_number: order.number, net: plan.totals.net, currency: order.currency }
  })
}

/** What a draft of all that remains would be. */
export function planOf(
  lines: readonly ConvertibleLine[],
  currency: string,
): { lines: PartLine[]; totals: Totals } {
  const parts = wholeRemainder(lines.map(orderedLine), currency)
  const byId = new Map(lines.map((line) => [line.id, line]))
  const taxed = parts.flatMap(({ id, net }) => {
    const line = byId.get(id)
    if (line === undefined || net === null) return []
    return [{ net, category: line.tax_category, rate: line.tax_rate }]
  })
  return { lines: parts, totals: totals(taxed, currency) }
}

export function orderedLine(line: ConvertibleLine): OrderedLine {
  const { id, position, kind } = line
  return kind === 'item' ? { ...line, kind } : { id, position, kind }
}
