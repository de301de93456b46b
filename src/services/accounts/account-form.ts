import type { Row } from '../../data/tables.ts'
import type { FieldError } from '../../languages/catalog.ts'
import type { Address } from '../../lib/address.ts'
import { isEmail } from '../../lib/form-schema.ts'
import { isEuVatNumber, vatNumberMistake } from '../../lib/identifiers.ts'
import { mistakesOfCompany } from '../company-identifiers.ts'

/** An account as its form gives it; identifiers compact (`compactIdentifier`). An empty code of a new account is made from the name. */
export type AccountForm = Omit<
  Row<'accounts'>,
  'id' | 'archived_at' | 'created_at' | 'updated_at' | 'version' | 'search_text'
>

/** The fields that hang together; texts, so that a form with other mistakes can be asked too. */
export type AccountIdentity = Pick<
  AccountForm,
  'vat_number' | 'siren' | 'siret' | 'electronic_address' | 'electronic_address_scheme' | 'shipping_address'
> & { tax_treatment: string }

/** What is wrong with an account whatever else exists; nothing when it can be taken. */
export function mistakesOfAccount(form: AccountIdentity): FieldError[] {
  return [
    ...mistakesOfCompany(form),
    ...mistakesOfTreatment(form),
    ...mistakesOfElectronicAddress(form),
    ...mistakesOfShippingAddress(form.shipping_address),
  ]
}

// Reverse charge and intra-community supplies need the buyer's number (directive 2006/112, articles 138 and 196, 226 point 4).
function mistakesOfTreatment({ tax_treatment, vat_number }: AccountIdentity): FieldError[] {
  if (tax_treatment !== 'eu_business') return []
  if (vat_number === '')
    return [{ field: 'tax_treatment', message: { key: 'accounts.tax_treatment.needs_vat_number' } }]
  if (vatNumberMistake(vat_number) === undefined && !isEuVatNumber(vat_number))
    return [
      { field: 'tax_treatment', message: { key: 'accounts.tax_treatment.not_eu', params: { vat_number } } },
    ]
  return []
}

function mistakesOfElectronicAddress(form: AccountIdentity): FieldError[] {
  const { electronic_address, electronic_address_scheme: scheme } = form
  if (electronic_address !== '' && scheme === '')
    return [
      { field: 'electronic_address_scheme', message: { key: 'accounts.electronic_address.scheme_missing' } },
    ]
  if (electronic_address === '' && scheme !== '')
    return [{ field: 'electronic_address', message: { key: 'accounts.electronic_address.missing' } }]
  if (scheme === 'EM' && !isEmail(electronic_address))
    return [
      {
        field: 'electronic_address',
        message: { key: 'form.email.wrong', params: { typed: electronic_address.slice(0, 80) } },
      },
    ]
  return []
}

function mistakesOfShippingAddress(address: Address | null): FieldError[] {
  if (address === null) return []
  const mistakes: FieldError[] = []
  if (address.city === '')
    mistakes.push({ field: 'shipping_address[city]', message: { key: 'accounts.shipping.city_missing' } })
  if (address.country === '')
    mistakes.push({ field: 'shipping_address[country]', message: { key: 'directory.country.missing' } })
  return mistakes
}
