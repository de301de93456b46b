import { sql } from 'kysely'
import { quietSteps } from '../scripts/demo/steps.ts'
import { generateShop } from '../scripts/generate/generate-shop.ts'
import { shopSize } from '../scripts/generate/sizes.ts'
import type { Database } from '../src/data/database.ts'
import { insertJobRun } from '../src/data/job-runs.ts'
import { generateDueInvoices } from '../src/services/recurring/generate-due-invoices.ts'
import { fingerprint, writeBare } from './billing/bare-sql.ts'
import { runEngines } from './billing/engines.ts'
import { type Bench, type Field, inTurns, speed } from './frame.ts'
import { issueBare } from './issue/bare-issue.ts'
import { asOwner, type BenchServer, type Clone } from './server.ts'

/** The run's day. */
const today = '2026-03-15'

export const issue: Bench = {
  name: 'issue',
  about:
    'issuing drafts, and making and issuing them, beside bare SQL that writes the same rows (a statement a table)',
  run: async (field) => {
    const server = await field.server()
    const orders = field.scaled(10_000, 20)
    field.remark(`${orders} drafts of 5 lines, in three organisations`)
    await makeShop(field, server, orders)
    for (const what of ['issue', 'make and issue'] as const)
      for (const workers of [1, 2]) await beside(field, server, { what, workers, orders })
  },
}

const templates = { issue: 'drafts', 'make and issue': 'due' } as const

/** Orders with one period due, whose invoices are to be issued; and the same with the drafts made. */
async function makeShop(field: Field, server: BenchServer, orders: number): Promise<void> {
  for (const [what, name] of Object.entries(templates)) {
    await server.template(name, async (database) => {
      await generateShop(database, {
        plan: { ...shopSize(orders, { behind: orders, periods: 1 }), seed: 1, today },
        admin: { name: 'Ada Grandin', email: 'admin@generated.test', password: 'bench-bench-bench' },
        steps: quietSteps,
        signal: field.signal,
      })
      await asOwner(database, async (db) => {
        await completeShop(db)
        if (what === 'issue') await makeDrafts(db)
        await sql`ANALYZE`.execute(db)
      })
    })
  }
}

/** Everything is issued today or earlier, and foreign currencies have their rates. */
async function completeShop(db: Database): Promise<void> {
  await sql`UPDATE recurrences SET initial_invoice_status = 'approved', document_date_preference =
    CASE document_date_preference WHEN 'last_day_current_period' THEN 'first_day_current_period' ELSE document_date_preference END`.execute(
    db,
  )
  await sql`INSERT INTO exchange_rates (from_currency, to_currency, rate_date, rate)
    SELECT c.code, 'EUR', d::date, 1.0625 FROM unnest(ARRAY['CHF', 'GBP']) AS c(code),
      generate_series(date '2025-12-01', ${today}::date, interval '1 day') AS d`.execute(db)
}

async function makeDrafts(db: Database): Promise<void> {
  const run = await insertJobRun(db, { job: 'recurring-invoices', trigger: 'command' })
  if (run === undefined) throw new Error('The run was not recorded.')
  await generateDueInvoices(db, { run_id: run.id, started_at: run.started_at, as_of: today })
}

type Setting = { what: keyof typeof templates; workers: number; orders: number }

/** The product and bare SQL in turns, each on a copy of the shop; both must have written the same rows. */
async function beside(field: Field, server: BenchServer, setting: Setting): Promise<void> {
  const { what, workers, orders } = setting
  const written = new Set<string>()
  const way = (work: (clone: Clone) => Promise<number>) => async () => {
    const clone = await server.clone(templates[what])
    try {
      const seconds = await work(clone)
      written.add(await asOwner(clone, issuedRows))
      if (written.size > 1) throw new Error('The product and bare SQL wrote different rows.')
      return seconds
    } finally {
      await clone.drop().catch(() => {})
    }
  }
  const product = way(async (clone) => {
    const run = await runEngines(clone.url, { today, workers, signal: field.signal })
    if (run.issued !== orders) throw new Error(`${run.issued} invoices were issued of ${orders}.`)
    return run.seconds
  })
  const bare = way((clone) => runBare(clone, setting))
  const [seconds = 0, reference = 0] = await inTurns(field, [product, bare])
  const name = `${what}, ${workers === 1 ? '1 worker' : `${workers} workers`}`
  field.report(speed(name, 'invoices/s', orders / seconds, orders / reference, 'bare SQL'))
}

async function runBare(clone: Clone, { what, workers }: Setting): Promise<number> {
  const languages = await asOwner(clone, languagesIn)
  const share = (work: (db: Database, worker: number) => Promise<void>) =>
    Promise.all(Array.from({ length: workers }, (_, worker) => asOwner(clone, (db) => work(db, worker))))
  const started = performance.now()
  if (what !== 'issue') await share((db, worker) => writeBare(db, { today, languages, worker, workers }))
  await share((db, worker) => issueBare(db, { today, worker, workers }))
  return (performance.now() - started) / 1000
}

async function languagesIn(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('accounts').select('language').distinct().execute()
  return rows.map(({ language }) => language)
}

/** As the fingerprint of billing, and what issuing writes beside. */
async function issuedRows(db: Database): Promise<string> {
  const parts = [
    sql`SELECT i.number, n.position, n.subject_code, n.text FROM invoice_notes n JOIN invoices i ON i.id = n.invoice_id`,
    sql`SELECT s.* FROM number_series s WHERE kind <> 'order'`,
    sql`SELECT e.user_id, e.actor, e.action, e.organisation_id, e.changes FROM audit_entries e WHERE e.action = 'issued'`,
  ]
  const sums: string[] = []
  for (const part of parts) {
    const { rows } = await sql<{ sum: string }>`
      SELECT count(*) || ' ' || coalesce(sum(hashtextextended(to_jsonb(x)::text, 0)), 0) AS sum FROM (${part}) x`.execute(
      db,
    )
    sums.push(...rows.map(({ sum }) => sum))
  }
  return [await fingerprint(db), ...sums].join('; ')
}
