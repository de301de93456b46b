import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../data/database.ts'
import {
  type DirectoryType,
  type FoundInvoice,
  type FoundOrder,
  type FoundRecord,
  type FoundRecords,
  searchDirectory,
  searchInvoices,
  searchOrders,
} from '../data/search.ts'
import type { SentenceKey } from '../languages/catalog.ts'
import { translator } from '../languages/translate.ts'
import { Fields } from '../lib/fields.ts'
import { moneyText, priceText } from '../lib/money.ts'
import { sendJson, wantsJson } from '../plugins/answers.ts'
import { type Viewer, viewerOf } from '../plugins/sessions.ts'

/** As many of each kind are shown; the rest is in its list. */
const most = 8
const longest = 200

/** Everything the viewer may see, by number, name or reference; as a page, an exact number or code opens what it names. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  const viewer = viewerOf(request)
  const t = translator(request.language)
  const typed = typedIn(request)
  if (typed === '') {
    if (wantsJson(request)) return sendJson(reply, { items: [], next: null, total: 0, exact: null })
    return reply.page({
      view: 'search/show',
      title: t('search.title'),
      model: { typed, groups: [], total: 0 },
    })
  }
  const { orders, invoices, directory } = await searchAll(request.server.db, viewer, typed)
  const groups = [...directory.values()]
  const total = groups.reduce(
    (sum, group) => sum + group.in_use + group.archived,
    orders.count + invoices.count,
  )
  const exact = exactOf(orders.rows, invoices.rows, directory)
  if (wantsJson(request)) {
    return sendJson(reply, {
      items: [
        ...orders.rows.map(orderJson),
        ...invoices.rows.map(invoiceJson),
        ...[...directory].flatMap(([type, group]) => group.rows.map((row) => recordJson(type, row))),
      ],
      next: null,
      total,
      exact,
    })
  }
  if (exact !== null) return reply.redirect(`${lists[exact.type]}/${exact.id}`, 303)
  return reply.page({
    view: 'search/show',
    title: t('search.title_of', { typed }),
    model: {
      typed,
      total,
      severalOrganisations: viewer.organisation_ids.length > 1,
      groups: [
        {
          type: 'order',
          title: t('frame.orders'),
          ...documents(orders.rows.map((row) => ({ ...row, date: row.order_date, amount: row.net }))),
          ...leads('order', typed, { in_use: orders.count, archived: 0, rows: orders.rows }),
        },
        {
          type: 'invoice',
          title: t('frame.invoices'),
          ...documents(invoices.rows.map((row) => ({ ...row, date: row.document_date, amount: row.gross }))),
          ...leads('invoice', typed, { in_use: invoices.count, archived: 0, rows: invoices.rows }),
        },
        ...[...directory].map(([type, group]) => ({
          type,
          title: t(titles[type]),
          rows: group.rows,
          ...leads(type, typed, group),
        })),
      ].filter(({ rows }) => rows.length > 0),
    },
  })
}

function typedIn(request: FastifyRequest): string {
  const text = Fields.parse(request.url.split('?')[1] ?? '').text('q')
  // PostgreSQL holds no NUL.
  return text
    .replace(/[\s\0]+/gu, ' ')
    .trim()
    .slice(0, longest)
    .trim()
}

async function searchAll(db: Database, viewer: Viewer, typed: string) {
  const types: DirectoryType[] = ['account', 'contact', 'product', 'supplier']
  if (viewer.role === 'admin') types.push('user')
  const [orders, invoices, ...records] = await Promise.all([
    searchOrders(db, viewer.organisation_ids, typed, most),
    searchInvoices(db, viewer.organisation_ids, typed, most),
    ...types.map(async (type) => [type, await searchDirectory(db, type, typed, most)] as const),
  ])
  return { orders, invoices, directory: new Map(records) }
}

type Type = 'order' | 'invoice' | DirectoryType

/**
 * What an exact text opens: the one document of that number; else the one record of that code, GTIN or reference. Where several are meant,
 * the page shows them.
 */
function exactOf(
  orders: readonly FoundOrder[],
  invoices: readonly FoundInvoice[],
  directory: ReadonlyMap<DirectoryType, FoundRecords>,
): { type: Type; id: string } | null {
  const order = ({ id }: FoundOrder) => ({ type: 'order' as const, id })
  const numbered = [
    ...orders.filter((row) => row.by_number).map(order),
    ...invoices.filter((row) => row.by_number).map(({ id }) => ({ type: 'invoice' as const, id })),
  ]
  const named = [
    ...orders.filter((row) => row.by_reference).map(order),
    ...[...directory].flatMap(([type, group]) =>
      group.rows.filter((row) => row.by_code).map(({ id }) => ({ type, id })),
    ),
  ]
  const meant = numbered.length > 0 ? numbered : named
  return meant.length === 1 ? (meant[0] ?? null) : null
}

/** Where the records of a kind live. */
const lists: Readonly<Record<Type, string>> = {
  order: '/orders',
  invoice: '/invoices',
  account: '/accounts',
  contact: '/contacts',
  product: '/products',
  supplier: '/suppliers',
  user: '/users',
}

const titles: Readonly<Record<DirectoryType, SentenceKey>> = {
  account: 'frame.accounts',
  contact: 'frame.contacts',
  product: 'frame.products',
  supplier: 'frame.suppliers',
  user: 'frame.users',
}

/** The rows of documents, and the one currency of their amounts, undefined where there are several. */
function documents<D extends { currency: string }>(rows: readonly D[]) {
  const currencies = new Set(rows.map((row) => row.currency))
  return { rows, currency: currencies.size === 1 ? [...currencies][0] : undefined }
}

/** Where a group's rows lead, and its lists with everything that matches where not all of it is shown. */
function leads(
  type: Type,
  typed: string,
  group: { in_use: number; archived: number; rows: readonly object[] },
) {
  const query = new URLSearchParams({ q: typed }).toString()
  const shownInUse = Math.min(group.in_use, group.rows.length)
  return {
    path: lists[type],
    query,
    archivedQuery: `${query}&archived=on`,
    count: group.in_use + group.archived,
    more: group.in_use > shownInUse ? group.in_use : 0,
    moreArchived: group.archived > group.rows.length - shownInUse ? group.archived : 0,
  }
}

function orderJson(order: FoundOrder) {
  return {
    type: 'order',
    id: order.id,
    number: order.number,
    ...documentJson(order),
    status: order.status,
    order_date: order.order_date,
    net: moneyText(order.net, order.currency),
  }
}

function invoiceJson(invoice: FoundInvoice) {
  return {
    type: 'invoice',
    id: invoice.id,
    number: invoice.number,
    kind: invoice.kind,
    ...documentJson(invoice),
    status: invoice.status,
    document_date: invoice.document_date,
    gross: moneyText(invoice.gross, invoice.currency),
  }
}

function documentJson(document: FoundOrder | FoundInvoice) {
  return {
    name: document.customer_name,
    subject: document.subject,
    account: { id: document.account_id, code: document.account_code, name: document.account_name },
    customer_order_number: document.customer_order_number,
    organisation: {
      id: document.organisation_id,
      code: document.organisation_code,
      name: document.organisation_name,
    },
    currency: document.currency,
  }
}

function recordJson(type: DirectoryType, record: FoundRecord) {
  const { id, code, name, city, email, phone, archived_at } = record
  const own = { type, id, ...(type === 'contact' || type === 'user' ? {} : { code }), name }
  switch (type) {
    case 'contact': {
      const account = { id: record.account_id, code: record.account_code, name: record.account_name }
      return { ...own, account, email, phone, archived_at }
    }
    case 'product': {
      const { unit_price, currency } = record
      const price = unit_price === null || currency === null ? null : priceText(unit_price, currency)
      return { ...own, unit_price: price, currency, archived_at }
    }
    case 'user':
      return { ...own, email, archived_at }
    default:
      return { ...own, city, email, phone, archived_at }
  }
}
