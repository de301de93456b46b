import { sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { Trx } from './database.ts'

/** What an invoice keeps of the organisation that issues it, and what the organisation's settings say about issuing. */
export type IssuingOrganisation<Seller, Notes> = {
  id: string
  code: string
  time_zone: string
  country: string
  currency: string
  closing_date: IsoDate | null
  late_dates: 'redate' | 'keep'
  recurring_series: boolean
  vat_on_debits: boolean
  seller: Seller
  notes: Notes
}

/** Held as it is until the transaction ends: neither the closing date nor the seller changes meanwhile. */
export async function holdIssuingOrganisation<Seller, Notes>(
  trx: Trx,
  id: string,
): Promise<IssuingOrganisation<Seller, Notes> | undefined> {
  const { rows } = await sql<IssuingOrganisation<Seller, Notes>>`
    SELECT g.id, g.code, g.time_zone, g.country, g.currency, g.closing_date, g.late_dates, g.recurring_series, g.vat_on_debits,
      ${sellerJson} AS seller, ${notesJson} AS notes
    FROM organisations g WHERE g.id = ${id} FOR SHARE`.execute(trx)
  return rows[0]
}

/** What invoices keep of the accounts that are billed, by id. */
export async function mapBuyers<Buyer>(trx: Trx, accountIds: readonly string[]): Promise<Map<string, Buyer>> {
  const { rows } = await sql<{ id: string; buyer: Buyer }>`
    SELECT a.id, ${buyerJson} AS buyer
    FROM accounts a WHERE a.id = ANY(${accountIds}::uuid[])`.execute(trx)
  return new Map(rows.map(({ id, buyer }) => [id, buyer]))
}

/** The organisation `g` whole, as invoices keep it. */
export const sellerJson = sql`
  jsonb_build_object('name', coalesce(nullif(g.legal_name, ''), g.name), 'trade_name', g.name, 'legal_form', g.legal_form,
    'share_capital', g.share_capital, 'siren', g.siren, 'siret', g.siret, 'vat_number', g.vat_number,
    'tax_number', g.tax_number, 'register_text', g.register_text, 'street', g.street, 'street_2', g.street_2,
    'street_3', g.street_3, 'postal_code', g.postal_code, 'city', g.city, 'region', g.region, 'country', g.country,
    'contact_name', g.contact_name, 'phone', g.phone, 'email', g.email, 'website', g.website,
    'electronic_address', g.electronic_address, 'electronic_address_scheme', g.electronic_address_scheme,
    'vat_on_debits', g.vat_on_debits, 'iban', g.iban, 'bic', g.bic, 'bank_name', g.bank_name)`

/** The standing notes of the organisation `g` by their code (UNTDID 4451). */
export const notesJson = sql`
  jsonb_build_object('PMD', g.note_penalties, 'PMT', g.note_indemnity, 'AAB', g.note_discount, 'REG', g.note_register,
    'TXD', g.note_tax)`

/** The account `a` as invoices keep whom they bill. */
export const buyerJson = sql`
  jsonb_build_object('name', coalesce(nullif(a.legal_name, ''), a.name), 'trade_name', a.name, 'code', a.code,
    'kind', a.kind, 'tax_treatment', a.tax_treatment, 'siren', a.siren, 'siret', a.siret, 'vat_number', a.vat_number,
    'street', a.street, 'street_2', a.street_2, 'street_3', a.street_3, 'postal_code', a.postal_code, 'city', a.city,
    'region', a.region, 'country', a.country, 'electronic_address', a.electronic_address,
    'electronic_address_scheme', a.electronic_address_scheme, 'buyer_reference', a.buyer_reference)`
