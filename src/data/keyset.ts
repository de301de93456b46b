import { type Expression, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { DB } from './tables.ts'

/**
 * Pages of a list by the values of its sort keys instead of by counting rows: equally fast on the thousandth page, and a row added
 * meanwhile moves nothing. All keys go in one direction, so that one row comparison uses the index; the last one is unique.
 */
export type Keyset = {
  /** What the list is sorted by, none of them ever null; the last one unique. */
  keys: readonly Expression<unknown>[]
  direction: 'asc' | 'desc'
  /** Narrows to rows among which the page is, where one index alone does not find it: `data/scans.ts`. */
  candidates?: (page: PageRequest) => RawBuilder<boolean>
}

export type Cursor = { side: 'after' | 'before'; values: readonly string[] }

export type PageRequest = { cursor: Cursor | undefined; limit: number }

export type PageOf<R> = { rows: R[]; next: string | null; previous: string | null }

/** One page of a query that selects its columns already and has neither order nor limit. */
export async function selectPage<TB extends keyof DB, R>(
  query: SelectQueryBuilder<DB, TB, R>,
  keyset: Keyset,
  page: PageRequest,
): Promise<PageOf<R>> {
  const { limit } = page
  // Of a list sorted otherwise.
  const cursor = page.cursor?.values.length === keyset.keys.length ? page.cursor : undefined
  const backwards = cursor?.side === 'before'
  const ascending = (keyset.direction === 'asc') !== backwards
  let paged = query.select(asTexts(keyset.keys).as('sort_keys'))
  if (cursor !== undefined) paged = paged.where(isBeyond(keyset.keys, cursor.values, ascending))
  if (keyset.candidates !== undefined) paged = paged.where(keyset.candidates({ cursor, limit }))
  for (const key of keyset.keys) paged = paged.orderBy(key, ascending ? 'asc' : 'desc')
  const found = await paged
    .limit(limit + 1)
    .execute()
    .catch((error: unknown) => {
      if (cursor !== undefined && isWrongValue(error)) return undefined
      throw error
    })
  // A cursor somebody typed, with a word where a date stands: the list begins at its start.
  if (found === undefined) return selectPage(query, keyset, { cursor: undefined, limit })
  const more = found.length > limit
  const rows = found.slice(0, limit)
  if (backwards) rows.reverse()
  const [first, last] = [rows[0], rows[rows.length - 1]]
  const hasNext = backwards ? true : more
  const hasPrevious = backwards ? more : cursor !== undefined
  return {
    rows,
    next: hasNext && last !== undefined ? encodeCursor({ side: 'after', values: last.sort_keys }) : null,
    previous:
      hasPrevious && first !== undefined ? encodeCursor({ side: 'before', values: first.sort_keys }) : null,
  }
}

/** How many rows of a query, without order or limit, stand before the one with these sort keys. */
export async function countBefore<TB extends keyof DB>(
  query: SelectQueryBuilder<DB, TB, object>,
  keyset: Keyset,
  values: readonly string[],
): Promise<number> {
  const row = await query
    .where(isBeyond(keyset.keys, values, keyset.direction === 'desc'))
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

/** The sort keys of a query's one row, for its place in the list. */
export async function findSortKeys<TB extends keyof DB>(
  query: SelectQueryBuilder<DB, TB, object>,
  keyset: Keyset,
): Promise<string[] | undefined> {
  const row = await query.select(asTexts(keyset.keys).as('keys')).executeTakeFirst()
  return row?.keys
}

/** The ids of the rows right before and after the one with these sort keys. */
export async function findNeighbours<TB extends keyof DB>(
  query: SelectQueryBuilder<DB, TB, { id: string }>,
  keyset: Keyset,
  values: readonly string[],
): Promise<{ previous: string | undefined; next: string | undefined }> {
  const beside = async (side: 'before' | 'after') => {
    const page = await selectPage(query, keyset, { cursor: { side, values }, limit: 1 })
    return page.rows[0]?.id
  }
  return { previous: await beside('before'), next: await beside('after') }
}

/** The condition that a row comes after these values of the keys, or before them. */
export function isBeyond(
  keys: readonly Expression<unknown>[],
  values: readonly string[],
  ascending: boolean,
): RawBuilder<boolean> {
  const [tuple, place] = [sql`(${sql.join(keys)})`, sql`(${sql.join(values)})`]
  return ascending ? sql<boolean>`${tuple} > ${place}` : sql<boolean>`${tuple} < ${place}`
}

/** In one collation: an array has but one. */
function asTexts(keys: readonly Expression<unknown>[]): RawBuilder<string[]> {
  return sql`array[${sql.join(keys.map((key) => sql`(${key})::text COLLATE "C"`))}]`
}

/** invalid_text_representation, invalid_datetime_format, datetime_field_overflow */
function isWrongValue(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['22P02', '22007', '22008'].includes(String(error.code))
}

function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.side, ...cursor.values])).toString('base64url')
}

/** A cursor with at most as many values as the list has keys; anything else is none, and the list begins at its start. */
export function decodeCursor(text: string, most: number): Cursor | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (!Array.isArray(parsed) || parsed.length > most + 1) return undefined
    const [side, ...values] = parsed.filter((part): part is string => typeof part === 'string')
    if ((side !== 'after' && side !== 'before') || values.length !== parsed.length - 1) return undefined
    // PostgreSQL holds no NUL, so no row ended a page with one.
    if (values.some((value) => value.includes('\0'))) return undefined
    return { side, values }
  } catch {
    return undefined
  }
}

/** The condition of a search box that is not empty: every word occurs in `search_text`, accents and case aside. Uses the trigram index. */
export function matchesWords(column: Expression<string>, words: string) {
  const parts = words.split(/\s+/u).filter((word) => word !== '')
  return sql<boolean>`(${sql.join(
    parts.map((word) => sql`${column} LIKE '%' || searchable(${escapeLike(word)}) || '%'`),
    sql` AND `,
  )})`
}

/** The same, asked of each row that is met in another order: no index is tried for it. */
export function holdsWords(column: Expression<string>, words: string) {
  const parts = words.split(/\s+/u).filter((word) => word !== '')
  return sql<boolean>`(${sql.join(
    parts.map((word) => sql`position(searchable(${word}::text) IN ${column}) > 0`),
    sql` AND `,
  )})`
}

/** The text as a LIKE pattern of itself. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`)
}
