import { sql } from 'kysely'
import t from 'tap'
import { quietSteps } from '../../scripts/demo/steps.ts'
import { generateShop } from '../../scripts/generate/generate-shop.ts'
import { type ShopSize, shopSize } from '../../scripts/generate/sizes.ts'
import { dataChecks, findProblems } from '../../src/data/data-checks.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { runOn } from '../support/runs.ts'

const today = '2026-03-15'
const size = shopSize(300, { due: 20, behind: 10, periods: 4, idle: 15, invoices: 50 })

t.test('a generated shop', async (t) => {
  const shop = await testDatabase(t)
  await generate(shop, size)

  await t.test('has what was asked for', async (t) => {
    for (const [table, rows] of [
      ['customer_orders', 300],
      ['accounts', 15],
      ['products', 20],
      ['users', 6],
      ['organisations', 3],
      ['invoices', 50],
      ['recurrences', 20 + 10 + 15 + 5],
    ] as const) {
      t.equal(await count(shop, table), rows, table)
    }
    t.equal(await count(shop, 'customer_order_lines'), 5 * 300)
    const { rows } = await sql<{ statuses: number; organisations: number; years: number }>`
      SELECT count(DISTINCT status)::int AS statuses, count(DISTINCT organisation_id)::int AS organisations,
        count(DISTINCT extract(year FROM order_date))::int AS years FROM customer_orders`.execute(
      shop.ownerDb,
    )
    t.same(rows, [{ statuses: 4, organisations: 3, years: 4 }])
  })

  await t.test('breaks no invariant, also after the run that bills what is due', async (t) => {
    t.same(await problemsIn(shop), [])
    const figures = await runOn(shop.db, today)
    t.match(figures, { due: 20 + 10 * 4, invoices: 20 + 10 * 4, unfinished: 0 })
    t.same(await problemsIn(shop), [])
  })

  await t.test('is filled once', async (t) => {
    await t.rejects(generate(shop, size), /belongs to Grand Comptoir already.* DATA_DIR=/)
  })
})

t.test('the same seed and day make the same shop', async (t) => {
  const small = shopSize(40, { due: 5 })
  const [one, same, other] = [await testDatabase(t), await testDatabase(t), await testDatabase(t)]
  await generate(one, small)
  await generate(same, small)
  await generate(other, small, 2)
  t.equal(await orders(same), await orders(one))
  t.not(await orders(other), await orders(one))
})

t.test('more recurring orders than orders are refused before anything is written', async (t) => {
  const shop = await testDatabase(t)
  await t.rejects(
    generate(shop, shopSize(10, { due: 8, idle: 5 })),
    /13 orders were to recur, and there are 10/,
  )
  t.equal(await count(shop, 'organisations'), 0)
})

async function generate(shop: TestDatabase, of: ShopSize, seed = 1): Promise<void> {
  await generateShop(shop, {
    plan: { ...of, seed, today },
    admin: { name: 'Ada Grandin', email: 'admin@generated.test', password: 'a-long-password' },
    steps: quietSteps,
    signal: new AbortController().signal,
  })
}

async function problemsIn({ ownerDb }: TestDatabase): Promise<string[]> {
  const found: string[] = []
  for (const check of dataChecks) found.push(...(await findProblems(ownerDb, check)))
  return found
}

async function count({ ownerDb }: TestDatabase, table: string): Promise<number> {
  const { rows } = await sql<{ rows: number }>`SELECT count(*)::int AS rows FROM ${sql.table(table)}`.execute(
    ownerDb,
  )
  return rows[0]?.rows ?? 0
}

/** Everything that an order says, without ids. */
async function orders({ ownerDb }: TestDatabase): Promise<string> {
  const { rows } = await sql<{ said: string }>`
    SELECT string_agg(concat_ws('|', o.number, o.subject, o.status, o.order_date, a.name, o.customer_order_number, o.gross,
      (SELECT string_agg(concat_ws(' ', l.position, l.description, l.quantity, l.net), '/' ORDER BY l.position)
       FROM customer_order_lines l WHERE l.order_id = o.id), r.next_run_date), E'\n' ORDER BY o.number) AS said
    FROM customer_orders o JOIN accounts a ON a.id = o.account_id LEFT JOIN recurrences r ON r.order_id = o.id`.execute(
    ownerDb,
  )
  return rows[0]?.said ?? ''
}
