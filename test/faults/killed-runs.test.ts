import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { dataChecks, findProblems } from '../../src/data/data-checks.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { bareEnvironment } from '../support/processes.ts'
import { copyOrder, sessionsEnd } from '../support/runs.ts'
import { makeRecurringOrder, makeShop } from '../support/shop.ts'

const script = join(import.meta.dirname, '../../scripts/job.ts')
const asOf = '2026-06-30'

t.test('eight runs at once, real processes, bill every due period exactly once', async (t) => {
  const shop = await testDatabase(t)
  const due = await manyOrders(shop, 150)
  const runs = await Promise.all(Array.from({ length: 8 }, () => finished(startRun(shop))))
  t.same(
    runs.map(({ code }) => code),
    Array(8).fill(0),
    'none fails',
  )
  const summaries = runs.map(({ stdout }) => JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
  t.equal(
    summaries.reduce((sum, { invoices }) => sum + invoices, 0),
    due,
    'what they say they made is what was due',
  )
  t.same(
    summaries.map(({ unfinished }) => unfinished),
    Array(8).fill(0),
  )
  await isBilledOnce(t, shop, due)
})

t.test('runs killed at any point lose nothing and double nothing: the next run completes them', async (t) => {
  const shop = await testDatabase(t)
  const due = await manyOrders(shop, 600)
  let midway = 0
  for (let round = 0; round < 12; round += 1) {
    const runs = [startRun(shop), startRun(shop), startRun(shop)]
    const ends = runs.map((run) => once(run, 'exit'))
    const before = await countInvoices(shop)
    // Not from the spawn on, since that takes longer than many a run: from the moment one is at work.
    for (
      let look = 0;
      look < 500 && runs.some((run) => run.exitCode === null) && (await countInvoices(shop)) === before;
      look += 1
    )
      await pause(10)
    for (const run of runs) {
      await pause(Math.random() * 80)
      run.kill('SIGKILL')
    }
    await Promise.all(ends)
    await sessionsEnd(shop.ownerDb, 'job')
    const made = await countInvoices(shop)
    if (made > 0 && made < due) midway += 1
    if (made > due * 0.7) break
  }
  t.ok(midway >= 2, `the kills hit runs midway (${midway} times)`)
  const { code, stdout } = await finished(startRun(shop))
  t.equal(code, 0)
  t.match(JSON.parse(stdout), { failed: 0, held: 0, skipped: 0, unfinished: 0 })
  await isBilledOnce(t, shop, due)
  const again = await finished(startRun(shop))
  t.match(JSON.parse(again.stdout), { due: 0, invoices: 0 }, 'a further run makes nothing')
})

t.test('a server that cuts off its connections midway costs a retry, not an invoice', async (t) => {
  const shop = await testDatabase(t)
  const due = await manyOrders(shop, 150)
  const run = startRun(shop)
  const end = finished(run)
  let cuts = 0
  for (let seen = 0; run.exitCode === null && cuts < 3; await pause(10)) {
    const made = await countInvoices(shop)
    if (made === seen) continue
    seen = made
    const { rows } = await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name LIKE 'comptoir job%'`.execute(shop.ownerDb)
    if (rows.length > 0) cuts += 1
  }
  t.ok(cuts >= 1, `connections were cut off midway (${cuts} times)`)
  t.equal((await end).code, 0, 'the run goes on with new connections')
  t.match(JSON.parse((await finished(startRun(shop))).stdout), { due: 0 })
  await isBilledOnce(t, shop, due)
})

/** Orders of two lines in every frequency, behind by months; answers how many periods are due on `asOf`. */
async function manyOrders({ db, ownerDb }: TestDatabase, copies: number): Promise<number> {
  const shop = await makeShop(db)
  const recurrences = [
    [{ start_date: '2026-01-31' }, 6],
    [{ start_date: '2026-06-01', frequency: 'weekly' }, 5],
    [{ start_date: '2025-02-10', frequency: 'quarterly' }, 6],
    [{ start_date: '2024-02-29', frequency: 'annual', service_period: 'from_run_date' }, 3],
  ] as const
  let due = 0
  for (const [recurrence, periods] of recurrences) {
    const lines = [
      { unit_price: '10.01', quantity: '3' },
      { unit_price: '18.13', tax_rate_id: shop.rates.fr55 },
    ]
    const order = await makeRecurringOrder(db, shop, { lines, recurrence })
    await copyOrder(ownerDb, order, copies - 1)
    due += copies * periods
  }
  return due
}

function startRun({ url, ownerUrl }: TestDatabase): ChildProcess {
  return spawn(process.execPath, [script, 'recurring-invoices', '--as-of', asOf, '--json'], {
    env: { ...bareEnvironment(), DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

async function finished(run: ChildProcess): Promise<{ code: number | null; stdout: string }> {
  let stdout = ''
  run.stdout?.on('data', (chunk) => {
    stdout += String(chunk)
  })
  await once(run, 'close')
  return { code: run.exitCode, stdout }
}

async function countInvoices({ ownerDb }: TestDatabase): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM invoices`.execute(ownerDb)
  return rows[0]?.count ?? 0
}

async function isBilledOnce(t: Test, shop: TestDatabase, due: number): Promise<void> {
  const { rows } = await sql<Record<string, unknown>>`
    SELECT count(*)::int AS invoices, count(DISTINCT (order_id, period_start))::int AS periods,
      (count(*) FILTER (WHERE (net, tax, gross) = (48.16, 7.01, 55.17)))::int AS right_sums,
      (SELECT count(*)::int FROM recurrence_occurrences WHERE state = 'invoiced' AND attempts = 1) AS occurrences,
      (SELECT count(*)::int FROM invoice_lines) AS lines, (SELECT count(*)::int FROM invoice_taxes) AS taxes
    FROM invoices`.execute(shop.ownerDb)
  t.same(rows, [
    { invoices: due, periods: due, right_sums: due, occurrences: due, lines: 2 * due, taxes: 2 * due },
  ])
  const problems: string[] = []
  for (const check of dataChecks) problems.push(...(await findProblems(shop.ownerDb, check)))
  t.same(problems, [], 'check-data finds nothing')
}
