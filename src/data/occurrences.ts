import { sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { Frequency } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'
import type { Row } from './tables.ts'

/** What names an occurrence. */
export type OccurrenceKey = { order_id: string; frequency: Frequency; period_start: IsoDate }

/** Every organisation with its time zone, for its own "today". */
export async function listOrganisationZones(db: Database): Promise<{ id: string; time_zone: string }[]> {
  return db.selectFrom('organisations').select(['id', 'time_zone']).orderBy('code').execute()
}

/**
 * About how many occurrences are due in an organisation: for the progress bar, by arithmetic on the dates, without walking over
 * any. Occurrences that have a row already make it a little too high.
 */
export async function estimateDue(db: Database, organisationId: string, today: IsoDate): Promise<number> {
  const { rows } = await sql<{ due: number }>`
    SELECT coalesce((
      SELECT sum(1 + CASE
        WHEN m.step IS NULL THEN (d.until - r.next_run_date) / CASE r.frequency WHEN 'daily' THEN 1 ELSE 7 END
        -- One less where this month's day is still to come.
        WHEN r.next_run_date + make_interval(months => d.months / m.step * m.step) > d.until THEN d.months / m.step - 1
        ELSE d.months / m.step END)
      FROM recurrences r
      JOIN customer_orders o ON o.id = r.order_id AND o.status <> 'cancelled'
      CROSS JOIN LATERAL (SELECT CASE r.frequency
        WHEN 'monthly' THEN 1 WHEN 'quarterly' THEN 3 WHEN 'semiannual' THEN 6 WHEN 'annual' THEN 12 END AS step) m
      CROSS JOIN LATERAL (SELECT u.until, (12 * (extract(year FROM u.until) - extract(year FROM r.next_run_date))
          + extract(month FROM u.until) - extract(month FROM r.next_run_date))::int AS months
        FROM (SELECT least(${today}::date, r.end_date) AS until) u) d
      WHERE r.organisation_id = ${organisationId} AND r.next_run_date <= ${today}::date), 0)::int
    + (SELECT count(*) FROM recurrence_occurrences x
       WHERE x.organisation_id = ${organisationId} AND x.state IN ('due', 'failed') AND x.run_date <= ${today}::date)::int
    AS due`.execute(db)
  return rows[0]?.due ?? 0
}

/** How many orders still have a run date that has come, or an occurrence freed or given back: what a run has left undone. */
export async function countOrdersLeft(db: Database, organisationId: string, today: IsoDate): Promise<number> {
  const { rows } = await sql<{ left: number }>`
    SELECT count(*)::int AS left
    FROM recurrences r JOIN customer_orders o ON o.id = r.order_id AND o.status <> 'cancelled'
    WHERE r.organisation_id = ${organisationId} AND r.enabled AND (r.next_run_date <= ${today}::date OR r.order_id IN (
      SELECT x.order_id FROM recurrence_occurrences x
      WHERE x.organisation_id = ${organisationId} AND x.state = 'due' AND x.run_date <= ${today}::date))`.execute(
    db,
  )
  return rows[0]?.left ?? 0
}

/** Locks an occurrence under its recurrence, as runs do: first the order, then the recurrence, then the row. */
export async function lockOccurrence(
  trx: Trx,
  key: OccurrenceKey,
): Promise<Row<'recurrence_occurrences'> | undefined> {
  await sql`SELECT FROM customer_orders WHERE id = ${key.order_id} FOR UPDATE`.execute(trx)
  await sql`SELECT FROM recurrences WHERE order_id = ${key.order_id} FOR UPDATE`.execute(trx)
  return trx
    .selectFrom('recurrence_occurrences')
    .selectAll()
    .where('order_id', '=', key.order_id)
    .where('frequency', '=', key.frequency)
    .where('period_start', '=', key.period_start)
    .forUpdate()
    .executeTakeFirst()
}

export async function updateOccurrence(
  trx: Trx,
  key: OccurrenceKey,
  change: {
    state: 'due' | 'skipped' | 'held'
    reason_code: string | null
    reason_text: string
    decided_by: string
    overlap_accepted_by?: string
  },
): Promise<void> {
  await trx
    .updateTable('recurrence_occurrences')
    .set({ ...change, reason_params: '{}', invoice_id: null, updated_at: sql`now()` })
    .where('order_id', '=', key.order_id)
    .where('frequency', '=', key.frequency)
    .where('period_start', '=', key.period_start)
    .execute()
}

/** Says what became of a billed period whose invoice is credited: closed with it, due again, or billed by another invoice. */
export async function creditOccurrence(
  trx: Trx,
  key: OccurrenceKey,
  change: { state: 'credited' | 'due' | 'invoiced'; invoice_id: string | null; decided_by: string },
): Promise<void> {
  await trx
    .updateTable('recurrence_occurrences')
    .set({ ...change, reason_code: null, reason_params: '{}', reason_text: '', updated_at: sql`now()` })
    .where('order_id', '=', key.order_id)
    .where('frequency', '=', key.frequency)
    .where('period_start', '=', key.period_start)
    .execute()
}

export type ParkedOccurrence = {
  order_id: string
  order_number: string
  account_id: string
  account_name: string
  frequency: Frequency
  period_start: IsoDate
  period_end: IsoDate
  run_date: IsoDate
  state: 'held' | 'failed'
  reason_code: string | null
  reason_params: Record<string, string | number>
  reason_text: string
  attempts: number
  updated_at: string
}

/** Held and failed occurrences of the organisations, longest waiting first. */
export async function listParkedOccurrences(
  db: Database,
  organisationIds: readonly string[],
  limit: number,
): Promise<ParkedOccurrence[]> {
  const { rows } = await sql<ParkedOccurrence>`
    SELECT x.order_id, o.number AS order_number, a.id AS account_id, a.name AS account_name, x.frequency, x.period_start,
      x.period_end, x.run_date, x.state, x.reason_code, x.reason_params, x.reason_text, x.attempts, x.updated_at
    FROM recurrence_occurrences x
    JOIN customer_orders o ON o.id = x.order_id
    JOIN accounts a ON a.id = o.account_id
    WHERE x.organisation_id = ANY(${organisationIds}::uuid[]) AND x.state IN ('held', 'failed')
    ORDER BY x.run_date, o.number, x.period_start
    LIMIT ${limit}`.execute(db)
  return rows
}

export async function countParkedOccurrences(
  db: Database,
  organisationIds: readonly string[],
): Promise<{ held: number; failed: number }> {
  const { rows } = await sql<{ held: number; failed: number }>`
    SELECT count(*) FILTER (WHERE state = 'held')::int AS held, count(*) FILTER (WHERE state = 'failed')::int AS failed
    FROM recurrence_occurrences
    WHERE organisation_id = ANY(${organisationIds}::uuid[]) AND state IN ('held', 'failed')`.execute(db)
  return rows[0] ?? { held: 0, failed: 0 }
}
