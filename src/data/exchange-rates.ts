import { sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { Database, Trx } from './database.ts'
import { type PageOf, type PageRequest, selectPage } from './keyset.ts'
import type { NewRow, Row } from './tables.ts'

export type ExchangeRateFilters = {
  /** On either side. */
  currency: string | undefined
  from: IsoDate | undefined
  to: IsoDate | undefined
}

/** How many values a cursor of this list has. */
export const exchangeRateSortKeys = 2

export type ExchangeRate = Row<'exchange_rates'> & { created_by_name: string | null }

/** Rates by their day, then in the order in which they came. */
export async function listExchangeRates(
  db: Database,
  filters: ExchangeRateFilters,
  direction: 'asc' | 'desc',
  page: PageRequest,
): Promise<PageOf<ExchangeRate>> {
  const query = filtered(db, filters)
    .selectAll('exchange_rates')
    .select(
      sql<string | null>`(SELECT u.name FROM users u WHERE u.id = exchange_rates.created_by)`.as(
        'created_by_name',
      ),
    )
  return selectPage(query, { keys: [sql`rate_date`, sql`exchange_rates.id`], direction }, page)
}

export async function countExchangeRates(db: Database, filters: ExchangeRateFilters): Promise<number> {
  const row = await filtered(db, filters)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

function filtered(db: Database, { currency, from, to }: ExchangeRateFilters) {
  let query = db.selectFrom('exchange_rates')
  if (currency !== undefined)
    query = query.where((eb) => eb.or([eb('from_currency', '=', currency), eb('to_currency', '=', currency)]))
  if (from !== undefined) query = query.where('rate_date', '>=', from)
  if (to !== undefined) query = query.where('rate_date', '<=', to)
  return query
}

export async function findExchangeRate(db: Database, id: string): Promise<Row<'exchange_rates'> | undefined> {
  return db.selectFrom('exchange_rates').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function insertExchangeRate(trx: Trx, rate: NewRow<'exchange_rates'>): Promise<string> {
  const row = await trx.insertInto('exchange_rates').values(rate).returning('id').executeTakeFirstOrThrow()
  return row.id
}

/** @returns the rate that is gone; undefined where somebody else was first */
export async function deleteExchangeRate(trx: Trx, id: string): Promise<Row<'exchange_rates'> | undefined> {
  return trx.deleteFrom('exchange_rates').where('id', '=', id).returningAll().executeTakeFirst()
}

export type NewExchangeRate = { from_currency: string; to_currency: string; rate_date: IsoDate; rate: string }

/** Writes many, of different pairs and days, in one statement; a rate that stands there already is replaced where it differs. */
export async function upsertExchangeRates(
  trx: Trx,
  rates: readonly NewExchangeRate[],
  by: { source: string; user_id: string },
): Promise<{ created: number; changed: number }> {
  const { rows } = await sql<{ created: number; changed: number }>`
    WITH written AS (
      INSERT INTO exchange_rates AS x (from_currency, to_currency, rate_date, rate, source, created_by)
      SELECT f, t, d, r, ${by.source}, ${by.user_id} FROM unnest(
        ${rates.map(({ from_currency }) => from_currency)}::text[], ${rates.map(({ to_currency }) => to_currency)}::text[],
        ${rates.map(({ rate_date }) => rate_date)}::date[], ${rates.map(({ rate }) => rate)}::numeric[]) AS n (f, t, d, r)
      ON CONFLICT (from_currency, to_currency, rate_date) DO UPDATE
        SET rate = excluded.rate, source = excluded.source, created_at = now(), created_by = excluded.created_by
        WHERE x.rate <> excluded.rate
      RETURNING (xmax = 0) AS created)
    SELECT count(*) FILTER (WHERE created)::int AS created, count(*) FILTER (WHERE NOT created)::int AS changed FROM written`.execute(
    trx,
  )
  return rows[0] ?? { created: 0, changed: 0 }
}

/**
 * One unit of a currency in another on a day, as an SQL expression that is null where nobody knows: the newest rate on or before the
 * day, at most seven days old (markets close for no longer); that of the opposite pair serves too, as 1 ÷ rate with nine decimals.
 * docs/rules/exchange-rates.md
 */
export function exchangeRateOn(pair: { from: SqlText; to: SqlText; date: SqlText }) {
  const { from, to, date } = pair
  return sql<string | null>`(SELECT found.rate FROM (
      SELECT x.rate, x.rate_date, 1 AS way FROM exchange_rates x
        WHERE x.from_currency = ${from} AND x.to_currency = ${to} AND x.rate_date BETWEEN ${date}::date - 7 AND ${date}::date
      UNION ALL
      SELECT round(1 / x.rate, 9), x.rate_date, 2 FROM exchange_rates x
        WHERE x.from_currency = ${to} AND x.to_currency = ${from} AND x.rate_date BETWEEN ${date}::date - 7 AND ${date}::date
    ) found ORDER BY found.rate_date DESC, found.way LIMIT 1)`
}

type SqlText = string | ReturnType<typeof sql>

/** The same for one pair. */
export async function findExchangeRateOn(
  db: Database,
  pair: { from: string; to: string; date: IsoDate },
): Promise<string | undefined> {
  const row = await db.selectNoFrom(exchangeRateOn(pair).as('rate')).executeTakeFirst()
  return row?.rate ?? undefined
}
