import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { findUnappliedMigrations, migrateToLatest } from '../src/data/migrate.ts'
import { isIsoDate, todayIn } from '../src/lib/dates.ts'
import { StartProblem } from '../src/problem-lines.ts'
import { runCommand, UsageProblem } from './command.ts'
import { steps } from './demo/steps.ts'
import { generateShop } from './generate/generate-shop.ts'
import { type ShopPlan, shopSize } from './generate/sizes.ts'

/**
 * `npm run generate -- [--orders N] …`: a shop of any size in an empty database, to try how the product behaves with it. The same
 * seed and day make the same shop.
 */
const counts = [
  'orders',
  'lines',
  'accounts',
  'products',
  'users',
  'due',
  'behind',
  'periods',
  'idle',
  'invoices',
  'seed',
] as const

/** At least one of what a shop cannot do without. */
const needed: readonly string[] = ['orders', 'lines', 'accounts', 'products', 'users', 'periods']

const usage = `npm run generate -- [--orders 10000], and if wanted ${counts
  .filter((name) => name !== 'orders')
  .map((name) => `--${name} N`)
  .join(
    ' ',
  )} --today YYYY-MM-DD. --due, --behind (by --periods) and --idle are recurring orders, --invoices drafts.`

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())

try {
  const plan = readPlan(process.argv.slice(2))
  await runCommand(
    async (server) => {
      await migrateWhereNew(server)
      const admin = {
        name: 'Ada Grandin',
        email: 'admin@generated.test',
        password: randomBytes(9).toString('base64url'),
      }
      await generateShop(server, { plan, admin, steps, signal: stop.signal })
      console.log(
        `\nSign in as ${admin.email} with the password ${admin.password}; npm start opens the shop.`,
      )
      return 0
    },
    (error) =>
      stop.signal.aborted && error === stop.signal.reason
        ? ['Stopped: the shop is incomplete. Delete its folder, or begin in another DATA_DIR.']
        : undefined,
  )
} catch (error) {
  if (!(error instanceof UsageProblem)) throw error
  console.error(error.message)
  process.exitCode = 2
}

/** Only a database in which nothing is yet: a shop of an older version is nobody's to migrate by mistake. */
async function migrateWhereNew(server: { url: string; ownerUrl: string }): Promise<void> {
  const state = await findUnappliedMigrations(server.url)
  if (state === 'unknown') await migrateToLatest(server.ownerUrl)
  else if (state.pending.length > 0)
    throw new StartProblem(
      'The database is of another version, and only an empty one is filled: give it another DATA_DIR.',
    )
}

function readPlan(args: string[]): ShopPlan {
  const values = parsedArgs(args)
  const today = values.get('today') ?? todayIn('Europe/Paris', new Date())
  if (!isIsoDate(today))
    throw new UsageProblem(`--today ${today} is not a date. Write it as YYYY-MM-DD, such as 2026-12-31.`)
  const numbers = new Map(
    counts.flatMap((name) => {
      const text = values.get(name)
      return text === undefined ? [] : [[name, wholeNumber(name, text)] as const]
    }),
  )
  const { orders = 10_000, seed = 1, ...told } = Object.fromEntries(numbers)
  return { ...shopSize(orders, told), seed, today }
}

function parsedArgs(args: string[]): Map<string, string> {
  try {
    const names = [...counts, 'today']
    const { values } = parseArgs({
      args,
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' } as const])),
    })
    return new Map(
      Object.entries(values).flatMap(([name, text]) =>
        typeof text === 'string' ? [[name, text] as const] : [],
      ),
    )
  } catch (error) {
    throw new UsageProblem(`${error instanceof Error ? error.message : String(error)}\nUse ${usage}`)
  }
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text)
  const least = needed.includes(name) ? 1 : 0
  if (/^\d{1,9}$/.test(text) && number >= least) return number
  throw new UsageProblem(`--${name} takes a whole number, ${least} or more: ${text} is none.`)
}
