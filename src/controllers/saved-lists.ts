import type { FastifyRequest } from 'fastify'
import type { SentenceKey } from '../languages/catalog.ts'
import { translator } from '../languages/translate.ts'
import { Fields } from '../lib/fields.ts'
import { formatsIn } from '../lib/format.ts'
import { type SavedList, taxTreatments } from '../lib/vocabulary.ts'
import { type Viewer, viewerOf } from '../plugins/sessions.ts'
import type { ListShape } from '../services/saved-views/view-query.ts'
import { readAccountFilter } from './account-filter.ts'
import { activityFilterNames, activitySorts, readActivityFilters } from './activities/filters.ts'
import { FilterReader, type SetFilter } from './filter-reader.ts'
import { invoiceFilterNames, invoiceSorts, readInvoiceFilters } from './invoices/filters.ts'
import { orderFilterNames, orderSorts, readOrderFilters } from './orders/filters.ts'

/** A list whose views can be kept: its address, what makes a view of it, and the views that everybody has. */
export type SavedListKind = ListShape & {
  readonly path: string
  readonly title: SentenceKey
  readonly sortTitles: Readonly<Record<string, SentenceKey>>
  readonly tabs: (viewer: Viewer) => readonly { label: SentenceKey; query: string }[]
  /** What a query narrows it to, in words. */
  readonly words: (request: FastifyRequest, fields: Fields) => Promise<readonly SetFilter[]>
}

/** How the lists of the directory can be sorted. */
export const directorySorts = {
  accounts: { name: 'asc', code: 'asc', city: 'asc' },
  contacts: { name: 'asc', email: 'asc' },
  products: { match: 'asc', code: 'asc', name: 'asc', price: 'asc' },
  suppliers: { name: 'asc', code: 'asc', city: 'asc' },
} as const

const all = { label: 'views.all', query: '' } as const
const archived = { label: 'views.archived', query: 'archived=on' } as const

export const savedListKinds: Readonly<Record<SavedList, SavedListKind>> = {
  orders: {
    path: '/orders',
    title: 'order_list.title',
    filters: orderFilterNames,
    sorts: orderSorts,
    preset: 'date',
    sortTitles: {
      number: 'order_list.number',
      customer: 'order_list.customer',
      date: 'order_list.date',
      status: 'order_list.status',
      net: 'order_list.net_head',
      assigned_to: 'order_list.assigned_to',
    },
    tabs: (viewer) => [
      all,
      { label: 'views.to_approve', query: 'status=created' },
      { label: 'views.recurring', query: 'recurring=yes' },
      { label: 'views.mine', query: `assigned_to_id=${viewer.id}` },
    ],
    words: async (request, fields) =>
      (await readOrderFilters(request.server.db, viewerOf(request), fields, wordsOf(request))).set,
  },
  invoices: {
    path: '/invoices',
    title: 'invoices.title',
    filters: invoiceFilterNames,
    sorts: invoiceSorts,
    preset: 'date',
    sortTitles: {
      number: 'invoices.number',
      customer: 'invoices.customer',
      date: 'invoices.date',
      due_date: 'invoices.due',
      status: 'invoices.status',
      gross: 'invoices.gross',
    },
    tabs: () => [
      all,
      { label: 'views.drafts', query: 'status=draft' },
      { label: 'payments.filter.open', query: 'payment=open' },
      { label: 'payments.filter.overdue', query: 'payment=overdue' },
      { label: 'views.recurring', query: 'source=recurring' },
    ],
    words: async (request, fields) =>
      (await readInvoiceFilters(request.server.db, viewerOf(request), fields, wordsOf(request))).set,
  },
  accounts: {
    path: '/accounts',
    title: 'accounts.title',
    filters: ['q', 'tax_treatment', 'parent_id', 'parent_code', 'archived'],
    sorts: directorySorts.accounts,
    preset: 'name',
    sortTitles: { name: 'directory.name', code: 'directory.code', city: 'directory.city' },
    tabs: () => [all, archived],
    words: async (request, fields) => {
      const { t, reader } = readerOf(request, fields)
      reader.words()
      reader.choice(
        'tax_treatment',
        t('accounts.tax_treatment'),
        taxTreatments.map((value) => ({ value, label: t(`accounts.tax_treatment.${value}`) })),
      )
      await accountInWords(request, fields, reader, t('accounts.parent'), 'parent')
      return withArchived(request, fields, reader)
    },
  },
  contacts: {
    path: '/contacts',
    title: 'contacts.title',
    filters: ['q', 'account_id', 'account_code', 'archived'],
    sorts: directorySorts.contacts,
    preset: 'name',
    sortTitles: { name: 'directory.name', email: 'directory.email' },
    tabs: () => [all, archived],
    words: async (request, fields) => {
      const { t, reader } = readerOf(request, fields)
      reader.words()
      await accountInWords(request, fields, reader, t('contacts.account'), 'account')
      return withArchived(request, fields, reader)
    },
  },
  products: {
    path: '/products',
    title: 'products.title',
    filters: ['q', 'kind', 'archived'],
    sorts: directorySorts.products,
    preset: 'code',
    sortTitles: { code: 'directory.code', name: 'directory.name', price: 'products.unit_price' },
    tabs: () => [
      all,
      { label: 'products.kind.goods', query: 'kind=goods' },
      { label: 'products.kind.service', query: 'kind=service' },
      archived,
    ],
    words: async (request, fields) => {
      const { t, reader } = readerOf(request, fields)
      reader.words()
      reader.choice('kind', t('products.kind'), [
        { value: 'goods', label: t('products.kind.goods') },
        { value: 'service', label: t('products.kind.service') },
      ])
      return withArchived(request, fields, reader)
    },
  },
  suppliers: {
    path: '/suppliers',
    title: 'suppliers.title',
    filters: ['q', 'archived'],
    sorts: directorySorts.suppliers,
    preset: 'name',
    sortTitles: { name: 'directory.name', code: 'directory.code', city: 'directory.city' },
    tabs: () => [all, archived],
    words: async (request, fields) => {
      const { reader } = readerOf(request, fields)
      reader.words()
      return withArchived(request, fields, reader)
    },
  },
  activities: {
    path: '/activities',
    title: 'activities.title',
    filters: activityFilterNames,
    sorts: activitySorts,
    preset: 'due_date',
    sortTitles: {
      due_date: 'activities.due_date',
      subject: 'activities.subject',
      assigned_to: 'activities.assigned_to',
      created: 'activities.created_at',
    },
    tabs: (viewer) => [
      all,
      { label: 'activities.mine', query: `state=open&assigned_to_id=${viewer.id}` },
      { label: 'activities.state.late', query: 'state=late' },
    ],
    words: async (request, fields) =>
      (await readActivityFilters(request.server.db, viewerOf(request), fields, wordsOf(request))).set,
  },
}

/** A view's query as a person reads it: "Status: Created · Net, descending". */
export async function queryInWords(request: FastifyRequest, list: SavedList, query: string): Promise<string> {
  const t = translator(request.language)
  const kind = savedListKinds[list]
  const fields = Fields.parse(query)
  const set = await kind.words(request, fields)
  const parts = set.map(({ name, value }) =>
    name === undefined ? value : `${t('frame.filter_name', { name })} ${value}`,
  )
  const sort = fields.text('sort')
  const title = kind.sortTitles[sort.replace(/^-/, '')]
  if (title !== undefined)
    parts.push(t(sort.startsWith('-') ? 'views.descending' : 'views.ascending', { by: t(title) }))
  return parts.length === 0 ? t('views.everything') : parts.join(' · ')
}

/** Where a view opens. */
export function viewAddress(view: { id: string; list: SavedList; query: string }): string {
  return `${savedListKinds[view.list].path}?view=${view.id}${view.query === '' ? '' : `&${view.query}`}`
}

function wordsOf(request: FastifyRequest) {
  return { t: translator(request.language), date: formatsIn(request.language).date }
}

function readerOf(request: FastifyRequest, fields: Fields) {
  const words = wordsOf(request)
  return { t: words.t, reader: new FilterReader(fields, words) }
}

async function accountInWords(
  request: FastifyRequest,
  fields: Fields,
  reader: FilterReader,
  title: string,
  name: 'account' | 'parent',
): Promise<void> {
  const names = { id: `${name}_id`, code: `${name}_code` }
  const { account, typed } = await readAccountFilter(request.server.db, fields, names)
  reader.record(title, account?.name ?? typed, [names.id, names.code])
}

function withArchived(request: FastifyRequest, fields: Fields, reader: FilterReader): readonly SetFilter[] {
  if (fields.text('archived') !== 'on') return reader.set
  const value = translator(request.language)('directory.show.archived')
  return [...reader.set, { value, parameters: ['archived'] }]
}
