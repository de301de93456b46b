import {
  type BankLine,
  type InvoiceToMatch,
  listInvoicesToMatch,
  listPayersOfIbans,
  listSettledNumbers,
} from '../../data/bank-lines.ts'
import type { Database } from '../../data/database.ts'
import { type Match, matchStatement } from './match-statement.ts'
import { matchText } from './match-text.ts'

export type ProposedLine = {
  line: BankLine
  match: Match
  /** The invoices that the proposals name, by their id. */
  invoices: ReadonlyMap<string, InvoiceToMatch>
}

/** What some lines pay, each among the open invoices of its organisation in its currency. */
export async function proposePayments(db: Database, lines: readonly BankLine[]): Promise<ProposedLine[]> {
  const groups = new Map<string, BankLine[]>()
  for (const line of lines) {
    const key = `${line.organisation_id} ${line.currency}`
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  const proposed = new Map<string, ProposedLine>()
  for (const group of groups.values()) {
    for (const found of await proposeFor(db, group)) proposed.set(found.line.id, found)
  }
  return lines.flatMap((line) => proposed.get(line.id) ?? [])
}

async function proposeFor(db: Database, lines: readonly BankLine[]): Promise<ProposedLine[]> {
  const [first] = lines
  if (first === undefined) return []
  const { organisation_id, currency } = first
  const open = await listInvoicesToMatch(db, organisation_id, currency)
  const ibans = [...new Set(lines.map(({ iban }) => iban).filter((iban) => iban !== ''))]
  const payers = ibans.length === 0 ? [] : await listPayersOfIbans(db, organisation_id, ibans)
  const texts = lines.map(({ label, reference, counterparty }) => `${label} ${reference} ${counterparty}`)
  const runs = [...new Set(texts.flatMap((text) => [...matchText(text).joined]))]
  const matches = matchStatement({
    lines: lines.map((line, index) => ({
      id: line.id,
      booked_date: line.booked_date,
      amount: line.left,
      text: texts[index] ?? '',
      payers: payers.filter(({ iban }) => iban === line.iban).map(({ account_id }) => account_id),
    })),
    invoices: open,
    customers: customersOf(open),
    settled: await listSettledNumbers(db, organisation_id, runs),
    currency,
  })
  const invoices = new Map(open.map((invoice) => [invoice.id, invoice]))
  return lines.map((line) => ({
    line,
    match: matches.get(line.id) ?? { proposals: [], settled: [] },
    invoices,
  }))
}

/** Each customer once, with every name that its invoices bear. */
function customersOf(invoices: readonly InvoiceToMatch[]) {
  const names = new Map<string, Set<string>>()
  for (const invoice of invoices) {
    const known = names.get(invoice.account_id) ?? new Set()
    for (const name of invoice.names) known.add(name)
    names.set(invoice.account_id, known)
  }
  return [...names].map(([account_id, found]) => ({ account_id, names: [...found] }))
}
