import type { Database, Trx } from './database.ts'
import type { NumberKind, Row } from './tables.ts'

/** The series of an organisation, or of all. */
export async function listSeries(db: Database, organisationId?: string): Promise<Row<'number_series'>[]> {
  return db
    .selectFrom('number_series')
    .selectAll()
    .$if(organisationId !== undefined, (query) => query.where('organisation_id', '=', organisationId ?? ''))
    .orderBy('organisation_id')
    .orderBy('kind')
    .orderBy('year')
    .execute()
}

/** The same of one organisation, locked until the transaction ends: no number is taken from them meanwhile. */
export async function lockSeriesOf(trx: Trx, organisationId: string): Promise<Row<'number_series'>[]> {
  return trx
    .selectFrom('number_series')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('kind')
    .orderBy('year')
    .forUpdate()
    .execute()
}

/** Makes the series, or changes one that is not used yet. */
export async function upsertSeries(
  trx: Trx,
  series: { organisation_id: string; kind: NumberKind; year: number; format: string; next_number: number },
): Promise<void> {
  const { format, next_number } = series
  await trx
    .insertInto('number_series')
    .values(series)
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'kind', 'year']).doUpdateSet({ format, next_number }),
    )
    .execute()
}
