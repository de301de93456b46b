import { sql } from 'kysely'
import t from 'tap'
import type { Database } from '../../src/data/database.ts'
import { testDatabase } from '../support/database.ts'
import { makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

t.test(
  'while the database is away pages say so, nothing is half done, and afterwards all goes on',
  async (t) => {
    const { db, ownerDb } = await testDatabase(t)
    const shop = await makeShop(db)
    const app = await testApp(db)
    t.teardown(() => app.close())
    const visitor = await Visitor.signedIn(app, shop.user_id)
    const supplier = { code: 'LATE', name: 'Typed while it was away', country: 'FR' }

    await shutOut(ownerDb)
    const page = await visitor.get('/suppliers')
    t.match(page, { status: 503, headers: { 'retry-after': '5' } })
    t.match(page.body, 'The database does not answer at the moment. Nothing was saved.')
    t.match(await visitor.get('/suppliers', { accept: 'application/json' }), {
      status: 503,
      body: /"request":"req-/,
    })
    const sent = await visitor.post('/suppliers', supplier)
    t.equal(sent.status, 503)
    t.match(sent.body, 'What you typed is still in the form')
    t.equal((await visitor.get('/health/ready')).status, 503)
    t.equal((await visitor.get('/health/live')).status, 200, 'the process itself lives')

    await sql`ALTER DATABASE ${sql.id(await nameOf(ownerDb))} CONNECTION LIMIT -1`.execute(ownerDb)
    t.equal((await db.selectFrom('suppliers').select('id').where('code', '=', 'LATE').execute()).length, 0)
    t.equal((await visitor.get('/health/ready')).status, 200)
    t.equal((await visitor.post('/suppliers', supplier)).status, 303, 'the same form then saves')
  },
)

/** Ends every connection of the web process and lets no new one in, as a server does that restarts. */
async function shutOut(ownerDb: Database): Promise<void> {
  await sql`ALTER DATABASE ${sql.id(await nameOf(ownerDb))} CONNECTION LIMIT 0`.execute(ownerDb)
  await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = 'comptoir_web' AND pid <> pg_backend_pid()`.execute(
    ownerDb,
  )
}

async function nameOf(db: Database): Promise<string> {
  const { rows } = await sql<{ name: string }>`SELECT current_database() AS name`.execute(db)
  return rows[0]?.name ?? ''
}
