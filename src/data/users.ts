import type { Database } from './database.ts'
import type { Row } from './tables.ts'

/** A user who may sign in, by email in any case. */
export async function findSignIn(
  db: Database,
  email: string,
): Promise<Pick<Row<'users'>, 'id' | 'password_hash' | 'language'> | undefined> {
  return db
    .selectFrom('users')
    .select(['id', 'password_hash', 'language'])
    .where((eb) => eb(eb.fn('lower', ['email']), '=', email.toLowerCase()))
    .where('archived_at', 'is', null)
    .executeTakeFirst()
}

export async function setPreferences(
  db: Database,
  userId: string,
  preferences: { language: 'en' | 'fr'; theme: 'light' | 'dark' | 'system' },
): Promise<void> {
  await db.updateTable('users').set(preferences).where('id', '=', userId).execute()
}
