import { type Kysely, sql } from 'kysely'

/** What a kept picture of a document shows, by the SHA-256 of its HTML; and the order in which what failed is listed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Of an issued invoice the version is 0: it has one picture, stored for ever among the files.
  await sql`ALTER TABLE renderings ADD COLUMN digest bytea`.execute(db)
  await sql`CREATE INDEX renderings_failed ON renderings (requested_at, id) WHERE state = 'failed'`.execute(
    db,
  )
  await sql`CREATE INDEX renderings_by_age ON renderings (requested_at)`.execute(db)
}
