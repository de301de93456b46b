import { type RawBuilder, sql } from 'kysely'
import type { Database } from './database.ts'

/** Sessions that have ended. */
export async function deleteExpiredSessions(db: Database): Promise<number> {
  return deleted(db, sql`DELETE FROM sessions WHERE expires_at < now()`)
}

/** Failed sign-ins that no longer slow anybody down (they count for 15 minutes). */
export async function deleteSignInFailures(db: Database): Promise<number> {
  return deleted(db, sql`DELETE FROM sign_in_failures WHERE failed_at < now() - interval '1 day'`)
}

/** What was typed into a form whose session had ended, and was not asked for again within a day. */
export async function deleteKeptForms(db: Database): Promise<number> {
  return deleted(db, sql`DELETE FROM kept_forms WHERE created_at < now() - interval '1 day'`)
}

/** Keys of forms that nobody sends again. */
export async function deleteOldSubmissions(db: Database): Promise<number> {
  return deleted(db, sql`DELETE FROM submissions WHERE created_at < now() - interval '1 year'`)
}

async function deleted(db: Database, statement: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await statement.execute(db)
  return Number(numAffectedRows ?? 0)
}
