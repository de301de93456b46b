import { type Expression, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { type OrderStatus, orderStatuses } from '../lib/vocabulary.ts'
import type { Keyset, PageRequest } from './keyset.ts'
import { isAscending, type Lane, rowsInOrder, rowsOf, type Scan, stepsBeyond } from './scans.ts'
import type { DB } from './tables.ts'

/** `match` puts the order whose number is the text first, then the newest. */
export type OrderSort = 'date' | 'number' | 'customer' | 'status' | 'net' | 'assigned_to' | 'match'
/** How many values a cursor of this list has at most. */
export const orderSortKeys = 5

export type OrderListSort = { by: OrderSort; direction: 'asc' | 'desc' }

/** Orders that match, selecting their id, with neither order nor limit. */
type Orders = SelectQueryBuilder<DB, 'customer_orders', { id: string }>

export const nobody = '00000000-0000-0000-0000-000000000000'
/** Who an order is assigned to, as its index has it: an index has no order behind what is absent. */
export const assignee = sql<string>`coalesce(customer_orders.assigned_to_id, ${sql.lit(nobody)}::uuid)`

/** By what a list of orders is sorted. */
export function orderKeyset(sort: OrderListSort, words: string): Keyset {
  return { keys: keysOf(sort.by, words), direction: sort.direction }
}

/** The orders among which a page is, found by the index that has the list's order in each organisation and status. */
export function orderScans(
  sort: OrderListSort,
  words: string,
  orders: { from: Orders; organisation_ids: readonly string[]; statuses: readonly OrderStatus[] },
): (page: PageRequest) => RawBuilder<unknown>[] {
  const { from, organisation_ids, statuses } = orders
  return (page) => {
    const ascending = isAscending(sort.direction, page)
    const column = sql`customer_orders.organisation_id`
    const lanes: Lane[] = [{ column, type: 'uuid', values: organisation_ids }]
    const scan = { from, lanes, ascending, beyond: page.cursor?.values, limit: page.limit + 1 }
    return scansOf(sort.by, words)({ ...scan, keys: keysOf(sort.by, words) }, statuses)
  }
}

const id = sql`customer_orders.id`
const number = sql`(customer_orders.number COLLATE document_numbers)`
// None is ever null, and each is like an index of customer_orders behind the organisation.
const byDate = [sql`customer_orders.order_date`, number, id]
const indexed = {
  date: byDate,
  number: [number, id],
  customer: [
    sql`(coalesce(customer_orders.invoicing_address ->> 'name', '') COLLATE "und-x-icu")`,
    sql`customer_orders.order_date`,
    id,
  ],
  net: [sql`customer_orders.net`, sql`customer_orders.order_date`, id],
}

function keysOf(by: OrderSort, words: string): Expression<unknown>[] {
  switch (by) {
    case 'status':
      return [sql`array_position(${[...orderStatuses]}::text[], customer_orders.status)`, ...byDate]
    case 'assigned_to':
      return [
        sql`(coalesce((SELECT u.name FROM users u WHERE u.id = customer_orders.assigned_to_id), '') COLLATE "und-x-icu")`,
        assignee,
        ...byDate,
      ]
    case 'match':
      return [isNumbered(words), ...byDate]
    default:
      return indexed[by]
  }
}

type Scans = (scan: Scan, statuses: readonly OrderStatus[]) => RawBuilder<unknown>[]

/** The scans among whose rows the page is. */
function scansOf(by: OrderSort, words: string): Scans {
  switch (by) {
    case 'status':
      return byStatus
    case 'assigned_to':
      return byAssignee
    case 'match':
      return byMatch(words)
    default:
      return (scan, statuses) => [rowsOf(inStatuses(scan, statuses))]
  }
}

function inStatuses(scan: Scan, statuses: readonly OrderStatus[]): Scan {
  const lane: Lane = { column: sql`customer_orders.status`, type: 'text', values: statuses }
  return { ...scan, lanes: [...scan.lanes, lane] }
}

function byStatus(scan: Scan, statuses: readonly OrderStatus[]): RawBuilder<unknown>[] {
  const [place, ...beyond] = scan.beyond ?? []
  return statuses.flatMap((status) => {
    const steps = stepsBeyond(place, 1 + orderStatuses.indexOf(status), scan.ascending)
    if (steps < 0) return []
    return [rowsOf({ ...inStatuses(scan, [status]), keys: byDate, beyond: steps === 0 ? beyond : undefined })]
  })
}

function byAssignee(scan: Scan, statuses: readonly OrderStatus[]): RawBuilder<unknown>[] {
  const people = sql`
    SELECT id, name COLLATE "und-x-icu" AS name FROM users
    UNION ALL SELECT ${sql.lit(nobody)}::uuid, '' COLLATE "und-x-icu"`
  const each = { ...inStatuses(scan, statuses), keys: byDate, beyond: undefined }
  const later = rowsInOrder(each, { people, column: assignee }, scan.beyond?.slice(0, 2))
  if (scan.beyond === undefined) return [later]
  const [, person, ...beyond] = scan.beyond
  const from = scan.from.where(sql<boolean>`${assignee} = ${person}::uuid`)
  return [rowsOf({ ...each, from, beyond }), later]
}

function byMatch(words: string): Scans {
  return (scan, statuses) => {
    const beyond = scan.beyond?.[0] === 'false' ? scan.beyond.slice(1) : undefined
    const numbered = scan.from.where(isNumbered(words))
    const from = scan.from.where(sql<boolean>`NOT ${isNumbered(words)}`)
    return [sql`${numbered}`, rowsOf({ ...inStatuses(scan, statuses), from, keys: byDate, beyond })]
  }
}

function isNumbered(words: string): RawBuilder<boolean> {
  return sql<boolean>`(lower(customer_orders.number) = lower(${words}::text))`
}
