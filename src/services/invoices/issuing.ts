import type { Refusal } from '../../errors.ts'
import type { Address } from '../../lib/address.ts'
import type { IsoDate } from '../../lib/dates.ts'
import type { AccountKind, TaxCategory, TaxTreatment } from '../../lib/vocabulary.ts'

/** The selling organisation as an invoice keeps it at issue (BG-4, BG-16); what it has not is ''. */
export type SellingParty = Omit<Address, 'name'> & {
  /** The legal name, the name where there is none (BT-27). */
  name: string
  trade_name: string
  legal_form: string
  share_capital: string
  siren: string
  siret: string
  vat_number: string
  tax_number: string
  register_text: string
  contact_name: string
  phone: string
  email: string
  website: string
  electronic_address: string
  electronic_address_scheme: string
  vat_on_debits: boolean
  iban: string
  bic: string
  bank_name: string
}

/** The billed account as an invoice keeps it at issue (BG-7); what it has not is ''. */
export type BuyingParty = Omit<Address, 'name'> & {
  /** The legal name, the name where there is none (BT-44). */
  name: string
  trade_name: string
  code: string
  kind: AccountKind
  tax_treatment: TaxTreatment
  siren: string
  siret: string
  vat_number: string
  electronic_address: string
  electronic_address_scheme: string
  buyer_reference: string
}

/** The notes that the organisation prints on every invoice, by their codes (BT-21); what it has not is ''. */
export type StandingNotes = {
  /** Late payment penalties. */
  PMD: string
  /** The indemnity of 40 € for recovery. */
  PMT: string
  /** Discount for early payment, or that there is none. */
  AAB: string
  /** Register. */
  REG: string
  /** Tax, such as the option for debits. */
  TXD: string
}

/** What the law asks about a draft that is to be issued: the document as it would be, and both parties as they are now. */
export type IssuingFacts = {
  kind: 'invoice' | 'deposit' | 'credit_note'
  /** After redating. */
  document_date: IsoDate
  due_date: IsoDate
  /** The day of issue. */
  today: IsoDate
  seller: SellingParty
  buyer: BuyingParty
  notes: StandingNotes
  /** Where the goods go; null where nobody said. */
  delivery_address: Address | null
  /** When goods were delivered or the service was rendered, where that is known. */
  delivery_date: IsoDate | null
  has_service_period: boolean
  customer_order_number: string
  payment_term_text: string
  currency: string
  /** The organisation's own. */
  home_currency: string
  gross: string
  tax: string
  /** One unit of the invoice's currency in the organisation's own, on the document date; null where it is not needed or not known. */
  exchange_rate: string | null
  items: number
  has_goods: boolean
  has_services: boolean
  /** After a rate that has ended was replaced. */
  taxes: readonly { category: TaxCategory; rate: string; exemption_text: string }[]
  /** How many invoices it corrects; a credit note names one at the least. */
  references: number
}

/** The rule that says what the law lacks; empty where nothing is missing. */
export type RefusalsToIssue = (facts: IssuingFacts) => readonly Refusal[]

/** What became of one draft. */
export type IssueOutcome =
  | {
      result: 'issued'
      id: string
      number: string
      document_date: IsoDate
      /** The draft's date, where issuing moved it. */
      redated_from: IsoDate | null
      /** Its date lies behind the last one of its series, as the organisation wants it. */
      kept_late: boolean
    }
  /** Its date lies ahead: it stays a draft until then. By hand, the day of issue can be taken instead. */
  | { result: 'waits'; id: string; issues_on: IsoDate }
  /** Something is missing: it stays a draft. */
  | { result: 'refused'; id: string; refusals: readonly Refusal[] }
  /** It was issued meanwhile, as `number`, or deleted or never marked (null). */
  | { result: 'gone'; id: string; number: string | null }
