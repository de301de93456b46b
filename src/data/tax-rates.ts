import { sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { MappedTreatment, Supply } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

/** The rates that forms offer on a day: in use and valid on it, and those already chosen whatever became of them. The highest first, then those at zero. */
export async function listOfferedTaxRates(
  db: Database,
  date: IsoDate,
  chosenIds: readonly (string | null | undefined)[] = [],
): Promise<Row<'tax_rates'>[]> {
  const chosen = chosenIds.filter((id): id is string => typeof id === 'string' && id !== '')
  return db
    .selectFrom('tax_rates')
    .selectAll()
    .where(
      sql<boolean>`(archived_at IS NULL AND coalesce(valid_from <= ${date}::date, true)
        AND coalesce(valid_to >= ${date}::date, true) OR id = ANY(${chosen}::uuid[]))`,
    )
    .orderBy('rate', 'desc')
    .orderBy('code')
    .execute()
}

/** All rates, those in use or the archived ones. */
export async function listTaxRates(
  db: Database,
  filters: { archived: boolean },
): Promise<Row<'tax_rates'>[]> {
  return db
    .selectFrom('tax_rates')
    .selectAll()
    .where('archived_at', filters.archived ? 'is not' : 'is', null)
    .orderBy('rate', 'desc')
    .orderBy('code')
    .execute()
}

/** Every rate there ever was, by id: to follow ended ones to their successors. */
export async function mapTaxRates(db: Database): Promise<Map<string, Row<'tax_rates'>>> {
  const rows = await db.selectFrom('tax_rates').selectAll().execute()
  return new Map(rows.map((row) => [row.id, row]))
}

export async function findTaxRate(db: Database, id: string): Promise<Row<'tax_rates'> | undefined> {
  return db.selectFrom('tax_rates').selectAll().where('id', '=', id).executeTakeFirst()
}

export type TreatmentRate = { treatment: MappedTreatment; supply: Supply; tax_rate_id: string }

/** What a treatment makes of a product's rate, by goods or service. A pair that is missing has no rule: the product's own rate stays. */
export async function listTreatmentRates(db: Database): Promise<TreatmentRate[]> {
  return db.selectFrom('tax_treatment_rates').selectAll().orderBy('treatment').orderBy('supply').execute()
}

export async function replaceTreatmentRates(trx: Trx, rates: readonly TreatmentRate[]): Promise<void> {
  await trx.deleteFrom('tax_treatment_rates').execute()
  if (rates.length === 0) return
  await trx
    .insertInto('tax_treatment_rates')
    .values([...rates])
    .execute()
}

export async function lockTaxRate(trx: Trx, id: string): Promise<Row<'tax_rates'> | undefined> {
  return trx.selectFrom('tax_rates').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function insertTaxRate(trx: Trx, rate: NewRow<'tax_rates'>): Promise<string> {
  const row = await trx.insertInto('tax_rates').values(rate).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function updateTaxRate(trx: Trx, id: string, rate: NewRow<'tax_rates'>): Promise<void> {
  await trx
    .updateTable('tax_rates')
    .set({ ...rate, updated_at: sql`now()`, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

/** Whether a line of an order or an invoice names the rate: its figure and category are then part of what was agreed. */
export async function isTaxRateUsed(db: Database, id: string): Promise<boolean> {
  const row = await db
    .selectNoFrom((eb) => [
      eb
        .or([
          eb.exists(
            eb.selectFrom('customer_order_lines as l').select('l.id').where('l.tax_rate_id', '=', id),
          ),
          eb.exists(eb.selectFrom('invoice_lines as l').select('l.id').where('l.tax_rate_id', '=', id)),
        ])
        .as('used'),
    ])
    .executeTakeFirstOrThrow()
  return row.used === true
}

/** Who would still choose an archived rate: products in use, organisations as their preset, treatments, other rates as successor. */
export async function countTaxRateUses(db: Database, id: string) {
  const row = await db
    .selectNoFrom((eb) => [
      eb
        .selectFrom('products')
        .select(sql<number>`count(*)::int`.as('n'))
        .where('tax_rate_id', '=', id)
        .where('archived_at', 'is', null)
        .as('products'),
      eb
        .selectFrom('organisations')
        .select(sql<number>`count(*)::int`.as('n'))
        .where('default_tax_rate_id', '=', id)
        .where('archived_at', 'is', null)
        .as('organisations'),
      eb
        .selectFrom('tax_treatment_rates')
        .select(sql<number>`count(*)::int`.as('n'))
        .where('tax_rate_id', '=', id)
        .as('treatments'),
    ])
    .executeTakeFirstOrThrow()
  return {
    products: row.products ?? 0,
    organisations: row.organisations ?? 0,
    treatments: row.treatments ?? 0,
  }
}

/** Locks every rate in use and returns their ids. */
export async function lockTaxRatesInUse(trx: Trx): Promise<string[]> {
  const rows = await trx
    .selectFrom('tax_rates')
    .select('id')
    .where('archived_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map((row) => row.id)
}
