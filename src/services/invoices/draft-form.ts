import { findAccount } from '../../data/accounts.ts'
import { findContact, listContactsOfAccount } from '../../data/contacts.ts'
import type { Database } from '../../data/database.ts'
import type { Invoice } from '../../data/invoices.ts'
import { findOrganisation } from '../../data/organisations.ts'
import { listOfferedPaymentTerms } from '../../data/payment-terms.ts'
import type { Row } from '../../data/tables.ts'
import { listTreatmentRates, mapTaxRates } from '../../data/tax-rates.ts'
import type { FieldError, Message } from '../../languages/catalog.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { compare, fitsAmount, isNegative, isZero } from '../../lib/money.ts'
import { type DocumentLine, filledLines, linesOf, storedLines, taxedLine } from '../orders/document-lines.ts'
import type { LineInput } from '../orders/lines.ts'
import { withPositivePrice } from '../orders/lines.ts'
import { totalsOf } from '../orders/taxes.ts'
import { dueDate } from '../payment-terms/due-date.ts'
import type { TaxRules } from '../tax-treatments/line-rate.ts'

/** A draft's form as it was read, before it is held against the records. Undefined is what the form did not name: it stays. */
export type DraftInput = {
  readonly subject: string | undefined
  readonly document_date: IsoDate | undefined
  /** Null leaves it to the payment term. */
  readonly due_date: IsoDate | null | undefined
  /** Null: no term, the due date is typed. */
  readonly payment_term_id: string | null | undefined
  /** When goods were delivered or the service was rendered; null: unknown. */
  readonly delivery_date: IsoDate | null | undefined
  readonly customer_order_number: string | undefined
  readonly contact_id: string | null | undefined
  readonly lines: readonly LineInput[] | undefined
  /** What could not be read. */
  readonly mistakes: readonly FieldError[]
}

export type FilledDraft = {
  subject: string
  /** As `order_date`, since the lines of all documents are filled in alike. */
  document_date: IsoDate
  order_date: IsoDate
  due_date: IsoDate
  delivery_date: IsoDate | null
  /** What the term makes of the document date; null without a term. */
  due_by_term: IsoDate | null
  term: Row<'payment_terms'> | null
  terms: readonly Row<'payment_terms'>[]
  payment_term_text: string
  customer_order_number: string
  contact_id: string | null
  contacts: readonly Row<'contacts'>[]
  currency: string
  lines: readonly DocumentLine[]
  /** The cents by which lines differ from quantity × price, kept where nothing of the line changed; by the index in the form. */
  roundings: ReadonlyMap<number, string>
  totals: ReturnType<typeof totalsOf>
  rules: TaxRules
  errors: readonly FieldError[]
  notices: readonly Message[]
}

/**
 * Holds what a draft's form says against the records: dates by the payment term, taxes by the billed account's treatment on the
 * document date, prices, totals. Nothing is written; all mistakes are found at once.
 */
export async function fillDraft(db: Database, input: DraftInput, before: Invoice): Promise<FilledDraft> {
  const account = await findAccount(db, before.account_id)
  const organisation = await findOrganisation(db, before.organisation_id)
  const rules = { rates: await mapTaxRates(db), treatments: await listTreatmentRates(db) }
  const document_date = input.document_date ?? before.document_date
  const term = await termOf(db, input, before)
  const due = dueDateOf(input, before, { document_date, term: term.term })
  const contact = await contactOf(db, input, before, account?.name ?? '')
  const inputs = input.lines ?? linesOf(before)
  const stored = storedLines(inputs, before)
  const { lines, roundings } = withRoundings(
    await filledLines(db, inputs, before, {
      currency: before.currency,
      order_date: document_date,
      treatment: account?.tax_treatment ?? 'domestic',
      default_rate_id: organisation?.default_tax_rate_id ?? null,
      rules,
    }),
    stored,
  )
  const totals = totalsOf(lines.flatMap(taxedLine), before.currency)
  return {
    subject: input.subject ?? before.subject,
    document_date,
    order_date: document_date,
    due_date: due.date,
    delivery_date: input.delivery_date === undefined ? before.delivery_date : input.delivery_date,
    due_by_term: term.term === null ? null : dueDate(document_date, term.term),
    term: term.term,
    terms: term.terms,
    payment_term_text: termText(term.term, before),
    customer_order_number: input.customer_order_number ?? before.customer_order_number,
    ...contact.filled,
    currency: before.currency,
    lines,
    roundings,
    totals,
    rules,
    errors: [
      ...input.mistakes,
      ...contact.errors,
      ...term.errors,
      ...(input.mistakes.some(({ field }) => field.endsWith('_date')) ? [] : due.errors),
      ...lines.flatMap(({ errors }) => errors),
      ...mistakesOfTotals(lines, totals),
    ],
    notices: lines.flatMap(({ notices }) => notices),
  }
}

async function termOf(db: Database, input: DraftInput, before: Invoice) {
  const terms = await listOfferedPaymentTerms(db, before.payment_term_id)
  const id = input.payment_term_id === undefined ? before.payment_term_id : input.payment_term_id
  const term = terms.find((each) => each.id === id) ?? null
  const errors: FieldError[] =
    id === null || term !== null
      ? []
      : [{ field: 'payment_term_id', message: { key: 'invoices.payment_term.unknown' } }]
  return { term, terms, errors }
}

/** The text printed is the term's own, in the invoice's language; that of a term that stays is kept as it was. */
function termText(term: Row<'payment_terms'> | null, before: Invoice): string {
  if (term === null) return ''
  if (term.id === before.payment_term_id) return before.payment_term_text
  return /^fr\b/.test(before.language) ? term.text_fr : term.text_en
}

/** A date that is typed stands; an empty one follows the term, and so does one that was not named once its grounds have changed. */
function dueDateOf(
  input: DraftInput,
  before: Invoice,
  now: { document_date: IsoDate; term: Row<'payment_terms'> | null },
): { date: IsoDate; errors: FieldError[] } {
  const { document_date, term } = now
  const moved = document_date !== before.document_date || (term?.id ?? null) !== before.payment_term_id
  const typed = input.due_date === undefined && !moved ? before.due_date : (input.due_date ?? null)
  if (typed === null && term === null) {
    return {
      date: document_date,
      errors: [{ field: 'due_date', message: { key: 'invoices.due_date.missing' } }],
    }
  }
  const date = typed ?? (term === null ? document_date : dueDate(document_date, term))
  if (date >= document_date) return { date, errors: [] }
  const message = { key: 'invoices.due_date.early', params: { document_date } } as const
  return { date, errors: [{ field: 'due_date', message }] }
}

async function contactOf(db: Database, input: DraftInput, before: Invoice, accountName: string) {
  const all = await listContactsOfAccount(db, before.account_id)
  const offered = all.filter(({ id, archived_at }) => archived_at === null || id === before.contact_id)
  const current = before.contact_id === null ? undefined : await findContact(db, before.contact_id)
  const isOffered = current === undefined || offered.some(({ id }) => id === current.id)
  const contacts = isOffered ? offered : [...offered, current]
  const contact_id = input.contact_id === undefined ? before.contact_id : input.contact_id
  // A recurring invoice takes its order's contact, who may be of another account than the one billed.
  const known = contact_id === null || contact_id === before.contact_id
  if (known || contacts.some(({ id }) => id === contact_id)) {
    return { filled: { contact_id, contacts }, errors: [] }
  }
  const message = { key: 'invoices.contact.elsewhere', params: { name: accountName } } as const
  return { filled: { contact_id: null, contacts }, errors: [{ field: 'contact_id', message }] }
}

/** A part of an order may differ from quantity × price by a cent: it stays with its line while nothing of the line changes. */
function withRoundings(
  lines: readonly DocumentLine[],
  stored: ReadonlyMap<number, Invoice['lines'][number]>,
): { lines: readonly DocumentLine[]; roundings: ReadonlyMap<number, string> } {
  const roundings = new Map<number, string>()
  const kept = lines.map((line) => {
    const { index } = line.input
    const old = stored.get(index)
    if (old === undefined || old.net === null || isZero(old.rounding) || !isSamePrice(line, old)) return line
    roundings.set(index, old.rounding)
    return { ...line, net: old.net }
  })
  return { lines: kept, roundings }
}

function isSamePrice(line: DocumentLine, old: Invoice['lines'][number]): boolean {
  const { quantity, unit_price, discount_percent } = line
  if (quantity === null || unit_price === null || discount_percent === null) return false
  const priced = withPositivePrice({ quantity, unit_price })
  return (
    compare(priced.quantity, old.quantity ?? '0') === 0 &&
    compare(priced.unit_price, old.unit_price ?? '0') === 0 &&
    compare(discount_percent, old.discount_percent ?? '0') === 0
  )
}

function mistakesOfTotals(lines: readonly DocumentLine[], totals: FilledDraft['totals']): FieldError[] {
  if (!lines.some(({ input }) => input.kind === 'item')) {
    return [{ field: 'lines', message: { key: 'invoices.lines.missing' } }]
  }
  if (![totals.net, totals.gross, ...totals.taxes.map(({ base }) => base)].every(fitsAmount)) {
    return [{ field: 'lines', message: { key: 'order_form.too_large' } }]
  }
  // While a line is wrong, the sum says nothing.
  const isSure = lines.every(({ errors }) => errors.length === 0)
  return isSure && isNegative(totals.gross)
    ? [{ field: 'lines', message: { key: 'invoices.lines.below_zero' } }]
    : []
}
