import { once } from 'node:events'
import { openDatabase } from '../../src/data/database.ts'
import { listAppliedMigrations } from '../../src/data/installation.ts'
import { runJob } from '../../src/services/jobs/run-job.ts'

/** A process that makes the product's own run, as `npm run job` does, when its parent says so; it tells how much memory that took. */
const [, , url = '', today = ''] = process.argv

const db = openDatabase(url, { name: 'bench job', role: 'comptoir_web', max: 3, statementTimeout: 0 })
try {
  await listAppliedMigrations(db)
  const before = held()
  process.send?.({ ready: true })
  await once(process, 'message')
  const begun = process.cpuUsage()
  const summary = await runJob(db, { job: 'recurring-invoices', trigger: 'command', as_of: today })
  if (summary === undefined || summary.error !== null) throw new Error(`The run failed: ${summary?.error}`)
  const { user, system } = process.cpuUsage(begun)
  process.send?.({
    processor: (user + system) / 1e6,
    invoices: summary.figures['invoices'],
    issued: summary.figures['issued'],
    before,
    // In kilobytes.
    peak: process.resourceUsage().maxRSS * 1024,
    after: held(),
  })
} finally {
  await db.destroy()
}
process.disconnect()

/** What is held when the garbage has been collected, in bytes. */
function held(): number {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
