import type { Row } from '../../data/tables.ts'

/** The columns that a form fills in and JSON and CSV show as they are, in the form's order. */
export const organisationTexts = [
  'code',
  'name',
  'legal_name',
  'legal_form',
  'share_capital',
  'siren',
  'siret',
  'vat_number',
  'tax_number',
  'register_text',
  'contact_name',
  'phone',
  'email',
  'website',
  'electronic_address',
  'electronic_address_scheme',
  'iban',
  'bic',
  'bank_name',
  'note_penalties',
  'note_indemnity',
  'note_discount',
  'note_register',
  'note_tax',
  'time_zone',
  'language',
  'currency',
  'street',
  'street_2',
  'street_3',
  'postal_code',
  'city',
  'region',
  'country',
] as const satisfies readonly (keyof Row<'organisations'>)[]

export const organisationColumns: readonly string[] = [
  ...organisationTexts,
  'vat_on_debits',
  'default_tax_rate_id',
  'default_payment_term_id',
  'recurring_series',
  'late_dates',
  'closing_date',
  'id',
]

export function organisationJson(organisation: Row<'organisations'>) {
  const texts = Object.fromEntries(organisationTexts.map((name) => [name, organisation[name]]))
  return {
    id: organisation.id,
    ...texts,
    vat_on_debits: organisation.vat_on_debits,
    default_tax_rate_id: organisation.default_tax_rate_id,
    default_payment_term_id: organisation.default_payment_term_id,
    recurring_series: organisation.recurring_series,
    late_dates: organisation.late_dates,
    closing_date: organisation.closing_date,
    logo: organisation.logo_file_id === null ? null : `/organisations/${organisation.id}/logo`,
    archived_at: organisation.archived_at,
    version: organisation.version,
  }
}
