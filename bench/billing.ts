import { sql } from 'kysely'
import { quietSteps } from '../scripts/demo/steps.ts'
import { generateShop } from '../scripts/generate/generate-shop.ts'
import { type ShopSize, shopSize } from '../scripts/generate/sizes.ts'
import type { Database } from '../src/data/database.ts'
import { fingerprint, writeBare } from './billing/bare-sql.ts'
import { type RunMemory, runEngines } from './billing/engines.ts'
import { type Bench, cost, type Field, type Figure, inTurns, median, speed } from './frame.ts'
import { asOwner, type BenchServer, type Clone } from './server.ts'

/** The run's day. */
const today = '2026-03-15'

export const billing: Bench = {
  name: 'billing',
  about:
    'the run of recurring invoices, beside bare SQL that writes the same rows (INSERT … SELECT, a table at a time)',
  run: async (field) => {
    const server = await field.server()
    const orders = field.scaled(10_000, 20)
    field.remark(`${orders} orders of 5 lines`)
    const memory: { [periods: number]: RunMemory } = {}
    for (const periods of [1, 12]) {
      await makeShop(field, server, `periods_${periods}`, shopSize(orders, { behind: orders, periods }))
      for (const workers of [1, 2]) {
        const seen = await beside(field, server, { periods, workers })
        if (workers === 1) memory[periods] = seen
      }
    }
    tellMemory(field, memory[1], memory[12])
    await amongMore(field, server)
  },
}

async function makeShop(field: Field, server: BenchServer, name: string, size: ShopSize): Promise<void> {
  await server.template(name, async (database) => {
    await generateShop(database, {
      plan: { ...size, seed: 1, today },
      admin: { name: 'Ada Grandin', email: 'admin@generated.test', password: 'bench-bench-bench' },
      steps: quietSteps,
      signal: field.signal,
    })
    // Drafts alone: what issuing costs is measured by the bench `issue`.
    await asOwner(database, (db) =>
      sql`UPDATE recurrences SET initial_invoice_status = 'created' WHERE initial_invoice_status = 'approved'`.execute(
        db,
      ),
    )
  })
}

type Setting = { periods: number; workers: number }

/** The product and bare SQL, each with and without the product's triggers: four ways in turns. Answers the product's memory. */
async function beside(field: Field, server: BenchServer, setting: Setting): Promise<RunMemory> {
  const { periods, workers } = setting
  const written = new Set<string>()
  let invoices = 0
  let memory: RunMemory = { before: 0, peak: 0, after: 0 }
  const way = (how: 'product' | 'bare', triggers: boolean) => {
    const processor: number[] = []
    const measure = () =>
      onClone(server, `periods_${periods}`, async (clone) => {
        if (!triggers) await disableTriggers(clone)
        const languages = await asOwner(clone, languagesIn)
        const spentBefore = await server.spent()
        let run: { seconds: number; processor: number }
        if (how === 'product') {
          const engines = await runEngines(clone.url, { today, workers, signal: field.signal })
          run = engines
          invoices = engines.invoices
          if (engines.memory.peak > memory.peak) memory = engines.memory
        } else {
          run = { seconds: await runBare(clone, languages, workers), processor: 0 }
        }
        processor.push(run.processor + (await server.spent()) - spentBefore)
        written.add(await asOwner(clone, fingerprint))
        if (written.size > 1) throw new Error('The product and bare SQL wrote different rows.')
        return run.seconds
      })
    return { measure, processor }
  }
  const ways = [way('product', true), way('bare', true), way('product', false), way('bare', false)]
  const clock = await inTurns(
    field,
    ways.map(({ measure }) => measure),
  )
  const name = `${periods === 1 ? '1 period' : `${periods} periods`}, ${workers === 1 ? '1 worker' : `${workers} workers`}`
  const unit = 'invoices/s'
  tell(field, name, clock, (title, seconds, reference, called) =>
    speed(title, unit, invoices / seconds, invoices / reference, called),
  )
  const spent = ways.map(({ processor }) => median(processor))
  if (workers === 1 && spent.every((seconds) => seconds > 0)) {
    tell(field, `${name}, processor`, spent, (title, seconds, reference, called) =>
      cost(title, 'ms/1,000', (seconds / invoices) * 1e6, (reference / invoices) * 1e6, called),
    )
  }
  return memory
}

/** The same four comparisons, of the clock and of the processor. */
function tell(
  field: Field,
  name: string,
  [product = 0, bare = 0, productWithout = 0, bareWithout = 0]: readonly number[],
  figure: (name: string, seconds: number, reference: number, called: string) => Figure,
): void {
  field.report(figure(name, product, bare, 'bare SQL'))
  field.report(figure(`${name}, without triggers`, productWithout, bareWithout, 'bare SQL'))
  field.report(figure(`${name}, beside SQL without triggers`, product, bareWithout, 'bare SQL'))
  field.report(figure(`${name}, price of the triggers`, product, productWithout, 'without'))
}

async function onClone<T>(
  server: BenchServer,
  template: string,
  work: (clone: Clone) => Promise<T>,
): Promise<T> {
  const clone = await server.clone(template)
  try {
    return await work(clone)
  } finally {
    await clone.drop().catch(() => {})
  }
}

async function languagesIn(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('accounts').select('language').distinct().execute()
  return rows.map(({ language }) => language)
}

/** Each worker a connection and a share of the orders. */
async function runBare(clone: Clone, languages: readonly string[], workers: number): Promise<number> {
  const started = performance.now()
  await Promise.all(
    Array.from({ length: workers }, (_, worker) =>
      asOwner(clone, (db) => writeBare(db, { today, languages, worker, workers })),
    ),
  )
  return (performance.now() - started) / 1000
}

async function disableTriggers(clone: Clone): Promise<void> {
  await asOwner(clone, async (db) => {
    for (const { table } of await db
      .selectFrom(
        sql<{ table: string }>`(SELECT DISTINCT tgrelid::regclass::text AS table FROM pg_trigger
        WHERE NOT tgisinternal AND tgrelid::regclass::text !~ '\\.')`.as('t'),
      )
      .select('table')
      .execute())
      await sql`ALTER TABLE ${sql.table(table)} DISABLE TRIGGER USER`.execute(db)
  })
}

function tellMemory(field: Field, one: RunMemory | undefined, twelve: RunMemory | undefined): void {
  if (one === undefined || twelve === undefined) return
  const megabytes = (bytes: number) => bytes / 1024 / 1024
  field.report(
    cost('memory at its peak, 12 periods', 'MB', megabytes(twelve.peak), megabytes(one.peak), '1 period'),
  )
  field.report(
    cost(
      'memory held after 12 periods',
      'MB',
      megabytes(twelve.after),
      megabytes(twelve.before),
      'before it',
    ),
  )
}

/** The same number of due orders among ever more that are not: most of them recur too, and some have been billed for a year. */
async function amongMore(field: Field, server: BenchServer): Promise<void> {
  const due = field.scaled(1_000, 5)
  const sizes = [due, due * 10, due * 100]
  for (const orders of sizes) {
    const billed = Math.floor(orders / 12)
    const idle = Math.max(0, orders - due - billed)
    const invoices = idle === 0 ? 0 : billed * 12
    await makeShop(field, server, `among_${orders}`, shopSize(orders, { due, idle, invoices }))
  }
  const [first = 0, ...more] = await inTurns(
    field,
    sizes.map(
      (orders) => () =>
        onClone(server, `among_${orders}`, async (clone) => {
          const run = await runEngines(clone.url, { today, workers: 1, signal: field.signal })
          if (run.invoices !== due) throw new Error(`${run.invoices} invoices were made of ${due}`)
          return run.seconds * 1000
        }),
    ),
  )
  const among = (orders: number) =>
    `${due.toLocaleString('en-GB')} due among ${orders.toLocaleString('en-GB')}`
  field.report(cost(among(due), 'ms', first, first, 'itself'))
  for (const [index, time] of more.entries())
    field.report(
      cost(among(sizes[index + 1] ?? 0), 'ms', time, first, `among ${due.toLocaleString('en-GB')}`),
    )
}
