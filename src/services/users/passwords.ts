import { hash, verify } from '@node-rs/argon2'

/** The least characters of a password (NIST SP 800-63B asks for 8 and for no rules of composition). */
export const shortestPassword = 10
export const longestPassword = 200

// OWASP's first recommendation for argon2id: 19 MiB, 2 passes, 1 lane.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The argon2id hash of a password, with its own salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), parameters)
}

/** Whether the password is the one of the hash. Without a hash it takes as long and says no, so that nobody learns who exists. */
export async function passwordMatches(
  passwordHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password')
  // Nobody has a longer one, and to normalize megabytes would keep everybody waiting.
  const possible = password.length <= 4 * longestPassword
  const matches = await verify(passwordHash ?? (await decoy), possible ? password.normalize('NFKC') : '')
  return matches && possible && passwordHash !== null && passwordHash !== undefined
}

let decoy: Promise<string> | undefined
