import type { Row } from '../../data/tables.ts'
import type { Message } from '../../languages/catalog.ts'
import { euCountryCodes } from '../../lib/choices.ts'
import { fitsVatCheckDigits, sirenOfVatNumber } from '../../lib/identifiers.ts'

/** What may well be right but should be looked at: said on the account's page, never refused. */
export function doubtsAboutAccount(account: Row<'accounts'>): Message[] {
  const { vat_number, siren, tax_treatment, kind, country } = account
  const doubts: Message[] = []
  if (vat_number !== '' && !fitsVatCheckDigits(vat_number))
    doubts.push({ key: 'accounts.doubt.vat_check_digits', params: { vat_number } })
  const inVatNumber = sirenOfVatNumber(vat_number)
  if (inVatNumber !== undefined && siren !== '' && inVatNumber !== siren)
    doubts.push({ key: 'accounts.doubt.vat_siren', params: { vat_number, siren } })
  if (kind === 'private_person' && (tax_treatment === 'eu_business' || vat_number !== ''))
    doubts.push({ key: 'accounts.doubt.person_as_business' })
  if (kind !== 'private_person' && tax_treatment === 'private')
    doubts.push({ key: 'accounts.doubt.business_as_person' })
  if (tax_treatment === 'export' && euCountryCodes.includes(country))
    doubts.push({ key: 'accounts.doubt.export_inside_eu' })
  if (tax_treatment === 'eu_business' && !euCountryCodes.includes(country))
    doubts.push({ key: 'accounts.doubt.eu_outside' })
  return doubts
}
