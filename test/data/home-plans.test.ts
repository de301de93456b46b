import { sql } from 'kysely'
import pg from 'pg'
import t from 'tap'
import { openDatabase, type RanQuery } from '../../src/data/database.ts'
import { addDays, todayIn } from '../../src/lib/dates.ts'
import { testDatabase } from '../support/database.ts'
import { copyOrder, runOn } from '../support/runs.ts'
import { makeRecurringOrder, makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

/** Tables that grow with the shop. Orders and invoices are counted up to a limit, however many there are. */
const large = /Seq Scan on (recurrences|recurrence_occurrences|audit_entries|job_runs)\b/

t.test('Home reads no large table from end to end, however few of its rows wait', async (t) => {
  const { db, ownerDb, url, ownerUrl } = await testDatabase(t)
  const shop = await makeShop(db)
  const today = todayIn('Europe/Paris', new Date())
  const order = await makeRecurringOrder(db, shop, {
    recurrence: { frequency: 'monthly', start_date: addDays(today, -70) },
  })
  await copyOrder(db, order, 3000)
  await runOn(db, addDays(today, -1))
  await sql`INSERT INTO audit_entries (user_id, action, subject_type, subject_id)
    SELECT ${shop.admin_id}::uuid, 'created', 'account', uuidv7() FROM generate_series(1, 5000)`.execute(db)
  await sql`INSERT INTO job_runs (job, trigger, state, finished_at)
    SELECT 'recurring-invoices', 'command', 'succeeded', now() FROM generate_series(1, 5000)`.execute(db)
  await sql`UPDATE recurrence_occurrences SET state = 'held', reason_code = 'held_by_person', invoice_id = NULL
    WHERE order_id = ${order}`.execute(ownerDb)
  await sql`UPDATE recurrences r SET next_run_date = ${today}::date + 1 + (n % 300)::int
    FROM (SELECT order_id, row_number() OVER () AS n FROM recurrences) AS numbered WHERE numbered.order_id = r.order_id`.execute(
    ownerDb,
  )
  await sql`ANALYZE`.execute(ownerDb)

  const ran: RanQuery[] = []
  const listening = openDatabase(url, {
    name: 'plans',
    role: 'comptoir_web',
    onQuery: (query) => ran.push(query),
  })
  const app = await testApp(listening)
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  t.teardown(async () => {
    await app.close()
    await client.end()
    await listening.destroy()
  })
  const admin = await Visitor.signedIn(app, shop.admin_id)
  ran.length = 0
  t.match((await admin.get('/')).body, /1 recurring order has 3 parked periods/)
  const statements = ran.filter((query) => /^\s*(select|with)\b/i.test(query.sql))
  t.ok(statements.length > 8 && statements.length < 25, `${statements.length} statements`)
  for (const { sql: text, parameters } of statements) {
    const { rows } = await client.query({ text: `EXPLAIN ${text}`, values: [...parameters] })
    const plan = rows.map((row) => Object.values(row).join('')).join('\n')
    t.notMatch(plan, large, `${text.trim().slice(0, 60)}…`)
  }
})
