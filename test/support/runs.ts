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
