import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { listCurrencyCodes } from '../data/currencies.ts'
import { findOrganisation } from '../data/organisations.ts'
import { listOfferedPaymentTerms } from '../data/payment-terms.ts'
import {
  countSuppliers,
  findSupplier,
  listProductsOfSupplier,
  listSuppliers,
  supplierSortKeys,
} from '../data/suppliers.ts'
import type { Row } from '../data/tables.ts'
import { InvalidForm, NotFound, Refused } from '../errors.ts'
import type { FieldError } from '../languages/catalog.ts'
import { translator } from '../languages/translate.ts'
import { countryChoices, currencyChoices, languageChoices, languageName } from '../lib/choices.ts'
import type { Fields } from '../lib/fields.ts'
import { email, parseFields, reference, text } from '../lib/form-schema.ts'
import { compactIdentifier, compactVatNumber } from '../lib/identifiers.ts'
import { keptFields, sayErrors, sendJson, submit, wantsJson } from '../plugins/answers.ts'
import { type Merged, valuesAfter } from '../plugins/conflicts.ts'
import { fieldsOf } from '../plugins/forms.ts'
import { listQuery } from '../plugins/pages.ts'
import { viewerOf } from '../plugins/sessions.ts'
import { mistakesOfCompany } from '../services/company-identifiers.ts'
import { archiveSupplier } from '../services/suppliers/archive-supplier.ts'
import { deleteSupplier, refusalsToDeleteSupplier } from '../services/suppliers/delete-supplier.ts'
import { createSupplier, type SupplierForm, saveSupplier } from '../services/suppliers/save-supplier.ts'
import {
  currency,
  type DirectoryPresets,
  documentLanguage,
  identifier,
  name,
  postalFields,
  presetsOf,
  vatNumber,
  website,
} from './directory-fields.ts'
import { oneOf, refuseWrongFilters } from './filter-reader.ts'
import { pagination, readList, sendCsv, sortHead, wantsCsv } from './lists.ts'
import { idOf } from './params.ts'
import { archivalOf, textsOfRecord, versionOf, withVersion } from './record-forms.ts'
import { directorySorts } from './saved-lists.ts'
import { viewTabs } from './view-tabs.ts'

const sorts = directorySorts.suppliers

export async function list(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const t = translator(request.language)
  const state = readList(request, sorts, 'name', supplierSortKeys)
  const errors: FieldError[] = []
  const filters = {
    words: state.filters.text('q'),
    archived: oneOf(state.filters, 'archived', ['on'], errors) === 'on',
  }
  refuseWrongFilters(request, errors)
  const sort = { by: state.sort, direction: state.direction }
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: 'suppliers',
      columns: csvColumns,
      figures: [],
      keys: supplierSortKeys,
      page: (page) => listSuppliers(db, filters, sort, page),
      row: supplierJson,
    })
  }
  const page = await listSuppliers(db, filters, sort, state)
  const total = await countSuppliers(db, filters)
  if (wantsJson(request))
    return sendJson(reply, { items: page.rows.map(supplierJson), next: page.next, total })
  return reply.page({
    view: 'suppliers/list',
    title: t('suppliers.title'),
    model: {
      viewTabs: await viewTabs(request, 'suppliers', state.query),
      suppliers: page.rows,
      total,
      state,
      filters,
      errors: sayErrors(request, errors),
      values: { q: filters.words, archived: state.filters.text('archived') },
      heads: {
        code: sortHead(state, 'code', 'asc'),
        name: sortHead(state, 'name', 'asc'),
        city: sortHead(state, 'city', 'asc'),
      },
      pagination: pagination(state, page),
    },
  })
}

export async function show(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const supplier = await getSupplier(request)
  if (wantsJson(request)) return sendJson(reply, supplierJson(supplier))
  const products = await listProductsOfSupplier(db, supplier.id)
  const terms = await listOfferedPaymentTerms(db, supplier.payment_term_id)
  return reply.page({
    view: 'suppliers/show',
    title: supplier.name,
    model: {
      supplier,
      products,
      term: terms.find((term) => term.id === supplier.payment_term_id)?.name,
      languageName: languageName(request.language, supplier.language),
      website: /^https?:\/\//i.test(supplier.website) ? supplier.website : undefined,
      deletionRefusal: refusalsToDeleteSupplier({ products: products.length })[0]?.message,
      /** The query of the list one came from, to be handed on. */
      onward: listQuery(request) === '' ? '' : `?list=${encodeURIComponent(listQuery(request))}`,
    },
  })
}

export async function add(request: FastifyRequest, reply: FastifyReply) {
  const kept = await keptFields(request)
  return formPage(request, reply, {
    supplier: undefined,
    values: kept?.values() ?? (await presets(request)),
    errors: [],
  })
}

export async function edit(request: FastifyRequest, reply: FastifyReply) {
  const supplier = await getSupplier(request)
  const kept = await keptFields(request)
  return formPage(request, reply, { supplier, values: kept?.values() ?? textsOfRecord(supplier), errors: [] })
}

export async function create(request: FastifyRequest, reply: FastifyReply) {
  const viewer = viewerOf(request)
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const form = parseSupplier(fields, await presets(request))
      const id = await createSupplier(request.server.db, viewer.id, form)
      return {
        location: `/suppliers/${id}`,
        flash: { message: { key: 'directory.created', params: { name: form.name } } },
      }
    },
    page: (errors) => formPage(request, reply, { supplier: undefined, values: fields.values(), errors }),
  })
}

export async function update(request: FastifyRequest, reply: FastifyReply) {
  const viewer = viewerOf(request)
  const fields = fieldsOf(request)
  const { id } = await getSupplier(request)
  return submit(request, reply, {
    act: async () => {
      const form = parseSupplier(fields, await presets(request))
      const version = versionOf(fields)
      await saveSupplier(request.server.db, viewer.id, id, { form, version })
      return {
        location: `/suppliers/${id}`,
        flash: { message: { key: 'directory.saved', params: { name: form.name } } },
      }
    },
    page: async (errors, merged) => {
      const supplier = await getSupplier(request)
      return formPage(request, reply, { supplier, values: valuesAfter(fields, merged), errors, merged })
    },
  })
}

export async function archive(request: FastifyRequest, reply: FastifyReply) {
  const { id, name } = await getSupplier(request)
  return submit(request, reply, {
    act: async () => {
      const { archived } = archivalOf(fieldsOf(request))
      await archiveSupplier(request.server.db, viewerOf(request).id, id, archived)
      const key = archived ? 'directory.archived.done' : 'directory.restored.done'
      return { location: `/suppliers/${id}`, flash: { message: { key, params: { name } } } }
    },
    page: () => show(request, reply),
  })
}

export async function confirmDeletion(request: FastifyRequest, reply: FastifyReply) {
  const supplier = await getSupplier(request)
  const products = await listProductsOfSupplier(request.server.db, supplier.id)
  const refusals = refusalsToDeleteSupplier({ products: products.length })
  if (refusals.length > 0)
    throw new Refused(refusals, {
      title: { key: 'directory.delete.refused', params: { name: supplier.name } },
    })
  return reply.page({
    view: 'suppliers/deletion',
    title: translator(request.language)('directory.delete.title', { name: supplier.name }),
    model: { supplier },
  })
}

export async function remove(request: FastifyRequest, reply: FastifyReply) {
  const { id, name } = await getSupplier(request)
  return submit(request, reply, {
    act: async () => {
      await deleteSupplier(request.server.db, viewerOf(request).id, id)
      return { location: '/suppliers', flash: { message: { key: 'directory.deleted', params: { name } } } }
    },
    page: () => confirmDeletion(request, reply),
  })
}

async function getSupplier(request: FastifyRequest): Promise<Row<'suppliers'>> {
  const supplier = await findSupplier(request.server.db, idOf(request))
  if (supplier === undefined) throw new NotFound()
  return supplier
}

function supplierSchema(presets: DirectoryPresets) {
  return z.object({
    code: text({ max: 40 }),
    name,
    contact_name: text({ max: 200 }),
    contact_title: text({ max: 200 }),
    email: email(),
    phone: text({ max: 40 }),
    website: website(),
    siren: identifier(20),
    vat_number: vatNumber(),
    language: documentLanguage(presets.language),
    currency: currency(presets.currency),
    payment_term_id: reference(),
    ...postalFields,
  })
}

function parseSupplier(fields: Fields, presets: DirectoryPresets): SupplierForm {
  const parsed = parseFields(supplierSchema(presets), fields)
  if (parsed.ok) return parsed.value
  const known = new Set(parsed.errors.map((error) => error.field))
  const further = mistakesOfCompany({
    siren: compactIdentifier(fields.text('siren')),
    siret: '',
    vat_number: compactVatNumber(fields.text('vat_number')),
  })
  throw new InvalidForm([...parsed.errors, ...further.filter((error) => !known.has(error.field))])
}

async function presets(request: FastifyRequest): Promise<DirectoryPresets> {
  return presetsOf(await findOrganisation(request.server.db, viewerOf(request).organisation_id))
}

async function formPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: {
    supplier: Row<'suppliers'> | undefined
    values: Record<string, string>
    errors: readonly FieldError[]
    merged?: Merged | undefined
  },
) {
  const { db } = request.server
  const { language } = request
  const t = translator(language)
  const { supplier, values, merged } = form
  const terms = await listOfferedPaymentTerms(db, supplier?.payment_term_id)
  return reply.page({
    view: 'suppliers/form',
    title: supplier === undefined ? t('suppliers.new') : t('suppliers.edit', { name: supplier.name }),
    model: {
      supplier,
      values: withVersion(values, supplier),
      merged,
      errors: sayErrors(request, form.errors),
      choices: {
        countries: countryChoices(language),
        currencies: currencyChoices(language, await listCurrencyCodes(db)),
        languages: languageChoices(language, supplier?.language),
        terms: terms.map((term) => ({ value: term.id, label: term.name })),
      },
    },
  })
}

const csvColumns = [
  'code',
  'name',
  'contact_name',
  'contact_title',
  'email',
  'phone',
  'website',
  'siren',
  'vat_number',
  'language',
  'currency',
  'payment_term_id',
  'street',
  'street_2',
  'street_3',
  'postal_code',
  'city',
  'region',
  'country',
  'archived_at',
  'id',
]

function supplierJson(supplier: Row<'suppliers'>) {
  return {
    id: supplier.id,
    code: supplier.code,
    name: supplier.name,
    contact_name: supplier.contact_name,
    contact_title: supplier.contact_title,
    email: supplier.email,
    phone: supplier.phone,
    website: supplier.website,
    siren: supplier.siren,
    vat_number: supplier.vat_number,
    language: supplier.language,
    currency: supplier.currency,
    payment_term_id: supplier.payment_term_id,
    street: supplier.street,
    street_2: supplier.street_2,
    street_3: supplier.street_3,
    postal_code: supplier.postal_code,
    city: supplier.city,
    region: supplier.region,
    country: supplier.country,
    archived_at: supplier.archived_at,
    version: supplier.version,
  }
}
