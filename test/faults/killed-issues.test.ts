import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { dataChecks, findProblems } from '../../src/data/data-checks.ts'
import { issueInvoices } from '../../src/services/invoices/issue-invoices.ts'
import { refusalsToIssue } from '../../src/services/invoices/legal-mentions.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { copyDraft, makeDraft } from '../support/invoices.ts'
import { bareEnvironment } from '../support/processes.ts'
import { sessionsEnd } from '../support/runs.ts'
import { makeLawful, makeShop } from '../support/shop.ts'

const script = join(import.meta.dirname, '../../scripts/job.ts')
const asOf = '2026-06-30'

t.test('eight issuers at once over overlapping sets leave no gap, no double and no disorder', async (t) => {
  const shop = await testDatabase(t)
  const { organisation_ids, drafts, user_id } = await manyDrafts(shop, 240)
  const ids = await idsOf(shop)
  const runs = Array.from({ length: 4 }, () => finished(startRun(shop)))
  // And four people, each with two thirds of them, some backwards.
  const people = Array.from({ length: 4 }, (_, person) => {
    const some = ids.filter((_, at) => at % 3 !== person % 3)
    return issueInvoices(shop.db, {
      by: { user_id },
      organisation_ids,
      ids: person % 2 === 0 ? some : some.toReversed(),
      as_of: asOf,
      lacks: refusalsToIssue,
    })
  })
  const [ended, asked] = [await Promise.all(runs), await Promise.all(people)]
  t.same(
    ended.map(({ code }) => code),
    [0, 0, 0, 0],
  )
  const issued =
    ended.reduce((sum, { stdout }) => sum + JSON.parse(stdout.trim().split('\n').at(-1) ?? '').issued, 0) +
    asked.reduce((sum, { issued }) => sum + issued, 0)
  t.equal(issued, drafts, 'what they say they issued is what there was')
  await isInOrder(t, shop, drafts)
})

t.test('issuers killed at any point leave whole batches, and the next run goes on', async (t) => {
  const shop = await testDatabase(t)
  const { drafts } = await manyDrafts(shop, 4_000)
  let midway = 0
  for (let round = 0; round < 6; round += 1) {
    const runs = [startRun(shop), startRun(shop)]
    const ends = runs.map((run) => once(run, 'exit'))
    const before = await countIssued(shop)
    for (
      let look = 0;
      look < 500 && runs.some((run) => run.exitCode === null) && (await countIssued(shop)) === before;
      look += 1
    )
      await pause(10)
    for (const run of runs) {
      await pause(Math.random() * 120)
      run.kill('SIGKILL')
    }
    await Promise.all(ends)
    await sessionsEnd(shop.ownerDb, 'job')
    const issued = await countIssued(shop)
    if (issued > 0 && issued < drafts) midway += 1
    if (issued > drafts * 0.6) break
  }
  t.ok(midway >= 2, `the kills hit issuers midway (${midway} times)`)
  await isInOrder(t, shop, await countIssued(shop))
  const { code } = await finished(startRun(shop))
  t.equal(code, 0)
  await isInOrder(t, shop, drafts)
  const { rows } = await sql`SELECT FROM invoices WHERE redated_from IS NOT NULL`.execute(shop.ownerDb)
  t.equal(rows.length, 0, 'no date had to be moved, since runs go in order of dates')
})

/** Drafts on thirty days of two series and two organisations, marked to be issued. */
async function manyDrafts({ db, ownerDb }: TestDatabase, count: number) {
  const shop = await makeShop(db)
  await makeLawful(db)
  const organisation_ids = [shop.organisation_id, shop.other_organisation_id]
  const rate = { id: shop.rates.fr20, category: 'S', rate: '20' } as const
  for (const organisation_id of organisation_ids) {
    for (const kind of ['invoice', 'deposit'] as const) {
      const id = await makeDraft(db, {
        organisation_id,
        kind,
        account_id: shop.accounts.paris,
        document_date: '2026-06-01',
        due_date: '2026-12-31',
        issue_as: 'approved',
        rate,
      })
      await copyDraft(ownerDb, id, { copies: count / 4 - 1, days: 30 })
    }
  }
  return { organisation_ids, drafts: count, user_id: shop.user_id }
}

async function idsOf({ ownerDb }: TestDatabase): Promise<string[]> {
  const rows = await ownerDb.selectFrom('invoices').select('id').orderBy('id').execute()
  return rows.map(({ id }) => id)
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

async function countIssued({ ownerDb }: TestDatabase): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`SELECT count(*)::int AS count FROM invoices WHERE issued_at IS NOT NULL`.execute(ownerDb)
  return rows[0]?.count ?? 0
}

async function isInOrder(t: Test, shop: TestDatabase, issued: number): Promise<void> {
  const { rows } = await sql`
    SELECT count(*)::int AS issued, count(DISTINCT (organisation_id, number))::int AS numbers,
      (SELECT sum(next_number - 1)::int FROM number_series) AS taken,
      (SELECT count(*)::int FROM audit_entries WHERE action = 'issued') AS told
    FROM invoices WHERE issued_at IS NOT NULL`.execute(shop.ownerDb)
  t.same(rows, [{ issued, numbers: issued, taken: issued, told: issued }])
  const problems: string[] = []
  for (const check of dataChecks) problems.push(...(await findProblems(shop.ownerDb, check)))
  t.same(problems, [], 'check-data finds nothing')
}
