import tap from 'tap'
import { type Database, openDatabase } from '../../src/data/database.ts'
import { databaseName, ensureTemplate, forDatabase, startTestServer, withClient } from './test-server.ts'

/** A database of a test's own, migrated and empty. */
export interface TestDatabase {
  ownerUrl: string
  /** Signs in as the web process does. */
  url: string
  /** With the web process's rights. */
  db: Database
  /** With the owner's rights: to arrange what the product itself would not do. */
  ownerDb: Database
}

let count = 0
let entered: Promise<{ ownerUrl: string; webUrl: string; template: string }> | undefined

/** Gives the test a database of its own and drops it when the test ends. */
export async function testDatabase(t: { teardown(end: () => unknown): unknown }): Promise<TestDatabase> {
  entered ??= enterServer()
  const server = await entered
  const name = await databaseName(++count)
  const admin = forDatabase(server.ownerUrl, 'postgres')
  await withClient(admin, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${server.template} STRATEGY file_copy`),
  )
  const [ownerUrl, url] = [forDatabase(server.ownerUrl, name), forDatabase(server.webUrl, name)]
  const db = openDatabase(url, { name: 'test', role: 'comptoir_web' })
  const ownerDb = openDatabase(ownerUrl, { name: 'test owner' })
  t.teardown(async () => {
    await db.destroy()
    await ownerDb.destroy()
    await withClient(admin, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
  })
  return { ownerUrl, url, db, ownerDb }
}

/** The file's process uses the server until its last test has ended. */
async function enterServer() {
  const { ownerUrl, webUrl, stop } = await startTestServer()
  tap.teardown(stop)
  return { ownerUrl, webUrl, template: await ensureTemplate(ownerUrl) }
}
