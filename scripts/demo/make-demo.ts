import { type Database, openDatabase } from '../../src/data/database.ts'
import { openDemo } from '../../src/data/demo.ts'
import { markInstallation } from '../../src/data/installation.ts'
import type { DatabaseServer } from '../../src/data/server/open-server.ts'
import { addDays, todayIn } from '../../src/lib/dates.ts'
import { runJob } from '../../src/services/jobs/run-job.ts'
import { hashPassword } from '../../src/services/users/passwords.ts'
import { accounts } from './accounts.ts'
import { products } from './catalogue.ts'
import { chance } from './chance.ts'
import { makeOrganisations } from './company.ts'
import { directorySize, makeDirectory } from './directory.ts'
import { fileAndPlan } from './filed.ts'
import { History } from './history.ts'
import { beginningOf, planOrders } from './orders.ts'
import type { Steps } from './steps.ts'
import { liveThroughYear } from './year.ts'

export const demoPassword = 'comptoir-demo'
/** Who can sign in, and as what. */
export const signIns = [
  ['admin@demo.test', 'administrator'],
  ['user@demo.test', 'billing clerk'],
] as const

/**
 * Fills a migrated, empty database with the demo: the company, its year, and the first run of what is due today. Only then it is
 * called ready; whoever interrupts it before finds an unfinished demo at the next start, which begins anew.
 */
export async function makeDemo(server: DatabaseServer, steps: Steps, signal: AbortSignal): Promise<void> {
  const db = openDatabase(server.url, { name: 'demo', role: 'comptoir_web', max: 3, lazyCommit: true })
  const ownerDb = openDatabase(server.ownerUrl, { name: 'demo owner', max: 1, statementTimeout: 0 })
  try {
    await markInstallation(db, 'demo')
    await makeYear(db, ownerDb, steps, signal)
    await makeFirstRun(db, steps, signal)
    await openDemo(db, await hashPassword(demoPassword))
  } finally {
    await db.destroy()
    await ownerDb.destroy()
  }
}

async function makeYear(db: Database, ownerDb: Database, steps: Steps, signal: AbortSignal): Promise<void> {
  const today = todayIn('Europe/Paris', new Date())
  const luck = chance(20_26)
  const history = new History(db)
  const company = await steps.step('Company', async (show) => {
    await history.now(addDays(beginningOf(today), -30))
    const made = await makeOrganisations(db, today, luck)
    let done = 0
    const directory = await makeDirectory(db, made, luck, () => {
      signal.throwIfAborted()
      done += 1
      show(done, directorySize)
    })
    return {
      ...made,
      directory,
      said: `2 organisations, ${accounts.length} accounts, ${products.length} products`,
    }
  })
  await steps.step('Past year', async (onProgress) => {
    const plans = planOrders(today, luck)
    const { directory } = company
    const invoices = await liveThroughYear({
      db,
      company,
      directory,
      history,
      today,
      plans,
      signal,
      onProgress,
    })
    await history.tell(ownerDb)
    await fileAndPlan(db, company, today)
    return { said: `${plans.length} orders, ${invoices} invoices made by the job` }
  })
}

async function makeFirstRun(db: Database, steps: Steps, signal: AbortSignal): Promise<void> {
  await steps.step('Due invoices', async (onProgress) => {
    const run = { job: 'recurring-invoices', trigger: 'command' } as const
    const summary = await runJob(db, run, { signal, onProgress })
    signal.throwIfAborted()
    const { due = 0, invoices = 0, skipped = 0, held = 0, failed = 0 } = summary?.figures ?? {}
    if (summary === undefined || (summary.error !== null && invoices === 0)) {
      throw new Error(`The first run failed: ${summary?.error ?? 'nothing ran'}`)
    }
    return { said: `${due} due: ${invoices} made, ${skipped} skipped, ${held} held, ${failed} parked` }
  })
}
