import type { ContactRecord } from '../../data/contacts.ts'

/** A contact as its page, its list and the order form's choice answer it. */
export function contactJson(contact: ContactRecord) {
  return {
    id: contact.id,
    name: contact.name,
    account_id: contact.account_id,
    account: { id: contact.account_id, code: contact.account_code, name: contact.account_name },
    title: contact.title,
    email: contact.email,
    phone: contact.phone,
    archived_at: contact.archived_at,
    version: contact.version,
  }
}

export const contactColumns = ['name', 'account', 'title', 'email', 'phone', 'archived_at', 'id'] as const

/** The same as cells: the account by its code. */
export function contactCells(contact: ContactRecord) {
  return { ...contactJson(contact), account: contact.account_code }
}
