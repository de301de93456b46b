import { sql } from 'kysely'
import t from 'tap'
import type { Database } from '../../src/data/database.ts'
import { addDays, todayIn } from '../../src/lib/dates.ts'
import { testDatabase } from '../support/database.ts'
import { insertOrder } from '../support/documents.ts'
import { runOn } from '../support/runs.ts'
import { makeRecurringOrder, makeShop, type Shop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

const today = todayIn('Europe/Paris', new Date())

t.test('each row of Home counts and adds up exactly what its list shows, a sum a currency', async (t) => {
  const { db, ownerDb } = await testDatabase(t)
  const shop = await makeShop(db)
  await fillWithEverything(db, ownerDb, shop)
  const app = await testApp(db)
  t.teardown(() => app.close())

  for (const [who, id] of [
    ['an admin of two organisations', shop.admin_id],
    ['a user of one', shop.user_id],
  ] as const) {
    const visitor = await Visitor.signedIn(app, id)
    const { waiting } = homeOf((await visitor.json('/')).body)
    t.same(
      waiting.map(({ kind }) => kind),
      ['parked', 'due', 'today', 'drafts', 'to_deliver', 'to_approve'],
      `${who}: the most urgent first`,
    )
    for (const row of waiting) {
      const list = listOf((await visitor.json(row.list)).body)
      t.equal(list.total, row.count, `${who}: ${row.kind}`)
      t.equal(list.items.length, row.count)
      t.same(row.sums, sumsOf(list.items), 'the sums of the list, by currency')
    }
  }
})

t.test('Home says since when, on each organisation’s own day, and what runs made of today', async (t) => {
  const { db, ownerDb } = await testDatabase(t)
  const shop = await makeShop(db)
  await fillWithEverything(db, ownerDb, shop)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const visitor = await Visitor.signedIn(app, shop.user_id)
  const home = homeOf((await visitor.json('/')).body)
  const oldest = Object.fromEntries(home.waiting.map(({ kind, oldest_date }) => [kind, oldest_date]))
  t.match(oldest, {
    parked: addDays(today, -4),
    due: addDays(today, -7),
    drafts: addDays(today, -9),
    today: null,
  })
  t.same(home.run_today, { billed: 1, parked: 1 })
  const { body } = await visitor.get('/')
  t.match(body, /3 recurring orders have 3 parked periods/)
  t.match(body, /oldest 4 days/)
  t.match(body, /2 recurring orders were due today<span class="second">1 billed, 1 parked/)
  t.match(body, /Next due tomorrow: 1 recurring order, €100\.00\./)
  t.notMatch(body, /Nothing needs you today/)
  t.notMatch(body, /\/jobs/, 'a user is led to no page that only admins may open')
})

t.test('an organisation where it is tomorrow already is due by its own day', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const auckland = todayIn('Pacific/Auckland', new Date())
  await db
    .updateTable('organisations')
    .set({ time_zone: 'Pacific/Auckland' })
    .where('id', '=', shop.other_organisation_id)
    .execute()
  await makeRecurringOrder(db, shop, {
    organisation_id: shop.other_organisation_id,
    recurrence: { start_date: auckland },
  })
  const app = await testApp(db)
  t.teardown(() => app.close())
  const visitor = await Visitor.signedIn(app, shop.admin_id)
  const { waiting } = homeOf((await visitor.json('/')).body)
  t.match(waiting, [{ kind: 'due', count: 1, oldest_date: auckland }, { kind: 'to_deliver' }])
  t.equal(listOf((await visitor.json('/orders?billing=due')).body).total, 1)
  t.match((await visitor.get('/')).body, /oldest today/)
})

t.test('my last documents are orders and invoices that I made or changed, the last one first', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const ids: string[] = []
  for (let n = 1; n <= 12; n += 1)
    ids.push(await insertOrder(db, shop, `SO-2026-${String(n).padStart(4, '0')}`))
  for (const [index, id] of [...ids, ids[3] ?? ''].entries()) {
    await db
      .insertInto('audit_entries')
      .values({
        organisation_id: shop.organisation_id,
        user_id: index === 5 ? shop.admin_id : shop.user_id,
        action: 'changed',
        subject_type: index % 2 === 0 ? 'order' : 'recurrence',
        subject_id: id,
        changes: '{}',
        at: new Date(Date.UTC(2026, 0, 1, index)).toISOString(),
      })
      .execute()
  }
  const app = await testApp(db)
  t.teardown(() => app.close())
  const visitor = await Visitor.signedIn(app, shop.user_id)
  t.same(
    homeOf((await visitor.json('/')).body).recent.map(({ number }) => number),
    ['0004', '0012', '0011', '0010', '0009', '0008', '0007', '0005', '0003', '0002'].map(
      (n) => `SO-2026-${n}`,
    ),
    'each once, ten at most, and none that only a colleague touched',
  )
})

t.test('an empty shop is told what to begin with, by what there is already', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const admin = await Visitor.signedIn(app, shop.admin_id)
  const body = (await admin.get('/')).body
  t.match(body, /First steps/)
  t.match(body, /href="\/organisations">Complete your organisation/)
  t.match(body, /Create your first product <span class="muted">done/)
  t.match(body, /href="\/orders\/new">Create your first order/)
  const user = (await (await Visitor.signedIn(app, shop.user_id)).get('/')).body
  t.notMatch(user, /href="\/(organisations|users)/, 'a user is led to no page that only admins may open')
  await insertOrder(db, shop)
  t.notMatch((await admin.get('/')).body, /First steps/)
})

t.test('a job that has failed stands first, and beside Jobs in the menu, for admins alone', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  await insertOrder(db, shop)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const admin = await Visitor.signedIn(app, shop.admin_id)
  t.notMatch((await admin.get('/')).body, /needs attention<\/span><\/span>|class="count"/, 'nothing at zero')
  await sql`INSERT INTO job_runs (job, trigger, state, error, finished_at)
    VALUES ('recurring-invoices', 'schedule', 'failed', 'boom', now())`.execute(db)
  const body = (await admin.get('/')).body
  t.match(body, /1 job has failed or is overdue/)
  t.match(body, /<span>Jobs<\/span><span class="count">1/)
  t.equal(homeOf((await admin.json('/')).body).red_jobs, 1)
  t.notMatch((await (await Visitor.signedIn(app, shop.user_id)).get('/')).body, /has failed or is overdue/)
})

/** Something of everything that Home knows, in two organisations and two currencies. */
async function fillWithEverything(db: Database, ownerDb: Database, shop: Shop): Promise<void> {
  const daily = (days: number, more: Parameters<typeof makeRecurringOrder>[2]['order'] = {}) =>
    ({
      order: more,
      recurrence: { start_date: addDays(today, days), end_date: addDays(today, days), frequency: 'daily' },
    }) as const
  // Parked four days ago, twice, in two currencies; then one that is parked today, and one that is billed today and nine days ago.
  await makeRecurringOrder(db, shop, { ...daily(-4), account_id: shop.accounts.mannheim })
  await makeRecurringOrder(db, shop, { ...daily(-3), account_id: shop.accounts.mannheim, currency: 'USD' })
  await makeRecurringOrder(db, shop, { ...daily(0), account_id: shop.accounts.mannheim })
  await makeRecurringOrder(db, shop, daily(-9))
  await makeRecurringOrder(db, shop, daily(0))
  await db
    .updateTable('accounts')
    .set({ archived_at: '2026-01-01' })
    .where('id', '=', shop.accounts.mannheim)
    .execute()
  await runOn(db, today)
  // Due since, and not billed: by its next run, and by a period that was given back.
  await makeRecurringOrder(db, shop, daily(-7))
  const freed = await makeRecurringOrder(db, shop, daily(1))
  await ownerDb
    .insertInto('recurrence_occurrences')
    .values({
      order_id: freed,
      organisation_id: shop.organisation_id,
      frequency: 'daily',
      period_start: addDays(today, -2),
      period_end: addDays(today, -2),
      run_date: addDays(today, -2),
      service_start: addDays(today, -2),
      service_end: addDays(today, -2),
      state: 'due',
    })
    .execute()
  // A cancelled one is neither billed nor told of.
  await makeRecurringOrder(db, shop, { ...daily(-1), status: 'cancelled' })
  await insertOrder(db, shop, 'SO-2026-0001')
  await makeRecurringOrder(db, shop, {
    organisation_id: shop.other_organisation_id,
    status: 'created',
    currency: 'CHF',
    recurrence: { start_date: addDays(today, -20) },
  })
}

type Sum = { currency: string; net: string }
type Waiting = { kind: string; count: number; sums: Sum[]; oldest_date: string | null; list: string }
type Home = {
  waiting: Waiting[]
  recent: { number: string }[]
  run_today: object
  red_jobs: number
}

function homeOf(body: unknown): Home {
  const isHome = (value: unknown): value is Home =>
    typeof value === 'object' && value !== null && 'waiting' in value && 'recent' in value
  if (!isHome(body)) throw new Error('not the JSON of Home')
  return body
}

function listOf(body: unknown): { total: number; items: Sum[] } {
  const isList = (value: unknown): value is { total: number; items: Sum[] } =>
    typeof value === 'object' && value !== null && 'total' in value && 'items' in value
  if (!isList(body)) throw new Error('not a list')
  return body
}

/** In cents, so that the test adds up by itself; the currency of most documents first. */
function sumsOf(items: readonly Sum[]): Sum[] {
  const cents = new Map<string, bigint>()
  for (const { currency, net } of items)
    cents.set(currency, (cents.get(currency) ?? 0n) + BigInt(net.replace('.', '')))
  const count = (currency: string) => items.filter((item) => item.currency === currency).length
  return [...cents]
    .sort(([a], [b]) => count(b) - count(a) || (a < b ? -1 : 1))
    .map(([currency, sum]) => ({ currency, net: `${sum / 100n}.${String(sum % 100n).padStart(2, '0')}` }))
}
