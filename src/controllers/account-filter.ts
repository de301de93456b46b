import { findAccount, listAccountsCalled, type NamedAccount } from '../data/accounts.ts'
import type { Database } from '../data/database.ts'
import type { Fields } from '../lib/fields.ts'
import { isUuid } from '../lib/form-schema.ts'

/** What a list's filter on an account came to: none set, the account, or a text that is none (then nothing matches). */
export type AccountFilter = {
  /** For the query; `nobody` where the text is no account. */
  id: string | undefined
  account: NamedAccount | undefined
  /** What stands in the filter's field. */
  typed: string
}

const nobody = '00000000-0000-0000-0000-000000000000'

/** Reads a record picker among the filters: an id decides, else a code or an exact name. */
export async function readAccountFilter(
  db: Database,
  filters: Fields,
  names: { id: string; code: string },
): Promise<AccountFilter> {
  const [id, typed] = [filters.text(names.id).trim(), filters.text(names.code).trim()]
  if (id === '' && typed === '') return { id: undefined, account: undefined, typed: '' }
  const account = id === '' ? (await listAccountsCalled(db, typed))[0] : await findById(db, id)
  return { id: account?.id ?? nobody, account, typed: account?.code ?? (typed || id) }
}

async function findById(db: Database, id: string): Promise<NamedAccount | undefined> {
  return isUuid(id) ? findAccount(db, id) : undefined
}
