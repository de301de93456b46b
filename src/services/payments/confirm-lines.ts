import { addToBankLine, listBankLines, listInvoicesNumbered, lockBankLines } from '../../data/bank-lines.ts'
import type { Database, Trx } from '../../data/database.ts'
import type { Invoice } from '../../data/invoices.ts'
import { findTimeZone } from '../../data/order-lifecycle.ts'
import { insertReceipt } from '../../data/payments.ts'
import { insertSubmission, type SentForm } from '../../data/submissions.ts'
import type { Row } from '../../data/tables.ts'
import { InvalidForm, NotFound } from '../../errors.ts'
import type { FieldError, Message } from '../../languages/catalog.ts'
import { todayIn } from '../../lib/dates.ts'
import { compare, isNegative, isZero, moneyText, negate, subtract } from '../../lib/money.ts'
import { lockInvoiceOf } from '../invoices/lock-draft.ts'
import { payLockedWithin } from './enter-payment.ts'

/** What a person says that a line pays: parts as they were proposed, or the numbers of invoices, filled in their order. */
export type ConfirmedLine = {
  line_id: string
  pays: { parts: readonly { invoice_id: string; amount: string }[] } | { numbers: readonly string[] }
}

type Part = { line: Row<'bank_lines'>; invoice: Invoice; amount: string }

/**
 * Enters what bank lines pay, all in one transaction, with a receipt. Invoices are locked before lines, both in the order of their
 * ids, so that two people who confirm the same lines do so one after the other, and the second is told.
 * @throws NotFound; InvalidForm with every line that cannot be entered as it was said; nothing is entered then
 */
export async function confirmLines(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  confirmation: { lines: readonly ConfirmedLine[]; now: Date; sent?: SentForm | undefined },
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const { lines, now, sent } = confirmation
    if (lines.length === 0) throw new InvalidForm([{ field: 'ids[]', message: { key: 'bank.none_ticked' } }])
    const errors: FieldError[] = []
    const wanted = await resolve(trx, user, lines, errors)
    const invoices = new Map<string, Invoice>()
    for (const id of [...new Set(wanted.flatMap(({ invoice_ids }) => invoice_ids))].sort()) {
      invoices.set(id, await lockInvoiceOf(trx, id, user.organisation_ids))
    }
    const locked = new Map(
      (
        await lockBankLines(
          trx,
          lines.map(({ line_id }) => line_id),
        )
      ).map((line) => [line.id, line]),
    )
    const left = new Map([...invoices].map(([id, { open }]) => [id, open]))
    const parts: Part[] = []
    for (const each of wanted) {
      const line = locked.get(each.line_id)
      if (line === undefined) throw new NotFound()
      const today = todayIn(await findTimeZone(trx, line.organisation_id), now)
      const found = partsOf(line, each, invoices, left, today)
      if ('message' in found) errors.push({ field: fieldOf(line.id), message: found.message })
      else parts.push(...found.parts)
    }
    if (errors.length > 0) throw new InvalidForm(errors)

    const receipt_id = await insertReceipt(trx, user.id)
    for (const { line, invoice, amount } of parts) {
      await payLockedWithin(trx, user.id, invoice, {
        payment_date: line.booked_date,
        amount,
        method: 'transfer',
        reference: line.reference,
        bank_line_id: line.id,
        receipt_id,
      })
      await addToBankLine(trx, line.id, amount)
    }
    if (sent !== undefined) await insertSubmission(trx, sent, receipt_id)
    return receipt_id
  })
}

/** Where the page shows what is wrong with a line. */
export function fieldOf(lineId: string): string {
  return `numbers[${lineId}]`
}

type Wanted = { line_id: string; invoice_ids: string[]; amounts: readonly string[] | undefined }

/** Which invoices each line names; a number that no invoice has is a mistake of its line. */
async function resolve(
  trx: Trx,
  user: { organisation_ids: readonly string[] },
  lines: readonly ConfirmedLine[],
  errors: FieldError[],
): Promise<Wanted[]> {
  const known = new Map(
    (
      await listBankLines(
        trx,
        lines.map(({ line_id }) => line_id),
        user.organisation_ids,
      )
    ).map((line) => [line.id, line]),
  )
  const wanted: Wanted[] = []
  for (const { line_id, pays } of lines) {
    const line = known.get(line_id)
    if (line === undefined) throw new NotFound()
    if ('parts' in pays) {
      const amounts = pays.parts.map(({ amount }) => amount)
      wanted.push({ line_id, invoice_ids: pays.parts.map(({ invoice_id }) => invoice_id), amounts })
      continue
    }
    const found = await listInvoicesNumbered(trx, line.organisation_id, pays.numbers)
    const ids = pays.numbers.flatMap((number) => {
      const id = found.find((invoice) => invoice.number.toUpperCase() === number.toUpperCase())?.id
      if (id === undefined)
        errors.push({ field: fieldOf(line_id), message: { key: 'bank.number.unknown', params: { number } } })
      return id === undefined ? [] : [id]
    })
    if (ids.length === pays.numbers.length) wanted.push({ line_id, invoice_ids: ids, amounts: undefined })
  }
  return wanted
}

/** What a line pays of each invoice, taken from what is left of both. */
function partsOf(
  line: Row<'bank_lines'>,
  wanted: Wanted,
  invoices: ReadonlyMap<string, Invoice>,
  left: Map<string, string>,
  today: string,
): { parts: Part[] } | { message: Message } {
  if (line.dismissed_at !== null) return { message: { key: 'bank.line.dismissed' } }
  if (line.booked_date > today)
    return { message: { key: 'payments.date.future', params: { today_date: today } } }
  let rest = subtract(line.amount, line.matched)
  if (isZero(rest)) return { message: { key: 'bank.line.matched' } }
  const refund = isNegative(rest)
  const size = (amount: string) => (refund ? negate(amount) : amount)
  const parts: Part[] = []
  for (const [index, id] of wanted.invoice_ids.entries()) {
    const invoice = invoices.get(id)
    if (invoice === undefined || invoice.organisation_id !== line.organisation_id) throw new NotFound()
    const params = { number: invoice.number ?? '' }
    if (invoice.currency !== line.currency)
      return { message: { key: 'bank.currency', params: { ...params, currency: invoice.currency } } }
    const open = left.get(id) ?? '0'
    if (invoice.issued_at === null || invoice.kind === 'credit_note' || compare(size(open), '0') <= 0)
      return { message: { key: 'bank.nothing_open', params } }
    const said = wanted.amounts?.[index]
    const fits = compare(size(rest), size(open)) < 0 ? rest : open
    const amount = said ?? fits
    if (isZero(amount)) continue
    if (compare(size(amount), '0') <= 0 || compare(size(amount), size(fits)) > 0)
      return { message: { key: 'bank.changed', params } }
    left.set(id, subtract(open, amount))
    rest = subtract(rest, amount)
    parts.push({ line, invoice, amount: moneyText(amount, line.currency) })
  }
  if (parts.length === 0) return { message: { key: 'bank.nothing_chosen' } }
  return { parts }
}
