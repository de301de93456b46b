import { z } from 'zod'
import type { AccountRecord } from '../../data/accounts.ts'
import { InvalidForm } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import type { Address } from '../../lib/address.ts'
import { Fields } from '../../lib/fields.ts'
import { choice, email, emails, parseFields, reference, text } from '../../lib/form-schema.ts'
import { compactIdentifier, compactVatNumber } from '../../lib/identifiers.ts'
import { accountKinds, taxTreatments } from '../../lib/vocabulary.ts'
import { type AccountForm, mistakesOfAccount } from '../../services/accounts/account-form.ts'
import { electronicAddressSchemes } from '../../services/accounts/electronic-addresses.ts'
import {
  currency,
  type DirectoryPresets,
  documentLanguage,
  identifier,
  name,
  postalFields,
  vatNumber,
  website,
} from '../directory-fields.ts'
import type { PickedAccount } from '../picked-account.ts'
import { textsOfRecord } from '../record-forms.ts'

/** What an account's form says. @throws InvalidForm with all mistakes that need no database but to find the parent */
export function parseAccount(fields: Fields, parent: PickedAccount, presets: DirectoryPresets): AccountForm {
  const general = parseFields(
    accountSchema(presets),
    new Fields([...fields.entries, ['parent_id', parent.id]]),
  )
  const shipping = parseShippingAddress(fields)
  const mistakes = [
    ...(general.ok ? [] : general.errors),
    ...parent.errors,
    ...(shipping.ok ? [] : shipping.errors),
  ]
  if (general.ok && shipping.ok && mistakes.length === 0)
    return { ...general.value, shipping_address: shipping.value }
  const known = new Set(mistakes.map((mistake) => mistake.field))
  const further = mistakesOfAccount({
    tax_treatment: fields.text('tax_treatment'),
    vat_number: compactVatNumber(fields.text('vat_number')),
    siren: compactIdentifier(fields.text('siren')),
    siret: compactIdentifier(fields.text('siret')),
    electronic_address: fields.text('electronic_address').trim(),
    electronic_address_scheme: fields.text('electronic_address_scheme'),
    shipping_address: shipping.ok ? shipping.value : null,
  })
  throw new InvalidForm([...mistakes, ...further.filter((mistake) => !known.has(mistake.field))])
}

function accountSchema(presets: DirectoryPresets) {
  return z.object({
    code: text({ max: 40 }),
    name,
    legal_name: text({ max: 200 }),
    kind: choice(accountKinds, { preset: 'business' }),
    parent_id: reference(),
    language: documentLanguage(presets.language),
    currency: currency(presets.currency),
    payment_term_id: reference(),
    tax_treatment: choice(taxTreatments, { preset: 'domestic' }),
    vat_number: vatNumber(),
    siren: identifier(20),
    siret: identifier(20),
    electronic_address: text({ max: 200 }),
    electronic_address_scheme: choice(electronicAddressSchemes, { preset: '' }),
    buyer_reference: text({ max: 200 }),
    email: email(),
    phone: text({ max: 40 }),
    website: website(),
    invoice_emails: emails(),
    ...postalFields,
  })
}

const shippingSchema = z.object({
  name: text({ max: 200 }),
  ...postalFields,
  country: text({ max: 2 }),
})

/** Absent as long as nothing but a country is there. */
function parseShippingAddress(fields: Fields) {
  const typed = new Fields(fields.group('shipping_address'))
  const parsed = parseFields(shippingSchema, typed, 'shipping_address')
  if (!parsed.ok) return parsed
  const { country, ...rest } = parsed.value
  const present = Object.values(rest).some((part) => part !== '')
  const value: Address | null = present ? { ...rest, country: country.toUpperCase() } : null
  return { ok: true as const, value }
}

const pageOrder = [
  'version',
  'name',
  'code',
  'legal_name',
  'parent_code',
  'parent_id',
  'kind',
  'language',
  'currency',
  'payment_term_id',
  'tax_treatment',
  'vat_number',
  'siren',
  'siret',
  'electronic_address_scheme',
  'electronic_address',
  'buyer_reference',
  'email',
  'phone',
  'invoice_emails',
  'website',
  'street',
  'street_2',
  'street_3',
  'postal_code',
  'city',
  'region',
  'country',
]

/** Mistakes from the top of the page to its end; those of the shipping address are last. */
export function inPageOrder(errors: readonly FieldError[]): FieldError[] {
  const place = ({ field }: FieldError) => pageOrder.indexOf(field) + 1 || pageOrder.length + 1
  return [...errors].sort((a, b) => place(a) - place(b))
}

/** A record's texts as its form shows them. */
export function accountValues(account: AccountRecord): Record<string, string> {
  const { parent_code, ...columns } = account
  return {
    ...textsOfRecord(columns),
    parent_code: parent_code ?? '',
  }
}
