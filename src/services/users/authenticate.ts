import type { Database } from '../../data/database.ts'
import { countFailures, forgetFailures, insertFailure } from '../../data/sign-in-failures.ts'
import { findSignIn } from '../../data/users.ts'
import { InvalidForm } from '../../errors.ts'
import { inTurn } from './in-turn.ts'
import { passwordMatches } from './passwords.ts'

/** Failures within 15 minutes after which an email, or an address of the network, has to wait. */
const failuresAllowed = { email: 5, address: 50 }

/**
 * The id of the user whose email and password these are. A wrong password and an unknown email take equally long and get the same
 * sentence. Attempts at one email, or from one address, are made one after another: a thousand at once are not more tries.
 * @throws InvalidForm when they do not belong together, or after too many failures
 */
export async function authenticate(
  db: Database,
  attempt: { email: string; password: string; address: string },
): Promise<string> {
  const email = attempt.email.toLowerCase()
  return inTurn([`email ${email}`, `address ${attempt.address}`], () => tryOnce(db, { ...attempt, email }))
}

async function tryOnce(
  db: Database,
  { email, password, address }: { email: string; password: string; address: string },
): Promise<string> {
  const failures = await countFailures(db, email, address)
  if (failures.by_email >= failuresAllowed.email || failures.by_address >= failuresAllowed.address) {
    throw new InvalidForm([
      {
        field: 'email',
        message: { key: 'sign_in.too_many', params: { minutes: Math.max(1, failures.minutes) } },
      },
    ])
  }
  const user = await findSignIn(db, email)
  if (!(await passwordMatches(user?.password_hash, password)) || user === undefined) {
    await insertFailure(db, email, address)
    throw new InvalidForm([{ field: 'email', message: { key: 'sign_in.wrong' } }])
  }
  await forgetFailures(db, email)
  return user.id
}
