import { sql } from 'kysely'
import type { Language } from '../languages/sentences.ts'
import type { Database } from './database.ts'

export type SessionViewer = {
  token_hash: Buffer
  id: string
  name: string
  email: string
  role: 'admin' | 'user'
  language: Language
  theme: 'light' | 'dark' | 'system'
  /** Whether single keys act on pages: `g o`, `n`, `j`. */
  single_keys: boolean
  /** The home organisation, preset on new documents, and its time zone: the user's own "today". */
  organisation_id: string
  time_zone: string
  /** Every organisation the user works in; documents of the others do not exist for them. */
  organisation_ids: string[]
  flash: unknown
}

/** The signed-in user of a session that has not ended; using it within its last seven hours starts its hours anew. */
export async function findSession(db: Database, tokenHash: Buffer): Promise<SessionViewer | undefined> {
  const found = await db
    .selectFrom('sessions as s')
    .innerJoin('users as u', 'u.id', 's.user_id')
    .innerJoin('organisations as o', 'o.id', 'u.organisation_id')
    .where('s.token_hash', '=', tokenHash)
    .where('s.expires_at', '>', sql<string>`now()`)
    .where('u.archived_at', 'is', null)
    .select((eb) => [
      's.token_hash',
      's.flash',
      'u.id',
      'u.name',
      'u.email',
      'u.role',
      'u.language',
      'u.theme',
      'u.single_keys',
      'u.organisation_id',
      'o.time_zone',
      sql<
        string[]
      >`array(SELECT m.organisation_id::text FROM user_organisations m WHERE m.user_id = u.id)`.as(
        'organisation_ids',
      ),
      eb('s.expires_at', '<', sql<string>`now() + interval '7 hours'`).as('ageing'),
    ])
    .executeTakeFirst()
  if (found === undefined || found.email === null) return undefined
  const { ageing, email, ...viewer } = found
  if (ageing) {
    await db
      .updateTable('sessions')
      .set({ expires_at: sql`now() + interval '8 hours'` })
      .where('token_hash', '=', tokenHash)
      .execute()
  }
  return { ...viewer, email }
}

export async function insertSession(
  db: Database,
  session: { token_hash: Buffer; user_id: string; hours: number },
): Promise<void> {
  await db
    .insertInto('sessions')
    .values({
      token_hash: session.token_hash,
      user_id: session.user_id,
      flash: null,
      expires_at: sql`now() + ${session.hours} * interval '1 hour'`,
    })
    .execute()
}

export async function deleteSession(db: Database, tokenHash: Buffer): Promise<void> {
  await db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute()
}

/** Signs a user out everywhere. */
export async function deleteSessionsOf(db: Database, userId: string): Promise<void> {
  await db.deleteFrom('sessions').where('user_id', '=', userId).execute()
}

export async function setFlash(db: Database, tokenHash: Buffer, flash: object | null): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ flash: flash === null ? null : JSON.stringify(flash) })
    .where('token_hash', '=', tokenHash)
    .execute()
}

/** Keeps what was typed into a form whose session had ended. */
export async function insertKeptForm(
  db: Database,
  userId: string,
  entries: readonly (readonly [string, string])[],
): Promise<string> {
  const row = await db
    .insertInto('kept_forms')
    .values({ user_id: userId, fields: JSON.stringify(entries) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Takes a kept form out, so that it is shown once. */
export async function takeKeptForm(
  db: Database,
  userId: string,
  id: string,
): Promise<[string, string][] | undefined> {
  const row = await db
    .deleteFrom('kept_forms')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returning('fields')
    .executeTakeFirst()
  return row?.fields
}
