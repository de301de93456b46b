import { sql } from 'kysely'
import t from 'tap'
import { testDatabase } from '../support/database.ts'

t.test('a test has a migrated database of its own, used with the rights of the web process', async (t) => {
  const [one, other] = await Promise.all([testDatabase(t), testDatabase(t)])
  const { rows } = await sql<{ user: string; name: string; super: boolean }>`
    SELECT current_user AS user, current_database() AS name,
           current_setting('is_superuser')::boolean AS super`.execute(one.db)
  t.match(rows[0], { user: 'comptoir_web', super: false })
  await sql`SELECT 1 FROM organisations`.execute(one.db)
  await sql`CREATE TABLE only_here ()`.execute(one.ownerDb)
  await t.rejects(sql`SELECT FROM only_here`.execute(other.ownerDb))
})

t.test('the web process can act as the portal, which may do less', async (t) => {
  const { db } = await testDatabase(t)
  const asPortal = db.transaction().execute(async (trx) => {
    await sql`SET LOCAL ROLE comptoir_portal`.execute(trx)
    await sql`SELECT FROM users`.execute(trx)
  })
  await t.rejects(asPortal, { message: /permission denied for table users/ })
})
