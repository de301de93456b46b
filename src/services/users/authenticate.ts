import type { Database } from '../../data/database.ts'
import { countFailures, forgetFailures, insertFailure } from '../../data/sign-in-failures.ts'
import { findSignIn } from '../../data/users.ts'
import { InvalidForm } from '../../errors.ts'
import type { SentenceKey } from '../../languages/catalog.ts'
import { inTurn } from './in-turn.ts'
import { passwordMatches } from './passwords.ts'

/** Failures within 15 minutes after which an email, or an address of the network, has to wait. */
const failuresAllowed = { email: 5, address: 50 }

/**
 * The id of the user whose email and password these are. A wrong password and an unknown email take equally long and get the same
 * sentence.
 * @throws InvalidForm when they do not belong together, or after too many failures
 */
export async function authenticate(
  db: Database,
  attempt: { email: string; password: string; address: string },
): Promise<string> {
  return slowly(db, attempt, { field: 'email', key: 'sign_in.wrong' }, async () => {
    const user = await findSignIn(db, attempt.email)
    return (await passwordMatches(user?.password_hash, attempt.password)) ? user?.id : undefined
  })
}

/**
 * What an attempt at a password gives; undefined is a failure, which counts for the email and for the address of the network. Attempts
 * at one email, or from one address, are made one after another: a thousand at once are not more tries.
 * @throws InvalidForm `wrong` where it failed; after too many failures without trying
 */
export async function slowly<T>(
  db: Database,
  { email: typed, address }: { email: string; address: string },
  wrong: { field: string; key: SentenceKey },
  attempt: () => Promise<T | undefined>,
): Promise<T> {
  const email = typed.toLowerCase()
  return inTurn([`email ${email}`, `address ${address}`], async () => {
    const failures = await countFailures(db, email, address)
    if (failures.by_email >= failuresAllowed.email || failures.by_address >= failuresAllowed.address) {
      const params = { minutes: Math.max(1, failures.minutes) }
      throw new InvalidForm([{ field: wrong.field, message: { key: 'sign_in.too_many', params } }])
    }
    const found = await attempt()
    if (found === undefined) {
      await insertFailure(db, email, address)
      throw new InvalidForm([{ field: wrong.field, message: { key: wrong.key } }])
    }
    await forgetFailures(db, email)
    return found
  })
}
