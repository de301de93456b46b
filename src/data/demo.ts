import { sql } from 'kysely'
import pg from 'pg'
import type { IsoDate } from '../lib/dates.ts'
import { type Database, openDatabase } from './database.ts'

/**
 * What a database is to the demo:
 * - `empty`: nothing is in it, so that a demo may be made
 * - `unfinished`: a demo that was interrupted while it was being made
 * - `ready`: a demo
 * - `other`: anything else, which the demo leaves alone
 */
export type DemoState = 'empty' | 'unfinished' | 'ready' | 'other'

const mark = 'Comptoir demo'

/** Reads it with the owner's rights, whatever version the schema is of. */
export async function findDemoState(db: Database): Promise<DemoState> {
  const { rows } = await sql<{ marked: boolean; tables: number; known: boolean }>`
    SELECT coalesce(shobj_description((SELECT oid FROM pg_database WHERE datname = current_database()), 'pg_database') = ${mark}, false) AS marked,
      (SELECT count(*)::int FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace) AS tables,
      to_regclass('installation') IS NOT NULL AS known`.execute(db)
  const [found] = rows
  if (found === undefined || found.tables === 0) return found?.marked === true ? 'unfinished' : 'empty'
  const row = found.known
    ? await db.selectFrom('installation').select(['kind', 'ready_at']).executeTakeFirst()
    : undefined
  if (row === undefined) return found.marked ? 'unfinished' : 'other'
  if (row.kind !== 'demo') return 'other'
  return row.ready_at === null ? 'unfinished' : 'ready'
}

/** Says of an empty database that it is the demo's, before anything is in it: one interrupted at any moment is known as ours. */
export async function markDemoDatabase(db: Database): Promise<void> {
  await sql
    .raw(`DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), '${mark}'); END $$`)
    .execute(db)
}

/** The demo's users get their password and the demo is called ready, at once: nobody signs in to a half-made one. */
export async function openDemo(db: Database, passwordHash: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('users')
      .set({ password_hash: passwordHash })
      .where('archived_at', 'is', null)
      .execute()
    await trx.updateTable('installation').set({ ready_at: sql`now()` }).execute()
  })
}

export type DemoClaim = {
  /** Tells whoever comes next where this demo is reached. */
  announce(address: string): Promise<void>
  release(): Promise<void>
}

const claimKey = 3_141_592_653
const claimName = 'comptoir demo'

/**
 * Claims the demo of a database for this process: a lock of its session, which ends with the process however that ends. Undefined
 * where another has it.
 */
export async function claimDemo(ownerUrl: string): Promise<DemoClaim | undefined> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: claimName })
  // The server going away ends the session: there is nothing left to claim then.
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ claimed: boolean }>('SELECT pg_try_advisory_lock($1) AS claimed', [
    claimKey,
  ])
  if (rows[0]?.claimed !== true) {
    await client.end()
    return undefined
  }
  return {
    announce: async (address) => {
      await client.query(`SELECT set_config('application_name', $1, false)`, [`${claimName} ${address}`])
    },
    release: () => client.end().catch(() => {}),
  }
}

/** Where the demo that has the claim is reached, if it has said so yet. */
export async function findDemoAddress(ownerUrl: string): Promise<string | undefined> {
  const db = openDatabase(ownerUrl, { name: 'demo address', max: 1 })
  try {
    const { rows } = await sql<{ name: string }>`
      SELECT application_name AS name FROM pg_stat_activity
      WHERE datname = current_database() AND application_name LIKE ${`${claimName} http%`}`.execute(db)
    return rows[0]?.name.slice(claimName.length + 1)
  } finally {
    await db.destroy()
  }
}

/** The earliest day on which a recurrence has something to bill that no run has planned yet. */
export async function findFirstRunDate(db: Database): Promise<IsoDate | undefined> {
  const row = await db
    .selectFrom('recurrences')
    .select('next_run_date')
    .where('next_run_date', 'is not', null)
    .orderBy('next_run_date')
    .limit(1)
    .executeTakeFirst()
  return row?.next_run_date ?? undefined
}

/** What was written from `from` on (until the next moment begins) is told as if it had been written at `at`. Instants, ISO 8601. */
export type Moment = { from: string; at: string }

/** The database's clock, to the microsecond. */
export async function readClock(db: Database): Promise<string> {
  const { rows } = await sql<{ now: string }>`SELECT clock_timestamp()::text AS now`.execute(db)
  return rows[0]?.now ?? new Date().toISOString()
}

const told: readonly (readonly [table: string, columns: readonly string[]])[] = [
  ['organisations', ['created_at', 'updated_at']],
  ['users', ['created_at', 'updated_at']],
  ['tax_rates', ['created_at', 'updated_at']],
  ['payment_terms', ['created_at', 'updated_at']],
  ['accounts', ['created_at', 'updated_at', 'archived_at']],
  ['contacts', ['created_at', 'updated_at', 'archived_at']],
  ['suppliers', ['created_at', 'updated_at', 'archived_at']],
  ['products', ['created_at', 'updated_at', 'archived_at']],
  ['customer_orders', ['created_at', 'updated_at']],
  ['order_status_changes', ['changed_at']],
  ['recurrences', ['created_at', 'updated_at', 'disabled_at']],
  ['recurrence_occurrences', ['created_at', 'updated_at']],
  ['invoices', ['created_at', 'updated_at', 'issued_at']],
  ['payments', ['created_at']],
  ['outgoing_emails', ['created_at', 'updated_at', 'next_try_at']],
  ['job_runs', ['started_at', 'heartbeat_at', 'finished_at']],
  ['audit_entries', ['at']],
]

/** What refuses to be changed. */
const locks = [
  ['audit_entries', 'append_only'],
  ['payments', 'append_only'],
  ['invoices', 'issued'],
] as const

/** Issued invoices, in the order of their due dates, that are due by a day and still open. */
export async function listOpenInvoices(
  db: Database,
  until: IsoDate,
): Promise<{ id: string; number: string; due_date: IsoDate }[]> {
  const rows = await db
    .selectFrom('invoices')
    .select(['id', 'number', 'due_date'])
    .where('issued_at', 'is not', null)
    .where('kind', '<>', 'credit_note')
    .where(sql<boolean>`open > 0`)
    .where('due_date', '<=', until)
    .orderBy('due_date')
    .orderBy('number')
    .execute()
  return rows.map(({ id, number, due_date }) => ({ id, number: number ?? '', due_date }))
}

/**
 * Gives the made-up year of a demo its dates: the product writes `now()` everywhere, and a year made in ten seconds would otherwise
 * have happened this morning. With the owner's rights, in one transaction; what never changes is unlocked within it alone.
 */
export async function backdate(db: Database, moments: readonly Moment[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`CREATE TEMPORARY TABLE moments ON COMMIT DROP AS
      SELECT (m ->> 'from')::timestamptz AS since, (m ->> 'at')::timestamptz AS at,
        lead((m ->> 'from')::timestamptz, 1, 'infinity') OVER (ORDER BY (m ->> 'from')::timestamptz) AS until
      FROM jsonb_array_elements(${JSON.stringify(moments)}::jsonb) AS m`.execute(trx)
    await sql`CREATE FUNCTION pg_temp.told_at(written timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
      SELECT coalesce((SELECT at + (written - since) FROM moments WHERE written >= since AND written < until), written) $$`.execute(
      trx,
    )
    for (const [table, trigger] of locks) {
      await sql`ALTER TABLE ${sql.table(table)} DISABLE TRIGGER ${sql.id(trigger)}`.execute(trx)
    }
    for (const [table, columns] of told) {
      const changes = columns.map((column) => sql`${sql.ref(column)} = pg_temp.told_at(${sql.ref(column)})`)
      await sql`UPDATE ${sql.table(table)} SET ${sql.join(changes)}`.execute(trx)
    }
    await sql`SET CONSTRAINTS ALL IMMEDIATE`.execute(trx)
    for (const [table, trigger] of locks) {
      await sql`ALTER TABLE ${sql.table(table)} ENABLE ALWAYS TRIGGER ${sql.id(trigger)}`.execute(trx)
    }
  })
}
