import type { Database, Trx } from './database.ts'
import { isUniqueViolation } from './failures.ts'

/** A form sent with a key of its own; the key counts for one user and one address. */
export type SentForm = {
  user_id: string
  address: string
  key: string
  /** What was sent, hashed. */
  digest: string
}

/** Somebody else's transaction has just recorded the same form: this one made nothing. */
export class SentMeanwhile extends Error {
  override name = 'SentMeanwhile'
}

/** What the form made when it was sent before. */
export async function findSubmission(
  db: Database,
  sent: SentForm,
): Promise<{ digest: string; made_id: string } | undefined> {
  return db
    .selectFrom('submissions')
    .select(['digest', 'made_id'])
    .where('user_id', '=', sent.user_id)
    .where('address', '=', sent.address)
    .where('key', '=', sent.key)
    .executeTakeFirst()
}

/**
 * Records what a form made, in the transaction that makes it, as its last statement: the primary key lets one of two through.
 * @throws SentMeanwhile
 */
export async function insertSubmission(trx: Trx, sent: SentForm, madeId: string): Promise<void> {
  try {
    await trx
      .insertInto('submissions')
      .values({ ...sent, made_id: madeId })
      .execute()
  } catch (error) {
    throw isUniqueViolation(error) ? new SentMeanwhile() : error
  }
}
