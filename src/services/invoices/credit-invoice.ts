import { insertAudit } from '../../data/audit.ts'
import {
  addCredited,
  findOrderToBill,
  insertDraft,
  insertPrecedingInvoice,
  lockOrdersOfInvoice,
} from '../../data/credit-notes.ts'
import type { Database, Trx } from '../../data/database.ts'
import { findStoredInvoice, type Invoice, listOccurrencesOfInvoice } from '../../data/invoices.ts'
import { takeTurnToIssue } from '../../data/issuing.ts'
import { creditOccurrence, lockOccurrence, type OccurrenceKey } from '../../data/occurrences.ts'
import { findTimeZone } from '../../data/order-lifecycle.ts'
import { moveProgress } from '../../data/order-progress.ts'
import { findPaymentTerm } from '../../data/payment-terms.ts'
import { insertSubmission, type SentForm } from '../../data/submissions.ts'
import { InvalidForm, NotFound, Refused } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { type IsoDate, laterOf, todayIn } from '../../lib/dates.ts'
import { negate } from '../../lib/money.ts'
import { dueDate } from '../payment-terms/due-date.ts'
import { settleStatusWithin } from '../payments/settle-status.ts'
import { periodName } from '../recurring/decide-occurrence.ts'
import { creditNoteOf } from './credit-note.ts'
import { refusalsToCredit } from './credit-refusals.ts'
import { creditableOf } from './creditable.ts'
import { type Credit, type CreditWish, creditOf, leftOf } from './crediting.ts'
import { issueWithin } from './issue-batch.ts'
import { lockInvoiceOf } from './lock-draft.ts'

export type CreditRequest = {
  wish: CreditWish
  /** What is credited is billable again. */
  reopen: boolean
  /** A new draft of the same takes the invoice's place; it credits all that is left. */
  reissue: boolean
  reason: string
}

export type CreditedInvoice = {
  /** The credit note. */
  id: string
  number: string
  /** The new draft. */
  reissued_id: string | null
}

type User = { id: string; organisation_ids: readonly string[] }

/**
 * Credits an issued invoice: a credit note to its buyer, dated and issued on the day, and where it is asked for a new draft in the
 * invoice's place, all in one transaction under the invoice's lock, so that any number at once never credit more than it was.
 *
 * A whole credit note settles the periods that the invoice billed: due again with `reopen`, closed without; `reissue` gives them to
 * the new draft. Locks go the way of all: the turn to issue, orders, recurrence, occurrences, the invoice, the series.
 * @throws NotFound; Refused for a draft, a credit note, where nothing is left, or what issuing refuses; InvalidForm
 */
export async function creditInvoice(
  db: Database,
  user: User,
  id: string,
  request: CreditRequest,
  options: { now: Date; sent?: SentForm | undefined },
): Promise<CreditedInvoice> {
  const found = await findStoredInvoice(db, id, user.organisation_ids)
  if (found === undefined) throw new NotFound()
  return db.transaction().execute(async (trx) => {
    await takeTurnToIssue(trx, found.organisation_id, { wait: true })
    const orders = await lockOrdersOfInvoice(trx, id)
    const periods = await lockPeriodsOf(trx, id)
    const invoice = await lockInvoiceOf(trx, id, user.organisation_ids)
    const today = todayIn(await findTimeZone(trx, invoice.organisation_id), options.now)
    const credit = await creditWithin(trx, invoice, request)

    const reissued_id = request.reissue ? await draftAnew(trx, user, invoice, today) : null
    const note = creditNoteOf(invoice, credit, { ...request, today, by: user.id })
    const creditId = await insertDraft(trx, note.invoice, note.parts)
    const { number: preceding = null, document_date } = invoice
    await insertPrecedingInvoice(trx, creditId, { id, number: preceding ?? '', document_date })
    await addCredited(trx, id, negate(credit.due), user.id)
    const number = await issued(trx, user, invoice, creditId, today)
    // A recurring invoice's note bears no part; of others, the orders that lines alone name are counted too.
    await moveProgress(trx, orders)
    if (credit.closes) await settlePeriods(trx, user, invoice, periods, { ...request, reissued_id })
    await settleStatusWithin(trx, user.id, id)
    await record(trx, user, invoice, { credit, number, request })
    if (options.sent !== undefined) await insertSubmission(trx, options.sent, creditId)
    return { id: creditId, number, reissued_id }
  })
}

async function lockPeriodsOf(trx: Trx, id: string): Promise<OccurrenceKey[]> {
  const locked: OccurrenceKey[] = []
  for (const key of await listOccurrencesOfInvoice(trx, id)) {
    const row = await lockOccurrence(trx, key)
    // Whoever held the lock before may have given the period to another invoice.
    if (row?.invoice_id === id && row.state === 'invoiced') locked.push(key)
  }
  return locked
}

async function creditWithin(trx: Trx, invoice: Invoice, request: CreditRequest): Promise<Credit> {
  const creditable = await creditableOf(trx, invoice)
  const refusals = refusalsToCredit(invoice, leftOf(creditable).closed)
  if (refusals.length > 0) throw new Refused(refusals)
  const credited = creditOf(creditable, request.wish)
  const errors = [...mistakesOf(request), ...(credited.ok ? [] : credited.errors)]
  if (errors.length > 0 || !credited.ok) throw new InvalidForm(errors)
  return credited.credit
}

function mistakesOf({ wish, reopen, reissue }: CreditRequest): FieldError[] {
  if (reissue && wish.mode !== 'all') return [{ field: 'reissue', message: { key: 'credits.reissue.whole' } }]
  if (reopen && wish.mode === 'amount')
    return [{ field: 'reopen', message: { key: 'credits.reopen.amount' } }]
  return []
}

/** A draft of the same lines in the invoice's place, dated today; account and addresses are looked up anew when it is issued. */
async function draftAnew(trx: Trx, user: User, invoice: Invoice, today: IsoDate): Promise<string> {
  const { id, order_id, payment_term_id } = invoice
  const order = order_id === null ? undefined : await findOrderToBill(trx, order_id)
  const term = payment_term_id === null ? undefined : await findPaymentTerm(trx, payment_term_id)
  const reissued = await insertDraft(
    trx,
    {
      organisation_id: invoice.organisation_id,
      kind: invoice.kind,
      status: 'created',
      source: invoice.source,
      order_id,
      order_version: order?.version ?? null,
      account_id: invoice.account_id,
      order_account_id: invoice.order_account_id,
      contact_id: invoice.contact_id,
      subject: invoice.subject,
      customer_order_number: invoice.customer_order_number,
      contract_reference: invoice.contract_reference,
      language: invoice.language,
      currency: invoice.currency,
      document_date: today,
      due_date: term === undefined ? laterOf(invoice.due_date, today) : dueDate(today, term),
      delivery_date: invoice.delivery_date,
      period_start: invoice.period_start,
      period_end: invoice.period_end,
      service_start: invoice.service_start,
      service_end: invoice.service_end,
      payment_term_id,
      delivery_address:
        order?.shipping_address ??
        (invoice.delivery_address === null ? null : JSON.stringify(invoice.delivery_address)),
      net: invoice.net,
      allowances: invoice.allowances,
      charges: invoice.charges,
      tax: invoice.tax,
      gross: invoice.gross,
      due: invoice.gross,
      reissue_of: id,
      created_by: user.id,
    },
    {
      lines: invoice.lines.map(({ id: _, invoice_id, organisation_id, credited_line_id, ...line }) => line),
      taxes: invoice.taxes.map(({ invoice_id, ...tax }) => tax),
    },
  )
  await insertAudit(trx, {
    by: { user_id: user.id },
    action: 'created',
    subject_type: 'invoice',
    subject_id: reissued,
    organisation_id: invoice.organisation_id,
    changes: { reissue_of: invoice.number },
  })
  return reissued
}

/** Issues the credit note at once. What the law wants on it, the invoice that it corrects has borne already. */
async function issued(trx: Trx, user: User, invoice: Invoice, id: string, today: IsoDate): Promise<string> {
  const { outcomes } = await issueWithin(trx, {
    by: { user_id: user.id },
    organisation_id: invoice.organisation_id,
    ids: [id],
    marked: false,
    today,
    ahead: 'today',
    lacks: () => [],
  })
  const [outcome] = outcomes
  if (outcome?.result === 'refused') throw new Refused(outcome.refusals)
  if (outcome?.result !== 'issued') throw new Error(`The credit note of ${invoice.number} was not issued.`)
  return outcome.number
}

async function settlePeriods(
  trx: Trx,
  user: User,
  invoice: Invoice,
  periods: readonly OccurrenceKey[],
  { reopen, reissued_id }: { reopen: boolean; reissued_id: string | null },
): Promise<void> {
  const state = reissued_id !== null ? 'invoiced' : reopen ? 'due' : 'credited'
  const invoice_id = reissued_id ?? (reopen ? null : invoice.id)
  for (const key of periods) {
    await creditOccurrence(trx, key, { state, invoice_id, decided_by: user.id })
    await insertAudit(trx, {
      by: { user_id: user.id },
      action: state === 'due' ? 'made_due' : state === 'credited' ? 'credited' : 'reissued',
      subject_type: 'occurrence',
      subject_id: key.order_id,
      organisation_id: invoice.organisation_id,
      changes: { period: periodName(key), state: { from: 'invoiced', to: state }, invoice: invoice.number },
    })
  }
}

async function record(
  trx: Trx,
  user: User,
  invoice: Invoice,
  done: { credit: Credit; number: string; request: CreditRequest },
): Promise<void> {
  const { credit, number, request } = done
  await insertAudit(trx, {
    by: { user_id: user.id },
    action: 'credited',
    subject_type: 'invoice',
    subject_id: invoice.id,
    organisation_id: invoice.organisation_id,
    changes: {
      version: { from: invoice.version, to: invoice.version + 1 },
      credit_note: number,
      net: credit.net,
      gross: credit.due,
      currency: invoice.currency,
      reopen: request.reopen,
      reissue: request.reissue,
      reason: request.reason,
    },
  })
}
