import { sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { Database, Trx } from './database.ts'
import type { NumberKind, Row } from './tables.ts'

export type SeriesKey = { organisation_id: string; kind: NumberKind; year: number }

/**
 * Takes the next number of a series and holds its row until the transaction ends, so that what is rolled back leaves no gap.
 * Undefined where the series does not exist yet.
 */
export async function takeNextNumber(
  trx: Trx,
  series: SeriesKey,
  date: IsoDate,
): Promise<{ format: string; number: number } | undefined> {
  return trx
    .updateTable('number_series')
    .set({
      next_number: sql`next_number + 1`,
      last_date: sql`greatest(last_date, ${date}::date)`,
    })
    .where('organisation_id', '=', series.organisation_id)
    .where('kind', '=', series.kind)
    .where('year', '=', series.year)
    .returning(['format', sql<number>`next_number - 1`.as('number')])
    .executeTakeFirst()
}

/** The organisation's series of issued documents in these years, locked in one order by everybody. */
export async function lockSeries(
  trx: Trx,
  organisationId: string,
  years: readonly number[],
): Promise<Row<'number_series'>[]> {
  return trx
    .selectFrom('number_series')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('kind', '<>', 'order')
    .where(sql<boolean>`year = ANY(${[...years]}::int[])`)
    .orderBy('kind')
    .orderBy('year')
    .forUpdate()
    .execute()
}

/** Every series of issued documents that an organisation has, whatever the year. */
export async function listSeriesFormats(
  db: Database,
  organisationId: string,
): Promise<{ kind: NumberKind; year: number; format: string }[]> {
  return db
    .selectFrom('number_series')
    .select(['kind', 'year', 'format'])
    .where('organisation_id', '=', organisationId)
    .where('kind', '<>', 'order')
    .orderBy('kind')
    .orderBy('year')
    .execute()
}

/** After the last number that was given of a locked series. */
export async function advanceSeries(
  trx: Trx,
  series: SeriesKey,
  to: { next_number: number; last_date: IsoDate },
): Promise<void> {
  await trx
    .updateTable('number_series')
    .set({ next_number: to.next_number, last_date: sql`greatest(last_date, ${to.last_date}::date)` })
    .where('organisation_id', '=', series.organisation_id)
    .where('kind', '=', series.kind)
    .where('year', '=', series.year)
    .execute()
}

/** Begins a series; nothing happens where somebody else has just begun it. */
export async function insertSeries(trx: Trx, series: SeriesKey, format: string): Promise<void> {
  await trx
    .insertInto('number_series')
    .values({ ...series, format })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'kind', 'year']).doNothing())
    .execute()
}

/** The format of the organisation's nearest earlier year, else of any year. */
export async function findSeriesFormat(trx: Trx, series: SeriesKey): Promise<string | undefined> {
  const row = await trx
    .selectFrom('number_series')
    .select('format')
    .where('organisation_id', '=', series.organisation_id)
    .where('kind', '=', series.kind)
    .orderBy(sql`year > ${series.year}`)
    .orderBy(sql`abs(year - ${series.year})`)
    .executeTakeFirst()
  return row?.format
}

/** The organisation's code where there are several organisations, '' where it is the only one. */
export async function findDistinguishingCode(trx: Trx, organisationId: string): Promise<string> {
  const row = await trx
    .selectFrom('organisations')
    .select((eb) => [
      'code',
      eb
        .exists(
          eb.selectFrom('organisations as other').select('other.id').where('other.id', '!=', organisationId),
        )
        .as('several'),
    ])
    .where('id', '=', organisationId)
    .executeTakeFirstOrThrow()
  return row.several ? row.code : ''
}

export async function isOrderNumberTaken(trx: Trx, organisationId: string, number: string): Promise<boolean> {
  const row = await trx
    .selectFrom('customer_orders')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('number', '=', number)
    .executeTakeFirst()
  return row !== undefined
}
