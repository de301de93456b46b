import { sql } from 'kysely'
import type { Database } from './database.ts'

export type FailureCounts = {
  by_email: number
  by_address: number
  /** Minutes until the oldest counted failure is forgotten. */
  minutes: number
}

/** Failures of the last 15 minutes. Kept in the database, since any number of web processes count together. */
export async function countFailures(db: Database, email: string, address: string): Promise<FailureCounts> {
  const row = await db
    .selectFrom('sign_in_failures')
    .where('failed_at', '>', sql<string>`now() - interval '15 minutes'`)
    .where((eb) => eb.or([eb('email', '=', email), eb('address', '=', address)]))
    .select([
      sql<number>`(count(*) FILTER (WHERE email = ${email}))::int`.as('by_email'),
      sql<number>`(count(*) FILTER (WHERE address = ${address}))::int`.as('by_address'),
      sql<number>`coalesce(ceil(extract(epoch FROM min(failed_at) + interval '15 minutes' - now()) / 60), 0)::int`.as(
        'minutes',
      ),
    ])
    .executeTakeFirstOrThrow()
  return row
}

export async function insertFailure(db: Database, email: string, address: string): Promise<void> {
  await db.insertInto('sign_in_failures').values({ email, address }).execute()
}

export async function forgetFailures(db: Database, email: string): Promise<void> {
  await db.deleteFrom('sign_in_failures').where('email', '=', email).execute()
}
