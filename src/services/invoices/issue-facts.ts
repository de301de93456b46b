import type { TaxRateRow } from '../../data/billing-runs.ts'
import type { IssuedRow, ReplacedRate } from '../../data/issued-rows.ts'
import type { DraftFacts } from '../../data/issuing.ts'
import type { IssuingOrganisation } from '../../data/issuing-parties.ts'
import type { Refusal } from '../../errors.ts'
import { translate } from '../../languages/translate.ts'
import { type IsoDate, laterOf } from '../../lib/dates.ts'
import { isZero } from '../../lib/money.ts'
import { dueDate } from '../payment-terms/due-date.ts'
import { rateOn } from '../recurring/tax-succession.ts'
import type { BuyingParty, IssuingFacts, SellingParty, StandingNotes } from './issuing.ts'

export type Organisation = IssuingOrganisation<SellingParty, StandingNotes>

/** A draft whose date is decided. */
export type DatedDraft = {
  draft: DraftFacts
  date: IsoDate
  due_date: IsoDate
  redated_from: IsoDate | null
  kept_late: boolean
}

export type KnownRates = {
  tax: ReadonlyMap<string, TaxRateRow>
  /** By `currency date`. */
  exchange: ReadonlyMap<string, string>
}

/** With another date the due date is anew: by the payment term, and without one as typed, but never before the document. */
export function datedDraft(
  draft: DraftFacts,
  decision: { date: IsoDate; redated_from: IsoDate | null; kept_late: boolean },
): DatedDraft {
  return { draft, ...decision, due_date: dueDateOf(draft, decision) }
}

function dueDateOf(
  draft: DraftFacts,
  { date, redated_from }: { date: IsoDate; redated_from: IsoDate | null },
): IsoDate {
  const { days, end_of_month, day_of_month } = draft
  if (redated_from === null) return draft.due_date
  if (days === null || end_of_month === null) return laterOf(draft.due_date, date)
  return dueDate(date, { days, end_of_month, day_of_month })
}

/** The document as it would be, for the rule that says what the law lacks. */
export function factsOf(
  { draft, date, due_date }: DatedDraft,
  known: { organisation: Organisation; buyer: BuyingParty; rates: KnownRates; today: IsoDate },
): IssuingFacts {
  const { organisation, buyer, rates, today } = known
  return {
    kind: draft.kind,
    document_date: date,
    due_date,
    today,
    seller: organisation.seller,
    buyer: { ...buyer, buyer_reference: draft.buyer_reference },
    notes: organisation.notes,
    delivery_address: draft.delivery_address,
    delivery_date: draft.delivery_date,
    has_service_period: draft.has_service_period,
    customer_order_number: draft.customer_order_number,
    payment_term_text: draft.payment_term_text,
    currency: draft.currency,
    home_currency: organisation.currency,
    gross: draft.gross,
    tax: draft.tax,
    exchange_rate: exchangeRateOf(draft, date, organisation, rates),
    items: draft.items,
    has_goods: draft.has_goods,
    has_services: draft.has_services,
    taxes: draft.taxes,
    references: draft.references,
  }
}

/** Where a foreign currency bears tax, it is also said in the organisation's own (EN 16931, BT-111). */
function needsExchangeRate(draft: DraftFacts, organisation: { currency: string }): boolean {
  return draft.currency !== organisation.currency && !isZero(draft.tax)
}

function exchangeRateOf(
  draft: DraftFacts,
  date: IsoDate,
  organisation: { currency: string },
  { exchange }: KnownRates,
): string | null {
  if (!needsExchangeRate(draft, organisation)) return null
  if (draft.kept_exchange_rate !== null) return draft.kept_exchange_rate
  return exchange.get(`${draft.currency} ${date}`) ?? null
}

/** What stands in the way whatever the law asks: rates that are not known or do not apply on the document date. */
export function engineRefusals(
  { draft, date }: DatedDraft,
  known: { organisation: Organisation; rates: KnownRates },
): Refusal[] {
  const { organisation, rates } = known
  const refusals: Refusal[] = []
  const { currency } = draft
  const isRateMissing =
    needsExchangeRate(draft, organisation) && exchangeRateOf(draft, date, organisation, rates) === null
  if (isRateMissing) {
    const params = { currency, home: organisation.currency, document_date: date }
    refusals.push({
      code: 'exchange_rate_missing',
      message: { key: 'issuing.refused.exchange_rate', params },
    })
  }
  // A credit note keeps the rates of what it corrects.
  if (draft.kind === 'credit_note') return refusals
  for (const id of draft.tax_rate_ids) {
    const rate = rates.tax.get(id)
    if (rate === undefined) continue
    if (rate.valid_from !== null && rate.valid_from > date) {
      const params = { rate: rate.name, from_date: rate.valid_from }
      refusals.push({ code: 'tax_rate_ahead', message: { key: 'issuing.refused.rate_ahead', params } })
    } else if (rateOn(rates.tax, id, date) === undefined) {
      const params = { rate: rate.name, ended_date: rate.valid_to ?? date }
      refusals.push({ code: 'tax_rate_ended', message: { key: 'issuing.refused.rate_ended', params } })
    }
  }
  return refusals
}

/** Rates of the draft that have ended by the document date, each with its successor and the note that says so. */
export function replacedRates(
  { draft, date }: DatedDraft,
  rates: ReadonlyMap<string, TaxRateRow>,
): ReplacedRate[] {
  if (draft.kind === 'credit_note') return []
  return draft.tax_rate_ids.flatMap((from_id) => {
    const [old, next] = [rates.get(from_id), rates.get(rateOn(rates, from_id, date) ?? from_id)]
    if (old === undefined || next === undefined || old === next) return []
    const params = { old: old.name, next: next.name, ended_date: old.valid_to ?? date }
    const language = /^fr\b/.test(draft.language) ? 'fr' : 'en'
    const note = translate(language, 'recurring.rate_replaced', params)
    return [{ invoice_id: draft.id, from_id, to_id: next.id, note }]
  })
}

/** What the issued invoice bears beside what its draft had. */
export function issuedRow(
  { draft, date, due_date, kept_late }: DatedDraft,
  known: { organisation: Organisation; buyer: BuyingParty; rates: KnownRates; number: string },
): IssuedRow {
  const { organisation, buyer, rates, number } = known
  return {
    id: draft.id,
    account_id: draft.account_id,
    version: draft.version,
    number,
    draft_date: draft.document_date,
    document_date: date,
    due_date,
    kept_late,
    payment_term_text: draft.payment_term_text,
    buyer_reference: draft.buyer_reference,
    vat_point_code: vatPointCode(draft, organisation),
    billing_mode: billingMode(draft),
    regime: regimeOf(buyer, organisation),
    exchange_rate: exchangeRateOf(draft, date, organisation, rates),
  }
}

/** When the tax falls due (BT-8): of services on debits, where the organisation has chosen that, else on receipt. */
function vatPointCode(draft: DraftFacts, organisation: Organisation): '5' | '72' | null {
  if (organisation.vat_on_debits) return '5'
  return draft.has_services ? '72' : null
}

/** B goods, S services, M both; 4 where deposits are taken off, else 1 (BT-23 as used in France). */
function billingMode(draft: DraftFacts): string {
  const what = draft.has_goods && draft.has_services ? 'M' : draft.has_goods ? 'B' : 'S'
  return `${what}${isZero(draft.prepaid) ? 1 : 4}`
}

function regimeOf(buyer: BuyingParty, organisation: Organisation): IssuedRow['regime'] {
  if (buyer.kind === 'private_person') return 'private'
  return buyer.country === organisation.country ? 'business' : 'abroad'
}

/** What the organisation prints on every invoice, in the order in which it stands there. */
export function standingNotes({ notes }: Organisation): { code: string; text: string }[] {
  const codes = ['PMD', 'PMT', 'AAB', 'REG', 'TXD'] as const
  return codes.flatMap((code) => {
    const text = notes[code].trim()
    return text === '' ? [] : [{ code, text }]
  })
}
