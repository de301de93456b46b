import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { findOrganisation, listOfferedOrganisations } from '../../data/organisations.ts'
import { listSeries } from '../../data/series-settings.ts'
import { NotFound } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { say, translator } from '../../languages/translate.ts'
import { todayIn, yearOf } from '../../lib/dates.ts'
import { parseFields, text, wholeNumber } from '../../lib/form-schema.ts'
import { keptFields, sayErrors, sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { formatNumber, mistakeOfFormat } from '../../services/numbers/number-format.ts'
import { saveSeries } from '../../services/numbers/save-series.ts'
import {
  highestFirstNumber,
  type NumberKind,
  nextNumberOf,
  numberKinds,
  type Series,
  type SeriesForm,
  seriesAt,
  seriesOf,
} from '../../services/numbers/series-form.ts'
import { readList, sendCsv, wantsCsv } from '../lists.ts'
import { idOf } from '../params.ts'

type Organisation = { id: string; code: string; name: string }

/** The series of all organisations in use: those stored, and those of this year and the next as they would begin. */
export async function list(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const state = readList(request, { organisation: 'asc' }, 'organisation', 1)
  const offered = await listOfferedOrganisations(db)
  const stored = await listSeries(db)
  const thisYear = thisYearOf(request)
  const organisations = await Promise.all(
    offered.map(async ({ id, code, name }) => {
      const row = await findOrganisation(db, id)
      const known = stored.filter(({ organisation_id }) => organisation_id === id)
      const rule = { code: offered.length > 1 ? code : '', recurring_series: row?.recurring_series ?? true }
      return { id, code, name, row, series: seriesOf(known, rule, thisYear) }
    }),
  )
  const items = organisations.flatMap(({ series, ...organisation }) =>
    series.map((each) => seriesJson(organisation, each)),
  )
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: 'number-series',
      columns: ['organisation', 'kind', 'year', 'format', 'next_number', 'next', 'last_date'],
      figures: [],
      keys: 1,
      page: async () => ({ rows: items, next: null, previous: null }),
      row: (item) => ({ ...item, organisation: item.organisation.code }),
    })
  }
  if (wantsJson(request)) return sendJson(reply, { items, next: null, total: items.length })
  return reply.page({
    view: 'settings/number-series/list',
    title: translator(request.language)('numbering.title'),
    model: {
      csv: state.address({ format: 'csv' }),
      rows: items.length,
      organisations: organisations.map(({ id, name, row, series }) => ({
        id,
        name,
        closing_date: row?.closing_date ?? null,
        recurring_series: row?.recurring_series ?? true,
        late_dates: row?.late_dates ?? 'redate',
        series: series.map((each) => ({ ...each, next: nextNumberOf(each), href: addressOf(id, each) })),
      })),
    },
  })
}

export async function edit(request: FastifyRequest, reply: FastifyReply) {
  const { organisation, series } = await getSeries(request)
  if (wantsJson(request)) return sendJson(reply, seriesJson(organisation, series))
  const kept = await keptFields(request)
  const values = kept?.values() ?? { format: series.format, next_number: String(series.next_number) }
  return formPage(request, reply, { organisation, series, values, errors: [] })
}

/** The form with the numbers that what is typed would make; nothing is saved. As JSON the sentence alone. */
export async function example(request: FastifyRequest, reply: FastifyReply) {
  const { organisation, series } = await getSeries(request)
  const values = fieldsOf(request).values()
  if (wantsJson(request))
    return sendJson(reply, { sentence: previewOf(request, series, values), warning: '' })
  return formPage(request, reply, { organisation, series, values, errors: [] })
}

export async function update(request: FastifyRequest, reply: FastifyReply) {
  const { organisation, series } = await getSeries(request)
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const form = formOf(valid(parseFields(schema, fields)))
      const { kind, year } = series
      const key = { organisation_id: organisation.id, kind, year }
      await saveSeries(request.server.db, viewerOf(request).id, key, form)
      const number = formatNumber(form.format, year, form.next_number)
      return {
        location: '/settings/number-series',
        flash: { message: { key: 'numbering.saved', params: { number } } },
      }
    },
    page: (errors) => formPage(request, reply, { organisation, series, values: fields.values(), errors }),
  })
}

const schema = z.object({
  format: text({ max: 60, missing: 'numbering.format.missing' }),
  next_number: wholeNumber({ min: 1, max: highestFirstNumber, missing: 'numbering.first.missing' }),
})

function formOf(read: { format: string; next_number: number | null }): SeriesForm {
  return { format: read.format, next_number: read.next_number ?? 1 }
}

/** The series of the address. @throws NotFound */
async function getSeries(request: FastifyRequest): Promise<{ organisation: Organisation; series: Series }> {
  const { db } = request.server
  const organisation = await findOrganisation(db, idOf(request, 'organisation_id'))
  const { kind, year } = readKey(request.params)
  if (organisation === undefined || kind === undefined || year === undefined) throw new NotFound()
  const several = (await listOfferedOrganisations(db, undefined, { archived: true })).length > 1
  const stored = await listSeries(db, organisation.id)
  return { organisation, series: seriesAt(stored, several ? organisation.code : '', { kind, year }) }
}

function readKey(params: unknown): { kind: NumberKind | undefined; year: number | undefined } {
  const named = new Map<string, unknown>(
    typeof params === 'object' && params !== null ? Object.entries(params) : [],
  )
  const typed = String(named.get('year') ?? '')
  return {
    kind: numberKinds.find((known) => known === named.get('kind')),
    year: /^(19|2\d)\d\d$/.test(typed) ? Number(typed) : undefined,
  }
}

function addressOf(organisationId: string, series: Series): string {
  return `/settings/number-series/${organisationId}/${series.kind}/${series.year}`
}

function thisYearOf(request: FastifyRequest): number {
  return yearOf(todayIn(viewerOf(request).time_zone, new Date()))
}

/** The next three numbers in a sentence; how to come to them where format or number are wrong. */
function previewOf(
  request: FastifyRequest,
  series: Series,
  values: Readonly<Record<string, string>>,
): string {
  const t = translator(request.language)
  const typed = schema.safeParse({ format: values['format'] ?? '', next_number: values['next_number'] ?? '' })
  if (!typed.success || mistakeOfFormat(typed.data.format) !== undefined) return t('numbering.preview.wrong')
  const { format, next_number } = formOf(typed.data)
  const [first, second, third] = [0, 1, 2].map((ahead) =>
    formatNumber(format, series.year, next_number + ahead),
  )
  return t('numbering.preview', { first: first ?? '', second: second ?? '', third: third ?? '' })
}

function formPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: {
    organisation: Organisation
    series: Series
    values: Record<string, string>
    errors: readonly FieldError[]
  },
) {
  const { organisation, series, values, errors } = form
  const t = translator(request.language)
  return reply.page({
    view: 'settings/number-series/form',
    title: t('numbering.edit', { kind: t(`numbering.kind.${series.kind}`), year: String(series.year) }),
    model: {
      organisation,
      series,
      action: addressOf(organisation.id, series),
      /** Why nothing can be set any more; '' while it can. */
      used:
        series.last_date === null
          ? ''
          : say(request.language, { key: 'numbering.used', params: { format: series.format } }),
      next: nextNumberOf(series),
      preview: previewOf(request, series, values),
      values,
      errors: sayErrors(request, errors),
    },
  })
}

function seriesJson(organisation: Organisation, series: Series) {
  return {
    organisation: { id: organisation.id, code: organisation.code, name: organisation.name },
    kind: series.kind,
    year: series.year,
    format: series.format,
    next_number: series.next_number,
    next: nextNumberOf(series),
    last_date: series.last_date,
  }
}
