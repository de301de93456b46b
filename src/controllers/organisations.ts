import type { FastifyReply, FastifyRequest } from 'fastify'
import { findFile } from '../data/files.ts'
import {
  countOrganisations,
  countOrganisationUses,
  findOrganisation,
  listOrganisations,
  organisationSortKeys,
} from '../data/organisations.ts'
import { findPaymentTerm } from '../data/payment-terms.ts'
import type { Row } from '../data/tables.ts'
import { findTaxRate } from '../data/tax-rates.ts'
import { NotFound } from '../errors.ts'
import type { FieldError } from '../languages/catalog.ts'
import { sayAll, translator } from '../languages/translate.ts'
import { spacedIban } from '../lib/bank.ts'
import { keptFields, sayErrors, sendJson, submit, wantsJson } from '../plugins/answers.ts'
import { valuesAfter } from '../plugins/conflicts.ts'
import { fieldsOf } from '../plugins/forms.ts'
import { viewerOf } from '../plugins/sessions.ts'
import {
  archiveOrganisation,
  refusalsToArchiveOrganisation,
} from '../services/organisations/archive-organisation.ts'
import { missingMentions } from '../services/organisations/organisation-form.ts'
import { createOrganisation, saveOrganisation } from '../services/organisations/save-organisation.ts'
import { oneOf, refuseWrongFilters } from './filter-reader.ts'
import { pagination, readList, sendCsv, sortHead, wantsCsv } from './lists.ts'
import {
  organisationFormPage,
  parseOrganisation,
  presetsOfOrganisation,
  valuesOfOrganisation,
} from './organisations/form.ts'
import { organisationColumns, organisationJson } from './organisations/json.ts'
import { idOf } from './params.ts'
import { archivalOf, versionOf } from './record-forms.ts'

const sorts = { name: 'asc', code: 'asc' } as const

export async function list(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const state = readList(request, sorts, 'name', organisationSortKeys)
  const errors: FieldError[] = []
  const filters = {
    words: state.filters.text('q'),
    archived: oneOf(state.filters, 'archived', ['on'], errors) === 'on',
  }
  refuseWrongFilters(request, errors)
  const sort = { by: state.sort, direction: state.direction }
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: 'organisations',
      columns: organisationColumns,
      figures: [],
      keys: organisationSortKeys,
      page: (page) => listOrganisations(db, filters, sort, page),
      row: organisationJson,
    })
  }
  const page = await listOrganisations(db, filters, sort, state)
  const total = await countOrganisations(db, filters)
  if (wantsJson(request))
    return sendJson(reply, { items: page.rows.map(organisationJson), next: page.next, total })
  return reply.page({
    view: 'organisations/list',
    title: translator(request.language)('organisations.title'),
    model: {
      organisations: page.rows,
      total,
      state,
      filters,
      errors: sayErrors(request, errors),
      values: { q: filters.words, archived: state.filters.text('archived') },
      heads: { code: sortHead(state, 'code', 'asc'), name: sortHead(state, 'name', 'asc') },
      pagination: pagination(state, page),
    },
  })
}

export async function show(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const { language } = request
  const organisation = await getOrganisation(request)
  if (wantsJson(request)) return sendJson(reply, organisationJson(organisation))
  const { default_tax_rate_id, default_payment_term_id } = organisation
  const rate = default_tax_rate_id === null ? undefined : await findTaxRate(db, default_tax_rate_id)
  const term =
    default_payment_term_id === null ? undefined : await findPaymentTerm(db, default_payment_term_id)
  const refusals = refusalsToArchiveOrganisation(await countOrganisationUses(db, organisation.id))
  const t = translator(language)
  return reply.page({
    view: 'organisations/show',
    title: organisation.name,
    model: {
      organisation,
      iban: spacedIban(organisation.iban),
      rate: rate?.name ?? '',
      term: term?.name ?? '',
      missing: missingMentions(organisation).map(({ field, label }) => ({
        label: t(label),
        href: `/organisations/${organisation.id}/edit#${field.replaceAll('_', '-')}`,
      })),
      archivalRefusal: organisation.archived_at === null ? sayAll(language, refusals) : '',
    },
  })
}

/** The picture itself, for admins and for those who work in the organisation. */
export async function logo(request: FastifyRequest, reply: FastifyReply) {
  const viewer = viewerOf(request)
  const organisation = await getOrganisation(request)
  const allowed = viewer.role === 'admin' || viewer.organisation_ids.includes(organisation.id)
  const file =
    !allowed || organisation.logo_file_id === null
      ? undefined
      : await findFile(request.server.db, organisation.logo_file_id)
  if (file === undefined) throw new NotFound()
  const tag = `"${file.sha256.toString('hex')}"`
  reply.header('cache-control', 'private, no-cache').header('etag', tag)
  if (request.headers['if-none-match'] === tag) return reply.status(304).send()
  return reply.type(file.media_type).send(file.content)
}

export async function add(request: FastifyRequest, reply: FastifyReply) {
  const kept = await keptFields(request)
  return organisationFormPage(request, reply, {
    organisation: undefined,
    values: kept?.values() ?? (await presetsOfOrganisation(request)),
    errors: [],
  })
}

export async function edit(request: FastifyRequest, reply: FastifyReply) {
  const organisation = await getOrganisation(request)
  const kept = await keptFields(request)
  return organisationFormPage(request, reply, {
    organisation,
    values: kept?.values() ?? valuesOfOrganisation(organisation),
    errors: [],
  })
}

export async function create(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const parts = await parseOrganisation(request, fields, undefined)
      const id = await createOrganisation(request.server.db, viewerOf(request).id, parts)
      return {
        location: `/organisations/${id}`,
        flash: { message: { key: 'directory.created', params: { name: parts.form.name } } },
      }
    },
    page: (errors) =>
      organisationFormPage(request, reply, { organisation: undefined, values: fields.values(), errors }),
  })
}

export async function update(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  const organisation = await getOrganisation(request)
  return submit(request, reply, {
    act: async () => {
      const parts = await parseOrganisation(request, fields, organisation)
      const version = versionOf(fields)
      await saveOrganisation(request.server.db, viewerOf(request).id, organisation.id, { ...parts, version })
      return {
        location: `/organisations/${organisation.id}`,
        flash: { message: { key: 'directory.saved', params: { name: parts.form.name } } },
      }
    },
    page: async (errors, merged) =>
      organisationFormPage(request, reply, {
        organisation: await getOrganisation(request),
        values: valuesAfter(fields, merged),
        errors,
        merged,
      }),
  })
}

export async function archive(request: FastifyRequest, reply: FastifyReply) {
  const { id, name } = await getOrganisation(request)
  const { archived } = archivalOf(fieldsOf(request))
  return submit(request, reply, {
    act: async () => {
      await archiveOrganisation(request.server.db, viewerOf(request).id, id, archived)
      const key = archived ? 'directory.archived.done' : 'directory.restored.done'
      return { location: `/organisations/${id}`, flash: { message: { key, params: { name } } } }
    },
    page: () => show(request, reply),
  })
}

async function getOrganisation(request: FastifyRequest): Promise<Row<'organisations'>> {
  const organisation = await findOrganisation(request.server.db, idOf(request))
  if (organisation === undefined) throw new NotFound()
  return organisation
}
