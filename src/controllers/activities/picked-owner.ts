import type { FastifyRequest } from 'fastify'
import { findAccount } from '../../data/accounts.ts'
import { findOwner, listOwnersNumbered, type Owner } from '../../data/owners.ts'
import type { FieldError } from '../../languages/catalog.ts'
import type { Fields } from '../../lib/fields.ts'
import { isUuid } from '../../lib/form-schema.ts'
import { type OwnerKind, ownerKinds } from '../../lib/vocabulary.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { pickAccount } from '../picked-account.ts'

type Choice = { id: string; label: string }

export type PickedOwner = {
  owner: Owner | undefined
  errors: FieldError[]
  /** Where a text means several records: the radio buttons beside it. */
  choices: Partial<Record<OwnerKind, Choice[]>>
}

/** The fields of the three record pickers: an id decides, else a number, a code or an exact name. */
const pickers = {
  order: { id: 'order_id', text: 'order_number' },
  invoice: { id: 'invoice_id', text: 'invoice_number' },
  account: { id: 'account_id', text: 'account_code' },
} as const satisfies Record<OwnerKind, { id: string; text: string }>

/** What an activity's form says it is about: exactly one order, invoice or account. */
export async function pickOwner(request: FastifyRequest, fields: Fields): Promise<PickedOwner> {
  const filled = ownerKinds.filter((kind) =>
    [pickers[kind].id, pickers[kind].text].some((name) => fields.text(name).trim() !== ''),
  )
  const [kind, other] = filled
  if (kind === undefined) return wrong(pickers.order.text, 'activities.about.missing')
  if (other !== undefined) return wrong(pickers[other].text, 'activities.about.several')
  return kind === 'account' ? pickedAccount(request, fields) : pickedDocument(request, fields, kind)
}

async function pickedAccount(request: FastifyRequest, fields: Fields): Promise<PickedOwner> {
  const { id, text } = pickers.account
  const picked = await pickAccount(request.server.db, fields, { id, code: text })
  if (picked.errors.length > 0) {
    return { owner: undefined, errors: picked.errors, choices: { account: picked.choices } }
  }
  const account = isUuid(picked.id) ? await findAccount(request.server.db, picked.id) : undefined
  if (account === undefined) return unknown(text, picked.id)
  return { owner: { kind: 'account', id: account.id }, errors: [], choices: {} }
}

async function pickedDocument(
  request: FastifyRequest,
  fields: Fields,
  kind: Exclude<OwnerKind, 'account'>,
): Promise<PickedOwner> {
  const { db } = request.server
  const { organisation_ids } = viewerOf(request)
  const names = pickers[kind]
  const [id, typed] = [fields.text(names.id).trim(), fields.text(names.text).trim()]
  if (id !== '') {
    const found = isUuid(id) ? await findOwner(db, { kind, id }, organisation_ids) : undefined
    if (found === undefined) return unknown(names.text, typed || id)
    return { owner: { kind, id: found.id }, errors: [], choices: {} }
  }
  const found = await listOwnersNumbered(db, kind, typed, organisation_ids)
  const [first] = found
  if (first === undefined) return unknown(names.text, typed)
  if (found.length === 1) return { owner: { kind, id: first.id }, errors: [], choices: {} }
  const choices = found.map(({ id, number, subject }) => ({ id, label: `${number} · ${subject}` }))
  return {
    owner: undefined,
    errors: [
      { field: names.text, message: { key: 'activities.about.ambiguous', params: { count: found.length } } },
    ],
    choices: { [kind]: choices },
  }
}

function unknown(field: string, typed: string): PickedOwner {
  const message = { key: 'activities.about.unknown', params: { typed: typed.slice(0, 80) } } as const
  return { owner: undefined, errors: [{ field, message }], choices: {} }
}

function wrong(field: string, key: 'activities.about.missing' | 'activities.about.several'): PickedOwner {
  return { owner: undefined, errors: [{ field, message: { key } }], choices: {} }
}
