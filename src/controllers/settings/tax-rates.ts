import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Row } from '../../data/tables.ts'
import { countTaxRateUses, findTaxRate, isTaxRateUsed, listTaxRates } from '../../data/tax-rates.ts'
import { NotFound } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { sayAll, translator } from '../../languages/translate.ts'
import { todayIn } from '../../lib/dates.ts'
import type { Fields } from '../../lib/fields.ts'
import { choice, date, decimal, parseFields, reference, text } from '../../lib/form-schema.ts'
import { formatsIn } from '../../lib/format.ts'
import { plainDecimal } from '../../lib/money.ts'
import { taxCategories } from '../../lib/vocabulary.ts'
import { keptFields, sayErrors, sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { type Merged, valuesAfter } from '../../plugins/conflicts.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { archiveTaxRate, refusalsToArchiveTaxRate } from '../../services/tax-rates/archive-tax-rate.ts'
import { createTaxRate, saveTaxRate } from '../../services/tax-rates/save-tax-rate.ts'
import type { TaxRateForm } from '../../services/tax-rates/tax-rate.ts'
import { code, name } from '../directory-fields.ts'
import { oneOf, refuseWrongFilters } from '../filter-reader.ts'
import { readList, sendCsv, wantsCsv } from '../lists.ts'
import { idOf } from '../params.ts'
import { archivalOf, textsOfRecord, versionOf, withVersion } from '../record-forms.ts'

export async function list(request: FastifyRequest, reply: FastifyReply) {
  const t = translator(request.language)
  const state = readList(request, { rate: 'desc' }, 'rate', 1)
  const errors: FieldError[] = []
  const archived = oneOf(state.filters, 'archived', ['on'], errors) === 'on'
  refuseWrongFilters(request, errors)
  const rates = await listTaxRates(request.server.db, { archived })
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: 'tax-rates',
      columns: csvColumns,
      figures: ['rate'],
      keys: 1,
      page: async () => ({ rows: rates, next: null, previous: null }),
      row: taxRateJson,
    })
  }
  if (wantsJson(request))
    return sendJson(reply, { items: rates.map(taxRateJson), next: null, total: rates.length })
  const today = todayIn(viewerOf(request).time_zone, new Date())
  return reply.page({
    view: 'settings/tax-rates/list',
    title: t('tax_rates.title'),
    model: {
      rates: rates.map((rate) => ({ ...rate, ended: rate.valid_to !== null && rate.valid_to < today })),
      names: Object.fromEntries(rates.map((rate) => [rate.id, rate.name])),
      archived,
      state,
      errors: sayErrors(request, errors),
      values: { archived: archived ? 'on' : '' },
    },
  })
}

/** As JSON the rate; a page of its own it has not, the form shows all of it. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  const rate = await getTaxRate(request)
  if (wantsJson(request)) return sendJson(reply, taxRateJson(rate))
  return reply.redirect(`/settings/tax-rates/${rate.id}/edit`, 303)
}

export async function add(request: FastifyRequest, reply: FastifyReply) {
  const kept = await keptFields(request)
  return formPage(request, reply, {
    rate: undefined,
    values: kept?.values() ?? { category: 'S' },
    errors: [],
  })
}

export async function edit(request: FastifyRequest, reply: FastifyReply) {
  const rate = await getTaxRate(request)
  const kept = await keptFields(request)
  return formPage(request, reply, { rate, values: kept?.values() ?? valuesOf(request, rate), errors: [] })
}

export async function create(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const form = parseTaxRate(request, fields)
      const id = await createTaxRate(request.server.db, viewerOf(request).id, form)
      return {
        location: `/settings/tax-rates/${id}`,
        flash: { message: { key: 'directory.created', params: { name: form.name } } },
      }
    },
    page: (errors) => formPage(request, reply, { rate: undefined, values: fields.values(), errors }),
  })
}

export async function update(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  const { id } = await getTaxRate(request)
  return submit(request, reply, {
    act: async () => {
      const form = parseTaxRate(request, fields)
      const version = versionOf(fields)
      await saveTaxRate(request.server.db, viewerOf(request).id, id, { form, version })
      return {
        location: '/settings/tax-rates',
        flash: { message: { key: 'directory.saved', params: { name: form.name } } },
      }
    },
    page: async (errors, merged) =>
      formPage(request, reply, {
        rate: await getTaxRate(request),
        values: valuesAfter(fields, merged),
        errors,
        merged,
      }),
  })
}

export async function archive(request: FastifyRequest, reply: FastifyReply) {
  const { id, name } = await getTaxRate(request)
  const { archived } = archivalOf(fieldsOf(request))
  return submit(request, reply, {
    act: async () => {
      await archiveTaxRate(request.server.db, viewerOf(request).id, id, archived)
      const key = archived ? 'directory.archived.done' : 'directory.restored.done'
      return { location: '/settings/tax-rates', flash: { message: { key, params: { name } } } }
    },
    page: () => edit(request, reply),
  })
}

async function getTaxRate(request: FastifyRequest): Promise<Row<'tax_rates'>> {
  const rate = await findTaxRate(request.server.db, idOf(request))
  if (rate === undefined) throw new NotFound()
  return rate
}

function parseTaxRate(request: FastifyRequest, fields: Fields): TaxRateForm {
  const schema = z.object({
    code,
    name,
    category: choice(taxCategories, { preset: 'S' }),
    rate: decimal({ language: request.language, decimals: 4, preset: '0' }),
    exemption_text: text({ max: 500 }),
    exemption_code: text({ max: 40 }).transform((typed) => typed.toUpperCase()),
    valid_from: date(),
    valid_to: date(),
    successor_id: reference(),
  })
  const { rate, ...form } = valid(parseFields(schema, fields))
  return { ...form, rate: rate ?? '0' }
}

function valuesOf(request: FastifyRequest, rate: Row<'tax_rates'>): Record<string, string> {
  return { ...textsOfRecord(rate), rate: formatsIn(request.language).quantity(rate.rate) }
}

async function formPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: {
    rate: Row<'tax_rates'> | undefined
    values: Record<string, string>
    errors: readonly FieldError[]
    merged?: Merged | undefined
  },
) {
  const { db } = request.server
  const { language } = request
  const t = translator(language)
  const { rate, values } = form
  const others = (await listTaxRates(db, { archived: false })).filter((other) => other.id !== rate?.id)
  const uses = rate === undefined ? undefined : await countTaxRateUses(db, rate.id)
  const refusals = uses === undefined || rate?.archived_at !== null ? [] : refusalsToArchiveTaxRate(uses)
  return reply.page({
    view: 'settings/tax-rates/form',
    title: rate === undefined ? t('tax_rates.new') : t('tax_rates.edit', { name: rate.name }),
    model: {
      rate,
      used: rate !== undefined && (await isTaxRateUsed(db, rate.id)),
      archivalRefusal: sayAll(language, refusals),
      values: withVersion(values, rate),
      merged: form.merged,
      errors: sayErrors(request, form.errors),
      choices: {
        categories: taxCategories.map((value) => ({ value, label: t(`tax_rates.category.${value}`) })),
        successors: others.map((other) => ({ value: other.id, label: other.name })),
      },
    },
  })
}

const csvColumns = [
  'code',
  'name',
  'category',
  'rate',
  'exemption_text',
  'exemption_code',
  'valid_from',
  'valid_to',
  'successor_id',
  'id',
]

function taxRateJson(rate: Row<'tax_rates'>) {
  return {
    id: rate.id,
    code: rate.code,
    name: rate.name,
    category: rate.category,
    rate: plainDecimal(rate.rate),
    exemption_text: rate.exemption_text,
    exemption_code: rate.exemption_code,
    valid_from: rate.valid_from,
    valid_to: rate.valid_to,
    successor_id: rate.successor_id,
    archived_at: rate.archived_at,
    version: rate.version,
  }
}
