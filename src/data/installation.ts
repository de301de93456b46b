import type { Database, Trx } from './database.ts'
import type { Row } from './tables.ts'

export async function findInstallation(db: Database): Promise<Row<'installation'> | undefined> {
  return db.selectFrom('installation').selectAll().executeTakeFirst()
}

/** Marks the database as a shop or a demo, once; returns what it is. */
export async function markInstallation(db: Database, kind: 'shop' | 'demo'): Promise<Row<'installation'>> {
  await db
    .insertInto('installation')
    .values({ kind })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return db.selectFrom('installation').selectAll().executeTakeFirstOrThrow()
}

export async function listAppliedMigrations(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('kysely_migration').select('name').orderBy('name').execute()
  return rows.map((row) => row.name)
}

/** Marks an unmarked database as a shop and locks the mark: whoever sets up waits here for whoever does so already. */
export async function lockInstallation(trx: Trx): Promise<Row<'installation'>> {
  await markInstallation(trx, 'shop')
  return trx.selectFrom('installation').selectAll().forUpdate().executeTakeFirstOrThrow()
}
