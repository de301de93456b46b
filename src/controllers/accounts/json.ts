import type { AccountRecord } from '../../data/accounts.ts'

/** An account as its page, its list and the record pickers answer it. */
export function accountJson(account: AccountRecord) {
  return {
    id: account.id,
    code: account.code,
    name: account.name,
    legal_name: account.legal_name,
    kind: account.kind,
    parent_id: account.parent_id,
    parent: referenceOf(account.parent_id, account.parent_code, account.parent_name),
    language: account.language,
    currency: account.currency,
    payment_term_id: account.payment_term_id,
    payment_term: referenceOf(account.payment_term_id, account.payment_term_code, account.payment_term_name),
    tax_treatment: account.tax_treatment,
    vat_number: account.vat_number,
    siren: account.siren,
    siret: account.siret,
    electronic_address: account.electronic_address,
    electronic_address_scheme: account.electronic_address_scheme,
    buyer_reference: account.buyer_reference,
    email: account.email,
    phone: account.phone,
    website: account.website,
    invoice_emails: account.invoice_emails,
    street: account.street,
    street_2: account.street_2,
    street_3: account.street_3,
    postal_code: account.postal_code,
    city: account.city,
    region: account.region,
    country: account.country,
    shipping_address: account.shipping_address,
    archived_at: account.archived_at,
    version: account.version,
  }
}

function referenceOf(id: string | null, code: string | null, name: string | null) {
  return id === null ? null : { id, code, name }
}

export const accountColumns = [
  'code',
  'name',
  'legal_name',
  'kind',
  'parent',
  'language',
  'currency',
  'payment_term',
  'tax_treatment',
  'vat_number',
  'siren',
  'siret',
  'electronic_address',
  'electronic_address_scheme',
  'buyer_reference',
  'email',
  'phone',
  'website',
  'invoice_emails',
  'street',
  'street_2',
  'street_3',
  'postal_code',
  'city',
  'region',
  'country',
  'shipping_address',
  'archived_at',
  'id',
] as const

/** The same as cells: a reference by its code, several values parted by semicolons, an address on one line. */
export function accountCells(account: AccountRecord) {
  const json = accountJson(account)
  const shipping = account.shipping_address
  return {
    ...json,
    parent: account.parent_code,
    payment_term: account.payment_term_code,
    invoice_emails: account.invoice_emails.join('; '),
    shipping_address: shipping === null ? '' : oneLine(shipping),
  }
}

function oneLine(address: Readonly<Record<string, string>>): string {
  const { name, street, street_2, street_3, postal_code, city, region, country } = address
  const place = [postal_code, city].filter(Boolean).join(' ')
  return [name, street, street_2, street_3, place, region, country].filter(Boolean).join(', ')
}
