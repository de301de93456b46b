import type { Owner, OwnerNames } from '../data/owners.ts'
import type { Translate } from '../languages/translate.ts'

/** The order, the invoice or the account as references of a record's JSON: one of them, the others null. */
export function ownerReferences(owner: Owner, names: OwnerNames) {
  const { kind, id } = owner
  const document = { id, number: names.owner_number, name: names.owner_subject }
  return {
    order: kind === 'order' ? document : null,
    invoice: kind === 'invoice' ? document : null,
    account: kind === 'account' ? { id, code: names.owner_number, name: names.owner_subject } : null,
  }
}

const paths = { order: '/orders', invoice: '/invoices', account: '/accounts' } as const

/** Where the owner's page stands. */
export function ownerAddress({ kind, id }: Owner): string {
  return `${paths[kind]}/${id}`
}

/** What an owner is called: an order or an invoice by its number, a draft by what it is, an account by its name. */
export function ownerLabel(t: Translate, owner: Owner, names: OwnerNames): string {
  if (owner.kind === 'account') return names.owner_subject
  return names.owner_number ?? t('activities.about.draft')
}
