import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { openDatabase } from '../../src/data/database.ts'
import { startEmbeddedServer } from '../../src/data/server/embedded-server.ts'
import { isIban } from '../../src/lib/bank.ts'
import { addDays, todayIn } from '../../src/lib/dates.ts'
import { isGtin } from '../../src/lib/gtin.ts'
import { fitsVatCheckDigits, isSiren, isSiret } from '../../src/lib/identifiers.ts'
import { temporaryFolder } from '../support/folders.ts'
import { postgresLeftOn, runProgram, startProgram } from '../support/processes.ts'

t.test('the demo, from nothing on', { timeout: 240_000 }, async (t) => {
  const folder = await temporaryFolder(t)
  const dataDir = join(folder, 'demo')
  const elsewhere = join(folder, 'elsewhere')
  await writeFile(
    join(folder, '.env'),
    `DATA_DIR=${elsewhere}\nDATABASE_URL=postgresql://nobody@127.0.0.1:1/shop\nHOST=0.0.0.0\n`,
  )
  const env = { DATA_DIR: dataDir, PORT: '0' }
  const demo = (args: string[] = []) => startProgram('scripts/demo.ts', folder, { env, args })

  await t.test('is killed while it is being made, and not called ready', async (t) => {
    const first = demo()
    await first.says(/Company .*\n/)
    const second = await runProgram('scripts/demo.ts', folder, { env })
    t.equal(second.code, 1, 'a second one does not start meanwhile')
    t.match(second.printed, /running already, at http:\/\/127\.0\.0\.1:\d+:|is being started/)
    t.notMatch(second.printed, / at .*\.ts/, 'it is told in a sentence')
    const [, address = ''] = /at (http:\S+\d)/.exec(second.printed) ?? []
    t.match(await (await fetch(`${address}/health/ready`)).json(), {
      status: 'not ready',
      reason: 'the demo is being made',
    })
    first.child.kill('SIGKILL')
    await first.ended
  })

  const made = demo()
  await t.test('begins anew after that, and is ready with everything in it', async (t) => {
    const [, address = ''] = await made.says(/The demo runs at (http:\S+)\n[\s\S]*--fresh/)
    t.match(made.printed(), /interrupted, so it begins anew/)
    for (const email of ['admin@demo.test', 'user@demo.test']) t.match(made.printed(), email)
    t.match(made.printed(), 'comptoir-demo')
    t.match(address, /^http:\/\/127\.0\.0\.1:\d+$/, 'on the loopback address alone, whatever .env says')
    const ready = await fetch(`${address}/health/ready`)
    t.equal(ready.status, 200)
    t.notOk((await readdir(folder)).includes('elsewhere'), 'the DATA_DIR of .env is left alone')
  })

  await t.test('breaks no invariant, and the jobs run beside it', async (t) => {
    // Set and empty: absent, whatever .env says.
    const commandEnv = { DATA_DIR: dataDir, DATABASE_URL: '' }
    const check = await runProgram('scripts/check-data.ts', folder, { env: commandEnv })
    t.match(check, { code: 0, printed: /(^|\n)0 problems\n$/ })
    const args = ['recurring-invoices', '--json']
    const job = await runProgram('scripts/job.ts', folder, { env: commandEnv, args })
    t.match(JSON.parse(job.printed.trim().split('\n').at(-1) ?? ''), { invoices: 0, unfinished: 0 })
  })

  await t.test('has the life that it promises', async (t) => isAlive(t, dataDir))

  await t.test('stops in order, and a second signal does not break it', async (t) => {
    made.child.kill('SIGINT')
    made.child.kill('SIGINT')
    t.equal(await made.ended, 0)
    t.same(await postgresLeftOn(dataDir), [], 'its database is stopped')
  })

  await t.test('keeps what is there at the next start, and tells a second one where it runs', async (t) => {
    const again = demo()
    const [, address = ''] = await again.says(/The demo runs at (http:\S+)/)
    t.match(again.printed(), /as it was left/)
    t.notMatch(again.printed(), /Company|Due invoices/)
    for (const args of [[], ['--fresh']]) {
      const second = await runProgram('scripts/demo.ts', folder, { env, args })
      t.match(second, { code: 1, printed: `is running already, at ${address}` }, args.join(' '))
    }
    const busy = await runProgram('scripts/demo.ts', folder, {
      env: { DATA_DIR: join(folder, 'other'), PORT: new URL(address).port },
    })
    t.match(busy, { code: 1, printed: /Port \d+ of 127\.0\.0\.1 is in use.*set PORT/ })
    t.same(await postgresLeftOn(join(folder, 'other')), [], 'a start that fails leaves no database running')
    again.child.kill('SIGTERM')
    t.equal(await again.ended, 0)
  })

  await t.test('is served on no other address by npm start', async (t) => {
    const open = await runProgram('src/main.ts', folder, {
      env: { ...env, DATABASE_URL: '', HOST: '0.0.0.0' },
    })
    t.match(open, { code: 1, printed: /is a demo, whose passwords are known.*HOST 0\.0\.0\.0/ })
  })

  await t.test('starts over when asked to, and can be stopped right away', async (t) => {
    const fresh = demo(['--fresh'])
    await fresh.says(/deleted and begun anew/)
    fresh.child.kill('SIGINT')
    t.equal(await fresh.ended, 130)
    t.match(fresh.printed(), /Stopped before the demo was complete/)
    t.same(await postgresLeftOn(dataDir), [])
  })
})

t.test('a database that is no demo is left alone', async (t) => {
  const folder = await temporaryFolder(t)
  const env = { DATA_DIR: join(folder, 'shop'), PORT: '0' }
  t.match(await runProgram('scripts/migrate.ts', folder, { env }), { code: 0 })
  for (const args of [[], ['--fresh']]) {
    const refused = await runProgram('scripts/demo.ts', folder, { env, args })
    t.match(refused, { code: 1, printed: /is not a demo, so the demo leaves it alone/ })
  }
  t.match(await runProgram('scripts/migrate.ts', folder, { env }), { printed: /Nothing to migrate/ })
})

t.test('mistakes in the call and the settings are told in a line', async (t) => {
  const folder = await temporaryFolder(t)
  const DATA_DIR = join(folder, 'demo')
  const wrong = await runProgram('scripts/demo.ts', folder, { env: { DATA_DIR, PORT: '70000' } })
  t.match(wrong, { code: 1, printed: /^PORT must be a port number[^\n]*\n$/ })
  const unknown = await runProgram('scripts/demo.ts', folder, { env: { DATA_DIR }, args: ['--frehs'] })
  t.match(unknown, { code: 2, printed: /--frehs[\s\S]*npm run demo -- --fresh/ })
  await mkdir(join(folder, 'file'))
  await writeFile(join(folder, 'file/x'), '')
  const blocked = await runProgram('scripts/demo.ts', folder, { env: { DATA_DIR: join(folder, 'file/x') } })
  t.match(blocked, { code: 1, printed: /The database cannot be kept in .*file\/x/ })
  t.notMatch(blocked.printed, / at .*\.ts/)
})

t.test('a port that is taken is told before anything is made', async (t) => {
  const folder = await temporaryFolder(t)
  const holder = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => holder.once('listening', listening))
  t.teardown(() => holder.close())
  const address = holder.address()
  const PORT = typeof address === 'object' ? String(address?.port) : ''
  const env = { DATA_DIR: join(folder, 'demo'), PORT }
  const refused = await runProgram('scripts/demo.ts', folder, { env })
  t.match(refused, { code: 1, printed: `Port ${PORT} of 127.0.0.1 is in use` })
  t.notMatch(refused.printed, /Company/)
  t.same(await postgresLeftOn(env.DATA_DIR), [])
})

async function isAlive(t: Test, dataDir: string): Promise<void> {
  const server = await startEmbeddedServer(dataDir)
  const db = openDatabase(server.ownerUrl, { name: 'test', max: 2 })
  try {
    const today = todayIn('Europe/Paris', new Date())
    const accounts = await db.selectFrom('accounts').selectAll().execute()
    t.ok(accounts.length >= 40, 'about forty accounts')
    t.ok(accounts.filter(({ parent_id }) => parent_id !== null).length >= 10, 'with parents')
    for (const { siren, siret, vat_number, name } of accounts) {
      if (siren !== '') t.ok(isSiren(siren) && isSiret(siret), name)
      if (vat_number !== '') t.ok(fitsVatCheckDigits(vat_number), `${name} ${vat_number}`)
    }
    const organisations = await db.selectFrom('organisations').selectAll().execute()
    t.same(
      organisations.map(({ iban, siret }) => [isIban(iban), isSiret(siret)]),
      [
        [true, true],
        [true, true],
      ],
    )
    const products = await db.selectFrom('products').selectAll().execute()
    t.equal(products.length, 60)
    t.same(
      products.filter(({ gtin }) => gtin !== '' && !isGtin(gtin)),
      [],
    )
    t.same(new Set(products.map(({ kind }) => kind)), new Set(['goods', 'service']))

    const orders = await db.selectFrom('customer_orders').selectAll().orderBy('order_date', 'desc').execute()
    t.equal(orders.length, 120)
    t.same(
      new Set(orders.map(({ status }) => status)),
      new Set(['created', 'approved', 'delivered', 'cancelled']),
    )
    t.ok(
      orders.every(({ created_at, order_date }) => created_at.slice(0, 10) === order_date),
      'dated as told',
    )
    for (const { status, contact_id, customer_order_number, subject } of orders.slice(0, 3))
      t.ok(status === 'approved' && contact_id !== null && customer_order_number !== '', subject)

    const recurrences = await db.selectFrom('recurrences').selectAll().execute()
    t.equal(new Set(recurrences.map(({ frequency }) => frequency)).size, 6, 'every frequency')
    t.equal(new Set(recurrences.map((one) => one.document_date_preference)).size, 6, 'every preference')
    t.ok(recurrences.some(({ start_date }) => start_date.endsWith('-31')))
    t.ok(recurrences.some(({ last_day }) => last_day))
    t.ok(recurrences.some(({ enabled }) => !enabled))
    t.ok(recurrences.some(({ end_date }) => end_date !== null && end_date < today))
    const occurrences = await db.selectFrom('recurrence_occurrences').selectAll().execute()
    t.same(
      new Set(occurrences.map(({ reason_code }) => reason_code)),
      new Set([null, 'nothing_to_bill', 'account_archived', 'overlap']),
    )
    const invoices = await db.selectFrom('invoices').select(['created_at', 'document_date']).execute()
    t.ok(invoices.length > 300, 'a year of invoices')
    t.ok(invoices.some(({ created_at }) => created_at.slice(0, 10) < addDays(today, -300)))
    const runs = await db.selectFrom('job_runs').selectAll().where('as_of', 'is', null).execute()
    t.ok((runs[0]?.figures['invoices'] ?? 0) >= 10, 'the first run had something to do')
  } finally {
    await db.destroy()
    await server.stop()
  }
}
