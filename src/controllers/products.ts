import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  countProducts,
  findProduct,
  isProductUsed,
  listProducts,
  listRecurringOrdersOfProduct,
  listSuppliersOfProduct,
  type Product,
  type ProductFilters,
  productSortKeys,
} from '../data/products.ts'
import { NotFound, Refused } from '../errors.ts'
import type { FieldError } from '../languages/catalog.ts'
import { sayAll, translator } from '../languages/translate.ts'
import { countryName } from '../lib/choices.ts'
import type { Fields } from '../lib/fields.ts'
import { plainDecimal, priceText } from '../lib/money.ts'
import { unitName } from '../lib/units.ts'
import { keptFields, sayErrors, sendJson, submit, wantsJson } from '../plugins/answers.ts'
import { inWords, type Merged, takenOf, valuesAfter } from '../plugins/conflicts.ts'
import { fieldsOf } from '../plugins/forms.ts'
import { viewerOf } from '../plugins/sessions.ts'
import { archiveProduct } from '../services/products/archive-product.ts'
import { deleteProduct, refusalsToDeleteProduct } from '../services/products/delete-product.ts'
import { createProduct, saveProduct } from '../services/products/save-product.ts'
import { oneOf, refuseWrongFilters } from './filter-reader.ts'
import { pagination, readList, sendCsv, sortHead, wantsCsv } from './lists.ts'
import { idOf } from './params.ts'
import { parseProduct, presetsOfProduct, productFormPage, valuesOfProduct } from './products/form.ts'
import { withSupplierTexts } from './products/suppliers.ts'
import { archivalOf, versionOf } from './record-forms.ts'
import { directorySorts } from './saved-lists.ts'
import { taxRateLabel } from './tax-rate-label.ts'
import { viewTabs } from './view-tabs.ts'

const sorts = directorySorts.products

/** The list of products; as JSON also what the order form's picker asks, an exact code first. */
export async function list(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const { language } = request
  const t = translator(language)
  const searching = queryHas(request, 'q')
  const state = readList(request, sorts, searching ? 'match' : 'code', productSortKeys)
  const errors: FieldError[] = []
  const filters: ProductFilters = {
    words: state.filters.text('q').trim(),
    archived: oneOf(state.filters, 'archived', ['on'], errors) === 'on',
    kind: oneOf(state.filters, 'kind', ['goods', 'service'] as const, errors) ?? '',
  }
  refuseWrongFilters(request, errors)
  const sort = { by: state.sort, direction: state.direction }
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: 'products',
      columns: csvColumns,
      figures: ['unit_price', 'tax_rate'],
      keys: productSortKeys,
      page: (page) => listProducts(db, filters, sort, page),
      row: productJson,
    })
  }
  const [page, total] = await Promise.all([
    listProducts(db, filters, sort, state),
    countProducts(db, filters),
  ])
  if (wantsJson(request)) {
    const items = page.rows.map((row) => ({
      ...productJson(row),
      unit_name: unitName(language, row.unit_code),
    }))
    return sendJson(reply, { items, next: page.next, total })
  }
  return reply.page({
    view: 'products/list',
    title: t('products.title'),
    model: {
      viewTabs: await viewTabs(request, 'products', state.query),
      products: page.rows.map((row) => ({ ...row, unit_name: unitName(language, row.unit_code) })),
      total,
      state,
      filters,
      errors: sayErrors(request, errors),
      values: { q: filters.words, kind: filters.kind, archived: state.filters.text('archived') },
      heads: {
        code: sortHead(state, 'code', 'asc'),
        name: sortHead(state, 'name', 'asc'),
        price: sortHead(state, 'price', 'asc'),
      },
      pagination: pagination(state, page),
    },
  })
}

export async function show(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const { language } = request
  const product = await getProduct(request)
  const suppliers = await listSuppliersOfProduct(db, product.id)
  if (wantsJson(request)) {
    return sendJson(reply, {
      ...productJson(product),
      suppliers: suppliers.map((row) => ({
        supplier_id: row.supplier_id,
        supplier: { id: row.supplier_id, code: row.code, name: row.name },
        supplier_code: row.supplier_code,
        purchase_price: row.purchase_price === null ? null : priceText(row.purchase_price, row.currency),
        currency: row.currency,
        preferred: row.preferred,
      })),
    })
  }
  const refusals = refusalsToDeleteProduct({ used: await isProductUsed(db, product.id) })
  const recurring = await listRecurringOrdersOfProduct(db, product.id)
  return reply.page({
    view: 'products/show',
    title: product.name,
    model: {
      product,
      suppliers,
      unit: unitName(language, product.unit_code),
      taxRate: taxRateLabel(language, { name: product.tax_rate_name, rate: product.tax_rate }),
      origin: product.origin_country === '' ? '' : countryName(language, product.origin_country),
      recurring: recurring.length,
      deletionRefusal: sayAll(language, refusals),
    },
  })
}

export async function add(request: FastifyRequest, reply: FastifyReply) {
  const kept = await keptFields(request)
  return productFormPage(request, reply, {
    product: undefined,
    values: kept?.values() ?? (await presetsOfProduct(request)),
    errors: [],
  })
}

export async function edit(request: FastifyRequest, reply: FastifyReply) {
  const product = await getProduct(request)
  const kept = await keptFields(request)
  return productFormPage(request, reply, {
    product,
    values: kept?.values() ?? (await valuesOfProduct(request, product)),
    errors: [],
  })
}

export async function create(request: FastifyRequest, reply: FastifyReply) {
  const viewer = viewerOf(request)
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const parts = await parseProduct(request, fields, undefined)
      const id = await createProduct(request.server.db, viewer.id, parts)
      return {
        location: `/products/${id}`,
        flash: { message: { key: 'directory.created', params: { name: parts.form.name } } },
      }
    },
    page: (errors) =>
      productFormPage(request, reply, { product: undefined, values: fields.values(), errors }),
  })
}

export async function update(request: FastifyRequest, reply: FastifyReply) {
  const viewer = viewerOf(request)
  const fields = fieldsOf(request)
  const product = await getProduct(request)
  let sent = fields
  return submit(request, reply, {
    get sent() {
      return sent
    },
    act: async () => {
      const parts = await parseProduct(request, fields, product)
      sent = await withSupplierTexts(request.server.db, fields, parts.suppliers)
      const version = versionOf(fields)
      await saveProduct(request.server.db, viewer.id, product.id, { ...parts, version })
      return {
        location: `/products/${product.id}`,
        flash: { message: { key: 'directory.saved', params: { name: parts.form.name } } },
      }
    },
    page: async (errors, merged) =>
      productFormPage(request, reply, {
        product: await getProduct(request),
        values: await valuesWithTheirs(request, fields, merged),
        errors,
        merged: inWords(merged, 'suppliers', (text) =>
          text.replace(/, preferred(?=;|$)/g, `, ${translator(request.language)('products.preferred')}`),
        ),
      }),
  })
}

/** The form's texts; its rows of suppliers are theirs where they alone changed them. */
async function valuesWithTheirs(request: FastifyRequest, fields: Fields, merged: Merged | undefined) {
  const values = valuesAfter(fields, merged)
  if (takenOf(merged, 'suppliers') === undefined) return values
  const rows = (entries: Readonly<Record<string, string>>, wanted: boolean) =>
    Object.entries(entries).filter(
      ([name]) => (name.startsWith('suppliers[') || name === 'preferred') === wanted,
    )
  const theirs = await valuesOfProduct(request, await getProduct(request))
  return Object.fromEntries([...rows(values, false), ...rows(theirs, true)])
}

/** Asks before a product is archived that active recurrences bill. */
export async function confirmArchival(request: FastifyRequest, reply: FastifyReply) {
  return archivalPage(request, reply, [])
}

export async function archive(request: FastifyRequest, reply: FastifyReply) {
  const { id, name } = await getProduct(request)
  const { archived, confirmed } = archivalOf(fieldsOf(request))
  return submit(request, reply, {
    act: async () => {
      await archiveProduct(request.server.db, viewerOf(request).id, id, { archived, confirmed })
      const key = archived ? 'directory.archived.done' : 'directory.restored.done'
      return { location: `/products/${id}`, flash: { message: { key, params: { name } } } }
    },
    page: (errors) => archivalPage(request, reply, errors),
  })
}

export async function confirmDeletion(request: FastifyRequest, reply: FastifyReply) {
  const product = await getProduct(request)
  const refusals = refusalsToDeleteProduct({ used: await isProductUsed(request.server.db, product.id) })
  if (refusals.length > 0)
    throw new Refused(refusals, {
      title: { key: 'directory.delete.refused', params: { name: product.name } },
    })
  return reply.page({
    view: 'products/deletion',
    title: translator(request.language)('products.delete.title', { name: product.name }),
    model: { product },
  })
}

export async function remove(request: FastifyRequest, reply: FastifyReply) {
  const { id, name } = await getProduct(request)
  return submit(request, reply, {
    act: async () => {
      await deleteProduct(request.server.db, viewerOf(request).id, id)
      return { location: '/products', flash: { message: { key: 'products.deleted', params: { name } } } }
    },
    page: () => show(request, reply),
  })
}

async function getProduct(request: FastifyRequest): Promise<Product> {
  const product = await findProduct(request.server.db, idOf(request))
  if (product === undefined) throw new NotFound()
  return product
}

async function archivalPage(request: FastifyRequest, reply: FastifyReply, errors: readonly FieldError[]) {
  const product = await getProduct(request)
  const { organisation_ids } = viewerOf(request)
  const orders = await listRecurringOrdersOfProduct(request.server.db, product.id)
  const visible = orders.filter((order) => organisation_ids.includes(order.organisation_id))
  return reply.page({
    view: 'products/archival',
    title: translator(request.language)('products.archive.title', { name: product.name }),
    model: {
      product,
      count: orders.length,
      orders: visible,
      elsewhere: orders.length - visible.length,
      errors: sayErrors(request, errors),
    },
  })
}

function queryHas(request: FastifyRequest, name: string): boolean {
  const { query } = request
  return (
    typeof query === 'object' &&
    query !== null &&
    Object.entries(query).some(([key, value]) => key === name && value !== '')
  )
}

const csvColumns = [
  'code',
  'name',
  'description',
  'kind',
  'unit',
  'unit_price',
  'currency',
  'tax_rate',
  'tax_rate_code',
  'category',
  'packaging',
  'gtin',
  'commodity_code',
  'origin_country',
  'id',
]

function productJson(product: Product) {
  return {
    id: product.id,
    code: product.code,
    name: product.name,
    description: product.description,
    kind: product.kind,
    unit: product.unit_code,
    unit_price: priceText(product.unit_price, product.currency),
    currency: product.currency,
    tax_rate_id: product.tax_rate_id,
    tax_rate: plainDecimal(product.tax_rate),
    tax_rate_code: product.tax_rate_code,
    category: product.category,
    packaging: product.packaging,
    gtin: product.gtin,
    commodity_code: product.commodity_code,
    origin_country: product.origin_country,
    archived_at: product.archived_at,
    version: product.version,
  }
}
