import { findAccount, listAccountsCalled } from '../data/accounts.ts'
import type { Database } from '../data/database.ts'
import type { FieldError } from '../languages/catalog.ts'
import type { Fields } from '../lib/fields.ts'
import { isUuid } from '../lib/form-schema.ts'
import type { Merged } from '../plugins/conflicts.ts'

export type PickedAccount = {
  id: string
  errors: FieldError[]
  /** Where the text means several accounts: the radio buttons beside it. */
  choices: { id: string; label: string }[]
}

/**
 * What a record picker of accounts came to: its id where there is one (whether it exists is for the service to say), else the account
 * whose code or exact name was typed; '' for none.
 */
export async function pickAccount(
  db: Database,
  fields: Fields,
  names: { id: string; code: string },
): Promise<PickedAccount> {
  const [id, typed] = [fields.text(names.id).trim(), fields.text(names.code).trim()]
  if (id !== '' || typed === '') return { id, errors: [], choices: [] }
  const found = await listAccountsCalled(db, typed)
  const [first] = found
  if (first === undefined) {
    const message = { key: 'accounts.picked.none', params: { typed: typed.slice(0, 80) } } as const
    return { id: '', errors: [{ field: names.code, message }], choices: [] }
  }
  if (found.length === 1) return { id: first.id, errors: [], choices: [] }
  const choices = found.map((account) => ({ id: account.id, label: `${account.code} · ${account.name}` }))
  const message = { key: 'accounts.picked.several', params: { count: found.length } } as const
  return { id: '', errors: [{ field: names.code, message }], choices }
}

/** Ids of accounts that somebody else's save brings up in `field`, by what people call them. */
export async function codesInConflict(
  db: Database,
  merged: Merged | undefined,
  field: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = [...(merged?.taken ?? []), ...(merged?.conflicts ?? [])]
  const ids = rows.flatMap((row) => (row.field === field ? [row.theirs, row.yours] : []))
  const codes = new Map<string, string>()
  for (const id of ids.filter(isUuid)) codes.set(id, (await findAccount(db, id))?.code ?? id)
  return codes
}
