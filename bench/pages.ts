import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { quietSteps } from '../scripts/demo/steps.ts'
import { generateShop } from '../scripts/generate/generate-shop.ts'
import { shopSize } from '../scripts/generate/sizes.ts'
import { type Bench, cost, type Field, median } from './frame.ts'
import { startBareServer } from './pages/bare-server.ts'
import { type Shop, shopPages } from './pages/shop-pages.ts'
import { openShop } from './pages/signed-in.ts'
import type { BenchServer } from './server.ts'

const today = '2026-03-15'

export const pages: Bench = {
  name: 'pages',
  about: 'pages over HTTP, beside a bare Fastify route that sends the same bytes, and the time of their SQL',
  run: async (field) => {
    const server = await field.server()
    const sizes = [field.scaled(1_000, 40), field.scaled(100_000, 80)] as const
    const [few, many] = sizes
    field.remark(
      `${few} and ${many} orders of 5 lines, 3 organisations; gzip and br as a browser asks for them`,
    )
    for (const size of sizes) await makeShop(field, server, size)
    const clones = [await server.clone(`shop_${few}`), await server.clone(`shop_${many}`)] as const
    const shops = [await openShop(clones[0]), await openShop(clones[1])] as const
    const bare = await startBareServer()
    try {
      // Each once, so that code and plans are there already: what is held then, and what after hundreds of requests.
      for (const page of shopPages) for (const shop of shops) await shop.ask((await page.prepare(shop))())
      const before = memoryHeld()
      for (const [done, page] of shopPages.entries()) {
        field.signal.throwIfAborted()
        field.show(done, shopPages.length)
        const [small, large] = await measure(field, page, shops, bare)
        const beside = 'bare route and its SQL'
        const least = (way: Way) => way.bare + way.sql
        field.report(cost(`${page.name}, ${few} orders`, 'ms', small.p50, least(small), beside))
        field.report(cost(`${page.name}, ${many} orders`, 'ms', large.p50, least(large), beside))
        field.report(cost(`${page.name}, growth`, 'ms', large.p50, small.p50, `${few} orders`))
        field.remark(`${page.name}: ${told(small)} | ${told(large)}`)
      }
      field.report(cost('memory held after all pages', 'MB', memoryHeld(), before, 'before'))
      field.remark(
        `the process has ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB, client and bare route among them`,
      )
    } finally {
      await bare.stop()
      for (const shop of shops) await shop.close()
      for (const clone of clones) await clone.drop()
    }
  },
}

/** Megabytes that are left when the garbage is collected. */
function memoryHeld(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1e6
}

/** Milliseconds. */
type Way = { p50: number; p95: number; sql: number; bare: number }

/** The page of both shops and the bare route, in turns, each as often. */
async function measure(
  field: Field,
  page: (typeof shopPages)[number],
  shops: readonly [Shop, Shop],
  bare: Awaited<ReturnType<typeof startBareServer>>,
): Promise<[Way, Way]> {
  const asked = [await page.prepare(shops[0]), await page.prepare(shops[1])] as const
  const times = [
    { page: [] as number[], sql: [] as number[], bare: [] as number[] },
    { page: [] as number[], sql: [] as number[], bare: [] as number[] },
  ] as const
  const warm = field.scaled(5, 1)
  for (let turn = 0; turn < warm + field.rounds * field.scaled(20, 2); turn += 1) {
    field.signal.throwIfAborted()
    for (const index of turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const answer = await shops[index].ask(asked[index]())
      const same = await bare.ask(answer)
      if (turn < warm) continue
      times[index].page.push(answer.milliseconds)
      times[index].sql.push(answer.sqlMilliseconds)
      times[index].bare.push(same)
    }
  }
  return [summed(times[0]), summed(times[1])]
}

function summed(times: { page: number[]; sql: number[]; bare: number[] }): Way {
  const sorted = [...times.page].sort((a, b) => a - b)
  return {
    p50: median(times.page),
    p95: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN,
    sql: median(times.sql),
    bare: median(times.bare),
  }
}

function told({ p50, p95, sql, bare }: Way): string {
  return `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)}, SQL ${sql.toFixed(1)}, bare ${bare.toFixed(1)} ms`
}

async function makeShop(field: Field, server: BenchServer, orders: number): Promise<void> {
  await server.template(`shop_${orders}`, (database) =>
    generateShop(database, {
      plan: {
        ...shopSize(orders, { idle: Math.round(orders / 5), invoices: Math.round(orders / 5) }),
        seed: 1,
        today,
      },
      admin: { name: 'Ada Grandin', email: 'admin@generated.test', password: 'bench-bench-bench' },
      steps: quietSteps,
      signal: field.signal,
    }),
  )
}
