import type { Refusal } from '../../errors.ts'
import { addDays, type IsoDate, lastDayOfMonth, laterOf } from '../../lib/dates.ts'
import { isZero } from '../../lib/money.ts'
import type { BuyingParty, IssuingFacts, RefusalsToIssue, SellingParty } from './issuing.ts'

/** Where a mention is mended: the organisation's form, the account's, the draft's, the tax rates, the exchange rates. */
export type MendedIn = 'organisation' | 'account' | 'draft' | 'tax_rates' | 'exchange_rates'

/** The mentions in groups, as a person checks them. */
export type MentionTask = {
  name: 'seller' | 'seller_tax' | 'buyer' | 'dates' | 'lines' | 'taxes' | 'currency' | 'notes' | 'reference'
  mended_in: MendedIn
  /** Without these it is not issued. */
  missing: readonly Refusal[]
  /** These stop nothing. */
  doubts: readonly Refusal[]
}

/**
 * What the law asks of an invoice, task by task, with what is missing and what is doubtful; tasks that do not concern the document
 * are left out (docs/rules/legal-mentions.md).
 *
 *     a French company to a French company without SIREN     buyer: `buyer_siren` is missing
 *     the same to a private person                           nothing
 *     services to a German business, reverse charge          buyer: `buyer_vat_number`, where there is none
 *     due 90 days after the document, between French companies    dates: `due_date_cap` is doubtful
 */
export function mentionTasks(facts: IssuingFacts): readonly MentionTask[] {
  const tasks: MentionTask[] = [
    {
      name: 'seller',
      mended_in: 'organisation',
      missing: missingOfSeller(facts.seller),
      doubts: doubtsOfSeller(facts.seller),
    },
    { name: 'seller_tax', mended_in: 'organisation', missing: missingTaxNumbers(facts), doubts: [] },
    { name: 'buyer', mended_in: 'account', missing: missingOfBuyer(facts), doubts: doubtsOfBuyer(facts) },
    { name: 'dates', mended_in: 'draft', missing: missingDates(facts), doubts: doubtsOfDates(facts) },
    { name: 'lines', mended_in: 'draft', missing: missingLines(facts), doubts: [] },
    { name: 'taxes', mended_in: 'tax_rates', missing: missingReasons(facts), doubts: [] },
  ]
  if (facts.currency !== facts.home_currency)
    tasks.push({ name: 'currency', mended_in: 'exchange_rates', missing: missingRate(facts), doubts: [] })
  if (facts.seller.country === 'FR')
    tasks.push({ name: 'notes', mended_in: 'organisation', missing: missingNotes(facts), doubts: [] })
  if (facts.kind === 'credit_note')
    tasks.push({ name: 'reference', mended_in: 'draft', missing: missingReference(facts), doubts: [] })
  return tasks
}

/** What is missing whatever the task; the rule of runs, of bulk issuing and of issuing by hand. */
export const refusalsToIssue: RefusalsToIssue = (facts) =>
  mentionTasks(facts).flatMap(({ missing }) => missing)

/** Forms of company whose invoices state the capital (Code de commerce, R123-238) and the register (R123-237). */
const capitalCompany = /\b(SARL|EURL|SAS|SASU|SA|SCA|SELARL|SELAS|SELAFA|SELCA)\b/i

function missingOfSeller(seller: SellingParty): Refusal[] {
  const missing: Refusal[] = []
  if (seller.name === '') missing.push(lack('seller_name'))
  if (seller.street === '' || seller.city === '') missing.push(lack('seller_address'))
  if (seller.country === '') missing.push(lack('seller_country'))
  if (seller.country !== 'FR') return missing
  if (seller.siren === '') missing.push(lack('seller_siren'))
  if (!isCapitalCompany(seller.legal_form)) return missing
  const form = seller.legal_form
  if (seller.share_capital === '') missing.push(lack('seller_share_capital', { form }))
  if (seller.register_text === '') missing.push(lack('seller_register', { form }))
  return missing
}

/** The forms are written with points as well: "S.A.R.L.". */
function isCapitalCompany(form: string): boolean {
  return capitalCompany.test(form.replaceAll('.', ''))
}

function doubtsOfSeller(seller: SellingParty): Refusal[] {
  const doubts: Refusal[] = []
  if (seller.country !== 'FR') return doubts
  if (seller.legal_form === '') doubts.push(lack('seller_legal_form'))
  if (seller.electronic_address === '') doubts.push(lack('seller_electronic_address'))
  return doubts
}

/** EN 16931, BR-S-02 and its like: everything but what is outside of VAT (O) names a number; an intra-community supply that of VAT. */
function missingTaxNumbers({ seller, taxes }: IssuingFacts): Refusal[] {
  if (seller.vat_number !== '') return []
  if (taxes.some(({ category }) => category === 'K')) return [lack('seller_vat_number')]
  if (seller.tax_number !== '' || taxes.every(({ category }) => category === 'O')) return []
  return [lack('seller_tax_number')]
}

function missingOfBuyer(facts: IssuingFacts): Refusal[] {
  const { buyer, taxes } = facts
  const missing: Refusal[] = []
  if (buyer.name === '') missing.push(lack('buyer_name'))
  if (buyer.street === '' || buyer.city === '') missing.push(lack('buyer_address', { name: buyer.name }))
  if (buyer.country === '') missing.push(lack('buyer_country', { name: buyer.name }))
  if (buyer.siren === '' && isFrenchBusiness(facts)) missing.push(lack('buyer_siren', { name: buyer.name }))
  const needsVat = taxes.some(({ category }) => category === 'AE' || category === 'K')
  if (needsVat && buyer.vat_number === '') missing.push(lack('buyer_vat_number', { name: buyer.name }))
  return missing
}

/** Both sides are French, and the buyer buys as a company (Code général des impôts, annexe II, article 242 nonies A). */
function isFrenchBusiness({ seller, buyer }: { seller: SellingParty; buyer: BuyingParty }): boolean {
  return seller.country === 'FR' && buyer.country === 'FR' && buyer.kind === 'business'
}

function doubtsOfBuyer(facts: IssuingFacts): Refusal[] {
  const { buyer, seller } = facts
  const doubts: Refusal[] = []
  const { name } = buyer
  if (seller.country !== 'FR' || buyer.country !== 'FR' || buyer.kind === 'private_person') return doubts
  if (buyer.kind === 'public_body' && buyer.siren === '') doubts.push(lack('buyer_public_siren', { name }))
  if (buyer.electronic_address === '') doubts.push(lack('buyer_electronic_address', { name }))
  return doubts
}

function missingDates(facts: IssuingFacts): Refusal[] {
  const { kind, due_date, document_date, taxes, delivery_date, has_service_period, delivery_address, buyer } =
    facts
  const missing: Refusal[] = []
  if (due_date < document_date) missing.push(lack('due_date', { due_date, document_date }))
  if (kind === 'credit_note' || !taxes.some(({ category }) => category === 'K')) return missing
  // EN 16931, BR-IC-11 and BR-IC-12.
  if (delivery_date === null && !has_service_period) missing.push(lack('delivery_date'))
  if ((delivery_address?.country ?? buyer.country) === '') missing.push(lack('delivery_country'))
  return missing
}

function doubtsOfDates(facts: IssuingFacts): Refusal[] {
  const { kind, due_date, document_date, today, buyer } = facts
  const doubts: Refusal[] = []
  if (kind === 'credit_note') return doubts
  if (due_date < today) doubts.push(lack('due_date_past', { due_date }))
  const cap = latestDueDate(document_date)
  const isCapped = facts.seller.country === 'FR' && buyer.country === 'FR' && buyer.kind !== 'private_person'
  if (isCapped && due_date > cap) doubts.push(lack('due_date_cap', { due_date, cap_date: cap }))
  return doubts
}

/**
 * Between French businesses 60 days from the document, or 45 days and the end of a month, in whichever way they are counted (Code de
 * commerce, L441-10). Of 2026-01-20: 2026-03-31 (45 days lead to 2026-03-06, and that month ends).
 */
function latestDueDate(document_date: IsoDate): IsoDate {
  const daysThenMonth = lastDayOfMonth(addDays(document_date, 45))
  const monthThenDays = addDays(lastDayOfMonth(document_date), 45)
  return laterOf(addDays(document_date, 60), laterOf(daysThenMonth, monthThenDays))
}

/** Each line has its unit and its text by the database's own rules; a document without any has no content. */
function missingLines({ items }: IssuingFacts): Refusal[] {
  return items === 0 ? [lack('lines')] : []
}

/** EN 16931, BR-E-10 and its like: a tax without rate says why. */
function missingReasons({ taxes }: IssuingFacts): Refusal[] {
  const silent = taxes.some(
    ({ category, exemption_text }) => !['S', 'Z'].includes(category) && exemption_text === '',
  )
  return silent ? [lack('exemption_text')] : []
}

function missingRate({
  currency,
  home_currency,
  document_date,
  tax,
  exchange_rate,
}: IssuingFacts): Refusal[] {
  if (exchange_rate !== null || isZero(tax)) return []
  const message = {
    key: 'issuing.refused.exchange_rate',
    params: { currency, home: home_currency, document_date },
  } as const
  return [{ code: 'exchange_rate_missing', message }]
}

/** BR-FR-05: penalties, the indemnity of 40 €, discount for early payment; between businesses (Code de commerce, L441-9). */
function missingNotes({ notes, buyer }: IssuingFacts): Refusal[] {
  if (buyer.kind === 'private_person') return []
  const missing: Refusal[] = []
  if (notes.PMD.trim() === '') missing.push(lack('note_penalties'))
  if (notes.PMT.trim() === '') missing.push(lack('note_indemnity'))
  if (notes.AAB.trim() === '') missing.push(lack('note_discount'))
  return missing
}

/** BR-FR-CO-05. */
function missingReference({ references }: IssuingFacts): Refusal[] {
  return references === 0 ? [lack('preceding_invoice')] : []
}

type Lack =
  | 'seller_name'
  | 'seller_address'
  | 'seller_country'
  | 'seller_siren'
  | 'seller_legal_form'
  | 'seller_share_capital'
  | 'seller_register'
  | 'seller_electronic_address'
  | 'seller_vat_number'
  | 'seller_tax_number'
  | 'buyer_name'
  | 'buyer_address'
  | 'buyer_country'
  | 'buyer_siren'
  | 'buyer_public_siren'
  | 'buyer_vat_number'
  | 'buyer_electronic_address'
  | 'due_date'
  | 'due_date_past'
  | 'due_date_cap'
  | 'delivery_date'
  | 'delivery_country'
  | 'lines'
  | 'exemption_text'
  | 'note_penalties'
  | 'note_indemnity'
  | 'note_discount'
  | 'preceding_invoice'

function lack(code: Lack, params: Record<string, string> = {}): Refusal {
  return { code, message: { key: `mentions.${code}`, params } }
}
