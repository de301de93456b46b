import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../../src/data/database.ts'
import { insertJobRun } from '../../src/data/job-runs.ts'
import {
  type GenerateFigures,
  type GenerateOptions,
  generateDueInvoices,
} from '../../src/services/recurring/generate-due-invoices.ts'

/** A run as the job makes it, on a day or at an instant. */
export async function runOn(
  db: Database,
  when: string | Date,
  options: Partial<GenerateOptions> = {},
): Promise<GenerateFigures> {
  const run = await insertJobRun(db, { job: 'recurring-invoices', trigger: 'command' })
  if (run === undefined) throw new Error('The run was not recorded')
  const day = typeof when === 'string' ? { as_of: when } : { now: when }
  return generateDueInvoices(db, { run_id: run.id, started_at: run.started_at, ...day, ...options })
}

/** Waits until nobody of this name is connected: PostgreSQL may still commit what a killed process had asked for. */
export async function sessionsEnd(ownerDb: Database, name: string): Promise<void> {
  const sessions = sql`SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE ${`comptoir ${name}%`}`
  for (let look = 0; (await sessions.execute(ownerDb)).rows.length > 0; look += 1) {
    if (look > 1000) throw new Error(`The sessions of ${name} do not end`)
    await pause(20)
  }
}

/** The run dates' periods and what became of them, oldest first. */
export async function occurrencesOf(db: Database, orderId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('recurrence_occurrences')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('run_date')
    .orderBy('period_start')
    .execute()
  return rows.map(
    (row) => `${row.run_date} ${row.state}${row.reason_code === null ? '' : ` ${row.reason_code}`}`,
  )
}

export async function invoicesOf(db: Database, orderId: string) {
  return db
    .selectFrom('invoices')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('period_start')
    .orderBy('document_date')
    .execute()
}

export async function nextRunDateOf(db: Database, orderId: string): Promise<string | null> {
  const row = await db
    .selectFrom('recurrences')
    .select('next_run_date')
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow()
  return row.next_run_date
}

/** Copies of an order with its lines, taxes and recurrence, numbered after it; set-wise, so that thousands take moments. */
export async function copyOrder(db: Database, orderId: string, copies: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`CREATE TEMPORARY TABLE copies ON COMMIT DROP AS
      SELECT n, uuidv7() AS id FROM generate_series(1, ${copies}::int) AS n`.execute(trx)
    await sql`INSERT INTO customer_orders (id, number, organisation_id, subject, status, account_id, contact_id, currency, order_date,
        invoicing_address, shipping_address, net, tax, gross)
      SELECT c.id, o.number || '-' || c.n, o.organisation_id, o.subject, o.status, o.account_id, o.contact_id, o.currency,
        o.order_date, o.invoicing_address, o.shipping_address, o.net, o.tax, o.gross
      FROM copies c, customer_orders o WHERE o.id = ${orderId}`.execute(trx)
    await sql`INSERT INTO order_status_changes (order_id, from_status, to_status)
      SELECT c.id, from_status, to_status FROM copies c, order_status_changes WHERE order_id = ${orderId} ORDER BY c.n, order_status_changes.id`.execute(
      trx,
    )
    await sql`INSERT INTO customer_order_lines (order_id, organisation_id, position, kind, product_id, product_code, description,
        quantity, unit_code, unit_price, discount_percent, supply, tax_rate_id, tax_category, tax_rate, net)
      SELECT c.id, organisation_id, position, kind, product_id, product_code, description, quantity, unit_code, unit_price,
        discount_percent, supply, tax_rate_id, tax_category, tax_rate, net
      FROM copies c, customer_order_lines WHERE order_id = ${orderId}`.execute(trx)
    await sql`INSERT INTO customer_order_taxes (order_id, category, rate, base, amount)
      SELECT c.id, category, rate, base, amount FROM copies c, customer_order_taxes WHERE order_id = ${orderId}`.execute(
      trx,
    )
    await sql`INSERT INTO recurrences (order_id, organisation_id, enabled, frequency, start_date, end_date, last_day, bill_from,
        service_period, payment_term_id, initial_invoice_status, invoice_subject, document_date_preference, next_run_date)
      SELECT c.id, organisation_id, enabled, frequency, start_date, end_date, last_day, bill_from, service_period, payment_term_id,
        initial_invoice_status, invoice_subject, document_date_preference, next_run_date
      FROM copies c, recurrences WHERE order_id = ${orderId}`.execute(trx)
  })
  await sql`ANALYZE customer_orders, customer_order_lines, customer_order_taxes, recurrences`.execute(db)
}
