import type { AccountForm } from '../../src/services/accounts/account-form.ts'

/** An account's form: a French business unless told. */
export function accountForm(changes: Partial<AccountForm> = {}): AccountForm {
  return {
    code: '',
    name: 'Maison Verte',
    legal_name: '',
    kind: 'business',
    parent_id: null,
    language: 'fr-FR',
    currency: 'EUR',
    payment_term_id: null,
    tax_treatment: 'domestic',
    vat_number: '',
    siren: '',
    siret: '',
    electronic_address: '',
    electronic_address_scheme: '',
    buyer_reference: '',
    email: '',
    phone: '',
    website: '',
    invoice_emails: [],
    street: '1 rue Verte',
    street_2: '',
    street_3: '',
    postal_code: '69001',
    city: 'Lyon',
    region: '',
    country: 'FR',
    shipping_address: null,
    ...changes,
  }
}

/** What a promise was rejected with; undefined where it was kept. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
    return undefined
  } catch (error) {
    return error
  }
}
