import { type Expression, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Database } from './database.ts'
import { isBeyond, type PageRequest } from './keyset.ts'
import type { DB } from './tables.ts'

/**
 * Where an index has a list's order only within an organisation and a status, each of them is scanned by itself for as many rows
 * as a page has: the page is among what all of them found. Sorting those is quick however large the table is, while one query over
 * several organisations would sort everything that matches: docs/decisions/lists-by-scans.md.
 */
export type Scan = {
  /** The rows that match, without order and limit, selecting their id. */
  from: Scannable
  /** An equality each, over all combinations: with these an index has the order of the keys. */
  lanes: readonly Lane[]
  keys: readonly Expression<unknown>[]
  ascending: boolean
  /** The page begins behind these values of the keys, in the scan's direction. */
  beyond: readonly string[] | undefined
  limit: number
}

export type Lane = { column: Expression<unknown>; type: 'uuid' | 'text'; values: readonly string[] }

/** People or accounts in the order that the list has them in: selects `id` and `name`, neither ever null. */
export type Order = { people: RawBuilder<unknown>; column: Expression<unknown> }

type Scannable = SelectQueryBuilder<DB, keyof DB, { id: string }>

/** The first rows of a scan: selects `id` and the keys. */
export function rowsOf(scan: Scan): RawBuilder<unknown> {
  const { lanes, keys, limit } = scan
  const lane = (index: number) => sql.table(`lane_${index}`)
  let rows = scan.from.select(keys.map((key, index) => sql`${key}`.as(`key_${index}`)))
  for (const [index, { column }] of lanes.entries()) {
    rows = rows.where(sql<boolean>`${column} = ${lane(index)}.value`)
  }
  if (scan.beyond !== undefined) rows = rows.where(isBeyond(keys, scan.beyond, scan.ascending))
  for (const key of keys) rows = rows.orderBy(key, scan.ascending ? 'asc' : 'desc')
  const sources = lanes.map(
    ({ type, values }, index) =>
      sql`unnest(${[...values]}::${sql.raw(type)}[]) AS ${lane(index)} (value) CROSS JOIN `,
  )
  return sql`SELECT page.* FROM ${sql.join(sources, sql``)} LATERAL (${rows.limit(limit)}) AS page
    ORDER BY ${inOrder(keyColumns(scan), scan.ascending)} LIMIT ${limit}`
}

/** The first rows of a list sorted by people and then by the scan's keys: person after person, until the page is full. */
export function rowsInOrder(
  scan: Scan,
  order: Order,
  /** The name and the id of the last person that the list is past. */
  beyond: readonly string[] | undefined,
): RawBuilder<unknown> {
  const past =
    beyond === undefined
      ? sql``
      : sql`WHERE ${isBeyond([sql`person.name`, sql`person.id`], beyond, scan.ascending)}`
  const within = { ...scan, from: scan.from.where(sql<boolean>`${order.column} = person.id`) }
  return sql`SELECT page.* FROM (
      SELECT * FROM (${order.people}) AS person ${past}) AS person
    CROSS JOIN LATERAL (${rowsOf(within)}) AS page
    ORDER BY ${inOrder([sql`person.name`, sql`person.id`, ...keyColumns(scan)], scan.ascending)} LIMIT ${scan.limit}`
}

/**
 * The candidates of a list that is sorted by how well a row matches, its first key, and then by the scan's keys: the best from 0 on,
 * each with its condition, in parentheses.
 */
export function rowsByRank(
  scan: Omit<Scan, 'lanes'>,
  ranks: readonly RawBuilder<boolean>[],
): RawBuilder<unknown>[] {
  const [reached, ...beyond] = scan.beyond ?? []
  return ranks.flatMap((matches, place) => {
    const steps = stepsBeyond(reached, place, scan.ascending)
    if (steps < 0) return []
    const better = ranks.slice(0, place).map((other) => sql<boolean>`NOT ${other}`)
    const from = [matches, ...better].reduce((query, condition) => query.where(condition), scan.from)
    return [rowsOf({ ...scan, from, lanes: [], beyond: steps === 0 ? beyond : undefined })]
  })
}

/** The condition that a row is among what was found. */
export function isAmong(
  id: Expression<unknown>,
  found: readonly (RawBuilder<unknown> | Scannable)[],
): RawBuilder<boolean> {
  const all = sql.join(
    found.map((rows) => sql`SELECT id FROM (${rows}) AS rows`),
    sql` UNION ALL `,
  )
  return sql<boolean>`${id} = ANY(ARRAY(${all}))`
}

/** Up to here it is quicker to sort all that match than to look for them in the list's order. */
const few = 1000

/** Whether few rows match: those of all queries, which have neither order nor limit. */
export async function matchesFew(db: Database, queries: readonly Scannable[]): Promise<boolean> {
  const all = sql.join(
    queries.map((query) => sql`SELECT id FROM (${query}) AS rows`),
    sql` UNION ALL `,
  )
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM (${all} LIMIT ${few + 1}) AS found`.execute(db)
  return (rows[0]?.count ?? 0) <= few
}

/** Which way a page is read: a page before a cursor is read backwards. */
export function isAscending(direction: 'asc' | 'desc', page: PageRequest): boolean {
  return (direction === 'asc') !== (page.cursor?.side === 'before')
}

/** How many steps a group of a list is past the cursor's group, each by its place; 1 where there is no cursor. */
export function stepsBeyond(cursor: string | undefined, place: number, ascending: boolean): number {
  if (cursor === undefined) return 1
  return ascending ? place - Number(cursor) : Number(cursor) - place
}

function keyColumns(scan: Scan): RawBuilder<unknown>[] {
  return scan.keys.map((_, index) => sql`page.${sql.id(`key_${index}`)}`)
}

function inOrder(columns: readonly RawBuilder<unknown>[], ascending: boolean): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql`${column} ${sql.raw(ascending ? 'ASC' : 'DESC')}`))
}
