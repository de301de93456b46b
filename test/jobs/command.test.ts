import { execFile } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { bareEnvironment } from '../support/processes.ts'
import { makeRecurringOrder, makeShop } from '../support/shop.ts'

const script = join(import.meta.dirname, '../../scripts/job.ts')

t.test('a command that is not understood says what there is, exits 2, and does nothing', async (t) => {
  for (const [args, sentence] of [
    [
      [],
      /^Name a job: npm run job -- NAME .* where NAME is recurring-invoices, render-pdfs or housekeeping\.$/m,
    ],
    [
      ['send-letters'],
      /^There is no job send-letters\. There are: recurring-invoices, render-pdfs, housekeeping\.$/m,
    ],
    [['housekeeping', 'now'], /^One job at a time: now is too much\./m],
    [
      ['housekeeping', '--as-of', '2026-02-30'],
      /^--as-of 2026-02-30 is not a date\. Write it as YYYY-MM-DD/m,
    ],
    [['housekeeping', '--as-of', ''], /^--as-of {2}is not a date/m],
    [['housekeeping', '--loud'], /'--loud'/],
  ] as const) {
    const { code, stdout, stderr } = await job(args, {})
    t.equal(code, 2, args.join(' '))
    t.equal(stdout, '')
    t.match(stderr, sentence)
  }
})

t.test(
  'a run prints what it did; with --json one object is the last line, and failure is exit 1',
  async (t) => {
    const { db, url } = await testDatabase(t)
    const shop = await makeShop(db)
    await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-01' } })
    const spoken = await job(['recurring-invoices', '--as-of', '2026-02-01'], { DATABASE_URL: url })
    t.match(spoken, {
      code: 0,
      stderr: '',
      stdout: /^recurring-invoices: 1 orders, 2 due, 2 invoices, .* in \d+\.\d s\.\n$/,
    })
    const written = await job(['recurring-invoices', '--as-of', '2026-03-01', '--json'], {
      DATABASE_URL: url,
    })
    t.equal(written.code, 0)
    t.match(JSON.parse(written.stdout), {
      job: 'recurring-invoices',
      as_of: '2026-03-01',
      orders: 1,
      due: 1,
      invoices: 1,
      skipped: 0,
      held: 0,
      failed: 0,
      issued: 0,
      duration_ms: Number,
    })
    await db.updateTable('accounts').set({ archived_at: '2026-01-01' }).execute()
    const vain = await job(['recurring-invoices', '--as-of', '2026-04-01', '--json'], { DATABASE_URL: url })
    t.equal(vain.code, 1)
    t.match(JSON.parse(vain.stdout), { due: 1, invoices: 0, failed: 1, error: 'in_vain' })
    t.match(vain.stderr, /Periods were due, and none of them could be billed\./)
  },
)

function job(
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const options = { env: { ...bareEnvironment(), ...env } }
    const child = execFile(process.execPath, [script, ...args], options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr })
    })
  })
}
