import { type SelectQueryBuilder, sql } from 'kysely'
import type { Address } from '../lib/address.ts'
import type { IsoDate } from '../lib/dates.ts'
import { type OrderStatus, orderStatuses } from '../lib/vocabulary.ts'
import { type BillingState, isInBillingState, type OrganisationDay } from './billing-states.ts'
import type { Database } from './database.ts'
import {
  countBefore,
  findNeighbours,
  findSortKeys,
  holdsWords,
  type Keyset,
  matchesWords,
  type PageOf,
  type PageRequest,
  selectPage,
} from './keyset.ts'
import { assignee, nobody, type OrderListSort, orderKeyset, orderScans } from './order-sorts.ts'
import { isAmong, matchesFew } from './scans.ts'
import { type Sums, sumDocuments } from './sums.ts'
import type { DB, Row } from './tables.ts'

/** What a list of orders is narrowed to; undefined narrows nothing. */
export type OrderFilters = {
  /** Those the viewer works in, or the chosen one of them: orders of the others do not exist. */
  organisation_ids: readonly string[]
  words: string
  status: OrderStatus | undefined
  account_id: string | undefined
  /** A user, or the orders that nobody is assigned to. */
  assigned_to_id: string | 'nobody' | undefined
  /** Order dates, both days included. */
  from: IsoDate | undefined
  to: IsoDate | undefined
  finalized: boolean | undefined
  /** Whether its recurrence is on. */
  recurring: boolean | undefined
  /** How its billing stands, on each organisation's own day. */
  billing?: { state: BillingState; days: readonly OrganisationDay[] } | undefined
}

/** The filters of a list that nothing narrows. */
export const everyOrder: Omit<OrderFilters, 'organisation_ids'> = {
  words: '',
  status: undefined,
  account_id: undefined,
  assigned_to_id: undefined,
  from: undefined,
  to: undefined,
  finalized: undefined,
  recurring: undefined,
}

export { type OrderSort, orderSortKeys } from './order-sorts.ts'

/** An order's own row with what its references are called: everything but lines and taxes. */
export type OrderHeader = Pick<
  Row<'customer_orders'>,
  | 'id'
  | 'organisation_id'
  | 'number'
  | 'subject'
  | 'status'
  | 'status_before_cancel'
  | 'finalized_at'
  | 'account_id'
  | 'contact_id'
  | 'customer_order_number'
  | 'contract_reference'
  | 'assigned_to_id'
  | 'currency'
  | 'order_date'
  | 'shipping_differs'
  | 'net'
  | 'tax'
  | 'gross'
  | 'created_at'
  | 'updated_at'
  | 'version'
> & {
  invoicing_address: Address
  shipping_address: Address
  account_code: string
  account_name: string
  contact_name: string | null
  assigned_to_name: string | null
  organisation_code: string
  organisation_name: string
  time_zone: string
  recurrence: Row<'recurrences'> | null
}

export async function listOrders(
  db: Database,
  filters: OrderFilters,
  sort: OrderListSort,
  page: PageRequest,
): Promise<PageOf<OrderHeader>> {
  return selectPage(withNames(matching(db, filters)), await keysetFor(db, filters, sort), page)
}

/** @returns undefined also where the order belongs to an organisation that is not among these */
export async function findOrderHeader(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<OrderHeader | undefined> {
  return withNames(ordersOf(db, organisationIds).where('customer_orders.id', '=', id)).executeTakeFirst()
}

/** What the list comes to, a currency each; stops counting after `most` (null: never), so that a huge list stays quick. */
export async function sumOrders(db: Database, filters: OrderFilters, most: number | null): Promise<Sums> {
  return sumDocuments(db, orderAmounts(db, filters), most)
}

/** The amounts of those that match, to be added up. */
export function orderAmounts(db: Database, filters: OrderFilters) {
  return matching(db, filters).select([
    'customer_orders.currency',
    'customer_orders.net',
    'customer_orders.gross',
    sql<string>`0::numeric`.as('open'),
  ])
}

/** How many matching orders stand before the one with these sort keys. */
export async function countOrdersBefore(
  db: Database,
  filters: OrderFilters,
  sort: OrderListSort,
  keys: readonly string[],
): Promise<number> {
  return countBefore(matching(db, filters), orderKeyset(sort, filters.words), keys)
}

/** The sort keys of one order where it matches, for its place in the list. */
export async function findOrderSortKeys(
  db: Database,
  filters: OrderFilters,
  sort: OrderListSort,
  id: string,
): Promise<string[] | undefined> {
  return findSortKeys(
    matching(db, filters).where('customer_orders.id', '=', id),
    orderKeyset(sort, filters.words),
  )
}

/** The ids of the orders right before and after the one with these sort keys. */
export async function findNeighboursOfOrder(
  db: Database,
  filters: OrderFilters,
  sort: OrderListSort,
  keys: readonly string[],
): Promise<{ previous: string | undefined; next: string | undefined }> {
  return findNeighbours(
    matching(db, filters).select('customer_orders.id'),
    await keysetFor(db, filters, sort),
    keys,
  )
}

/** Who an order can be assigned to, for the filter: whoever works, or worked, in these organisations. */
export async function listAssignees(
  db: Database,
  organisationIds: readonly string[],
): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('users')
    .select(['users.id', 'users.name'])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('user_organisations')
          .select('user_organisations.user_id')
          .whereRef('user_organisations.user_id', '=', 'users.id')
          .where('user_organisations.organisation_id', 'in', [...organisationIds]),
      ),
    )
    .orderBy(sql`users.name COLLATE "und-x-icu"`)
    .orderBy('users.id')
    .execute()
}

export async function listOrganisationNames(
  db: Database,
  organisationIds: readonly string[],
): Promise<{ id: string; code: string; name: string }[]> {
  return db
    .selectFrom('organisations')
    .select(['id', 'code', 'name'])
    .where('id', 'in', [...organisationIds])
    .orderBy(sql`name COLLATE "und-x-icu"`)
    .execute()
}

function ordersOf(db: Database, organisationIds: readonly string[]) {
  return db.selectFrom('customer_orders').where('customer_orders.organisation_id', 'in', [...organisationIds])
}

/** The orders that match, newest first, for a statement that goes on from them. */
export function selectMatchingOrders(db: Database, filters: OrderFilters) {
  return matching(db, filters).select([
    'customer_orders.id',
    'customer_orders.organisation_id',
    'customer_orders.number',
    sql<number>`(row_number() OVER (ORDER BY customer_orders.order_date DESC, customer_orders.id DESC))::int`.as(
      'position',
    ),
  ])
}

function matching(db: Database, filters: OrderFilters) {
  return narrowed(ordersOf(db, filters.organisation_ids), filters, 'gathered')
}

/** All filters but the organisations: to gather what matches by their own indexes, or to ask each order that is met. */
function narrowed(
  orders: SelectQueryBuilder<DB, 'customer_orders', object>,
  filters: OrderFilters,
  how: 'gathered' | 'met',
) {
  const { status, account_id, assigned_to_id, from, to, finalized, recurring } = filters
  let query = orders
  if (filters.words !== '') {
    const matches = how === 'met' ? holdsWords : matchesWords
    query = query.where(matches(sql`customer_orders.search_text`, filters.words))
  }
  if (status !== undefined) query = query.where('customer_orders.status', '=', status)
  if (account_id !== undefined) query = query.where('customer_orders.account_id', '=', account_id)
  if (assigned_to_id !== undefined) {
    query = query.where(
      sql<boolean>`${assignee} = ${assigned_to_id === 'nobody' ? nobody : assigned_to_id}::uuid`,
    )
  }
  if (from !== undefined) query = query.where('customer_orders.order_date', '>=', from)
  if (to !== undefined) query = query.where('customer_orders.order_date', '<=', to)
  if (finalized !== undefined)
    query = query.where('customer_orders.finalized_at', finalized ? 'is not' : 'is', null)
  if (recurring !== undefined) {
    const on = how === 'met' ? isRecurring : hasRecurrence
    query = query.where(recurring ? on : sql<boolean>`NOT ${on}`)
  }
  if (filters.billing !== undefined)
    query = query.where(isInBillingState(filters.billing.state, filters.billing.days))
  return query
}

const hasRecurrence = sql<boolean>`EXISTS (
  SELECT FROM recurrences r WHERE r.order_id = customer_orders.id AND r.enabled)`

const isRecurring = sql<boolean>`coalesce(
  (SELECT r.enabled FROM recurrences r WHERE r.order_id = customer_orders.id), false)`

/** Whether a filter is set that no index has together with the order of the list. */
function isSearch(filters: OrderFilters): boolean {
  const { words, finalized, recurring, billing } = filters
  return words !== '' || finalized !== undefined || recurring !== undefined || billing !== undefined
}

/** Few are gathered by the filters' own indexes; many are met soon in the list's order. */
async function keysetFor(db: Database, filters: OrderFilters, sort: OrderListSort): Promise<Keyset> {
  const { words, organisation_ids, status } = filters
  const keyset = orderKeyset(sort, words)
  const id = sql`customer_orders.id`
  const all = matching(db, filters).select('customer_orders.id')
  if (isSearch(filters) && (await matchesFew(db, [all]))) {
    return { ...keyset, candidates: () => isAmong(id, [all]) }
  }
  const statuses = status === undefined ? orderStatuses : [status]
  const from = narrowed(db.selectFrom('customer_orders'), filters, 'met').select('customer_orders.id')
  const scans = orderScans(sort, words, { from, organisation_ids, statuses })
  return { ...keyset, candidates: (page) => isAmong(id, scans(page)) }
}

// Subqueries instead of joins: they run for the rows of one page alone.
function withNames(query: SelectQueryBuilder<DB, 'customer_orders', object>) {
  return query.select([
    'customer_orders.id',
    'customer_orders.organisation_id',
    'customer_orders.number',
    'customer_orders.subject',
    'customer_orders.status',
    'customer_orders.status_before_cancel',
    'customer_orders.finalized_at',
    'customer_orders.account_id',
    'customer_orders.contact_id',
    'customer_orders.customer_order_number',
    'customer_orders.contract_reference',
    'customer_orders.assigned_to_id',
    'customer_orders.currency',
    'customer_orders.order_date',
    'customer_orders.invoicing_address',
    'customer_orders.shipping_address',
    'customer_orders.shipping_differs',
    'customer_orders.net',
    'customer_orders.tax',
    'customer_orders.gross',
    'customer_orders.created_at',
    'customer_orders.updated_at',
    'customer_orders.version',
    sql<string>`(SELECT a.code FROM accounts a WHERE a.id = customer_orders.account_id)`.as('account_code'),
    sql<string>`(SELECT a.name FROM accounts a WHERE a.id = customer_orders.account_id)`.as('account_name'),
    sql<string | null>`(SELECT c.name FROM contacts c WHERE c.id = customer_orders.contact_id)`.as(
      'contact_name',
    ),
    sql<string | null>`(SELECT u.name FROM users u WHERE u.id = customer_orders.assigned_to_id)`.as(
      'assigned_to_name',
    ),
    sql<string>`(SELECT g.code FROM organisations g WHERE g.id = customer_orders.organisation_id)`.as(
      'organisation_code',
    ),
    sql<string>`(SELECT g.name FROM organisations g WHERE g.id = customer_orders.organisation_id)`.as(
      'organisation_name',
    ),
    sql<string>`(SELECT g.time_zone FROM organisations g WHERE g.id = customer_orders.organisation_id)`.as(
      'time_zone',
    ),
    sql<Row<'recurrences'> | null>`(SELECT to_jsonb(r) FROM recurrences r WHERE r.order_id = customer_orders.id)`.as(
      'recurrence',
    ),
  ])
}
