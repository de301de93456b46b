import { type SelectQueryBuilder, sql } from 'kysely'
import type { Address } from '../lib/address.ts'
import type { IsoDate } from '../lib/dates.ts'
import { type InvoiceStatus, invoiceStatuses } from '../lib/vocabulary.ts'
import type { Database } from './database.ts'
import { type InvoiceListSort, invoiceKeyset, invoiceScans } from './invoice-sorts.ts'
import {
  countBefore,
  findNeighbours,
  findSortKeys,
  holdsWords,
  matchesWords,
  type PageOf,
  type PageRequest,
  selectPage,
} from './keyset.ts'
import { isInPaymentState, type PaymentState } from './payment-states.ts'
import { isAmong, matchesFew } from './scans.ts'
import { type Sums, sumDocuments } from './sums.ts'
import type { DB, Row } from './tables.ts'

/** What a list of invoices is narrowed to; undefined narrows nothing. */
export type InvoiceFilters = {
  /** Those the viewer works in, or the chosen one of them: invoices of the others do not exist. */
  organisation_ids: readonly string[]
  words: string
  statuses: readonly InvoiceStatus[] | undefined
  /** The account that is billed. */
  account_id: string | undefined
  source: 'manual' | 'recurring' | undefined
  /** Document dates, both days included. */
  from: IsoDate | undefined
  to: IsoDate | undefined
  /** How it is paid. */
  payment: PaymentState | undefined
  /** Invoices of these orders; of none where the list is empty. */
  order_ids: readonly string[] | undefined
}

/** The filters of a list that nothing narrows. */
export const everyInvoice: Omit<InvoiceFilters, 'organisation_ids'> = {
  words: '',
  statuses: undefined,
  account_id: undefined,
  source: undefined,
  from: undefined,
  to: undefined,
  payment: undefined,
  order_ids: undefined,
}

export { type InvoiceSort, invoiceSortKeys } from './invoice-sorts.ts'

/** An invoice's own row with what its references are called: everything but lines, taxes and notes. */
export type InvoiceHeader = Pick<
  Row<'invoices'>,
  | 'id'
  | 'organisation_id'
  | 'number'
  | 'kind'
  | 'status'
  | 'issue_as'
  | 'source'
  | 'order_id'
  | 'order_version'
  | 'account_id'
  | 'order_account_id'
  | 'contact_id'
  | 'subject'
  | 'customer_order_number'
  | 'currency'
  | 'document_date'
  | 'due_date'
  | 'period_start'
  | 'period_end'
  | 'service_start'
  | 'service_end'
  | 'payment_term_id'
  | 'delivery_address'
  | 'net'
  | 'tax'
  | 'gross'
  | 'credited'
  | 'paid'
  | 'open'
  | 'issued_at'
  | 'created_at'
  | 'updated_at'
  | 'version'
> & {
  delivery_address: Address | null
  account_code: string
  account_name: string
  /** Who is billed, as the invoice says it: at issue, or for a draft now. */
  billed_name: string
  /** The billed party whole, as it was at issue, or for a draft as it is now. */
  billed_party: unknown
  contact_name: string | null
  organisation_code: string
  organisation_name: string
  time_zone: string
  order_number: string | null
}

export async function listInvoices(
  db: Database,
  filters: InvoiceFilters,
  sort: InvoiceListSort,
  page: PageRequest,
): Promise<PageOf<InvoiceHeader>> {
  const { query, keyset } = await searched(db, filters, sort)
  return selectPage(withNames(query), keyset, page)
}

/** @returns undefined also where the invoice belongs to an organisation that is not among these */
export async function findInvoiceHeader(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<InvoiceHeader | undefined> {
  return withNames(invoicesOf(db, organisationIds).where('invoices.id', '=', id)).executeTakeFirst()
}

/** What the list comes to, a currency each; stops counting after `most` (null: never), so that a huge list stays quick. */
export async function sumInvoices(db: Database, filters: InvoiceFilters, most: number | null): Promise<Sums> {
  const { query } = await searched(db, filters, { by: 'date', direction: 'desc' })
  return sumDocuments(db, query.select(amounts), most)
}

/** Those that match with their place, the oldest first, as they would be numbered: for what is done to all of them. */
export function selectMatchingInvoices(db: Database, filters: InvoiceFilters) {
  return matching(db, filters).select([
    'invoices.id',
    'invoices.organisation_id',
    'invoices.number',
    sql<number>`(row_number() OVER (ORDER BY invoices.document_date, invoices.id))::int`.as('position'),
  ])
}

/** The amounts of those that match, to be added up. */
export function invoiceAmounts(db: Database, filters: InvoiceFilters) {
  return matching(db, filters).select(amounts)
}

const amounts = ['invoices.currency', 'invoices.net', 'invoices.gross', 'invoices.open'] as const

/** How many matching invoices stand before the one with these sort keys. */
export async function countInvoicesBefore(
  db: Database,
  filters: InvoiceFilters,
  sort: InvoiceListSort,
  keys: readonly string[],
): Promise<number> {
  const { query, keyset } = await searched(db, filters, sort)
  return countBefore(query, keyset, keys)
}

/** The sort keys of one invoice where it matches, for its place in the list. */
export async function findInvoiceSortKeys(
  db: Database,
  filters: InvoiceFilters,
  sort: InvoiceListSort,
  id: string,
): Promise<string[] | undefined> {
  return findSortKeys(matching(db, filters).where('invoices.id', '=', id), invoiceKeyset(sort))
}

/** The ids of the invoices right before and after the one with these sort keys. */
export async function findNeighboursOfInvoice(
  db: Database,
  filters: InvoiceFilters,
  sort: InvoiceListSort,
  keys: readonly string[],
): Promise<{ previous: string | undefined; next: string | undefined }> {
  const { query, keyset } = await searched(db, filters, sort)
  return findNeighbours(query.select('invoices.id'), keyset, keys)
}

/** The orders of exactly this number or id: a number is an order's in each organisation. */
export async function listOrdersNumbered(
  db: Database,
  organisationIds: readonly string[],
  order: { id: string } | { number: string },
): Promise<{ id: string; number: string }[]> {
  const query = db
    .selectFrom('customer_orders')
    .select(['id', 'number'])
    .where('organisation_id', 'in', [...organisationIds])
    .orderBy('id')
    .limit(50)
  return 'id' in order
    ? query.where('id', '=', order.id).execute()
    : query.where(sql<boolean>`lower(number) = lower(${order.number})`).execute()
}

function invoicesOf(db: Database, organisationIds: readonly string[]) {
  return db.selectFrom('invoices').where('invoices.organisation_id', 'in', [...organisationIds])
}

function matching(db: Database, filters: InvoiceFilters) {
  return narrowed(invoicesOf(db, filters.organisation_ids), filters)
}

/** Those that match, and how a page of them is found: few are gathered way by way, many are met soon in the list's order. */
async function searched(db: Database, filters: InvoiceFilters, sort: InvoiceListSort) {
  const { words, source, payment, order_ids, organisation_ids } = filters
  const owing = payment !== undefined && payment.state !== 'paid'
  const id = sql`invoices.id`
  const keyset = invoiceKeyset(sort)
  if (words !== '' || source !== undefined || order_ids !== undefined || owing) {
    const ways = waysTo(db, filters)
    if (await matchesFew(db, ways)) {
      const query = invoicesOf(db, organisation_ids).where(isAmong(id, ways))
      return { query, keyset }
    }
  }
  const statuses = (filters.statuses ?? invoiceStatuses).filter(
    (status) => payment === undefined || possibleStatuses[payment.state].includes(status),
  )
  const from = narrowed(db.selectFrom('invoices'), filters).select('invoices.id')
  const scans = invoiceScans(sort, { from, organisation_ids, statuses })
  return {
    query: matching(db, filters),
    keyset: { ...keyset, candidates: (page: PageRequest) => isAmong(id, scans(page)) },
  }
}

/** On an invoice that is paid nothing is open, and a draft owes nothing. */
const possibleStatuses: Readonly<Record<PaymentState['state'], readonly InvoiceStatus[]>> = {
  open: ['approved', 'sent'],
  overdue: ['approved', 'sent'],
  paid: ['paid'],
}

/** All filters but the organisations. */
function narrowed(invoices: SelectQueryBuilder<DB, 'invoices', object>, filters: InvoiceFilters) {
  const { words, statuses, account_id, source, from, to, payment, order_ids } = filters
  let query = invoices
  if (words !== '') query = query.where(isOnAWayTo(words))
  if (statuses !== undefined) query = query.where('invoices.status', 'in', [...statuses])
  if (account_id !== undefined) query = query.where('invoices.account_id', '=', account_id)
  if (source !== undefined) query = query.where('invoices.source', '=', source)
  if (from !== undefined) query = query.where('invoices.document_date', '>=', from)
  if (to !== undefined) query = query.where('invoices.document_date', '<=', to)
  if (payment !== undefined) query = query.where(isInPaymentState(payment))
  if (order_ids !== undefined) {
    query = query.where(sql<boolean>`invoices.order_id = ANY(${[...order_ids]}::uuid[])`)
  }
  return query
}

/**
 * The ways from words to invoices, of which all words lie on one: their own text, their customer, their order's number. Search texts
 * have an index and hold more; the second condition keeps to what is meant.
 */
function waysTo(db: Database, filters: InvoiceFilters) {
  const { words } = filters
  const others = matching(db, { ...filters, words: '' }).select('invoices.id')
  if (words === '') return [others]
  return [
    others.where(matchesWords(sql`invoices.search_text`, words)),
    others.where(sql<boolean>`invoices.account_id IN (SELECT a.id FROM accounts a
      WHERE ${matchesWords(sql`a.search_text`, words)} AND ${holdsWords(accountNames, words)})`),
    others.where(sql<boolean>`invoices.order_id IN (SELECT o.id FROM customer_orders o
      WHERE ${matchesWords(sql`o.search_text`, words)} AND ${holdsWords(sql`searchable(o.number)`, words)})`),
  ]
}

/** The same of one invoice: asked of each in the list's order, until a page is full. */
function isOnAWayTo(words: string) {
  return sql<boolean>`(${holdsWords(sql`invoices.search_text`, words)}
    OR (SELECT ${holdsWords(accountNames, words)} FROM accounts a WHERE a.id = invoices.account_id)
    OR coalesce((SELECT ${holdsWords(sql`searchable(o.number)`, words)} FROM customer_orders o WHERE o.id = invoices.order_id), false))`
}

const accountNames = sql<string>`searchable(a.code || ' ' || a.name || ' ' || a.legal_name)`

const billedName = sql<string>`coalesce(invoices.buyer ->> 'name',
  (SELECT coalesce(nullif(a.legal_name, ''), a.name) FROM accounts a WHERE a.id = invoices.account_id))`

/** A party as an invoice keeps it; the account's, since a draft shows it as it is now. */
const billedNow = sql`(SELECT jsonb_build_object(
  'name', coalesce(nullif(a.legal_name, ''), a.name), 'street', a.street, 'street_2', a.street_2, 'street_3', a.street_3,
  'postal_code', a.postal_code, 'city', a.city, 'region', a.region, 'country', a.country,
  'siren', a.siren, 'siret', a.siret, 'vat_number', a.vat_number) FROM accounts a WHERE a.id = invoices.account_id)`

// Subqueries instead of joins: they run for the rows of one page alone.
function withNames(query: SelectQueryBuilder<DB, 'invoices', object>) {
  return query.select([
    'invoices.id',
    'invoices.organisation_id',
    'invoices.number',
    'invoices.kind',
    'invoices.status',
    'invoices.issue_as',
    'invoices.source',
    'invoices.order_id',
    'invoices.order_version',
    'invoices.account_id',
    'invoices.order_account_id',
    'invoices.contact_id',
    'invoices.subject',
    'invoices.customer_order_number',
    'invoices.currency',
    'invoices.document_date',
    'invoices.due_date',
    'invoices.period_start',
    'invoices.period_end',
    'invoices.service_start',
    'invoices.service_end',
    'invoices.payment_term_id',
    'invoices.delivery_address',
    'invoices.net',
    'invoices.tax',
    'invoices.gross',
    'invoices.credited',
    'invoices.paid',
    'invoices.open',
    'invoices.issued_at',
    'invoices.created_at',
    'invoices.updated_at',
    'invoices.version',
    sql<string>`(SELECT a.code FROM accounts a WHERE a.id = invoices.account_id)`.as('account_code'),
    sql<string>`(SELECT a.name FROM accounts a WHERE a.id = invoices.account_id)`.as('account_name'),
    billedName.as('billed_name'),
    sql<unknown>`coalesce(invoices.buyer, ${billedNow})`.as('billed_party'),
    sql<string | null>`(SELECT c.name FROM contacts c WHERE c.id = invoices.contact_id)`.as('contact_name'),
    sql<string>`(SELECT g.code FROM organisations g WHERE g.id = invoices.organisation_id)`.as(
      'organisation_code',
    ),
    sql<string>`(SELECT g.name FROM organisations g WHERE g.id = invoices.organisation_id)`.as(
      'organisation_name',
    ),
    sql<string>`(SELECT g.time_zone FROM organisations g WHERE g.id = invoices.organisation_id)`.as(
      'time_zone',
    ),
    sql<string | null>`(SELECT o.number FROM customer_orders o WHERE o.id = invoices.order_id)`.as(
      'order_number',
    ),
  ])
}
