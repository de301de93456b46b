import { type Expression, type SelectQueryBuilder, sql } from 'kysely'
import type { DB } from './tables.ts'

/**
 * Pages of a list by the values of its sort keys instead of by counting rows: equally fast on the thousandth page, and a row added
 * meanwhile moves nothing. All keys go in one direction, so that one row comparison uses the index; the last one is unique.
 */
export type Keyset = {
  /** What the list is sorted by, none of them ever null; the last one unique. */
  keys: readonly Expression<unknown>[]
  direction: 'asc' | 'desc'
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
  const { cursor, limit } = page
  const backwards = cursor?.side === 'before'
  const ascending = (keyset.direction === 'asc') !== backwards
  const tuple = sql<unknown>`(${sql.join(keyset.keys)})`
  let paged = query.select(
    sql<string[]>`array[${sql.join(keyset.keys.map((key) => sql`${key}::text`))}]`.as('sort_keys'),
  )
  if (cursor !== undefined) {
    const values = sql`(${sql.join(cursor.values)})`
    paged = paged.where(ascending ? sql<boolean>`${tuple} > ${values}` : sql<boolean>`${tuple} < ${values}`)
  }
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
  const tuple = sql`(${sql.join(keyset.keys)})`
  const place = sql`(${sql.join(values)})`
  const row = await query
    .where(keyset.direction === 'asc' ? sql<boolean>`${tuple} < ${place}` : sql<boolean>`${tuple} > ${place}`)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

/** The sort keys of a query's one row, for its place in the list. */
export async function findSortKeys<TB extends keyof DB>(
  query: SelectQueryBuilder<DB, TB, object>,
  keyset: Keyset,
): Promise<string[] | undefined> {
  const row = await query
    .select(sql<string[]>`array[${sql.join(keyset.keys.map((key) => sql`(${key})::text`))}]`.as('keys'))
    .executeTakeFirst()
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

/** invalid_text_representation, invalid_datetime_format, datetime_field_overflow */
function isWrongValue(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['22P02', '22007', '22008'].includes(String(error.code))
}

function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.side, ...cursor.values])).toString('base64url')
}

/** A cursor with as many values as the list has keys; anything else is none, and the list begins at its start. */
export function decodeCursor(text: string, keys: number): Cursor | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (!Array.isArray(parsed) || parsed.length !== keys + 1) return undefined
    const [side, ...values] = parsed.filter((part): part is string => typeof part === 'string')
    if ((side !== 'after' && side !== 'before') || values.length !== keys) return undefined
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

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`)
}
