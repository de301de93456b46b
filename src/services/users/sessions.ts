import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../../data/database.ts'
import { deleteSession, insertSession } from '../../data/sessions.ts'

/** Hours after which a session ends when nothing is done with it; every use within it starts them anew. */
const sessionHours = 8

/** Opens a session and returns its token, which exists in the cookie alone: the database holds its hash. */
export async function startSession(db: Database, userId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await insertSession(db, { token_hash: tokenHash(token), user_id: userId, hours: sessionHours })
  return token
}

export async function endSession(db: Database, token: string): Promise<void> {
  await deleteSession(db, tokenHash(token))
}

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
