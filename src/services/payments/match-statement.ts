import type { IsoDate } from '../../lib/dates.ts'
import { compare, moneyText, negate, plainDecimal, subtract, sum } from '../../lib/money.ts'
import {
  bareNumber,
  counterOf,
  type MatchText,
  matchText,
  namesCustomer,
  tellingWords,
} from './match-text.ts'
import { type Sums, sumsOfSome } from './sums-of-some.ts'

/** Why a line is held to pay what is proposed, from the surest to the least. */
export type MatchReason =
  | 'number_exact'
  | 'number_part'
  | 'number_over'
  | 'short_number'
  | 'customer_exact'
  | 'customer_all'
  | 'customer_several'
  | 'customer_oldest'
  | 'amount_only'

export type Confidence = 'certain' | 'likely' | 'possible'

export type MatchedLine = {
  readonly id: string
  readonly booked_date: IsoDate
  /** What of the line is not matched yet; below zero where money left the account. */
  readonly amount: string
  /** Label, reference and counterparty. */
  readonly text: string
  /** The customers that this IBAN paid for before. */
  readonly payers: readonly string[]
}

export type MatchedInvoice = {
  readonly id: string
  readonly number: string
  readonly account_id: string
  /** Below zero where money is to be given back. */
  readonly open: string
  readonly due_date: IsoDate
}

export type Statement = {
  readonly lines: readonly MatchedLine[]
  /** Invoices on which something is open, all in the currency of the lines. */
  readonly invoices: readonly MatchedInvoice[]
  /** What each customer with an open invoice is called. */
  readonly customers: readonly { readonly account_id: string; readonly names: readonly string[] }[]
  /** Numbers of invoices on which nothing is open any more. */
  readonly settled: readonly string[]
  readonly currency: string
}

export type Proposal = {
  readonly confidence: Confidence
  readonly reason: MatchReason
  readonly parts: readonly { readonly invoice_id: string; readonly amount: string }[]
  /** What of the line is left over. */
  readonly left: string
}

export type Match = {
  /** The best first; none where nothing fits. */
  readonly proposals: readonly Proposal[]
  /** Numbers that the text names and on which nothing is open: paid before, or by another line. */
  readonly settled: readonly string[]
}

const mostProposals = 4

/**
 * Proposes what the lines of a bank pay. Numbers in the text come first, then the payer by IBAN or name, then the amount alone; only
 * a number with the exact amount is certain. What one line takes, the next ones do not see, the certain lines first, so that all
 * first proposals together never pay more than is open. docs/rules/payments.md has the table of reasons.
 *
 *     "VIR FA 2026 0042"        240.00, 0042 open 240.00                   certain, number_exact
 *     "VIR FA 2026 0042"        100.00, 0042 open 240.00                   likely, number_part
 *     "VIR CHOP SUEY CHINESE"   360.00, its invoices 240.00 and 120.00     likely, customer_all
 *     "VIR DIVERS"              240.00, one invoice open 240.00            possible, amount_only
 */
export function matchStatement(statement: Statement): ReadonlyMap<string, Match> {
  const book = openBook(statement)
  const lines = statement.lines
    .map((line) => readLine(book, statement, line))
    .sort((a, b) => compareText(a.line.booked_date, b.line.booked_date) || compareText(a.line.id, b.line.id))
  const matches = new Map<string, Match>()
  for (const confidence of ['certain', 'likely', 'possible'] as const) {
    for (const scene of lines) {
      if (matches.has(scene.line.id)) continue
      const match = matchOf(scene)
      const best = match.proposals[0]
      if (best?.confidence !== confidence && confidence !== 'possible') continue
      matches.set(scene.line.id, match)
      for (const { invoice_id, amount } of best?.parts ?? []) {
        const open = book.left.get(invoice_id) ?? '0'
        book.left.set(invoice_id, moneyText(subtract(open, amount), statement.currency))
      }
    }
  }
  return matches
}

/** The invoices by what lines know of them; `left` is what lines have not taken yet. */
type Book = {
  left: Map<string, string>
  byNumber: ReadonlyMap<string, readonly MatchedInvoice[]>
  byCounter: ReadonlyMap<string, readonly MatchedInvoice[]>
  byAccount: ReadonlyMap<string, readonly MatchedInvoice[]>
  byOpen: ReadonlyMap<string, readonly MatchedInvoice[]>
  /** Customers by the first letters of a word of their name. */
  byWord: ReadonlyMap<string, readonly Statement['customers'][number][]>
  settled: ReadonlyMap<string, readonly string[]>
}

function openBook(statement: Statement): Book {
  const invoices = [...statement.invoices].sort(
    (a, b) => compareText(a.due_date, b.due_date) || compareText(a.number, b.number),
  )
  return {
    left: new Map(invoices.map(({ id, open }) => [id, open])),
    byNumber: grouped(invoices, ({ number }) => [bareNumber(number)]),
    byCounter: grouped(invoices, ({ number }) => [counterOf(number)].filter((digits) => digits.length > 1)),
    byAccount: grouped(invoices, ({ account_id }) => [account_id]),
    byOpen: grouped(invoices, ({ open }) => [plainDecimal(open)]),
    byWord: grouped(statement.customers, ({ names }) =>
      names.flatMap((name) => tellingWords(name).slice(0, 1).map(beginning)),
    ),
    settled: grouped(statement.settled, (number) => [bareNumber(number)]),
  }
}

/** Banks cut names off, but not within the first letters. */
function beginning(word: string): string {
  return word.slice(0, 4)
}

function grouped<T>(all: readonly T[], keysOf: (one: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    for (const key of new Set(keysOf(one))) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [one])
      else group.push(one)
    }
  }
  return groups
}

/** One line and what it knows. Amounts are sizes here: the sign comes back with the proposal. */
type Scene = {
  book: Book
  line: MatchedLine
  amount: string
  refund: boolean
  currency: string
  text: MatchText
  /** The customers it may come from. */
  payers: readonly string[]
}

function readLine(book: Book, statement: Statement, line: MatchedLine): Scene {
  const refund = compare(line.amount, '0') < 0
  const text = matchText(line.text)
  const known = line.payers.filter((id) => book.byAccount.has(id))
  const candidates = new Set([...text.words].flatMap((word) => book.byWord.get(beginning(word)) ?? []))
  const named = [...candidates].filter(({ names }) => namesCustomer(text, names))
  return {
    book,
    line,
    amount: refund ? negate(line.amount) : line.amount,
    refund,
    currency: statement.currency,
    text,
    payers: [...new Set(known.length > 0 ? known : named.map(({ account_id }) => account_id))],
  }
}

/** Of some invoices those on the line's side, with what is left on them. */
function standing(scene: Scene, invoices: readonly MatchedInvoice[]): MatchedInvoice[] {
  return invoices
    .map((invoice) => {
      const open = scene.book.left.get(invoice.id) ?? '0'
      return { ...invoice, open: scene.refund ? negate(open) : open }
    })
    .filter(({ open }) => compare(open, '0') > 0)
}

function matchOf(scene: Scene): Match {
  const { book, text } = scene
  const named = [...text.joined].flatMap((run) => book.byNumber.get(run) ?? [])
  const open = standing(scene, named)
  const taken = named.filter(({ id }) => !open.some((other) => other.id === id))
  const before = [...text.joined].flatMap((run) => book.settled.get(run) ?? [])
  const settled = [...new Set([...before, ...taken.map(({ number }) => number)])]
  const match = { proposals: proposalsFor(scene, open), settled }
  return settled.length > 0 ? withCaution(match) : match
}

function proposalsFor(scene: Scene, numbered: readonly MatchedInvoice[]): Proposal[] {
  const { book, text } = scene
  if (numbered.length > 0) return [proposalByNumber(scene, numbered)]
  const short = standing(
    scene,
    [...text.digits].flatMap((digits) => book.byCounter.get(digits) ?? []),
  ).filter(({ open }) => isExact(scene, open))
  if (short.length === 1) return [proposal(scene, 'likely', 'short_number', short)]
  const several = scene.payers.length > 1
  const found = scene.payers.flatMap((id) => proposalsOfPayer(scene, id, several))
  if (found.length > 0) return found.slice(0, mostProposals)
  return standing(scene, book.byOpen.get(plainDecimal(scene.line.amount)) ?? [])
    .filter(({ open }) => isExact(scene, open))
    .slice(0, mostProposals)
    .map((invoice) => proposal(scene, 'possible', 'amount_only', [invoice]))
}

function proposalByNumber(scene: Scene, found: readonly MatchedInvoice[]): Proposal {
  const named = [...found].sort(
    (a, b) => compareText(a.due_date, b.due_date) || compareText(a.number, b.number),
  )
  const open = sum(
    named.map((invoice) => invoice.open),
    scene.currency,
  )
  const order = compare(scene.amount, open)
  if (order === 0) return proposal(scene, 'certain', 'number_exact', named)
  if (order > 0) return proposal(scene, 'likely', 'number_over', named)
  return proposal(scene, named.length === 1 ? 'likely' : 'possible', 'number_part', named)
}

function proposalsOfPayer(scene: Scene, accountId: string, several: boolean): Proposal[] {
  const owed = standing(scene, scene.book.byAccount.get(accountId) ?? [])
  if (owed.length === 0) return []
  const likely = several ? 'possible' : 'likely'
  const exact = owed.filter(({ open }) => isExact(scene, open))
  if (exact.length > 0) {
    const sure = exact.length === 1 ? likely : 'possible'
    return exact.map((invoice) => proposal(scene, sure, 'customer_exact', [invoice]))
  }
  const all = sum(
    owed.map(({ open }) => open),
    scene.currency,
  )
  if (owed.length > 1 && isExact(scene, all)) return [proposal(scene, likely, 'customer_all', owed)]
  const sums: Sums = sumsOfSome(
    owed.map(({ open }) => open),
    scene.amount,
    scene.currency,
  )
  const some = sums.found.map((indexes) =>
    indexes.flatMap((index) => {
      const invoice = owed[index]
      return invoice === undefined ? [] : [invoice]
    }),
  )
  const sure = some.length === 1 && sums.complete ? likely : 'possible'
  if (some.length > 0) return some.map((few) => proposal(scene, sure, 'customer_several', few))
  return [proposal(scene, 'possible', 'customer_oldest', owed)]
}

/** Fills the invoices in their order until the line is used up. */
function proposal(
  scene: Scene,
  confidence: Confidence,
  reason: MatchReason,
  invoices: readonly MatchedInvoice[],
): Proposal {
  const { currency, refund } = scene
  const signed = (size: string) => moneyText(refund ? negate(size) : size, currency)
  let left = scene.amount
  const parts = invoices.flatMap(({ id, open }) => {
    const amount = compare(left, open) < 0 ? left : open
    if (compare(amount, '0') <= 0) return []
    left = subtract(left, amount)
    return [{ invoice_id: id, amount: signed(amount) }]
  })
  return { confidence, reason, parts, left: signed(left) }
}

/** Who names an invoice that is paid may have paid twice: nothing else is likely then, and an amount alone says nothing. */
function withCaution(match: Match): Match {
  return {
    ...match,
    proposals: match.proposals
      .filter(({ reason }) => reason !== 'amount_only')
      .map((each) => ({ ...each, confidence: 'possible' as const })),
  }
}

function isExact(scene: Scene, open: string): boolean {
  return compare(scene.amount, open) === 0
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
