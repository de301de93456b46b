import type { FastifyReply, FastifyRequest } from 'fastify'
import { findRecurrence, findRecurringOrder, type Recurrence } from '../../data/recurrences.ts'
import { NotFound, Refused } from '../../errors.ts'
import type { Message } from '../../languages/catalog.ts'
import { say } from '../../languages/translate.ts'
import { type IsoDate, todayIn } from '../../lib/dates.ts'
import { keptFields, sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { valuesAfter } from '../../plugins/conflicts.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { presetServicePeriod } from '../../services/recurring/periods.ts'
import { parseRecurrence, presetValues, valuesOf } from '../../services/recurring/recurrence-form.ts'
import { refusalsToRecur, savedOutlook } from '../../services/recurring/recurrence-outlook.ts'
import { type SavedRecurrence, saveRecurrence } from '../../services/recurring/save-recurrence.ts'
import { idOf } from '../params.ts'
import { addressesOf } from './head.ts'
import { recurrenceJson } from './json.ts'
import { type RecurrenceSubject, recurrencePage } from './recurrence-page.ts'

export async function show(request: FastifyRequest, reply: FastifyReply) {
  const subject = await readRecurrence(request)
  if (wantsJson(request)) return sendJson(reply, await settingsJson(request, subject))
  const kept = await keptFields(request)
  const values = kept === undefined ? subject.values : { ...subject.unsent, ...kept.values() }
  return recurrencePage(request, reply, subject, { values, errors: [] })
}

export async function update(request: FastifyRequest, reply: FastifyReply) {
  const viewer = viewerOf(request)
  const fields = fieldsOf(request)
  const subject = await readRecurrence(request)
  const { order, values, unsent } = subject
  const refusals = refusalsToRecur(order)
  if (refusals.length > 0) throw new Refused(refusals)
  return submit(request, reply, {
    act: async () => {
      const form = valid(parseRecurrence(fields, values))
      const done = await saveRecurrence(request.server.db, viewer, order.id, form, new Date())
      const location = addressesOf(request, order.id).page('/recurrence')
      return { location, flash: { message: doneMessage(request, done, subject.today) } }
    },
    page: (errors, merged) =>
      recurrencePage(request, reply, subject, {
        values: { ...unsent, ...valuesAfter(fields, merged) },
        errors,
        merged,
      }),
  })
}

/** The order of the address with its settings; the presets where it does not recur yet. @throws NotFound */
export async function readRecurrence(request: FastifyRequest): Promise<RecurrenceSubject> {
  const { db } = request.server
  const order = await findRecurringOrder(db, idOf(request), viewerOf(request).organisation_ids)
  if (order === undefined) throw new NotFound()
  const saved = await findRecurrence(db, order.id)
  const today = todayIn(order.time_zone, new Date())
  const values = saved === undefined ? presetValues(order, today) : valuesOf(saved)
  // A box that was not sent is off; any other field that was not sent keeps its value.
  const { enabled: _enabled, last_day: _lastDay, ...unsent } = values
  return { order, saved, today, values, unsent }
}

function doneMessage(request: FastifyRequest, done: SavedRecurrence, today: IsoDate): Message {
  if (!done.enabled) return { key: 'recurrence.saved.off' }
  const next_date = done.next_run_date ?? ''
  const next = next_date === '' ? 'none' : next_date < today ? 'late' : 'next'
  const saved: Message = { key: 'recurrence.saved.on', params: { next, next_date } }
  if (done.paused === 0) return saved
  const params = { count: done.paused, next: say(request.language, saved) }
  return { key: 'recurrence.saved.paused', params }
}

/** The settings under their names in the form; those that would be proposed, switched off, where there are none. */
async function settingsJson(request: FastifyRequest, { order, saved, values }: RecurrenceSubject) {
  if (saved !== undefined) {
    const { foresight } = await savedOutlook(request.server.db, order, saved, new Date())
    return { ...savedJson(saved), next_document_date: foresight.next_document_date }
  }
  const form = valid(parseRecurrence(fieldsOf({ body: undefined }), values))
  return {
    ...savedJson({
      ...form,
      enabled: false,
      usage_scope: 'none',
      usage_aggregation: 'period',
      bill_parent: false,
      payment_term_id: form.payment_term_id ?? order.account_term_id ?? order.organisation_term_id ?? '',
      service_period: presetServicePeriod(form.frequency),
      next_run_date: null,
      order_id: order.id,
      organisation_id: order.organisation_id,
      disabled_at: null,
      created_at: '',
      updated_at: '',
      updated_by: null,
      version: 0,
    }),
    next_document_date: null,
  }
}

function savedJson(recurrence: Recurrence) {
  return { ...recurrenceJson(recurrence), usage_filter_id: null }
}
