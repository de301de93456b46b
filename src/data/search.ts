import { type RawBuilder, sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { InvoiceStatus, OrderStatus } from '../lib/vocabulary.ts'
import type { Database } from './database.ts'
import { escapeLike, matchesWords } from './keyset.ts'
import type { InvoiceKind } from './tables.ts'

/** The first of all that match, and how many there are. */
export type FoundDocuments<D> = { rows: D[]; count: number }

type Document = {
  id: string
  subject: string
  account_id: string
  account_code: string
  account_name: string
  customer_order_number: string
  currency: string
  organisation_id: string
  organisation_code: string
  organisation_name: string
  /** What was typed is exactly its number, case aside. */
  by_number: boolean
  /** What was typed is exactly the customer's own reference, case aside; never of an invoice, which has its order's. */
  by_reference: boolean
}

export type FoundOrder = Document & {
  number: string
  status: OrderStatus
  order_date: IsoDate
  /** The customer as the order says it. */
  customer_name: string
  net: string
}

export type FoundInvoice = Document & {
  /** Absent of a draft. */
  number: string | null
  kind: InvoiceKind
  status: InvoiceStatus
  document_date: IsoDate
  /** Who is billed, as the invoice says it: at issue, or for a draft now. */
  customer_name: string
  gross: string
}

export type DirectoryType = 'account' | 'contact' | 'product' | 'supplier' | 'user'

export type FoundRecord = {
  id: string
  /** Absent of contacts and users. */
  code: string | null
  name: string
  city: string | null
  email: string | null
  phone: string | null
  account_id: string | null
  account_code: string | null
  account_name: string | null
  unit_price: string | null
  currency: string | null
  archived_at: string | null
  /** What was typed is exactly its code or GTIN, case aside. */
  by_code: boolean
}

/** Those in use first, then archived ones. */
export type FoundRecords = { rows: FoundRecord[]; in_use: number; archived: number }

/** Orders by number, subject, reference or customer: those whose number or reference was typed first, then the newest. */
export async function searchOrders(
  db: Database,
  organisationIds: readonly string[],
  typed: string,
  limit: number,
): Promise<FoundDocuments<FoundOrder>> {
  const own = sql`d.organisation_id = ANY(${organisationIds}::uuid[])`
  const called = sql`SELECT d.id FROM customer_orders d WHERE ${own} AND (${isCalled(typed)} OR ${hasReference(typed)})
    ORDER BY upper(d.number) = upper(${typed}) DESC, upper(d.customer_order_number) = upper(${typed}), d.order_date DESC, d.id DESC`
  const matching = sql`SELECT d.id, d.order_date AS day FROM customer_orders d
    WHERE ${own} AND ${matchesWords(sql`d.search_text`, typed)}`
  const { ids, count } = await findIds(db, { typed, called, matching, limit })
  return { rows: inOrder(ids, await findOrders(db, ids, typed)), count }
}

/** Invoices by number, subject, reference, customer or their order's number: those whose number was typed first, then the newest. */
export async function searchInvoices(
  db: Database,
  organisationIds: readonly string[],
  typed: string,
  limit: number,
): Promise<FoundDocuments<FoundInvoice>> {
  const own = sql`d.organisation_id = ANY(${organisationIds}::uuid[])`
  const called = sql`SELECT d.id FROM invoices d WHERE ${own} AND ${isCalled(typed)}
    ORDER BY upper(d.number) = upper(${typed}) DESC, d.document_date DESC, d.id DESC`
  const matching = sql.join(
    waysToInvoices(typed).map((way) => sql`SELECT d.id, d.document_date AS day FROM ${way} AND ${own}`),
    sql` UNION `,
  )
  const { ids, count } = await findIds(db, { typed, called, matching, limit })
  return { rows: inOrder(ids, await findInvoices(db, ids, typed)), count }
}

/** Records of the directory by code, name and what people call them up with. All organisations share them. */
export async function searchDirectory(
  db: Database,
  type: DirectoryType,
  typed: string,
  limit: number,
): Promise<FoundRecords> {
  const { table, columns, matches, isExact } = directory[type](typed)
  const { rows } = await sql<FoundRecord & { in_use: number; archived: number }>`
    SELECT r.id, ${columns}, r.archived_at, ${isExact} AS by_code,
      (count(*) FILTER (WHERE r.archived_at IS NULL) OVER ())::int AS in_use,
      (count(*) FILTER (WHERE r.archived_at IS NOT NULL) OVER ())::int AS archived
    FROM ${sql.table(table)} r WHERE ${matches}
    ORDER BY r.archived_at IS NOT NULL, by_code DESC, r.name COLLATE "und-x-icu", r.id LIMIT ${limit}`.execute(
    db,
  )
  return {
    rows: rows.map(({ in_use, archived, ...record }) => record),
    in_use: rows[0]?.in_use ?? 0,
    archived: rows[0]?.archived ?? 0,
  }
}

type IdSearch = {
  typed: string
  /** Those that the text names by number or reference, best first. */
  called: RawBuilder<unknown>
  /** All that match, with their day. */
  matching: RawBuilder<unknown>
  limit: number
}

/**
 * All that match are gathered by the trigram index and sorted: going back through the days would read them all for an old word. A single
 * letter, which most documents hold, only names.
 */
async function findIds(db: Database, search: IdSearch): Promise<{ ids: string[]; count: number }> {
  const { typed, called, matching, limit } = search
  const [named, newest] = await Promise.all([
    sql<{ id: string }>`${called} LIMIT ${limit}`.execute(db),
    sql<{ id: string; count: number }>`
      WITH found AS MATERIALIZED (${matching})
      SELECT id, (SELECT count(*)::int FROM found) AS count FROM found WHERE ${typed.length > 1}
      ORDER BY day DESC, id DESC LIMIT ${limit}`.execute(db),
  ])
  const ids = [...new Set([...named.rows, ...newest.rows].map(({ id }) => id))].slice(0, limit)
  // A number typed without its zeros names documents that do not hold the text.
  return { ids, count: Math.max(newest.rows[0]?.count ?? 0, ids.length) }
}

function inOrder<D extends { id: string }>(ids: readonly string[], documents: readonly D[]): D[] {
  return documents.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
}

/**
 * The ways from words to invoices `d`, each by an index of its own: their own text, their order's number, their customer. The words lie in
 * one of them; the same as in the list of invoices. Order numbers hold digits.
 */
function waysToInvoices(words: string): RawBuilder<unknown>[] {
  return [
    sql`invoices d WHERE ${matchesWords(sql`d.search_text`, words)}`,
    sql`accounts a JOIN invoices d ON d.account_id = a.id
      WHERE ${matchesWords(sql`a.search_text`, words)} AND ${matchesWords(sql`searchable(a.code || ' ' || a.name || ' ' || a.legal_name)`, words)}`,
    ...(/\d/.test(words)
      ? [
          sql`customer_orders o JOIN invoices d ON d.order_id = o.id
            WHERE ${matchesWords(sql`o.search_text`, words)} AND ${matchesWords(sql`searchable(o.number)`, words)}`,
        ]
      : []),
  ]
}

/** Its number is the text, or ends like it. The search text begins with the number; LIKE finds it there by the trigram index. */
function isCalled(typed: string): RawBuilder<boolean> {
  return sql<boolean>`(
    (d.search_text LIKE searchable(${escapeLike(typed)}) || ' %' AND upper(d.number) = upper(${typed})) OR ${endsLike(typed)})`
}

/**
 * Its last figure is the one typed, with or without leading zeros, and what was typed before it stands before it:
 *
 *     123, 0123, 2026-123, so-2026-0123    all of them end like SO-2026-0123
 */
function endsLike(typed: string): RawBuilder<boolean> {
  const [, head = '', digits] = /^(\S*?)0*(\d{1,15})$/.exec(typed) ?? []
  if (digits === undefined) return sql<boolean>`false`
  // Series write at least four digits: `services/numbers/number-format.ts`.
  const end = `${escapeLike(head)}${digits.padStart(4, '0')}`
  return sql<boolean>`(d.search_text LIKE '%' || searchable(${end}) || ' %' AND d.number ~ ${`(^|[^0-9])0*${digits}$`})`
}

/** The customer's own reference is the text; it stands within the search text, between spaces. */
function hasReference(typed: string): RawBuilder<boolean> {
  return sql<boolean>`(d.search_text LIKE '% ' || searchable(${escapeLike(typed)}) || ' %'
    AND upper(d.customer_order_number) = upper(${typed}))`
}

async function findOrders(db: Database, ids: readonly string[], typed: string): Promise<FoundOrder[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<FoundOrder>`
    SELECT d.id, d.number, d.subject, d.status, d.order_date, d.account_id, a.code AS account_code, a.name AS account_name,
      d.invoicing_address ->> 'name' AS customer_name, d.customer_order_number, d.currency, d.net,
      d.organisation_id, g.code AS organisation_code, g.name AS organisation_name,
      upper(d.number) = upper(${typed}) AS by_number, upper(d.customer_order_number) = upper(${typed}) AS by_reference
    FROM customer_orders d JOIN accounts a ON a.id = d.account_id JOIN organisations g ON g.id = d.organisation_id
    WHERE d.id = ANY(${ids}::uuid[])`.execute(db)
  return rows
}

async function findInvoices(db: Database, ids: readonly string[], typed: string): Promise<FoundInvoice[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<FoundInvoice>`
    SELECT d.id, d.number, d.kind, d.subject, d.status, d.document_date, d.account_id, a.code AS account_code, a.name AS account_name,
      coalesce(d.buyer ->> 'name', nullif(a.legal_name, ''), a.name) AS customer_name, d.customer_order_number, d.currency, d.gross,
      d.organisation_id, g.code AS organisation_code, g.name AS organisation_name,
      coalesce(upper(d.number) = upper(${typed}), false) AS by_number, false AS by_reference
    FROM invoices d JOIN accounts a ON a.id = d.account_id JOIN organisations g ON g.id = d.organisation_id
    WHERE d.id = ANY(${ids}::uuid[])`.execute(db)
  return rows
}

type DirectorySearch = {
  table: string
  columns: RawBuilder<unknown>
  matches: RawBuilder<boolean>
  isExact: RawBuilder<boolean>
}

/** What each list of the directory matches, too. */
const directory: Readonly<Record<DirectoryType, (typed: string) => DirectorySearch>> = {
  account: (typed) => ({
    table: 'accounts',
    columns: columnsOf({ code: sql`r.code`, city: sql`r.city`, email: sql`r.email`, phone: sql`r.phone` }),
    matches: matchesWords(sql`r.search_text`, typed),
    isExact: sql<boolean>`lower(r.code) = lower(${typed})`,
  }),
  contact: (typed) => ({
    table: 'contacts',
    columns: columnsOf({
      email: sql`r.email`,
      phone: sql`r.phone`,
      account_id: sql`r.account_id`,
      account_code: sql`(SELECT a.code FROM accounts a WHERE a.id = r.account_id)`,
      account_name: sql`(SELECT a.name FROM accounts a WHERE a.id = r.account_id)`,
    }),
    matches: matchesWords(sql`r.search_text`, typed),
    isExact: sql<boolean>`false`,
  }),
  product: (typed) => ({
    table: 'products',
    columns: columnsOf({ code: sql`r.code`, unit_price: sql`r.unit_price`, currency: sql`r.currency` }),
    matches: isGtin(typed)
      ? sql<boolean>`(${matchesWords(sql`r.search_text`, typed)} OR r.gtin = ${typed})`
      : matchesWords(sql`r.search_text`, typed),
    isExact: isGtin(typed)
      ? sql<boolean>`(lower(r.code) = lower(${typed}) OR r.gtin = ${typed})`
      : sql<boolean>`lower(r.code) = lower(${typed})`,
  }),
  supplier: (typed) => ({
    table: 'suppliers',
    columns: columnsOf({ code: sql`r.code`, city: sql`r.city`, email: sql`r.email`, phone: sql`r.phone` }),
    matches: matchesWords(sql`r.search_text`, typed),
    isExact: sql<boolean>`lower(r.code) = lower(${typed})`,
  }),
  user: (typed) => ({
    table: 'users',
    columns: columnsOf({ email: sql`r.email` }),
    matches: matchesWords(sql`searchable(r.name || ' ' || coalesce(r.email, ''))`, typed),
    isExact: sql<boolean>`false`,
  }),
}

const ownColumns = [
  'code',
  'city',
  'email',
  'phone',
  'account_id',
  'account_code',
  'account_name',
  'unit_price',
  'currency',
] as const

/** The columns of every kind of record, absent where this one has none. */
function columnsOf(
  own: Partial<Record<(typeof ownColumns)[number], RawBuilder<unknown>>>,
): RawBuilder<unknown> {
  return sql`r.name, ${sql.join(ownColumns.map((name) => sql`${own[name] ?? sql`NULL`} AS ${sql.ref(name)}`))}`
}

function isGtin(typed: string): boolean {
  return /^\d{8,14}$/.test(typed)
}
