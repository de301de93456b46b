import { sql } from 'kysely'
import { type Database, openDatabase } from '../../src/data/database.ts'
import { StartProblem } from '../../src/problem-lines.ts'
import { runJob } from '../../src/services/jobs/run-job.ts'
import { chance } from '../demo/chance.ts'
import type { Steps } from '../demo/steps.ts'
import { makeDirectory } from './directory.ts'
import { type Admin, makePeople } from './people.ts'
import { planOrders } from './plan-orders.ts'
import { insertRecurrences } from './recurrences.ts'
import { ordersRecurring, type ShopPlan } from './sizes.ts'
import { beginSeries, writeOrders } from './write-orders.ts'

export type Generation = {
  plan: ShopPlan
  admin: Admin
  steps: Steps
  signal: AbortSignal
}

/**
 * Fills a migrated, empty database with a shop of any size: through the product's own set-up, then set-wise, with every constraint
 * and every check of sums on. What recurs may be due, behind or idle; invoices are made by the product's own run.
 * @throws StartProblem, with nothing written, where the database is not empty or more orders are to recur than there are
 */
export async function generateShop(
  server: { url: string; ownerUrl: string },
  { plan, admin, steps, signal }: Generation,
): Promise<void> {
  if (ordersRecurring(plan) > plan.orders)
    throw new StartProblem(
      `${ordersRecurring(plan)} orders were to recur, and there are ${plan.orders}: ask for more orders or fewer recurring ones.`,
    )
  const db = openDatabase(server.url, {
    name: 'generate',
    role: 'comptoir_web',
    max: 3,
    statementTimeout: 0,
    lazyCommit: true,
  })
  const ownerDb = openDatabase(server.ownerUrl, {
    name: 'generate owner',
    max: 1,
    statementTimeout: 0,
    lazyCommit: true,
  })
  try {
    await refuseFilled(db)
    const luck = chance(plan.seed)
    const people = await steps.step('Directory', async () => {
      const made = await makePeople(db, plan.users, admin, luck)
      await makeDirectory(db, plan, luck)
      return {
        ...made,
        said: `${plan.accounts} accounts, ${plan.products} products, ${plan.users} users`,
      }
    })
    signal.throwIfAborted()
    // One connection, which keeps the plan in its temporary tables.
    await ownerDb.connection().execute(async (connection) => {
      await sql`ANALYZE`.execute(connection)
      await steps.step('Orders', async (show) => {
        await planOrders(connection, plan, people)
        await beginSeries(connection)
        await writeOrders(connection, plan, signal, show)
        return { said: `${plan.orders} orders of ${plan.lines} lines` }
      })
      if (plan.invoices > 0) {
        await insertRecurrences(connection, plan, ['billed'])
        await sql`ANALYZE recurrences`.execute(connection)
        await billThem(db, { plan, steps, signal })
      }
      await insertRecurrences(connection, plan, ['due', 'behind', 'idle'])
      await steps.step('Statistics', async () => {
        await sql`VACUUM (ANALYZE)`.execute(connection)
        return { said: 'the tables are vacuumed and analysed' }
      })
    })
  } finally {
    await db.destroy()
    await ownerDb.destroy()
  }
}

async function refuseFilled(db: Database): Promise<void> {
  const row = await db.selectFrom('organisations').select('name').executeTakeFirst()
  if (row === undefined) return
  throw new StartProblem(
    `The database belongs to ${row.name} already, and only an empty one is filled: give it a folder of its own, such as DATA_DIR=.data/large npm run generate.`,
  )
}

async function billThem(
  db: Database,
  { plan, steps, signal }: Pick<Generation, 'plan' | 'steps' | 'signal'>,
) {
  await steps.step('Invoices', async (onProgress) => {
    const summary = await runJob(
      db,
      { job: 'recurring-invoices', trigger: 'command', as_of: plan.today },
      { signal, onProgress },
    )
    signal.throwIfAborted()
    if (summary?.error !== null) throw new Error(`The run failed: ${summary?.error ?? 'nothing ran'}`)
    return { said: `${summary.figures['invoices']} drafts` }
  })
}
