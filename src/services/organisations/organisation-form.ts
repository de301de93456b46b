import type { Row } from '../../data/tables.ts'
import type { FieldError, SentenceKey } from '../../languages/catalog.ts'
import { isBic, isIban } from '../../lib/bank.ts'
import { fitsVatCheckDigits, sirenOfVatNumber } from '../../lib/identifiers.ts'
import { mistakesOfCompany } from '../company-identifiers.ts'

/** An organisation as its form gives it; identifiers compact (`compactIdentifier`). */
export type OrganisationForm = Omit<
  Row<'organisations'>,
  'id' | 'archived_at' | 'created_at' | 'updated_at' | 'version' | 'logo_file_id' | 'closing_date'
>

type Identity = Pick<
  OrganisationForm,
  'siren' | 'siret' | 'vat_number' | 'iban' | 'bic' | 'electronic_address' | 'electronic_address_scheme'
>

/**
 * What is wrong with the identifiers: shapes and check digits of SIREN, SIRET, VAT number and IBAN. They stand on every invoice, so
 * that a slip here is a slip everywhere.
 */
export function mistakesOfOrganisation(form: Identity): FieldError[] {
  const mistakes = mistakesOfCompany(form)
  const { vat_number, siren, iban, bic } = form
  const wrongNumber = mistakes.some((mistake) => mistake.field === 'vat_number' || mistake.field === 'siren')
  if (!wrongNumber && vat_number !== '') {
    const inside = sirenOfVatNumber(vat_number)
    if (!fitsVatCheckDigits(vat_number))
      mistakes.push({
        field: 'vat_number',
        message: { key: 'organisations.vat_number.check_digits', params: { vat_number } },
      })
    else if (inside !== undefined && siren !== '' && inside !== siren)
      mistakes.push({
        field: 'vat_number',
        message: { key: 'organisations.vat_number.other_siren', params: { vat_number, siren } },
      })
  }
  if (iban !== '' && !isIban(iban))
    mistakes.push({ field: 'iban', message: { key: 'organisations.iban.wrong', params: { typed: iban } } })
  if (bic !== '' && !isBic(bic))
    mistakes.push({ field: 'bic', message: { key: 'organisations.bic.wrong', params: { typed: bic } } })
  const { electronic_address: address, electronic_address_scheme: scheme } = form
  if (address !== '' && scheme === '')
    mistakes.push({
      field: 'electronic_address_scheme',
      message: { key: 'accounts.electronic_address.scheme_missing' },
    })
  if (address === '' && scheme !== '')
    mistakes.push({ field: 'electronic_address', message: { key: 'accounts.electronic_address.missing' } })
  return mistakes
}

export type Mention = { field: string; label: SentenceKey }

/**
 * What an invoice of the organisation would still lack: its name, address and tax number everywhere (directive 2006/112, article
 * 226), in France the SIREN, the legal form, the three notes and the electronic address too (BR-FR-05, 12).
 */
export function missingMentions(
  organisation: Readonly<
    Pick<
      OrganisationForm,
      | 'legal_name'
      | 'street'
      | 'city'
      | 'vat_number'
      | 'tax_number'
      | 'siren'
      | 'legal_form'
      | 'iban'
      | 'electronic_address'
      | 'note_penalties'
      | 'note_indemnity'
      | 'note_discount'
      | 'country'
    >
  >,
): Mention[] {
  const o = organisation
  const france = o.country === 'FR'
  const wanted: [boolean, string, SentenceKey][] = [
    [o.legal_name === '', 'legal_name', 'directory.legal_name'],
    [o.street === '', 'street', 'directory.street'],
    [o.city === '', 'city', 'directory.city'],
    [o.vat_number === '' && o.tax_number === '', 'vat_number', 'directory.vat_number'],
    [france && o.siren === '', 'siren', 'directory.siren'],
    [france && o.legal_form === '', 'legal_form', 'organisations.legal_form'],
    [france && o.note_penalties === '', 'note_penalties', 'organisations.note_penalties'],
    [france && o.note_indemnity === '', 'note_indemnity', 'organisations.note_indemnity'],
    [france && o.note_discount === '', 'note_discount', 'organisations.note_discount'],
    [france && o.electronic_address === '', 'electronic_address', 'accounts.electronic_address'],
    [o.iban === '', 'iban', 'organisations.iban'],
  ]
  return wanted.filter(([missing]) => missing).map(([, field, label]) => ({ field, label }))
}
