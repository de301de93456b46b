import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { countPresetsOfPaymentTerm, findPaymentTerm, listPaymentTerms } from '../../data/payment-terms.ts'
import type { Row } from '../../data/tables.ts'
import { NotFound } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { sayAll, type Translate, translator } from '../../languages/translate.ts'
import { todayIn } from '../../lib/dates.ts'
import type { Fields } from '../../lib/fields.ts'
import { choice, isUuid, parseFields, text, wholeNumber } from '../../lib/form-schema.ts'
import { endOfMonthRules } from '../../lib/vocabulary.ts'
import { keptFields, sayErrors, sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { type Merged, valuesAfter } from '../../plugins/conflicts.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import {
  archivePaymentTerm,
  refusalsToArchivePaymentTerm,
} from '../../services/payment-terms/archive-payment-term.ts'
import { dueDate, longestTermDays, type PaymentTerm } from '../../services/payment-terms/due-date.ts'
import { exceedsFrenchCap } from '../../services/payment-terms/legal-cap.ts'
import {
  createPaymentTerm,
  type PaymentTermForm,
  savePaymentTerm,
} from '../../services/payment-terms/save-payment-term.ts'
import { code, name } from '../directory-fields.ts'
import { oneOf, refuseWrongFilters } from '../filter-reader.ts'
import { readList, sendCsv, wantsCsv } from '../lists.ts'
import { idOf } from '../params.ts'
import { archivalOf, textsOfRecord, versionOf, withVersion } from '../record-forms.ts'

export async function list(request: FastifyRequest, reply: FastifyReply) {
  const t = translator(request.language)
  const state = readList(request, { days: 'asc' }, 'days', 1)
  const errors: FieldError[] = []
  const archived = oneOf(state.filters, 'archived', ['on'], errors) === 'on'
  refuseWrongFilters(request, errors)
  const terms = await listPaymentTerms(request.server.db, { archived })
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: 'payment-terms',
      columns: csvColumns,
      figures: [],
      keys: 1,
      page: async () => ({ rows: terms, next: null, previous: null }),
      row: paymentTermJson,
    })
  }
  if (wantsJson(request))
    return sendJson(reply, { items: terms.map(paymentTermJson), next: null, total: terms.length })
  return reply.page({
    view: 'settings/payment-terms/list',
    title: t('payment_terms.title'),
    model: {
      terms: terms.map((term) => ({ ...term, rule: ruleInWords(t, term), capped: exceedsFrenchCap(term) })),
      archived,
      state,
      errors: sayErrors(request, errors),
      values: { archived: archived ? 'on' : '' },
    },
  })
}

/** As JSON the term; a page of its own it has not, the form shows all of it. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  const term = await getPaymentTerm(request)
  if (wantsJson(request)) return sendJson(reply, paymentTermJson(term))
  return reply.redirect(`/settings/payment-terms/${term.id}/edit`, 303)
}

export async function add(request: FastifyRequest, reply: FastifyReply) {
  const kept = await keptFields(request)
  const values = kept?.values() ?? { days: '30', end_of_month: 'none' }
  return formPage(request, reply, { term: undefined, values, errors: [] })
}

export async function edit(request: FastifyRequest, reply: FastifyReply) {
  const term = await getPaymentTerm(request)
  const kept = await keptFields(request)
  return formPage(request, reply, { term, values: kept?.values() ?? textsOfRecord(term), errors: [] })
}

/** The form with the example of what is typed; nothing is saved. As JSON the example alone. */
export async function example(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  if (wantsJson(request)) return sendJson(reply, exampleOf(request, fields.values()))
  const id = fields.text('id')
  const term = isUuid(id) ? await findPaymentTerm(request.server.db, id) : undefined
  return formPage(request, reply, { term, values: fields.values(), errors: [] })
}

export async function create(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const form = parseTerm(fields)
      const id = await createPaymentTerm(request.server.db, viewerOf(request).id, form)
      return {
        location: `/settings/payment-terms/${id}`,
        flash: { message: { key: 'directory.created', params: { name: form.name } } },
      }
    },
    page: (errors) => formPage(request, reply, { term: undefined, values: fields.values(), errors }),
  })
}

export async function update(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  const { id } = await getPaymentTerm(request)
  return submit(request, reply, {
    act: async () => {
      const form = parseTerm(fields)
      const version = versionOf(fields)
      await savePaymentTerm(request.server.db, viewerOf(request).id, id, { form, version })
      return {
        location: '/settings/payment-terms',
        flash: { message: { key: 'directory.saved', params: { name: form.name } } },
      }
    },
    page: async (errors, merged) =>
      formPage(request, reply, {
        term: await getPaymentTerm(request),
        values: valuesAfter(fields, merged),
        errors,
        merged,
      }),
  })
}

export async function archive(request: FastifyRequest, reply: FastifyReply) {
  const { id, name } = await getPaymentTerm(request)
  const { archived } = archivalOf(fieldsOf(request))
  return submit(request, reply, {
    act: async () => {
      await archivePaymentTerm(request.server.db, viewerOf(request).id, id, archived)
      const key = archived ? 'directory.archived.done' : 'directory.restored.done'
      return { location: '/settings/payment-terms', flash: { message: { key, params: { name } } } }
    },
    page: () => edit(request, reply),
  })
}

const ruleSchema = z.object({
  days: wholeNumber({ min: 0, max: longestTermDays, missing: 'payment_terms.days.missing' }),
  end_of_month: choice(endOfMonthRules, { preset: 'none' }),
  day_of_month: wholeNumber({ min: 1, max: 31 }),
})
const termSchema = z.object({
  code,
  name,
  ...ruleSchema.shape,
  text_en: text({ max: 500 }),
  text_fr: text({ max: 500 }),
})

async function getPaymentTerm(request: FastifyRequest): Promise<Row<'payment_terms'>> {
  const term = await findPaymentTerm(request.server.db, idOf(request))
  if (term === undefined) throw new NotFound()
  return term
}

function parseTerm(fields: Fields): PaymentTermForm {
  const { days, ...form } = valid(parseFields(termSchema, fields))
  return { ...form, days: days ?? 0 }
}

/** When an invoice of today falls due under the typed rule, in a sentence; and the warning above the legal cap. */
function exampleOf(request: FastifyRequest, values: Readonly<Record<string, string>>) {
  const t = translator(request.language)
  const typed = ruleSchema.safeParse({
    days: values['days'] ?? '',
    end_of_month: values['end_of_month'] ?? '',
    day_of_month: values['day_of_month'] ?? '',
  })
  if (!typed.success)
    return { document_date: null, due_date: null, sentence: t('payment_terms.example.wrong'), warning: '' }
  const term: PaymentTerm = { ...typed.data, days: typed.data.days ?? 0 }
  const document_date = todayIn(viewerOf(request).time_zone, new Date())
  const due_date = dueDate(document_date, term)
  return {
    document_date,
    due_date,
    sentence: t('payment_terms.example', { document_date, due_date }),
    warning: exceedsFrenchCap(term) ? t('payment_terms.cap') : '',
  }
}

/** `30 days, end of month, then the next 10`. */
function ruleInWords(t: Translate, term: PaymentTerm): string {
  const rule = t(`payment_terms.rule.${term.end_of_month}`, { days: term.days })
  return term.day_of_month === null ? rule : t('payment_terms.rule.on_day', { rule, day: term.day_of_month })
}

async function formPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: {
    term: Row<'payment_terms'> | undefined
    values: Record<string, string>
    errors: readonly FieldError[]
    merged?: Merged | undefined
  },
) {
  const { db } = request.server
  const { language } = request
  const t = translator(language)
  const { term, values } = form
  const organisations = term === undefined ? 0 : await countPresetsOfPaymentTerm(db, term.id)
  const refusals = term?.archived_at === null ? refusalsToArchivePaymentTerm({ organisations }) : []
  return reply.page({
    view: 'settings/payment-terms/form',
    title: term === undefined ? t('payment_terms.new') : t('payment_terms.edit', { name: term.name }),
    model: {
      term,
      archivalRefusal: sayAll(language, refusals),
      values: withVersion(values, term),
      merged: form.merged,
      errors: sayErrors(request, form.errors),
      example: exampleOf(request, values),
      endOfMonthRules: endOfMonthRules.map((value) => ({
        value,
        label: t(`payment_terms.end_of_month.${value}`),
      })),
    },
  })
}

const csvColumns = ['code', 'name', 'days', 'end_of_month', 'day_of_month', 'text_en', 'text_fr', 'id']

function paymentTermJson(term: Row<'payment_terms'>) {
  return {
    id: term.id,
    code: term.code,
    name: term.name,
    days: term.days,
    end_of_month: term.end_of_month,
    day_of_month: term.day_of_month,
    text_en: term.text_en,
    text_fr: term.text_fr,
    archived_at: term.archived_at,
    version: term.version,
  }
}
