import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { temporaryFolder } from '../support/folders.ts'
import { runProgram } from '../support/processes.ts'
import { makeRecurringOrder, makeShop } from '../support/shop.ts'

/** What a person or a program at a shell may rely on: exit codes, last lines, settings. */
t.test('a job accounts for every due occurrence, and the data stays whole', async (t) => {
  const { db, ownerDb, url, ownerUrl } = await testDatabase(t)
  const folder = await temporaryFolder(t)
  const env = { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl }
  const shop = await makeShop(db)
  await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-31' } })
  await makeRecurringOrder(db, shop, {
    lines: [{ unit_price: '0' }],
    recurrence: { start_date: '2026-03-01' },
  })
  const job = (...args: string[]) => runProgram('scripts/job.ts', folder, { env, args })
  const summaryOf = async (...args: string[]) => {
    const { code, printed } = await job('recurring-invoices', '--json', ...args)
    t.equal(code, 0, printed)
    return JSON.parse(
      printed
        .trim()
        .split('\n')
        .find((line) => line.startsWith('{')) ?? '',
    )
  }
  const none = { skipped: 0, held: 0, failed: 0 }
  t.match(await summaryOf('--as-of', '2026-04-10'), {
    job: 'recurring-invoices',
    as_of: '2026-04-10',
    orders: 2,
    due: 5,
    invoices: 3,
    ...none,
    skipped: 2,
    issued: 0,
    duration_ms: Number,
  })
  t.match(await summaryOf('--as-of', '2026-04-10'), { due: 0, invoices: 0, ...none }, 'again: nothing')
  for (const [args, said] of [
    [['nonsense'], /There is no job nonsense/],
    [['recurring-invoices', '--as-of', '2026-02-30'], /2026-02-30 is not a date/],
  ] as const) {
    t.match(await job(...args), { code: 2, printed: said })
  }
  const checked = await runProgram('scripts/check-data.ts', folder, { env })
  t.match(checked, { code: 0, printed: /^0 problems\n$/ })
  await sql`ALTER TABLE invoice_lines DISABLE TRIGGER ALL`.execute(ownerDb)
  await sql`UPDATE invoice_lines SET net = net + 1`.execute(ownerDb)
  const broken = await runProgram('scripts/check-data.ts', folder, { env })
  t.match(broken, { code: 1, printed: /\n[1-9]\d* problems\n$/ }, 'broken sums are named and counted')
})

t.test('whoever has no connection of the owner works on an up-to-date database all the same', async (t) => {
  const { db, ownerDb, url, ownerUrl } = await testDatabase(t)
  const folder = await temporaryFolder(t)
  await makeShop(db)
  const file = join(folder, 'suppliers.csv')
  await writeFile(file, 'code,name,country\n1,Exotic Liquids,UK\n')
  const web = { DATABASE_URL: url }
  t.match(await runProgram('scripts/migrate.ts', folder, { env: web }), { code: 0, printed: /up to date/ })
  const args = ['suppliers', file]
  const imported = await runProgram('scripts/import.ts', folder, { env: web, args: [...args, '--dry-run'] })
  t.match(imported, { code: 0, printed: /Into AN, Atelier Nord\.\nsuppliers: Dry run.* 1 created/ })
  t.match(await runProgram('scripts/import.ts', folder, { env: web, args }), {
    code: 0,
    printed: /1 created/,
  })
  t.match(await runProgram('scripts/import.ts', folder, { env: web, args }), {
    code: 0,
    printed: /Nothing new/,
  })
  await writeFile(file, 'code,name,country\n2,Good,FR\n3,,Atlantis\n')
  const refused = await runProgram('scripts/import.ts', folder, { env: web, args })
  t.match(refused, {
    code: 1,
    printed: /suppliers\.csv, line 3, column name: .+\n(.*\n)*2 mistakes: nothing was imported/,
  })
  t.equal((await db.selectFrom('suppliers').select('id').execute()).length, 1)

  const both = { ...web, DATABASE_OWNER_URL: ownerUrl }
  const printed = await runProgram('scripts/database-url.ts', folder, { env: both })
  t.same(printed, { code: 0, printed: `${ownerUrl}\n` }, 'psql takes the owner’s string')
  t.same((await runProgram('scripts/database-url.ts', folder, { env: web })).printed, `${url}\n`)

  await sql`DROP SCHEMA public CASCADE`.execute(ownerDb)
  await sql`CREATE SCHEMA public`.execute(ownerDb)
  await sql`GRANT USAGE ON SCHEMA public TO PUBLIC`.execute(ownerDb)
  for (const [script, args] of [
    ['migrate', []],
    ['check-data', []],
  ] as const) {
    const answer = await runProgram(`scripts/${script}.ts`, folder, { env: web, args })
    t.match(answer, { code: 1, printed: /^[^\n]*(migrations|npm run migrate)[^\n]*\n$/ }, script)
  }
})

t.test('a proxy that is none is refused at start in one line', async (t) => {
  const folder = await temporaryFolder(t)
  const { code, printed } = await runProgram('src/main.ts', folder, { env: { TRUST_PROXY: 'perhaps' } })
  t.match({ code, printed }, { code: 1, printed: /^TRUST_PROXY must be on, off, or addresses [^\n]+\.\n$/ })
})
