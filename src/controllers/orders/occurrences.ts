import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  findOrderOccurrence,
  findRecurrence,
  findRecurringOrder,
  listDecisions,
  listOrderOccurrences,
  type Recurrence,
  type RecurringOrder,
} from '../../data/recurrences.ts'
import { NotFound } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { sayAll, translator } from '../../languages/translate.ts'
import { isIsoDate, todayIn } from '../../lib/dates.ts'
import { parseFields, text } from '../../lib/form-schema.ts'
import { formatPeriod } from '../../lib/format.ts'
import { moneyText } from '../../lib/money.ts'
import { frequencies } from '../../lib/vocabulary.ts'
import { sayErrors, sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { decideOccurrence, periodName, plannedPeriod } from '../../services/recurring/decide-occurrence.ts'
import { type OccurrenceDecision, refusalsToDecide } from '../../services/recurring/occurrence-decisions.ts'
import { savedOutlook } from '../../services/recurring/recurrence-outlook.ts'
import { invoiceOf } from '../../services/recurring/schedule.ts'
import { sendCsv, wantsCsv } from '../lists.ts'
import { idOf } from '../params.ts'
import { addressesOf } from './head.ts'
import { type OccurrenceRow, occurrenceRow, stateSentence } from './occurrence-view.ts'
import { recurrenceHead } from './recurrence-page.ts'
import { ruleText } from './recurrence-view.ts'

/** Every period that has its row, and those that are missed; newest first. */
export async function list(request: FastifyRequest, reply: FastifyReply) {
  const { order, recurrence } = await readOrder(request)
  const rows: OccurrenceRow[] = (await listOrderOccurrences(request.server.db, order.id)).map((row) =>
    occurrenceRow(request.language, order, row),
  )
  let unlisted = 0
  if (recurrence !== undefined) {
    const { foresight } = await savedOutlook(request.server.db, order, recurrence, new Date())
    const missed = [foresight.missed, foresight.held]
    unlisted = missed.reduce((sum, group) => sum + group.count - group.listed.length, 0)
    for (const seen of missed.flatMap((group) => group.listed)) {
      rows.push(occurrenceRow(request.language, order, { ...seen, frequency: recurrence.frequency }))
    }
  }
  rows.sort((a, b) => (a.run_date < b.run_date ? 1 : -1))
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: `${order.number}-periods`,
      columns: csvColumns,
      figures: ['net'],
      keys: 1,
      page: async () => ({ rows, next: null, previous: null }),
      row: csvRow,
    })
  }
  if (wantsJson(request)) {
    return sendJson(reply, { items: rows.map(rowJson), next: null, total: rows.length + unlisted })
  }
  return reply.page({
    view: 'orders/occurrences',
    title: translator(request.language)('occurrence.list', { number: order.number }),
    model: {
      head: await recurrenceHead(request),
      order,
      rows: rows.map((row) => ({ ...row, href: addressesOf(request, order.id).page(pathOf(row)) })),
      unlisted,
      csv: `/orders/${order.id}/occurrences?format=csv`,
      settings: addressesOf(request, order.id).page('/recurrence'),
    },
  })
}

export async function show(request: FastifyRequest, reply: FastifyReply) {
  return occurrencePage(request, reply, { values: {}, errors: [] })
}

export async function skip(request: FastifyRequest, reply: FastifyReply) {
  return decide(request, reply, 'skip')
}

export async function hold(request: FastifyRequest, reply: FastifyReply) {
  return decide(request, reply, 'hold')
}

export async function bill(request: FastifyRequest, reply: FastifyReply) {
  return decide(request, reply, 'bill')
}

async function decide(request: FastifyRequest, reply: FastifyReply, kind: OccurrenceDecision) {
  const { key, order } = await readPeriod(request)
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const typed = valid(parseFields(reasonSchema, fields))
      const reason = fields.has('reason') ? typed.reason : null
      const viewer = viewerOf(request)
      await decideOccurrence(request.server.db, viewer, order.id, key, { kind, reason }, new Date())
      const period = formatPeriod(request.language, key.frequency, key.period_start)
      const words = ({ skip: 'skipped', hold: 'held', bill: 'due' } as const)[kind]
      return {
        location: addressesOf(request, order.id).page(pathOf(key)),
        flash: { message: { key: `occurrence.done.${words}`, params: { period } } },
      }
    },
    page: (errors) => occurrencePage(request, reply, { values: fields.values(), errors, kind }),
  })
}

const reasonSchema = z.object({ reason: text({ max: 500 }) })

async function occurrencePage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: { values: Record<string, string>; errors: readonly FieldError[]; kind?: OccurrenceDecision },
) {
  const { db } = request.server
  const { language } = request
  const t = translator(language)
  const { order, recurrence, key, row, planned, today } = await readPeriod(request)
  const { settings, foresight } = await savedOutlook(db, order, recurrence, new Date())
  const seen = [foresight.coming, foresight.missed.listed, foresight.held.listed]
    .flat()
    .find((each) => key.frequency === recurrence.frequency && each.period_start === key.period_start)
  const shown = occurrenceRow(language, order, row ?? { ...planned, ...seen, frequency: key.frequency }, {
    today,
    enabled: recurrence.enabled,
  })
  const dates = invoiceOf(settings, key.frequency, planned.run_date, today)
  const standing = {
    state: row?.state ?? null,
    run_date: planned.run_date,
    today,
    enabled: recurrence.enabled,
    cancelled: order.status === 'cancelled',
    order_number: order.number,
  }
  const refusal = (kind: OccurrenceDecision) => sayAll(language, refusalsToDecide(standing, kind))
  const decisions = await listDecisions(db, order.id, periodName(key))
  const evidence = {
    ...rowJson(shown),
    document_date: row?.invoice_document_date ?? dates.document_date,
    due_date: row?.invoice_due_date ?? dates.due_date,
    subject: row?.invoice_subject ?? dates.subject,
    order_net: moneyText(order.net, order.currency),
    rule: ruleText(t, settings),
    initial_invoice_status: recurrence.initial_invoice_status,
    recipients: recurrence.recipients,
    attempts: row?.attempts ?? 0,
    decided_by: row?.decided_by_name ?? null,
    overlap_accepted_by: row?.overlap_accepted_by_name ?? null,
    run:
      row?.run_id === null || row?.run_id === undefined
        ? null
        : { id: row.run_id, started_at: row.run_started_at, trigger: row.run_trigger },
  }
  if (wantsJson(request)) return sendJson(reply, { ...evidence, history: decisions })
  return reply.page({
    view: 'orders/occurrence',
    title: t('occurrence.title', { period: shown.period, number: order.number }),
    model: {
      head: await recurrenceHead(request),
      order,
      row: shown,
      evidence,
      sentence: stateSentence(language, shown),
      same_rule: recurrence.frequency === key.frequency,
      at: {
        settings: addressesOf(request, order.id).page('/recurrence'),
        list: addressesOf(request, order.id).page('/occurrences'),
        decide: (verb: string) => addressesOf(request, order.id).page(`${pathOf(key)}/${verb}`),
      },
      refusals: { skip: refusal('skip'), hold: refusal('hold'), bill: refusal('bill') },
      overlapping: row?.reason_code === 'overlap' || seen?.overlaps !== undefined,
      decisions,
      values: form.values,
      errors: sayErrors(request, form.errors),
      deciding: form.kind,
    },
  })
}

async function readOrder(
  request: FastifyRequest,
): Promise<{ order: RecurringOrder; recurrence: Recurrence | undefined }> {
  const { db } = request.server
  const order = await findRecurringOrder(db, idOf(request), viewerOf(request).organisation_ids)
  if (order === undefined) throw new NotFound()
  return { order, recurrence: await findRecurrence(db, order.id) }
}

/** The period that the address names: one with a row, or one of the schedule. @throws NotFound */
async function readPeriod(request: FastifyRequest) {
  const { order, recurrence } = await readOrder(request)
  const key = keyOf(request)
  if (recurrence === undefined) throw new NotFound()
  const row = await findOrderOccurrence(request.server.db, order.id, key.frequency, key.period_start)
  const planned = row ?? plannedPeriod(recurrence, key)
  if (planned === undefined) throw new NotFound()
  return { order, recurrence, key, row, planned, today: todayIn(order.time_zone, new Date()) }
}

function pathOf(period: { frequency: string; period_start: string }): string {
  return `/occurrences/${period.frequency}/${period.period_start}`
}

function keyOf(request: FastifyRequest) {
  const parsed = periodSchema.safeParse(request.params)
  if (!parsed.success) throw new NotFound()
  return parsed.data
}

const periodSchema = z.object({
  frequency: z.enum(frequencies),
  period_start: z.string().refine(isIsoDate),
})

const csvColumns = [
  'frequency',
  'period_start',
  'period_end',
  'run_date',
  'service_start',
  'service_end',
  'state',
  'invoice',
  'net',
  'reason',
]

function rowJson(row: OccurrenceRow) {
  return {
    frequency: row.frequency,
    period_start: row.period_start,
    period_end: row.period_end,
    run_date: row.run_date,
    service_start: row.service_start,
    service_end: row.service_end,
    state: row.state,
    invoice: row.invoice,
    net: row.net,
    reason_code: row.reason_code,
    reason: row.reason,
  }
}

function csvRow(row: OccurrenceRow) {
  return { ...rowJson(row), invoice: row.invoice?.number ?? '', reason_code: row.reason_code ?? '' }
}
