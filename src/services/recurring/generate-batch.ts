import {
  type BatchRow,
  type Claim,
  type ClaimedRecurrence,
  checkNow,
  claimRecurrences,
  limitWaiting,
  listOccurrencesFrom,
  listOccurrencesToDo,
  listOrdersWithRates,
  listTaxRateEnds,
  type RateReplacement,
  readByKey,
  type TaxRateRow,
  writeBatch,
} from '../../data/billing-runs.ts'
import type { Database, Trx } from '../../data/database.ts'
import { translate } from '../../languages/translate.ts'
import { type IsoDate, laterOf } from '../../lib/dates.ts'
import {
  type DueRecurrence,
  firstPeriodOf,
  type PlannedOrder,
  type PlannedRow,
  planOrder,
  type Reason,
  type StoredOccurrence,
} from './plan-batch.ts'
import { rateOn } from './tax-succession.ts'

/** What a batch came to; all zero where nothing could be claimed. */
export type BatchFigures = {
  orders: readonly string[]
  invoices: number
  skipped: number
  held: number
  failed: number
  /** Those of the failed that had failed before: tried again in vain. */
  failed_again: number
}

export type BatchOptions = {
  run_id: string
  /** Told which orders were claimed before anything can fail, so that they can be tried one by one. */
  onClaimed: (orderIds: readonly string[]) => void
  /** At most this many occurrences of each order. */
  occurrences?: number
  /** Instead of invoices, rows that say why there are none: for what has failed and must not hold up the rest. */
  park?: Reason
}

/** Somebody has settled an occurrence of the batch without the recurrence's lock: nothing is written, and it is tried again. */
export class BatchOvertaken extends Error {
  constructor() {
    super('An occurrence of the batch was settled by somebody else.')
    this.name = 'BatchOvertaken'
  }
}

/** So that a daily order ten years behind, or one of five hundred lines, makes no transaction of a million rows. */
const mostOccurrences = 2_000
const mostLines = 25_000
const waitSeconds = 5

/** One batch, one transaction: claim, plan, write, check, commit (docs/rules/recurring-runs.md). */
export async function generateBatch(
  db: Database,
  claim: Claim,
  options: BatchOptions,
): Promise<BatchFigures> {
  return db.transaction().execute(async (trx) => {
    await readByKey(trx)
    if (claim.wait) await limitWaiting(trx, waitSeconds)
    const claimed = await claimRecurrences(trx, claim)
    options.onClaimed(claimed.map((row) => row.order_id))
    if (claimed.length === 0)
      return { orders: [], invoices: 0, skipped: 0, held: 0, failed: 0, failed_again: 0 }
    const orders = await plan(trx, claim, claimed, options)
    const { rows, replacements } = await settle(trx, orders, options.park)
    const next = orders.map(({ order_id, next_run_date }) => ({ order_id, next_run_date }))
    const written = await writeBatch(trx, {
      run_id: options.run_id,
      organisation_id: claim.organisation_id,
      rows,
      replacements,
      next,
    })
    if (written !== rows.length) throw new BatchOvertaken()
    await checkNow(trx)
    return figuresOf(orders, rows)
  })
}

type Planned = PlannedOrder & { order_id: string; failedBefore: ReadonlySet<string> }

async function plan(
  trx: Trx,
  claim: Claim,
  claimed: readonly ClaimedRecurrence[],
  { occurrences = mostOccurrences }: BatchOptions,
): Promise<Planned[]> {
  const ids = claimed.map((row) => row.order_id)
  const toDo = groupByOrder(await listOccurrencesToDo(trx, claim, ids))
  const dues = claimed.map(dueRecurrence)
  const from = dues.map((due) => ({
    order_id: due.order_id,
    from: firstPeriodOf(due, toDo.get(due.order_id) ?? []),
  }))
  const others = groupByOrder(await listOccurrencesFrom(trx, from))
  // Each order gets its part of the batch; what is left of it goes to those that follow.
  const share = Math.max(1, Math.floor(mostOccurrences / claimed.length))
  const planned: Planned[] = []
  let linesLeft = mostLines
  for (const [index, due] of dues.entries()) {
    const lines = Math.max(1, claimed[index]?.lines ?? 1)
    const room = Math.max(planned.length === 0 ? 1 : 0, Math.floor(linesLeft / lines))
    if (room === 0) break
    const stored = merged(toDo.get(due.order_id) ?? [], others.get(due.order_id) ?? [])
    const order = planOrder(due, stored, claim.today, Math.min(share, room, occurrences))
    linesLeft -= lines * order.rows.length
    const failedBefore = new Set(stored.filter(({ state }) => state === 'failed').map(periodOf))
    planned.push({ ...order, order_id: due.order_id, failedBefore })
  }
  return planned
}

/** The rows as they are written: parked where that is asked for, and with the rates of their document dates. */
async function settle(
  trx: Trx,
  orders: readonly Planned[],
  park: Reason | undefined,
): Promise<{ rows: BatchRow[]; replacements: RateReplacement[] }> {
  const planned = orders.flatMap((order) => order.rows)
  if (park !== undefined) {
    return {
      rows: planned.map((row) => batchRow(row.state === 'invoiced' ? failed(row, park) : row)),
      replacements: [],
    }
  }
  const ended = await endedRates(trx, planned)
  if (ended === undefined) return { rows: planned.map((row) => batchRow(row)), replacements: [] }
  const replacements = new Map<string, RateReplacement>()
  const rows = planned.map((row) => {
    if (row.document_date === null) return batchRow(row)
    const date = row.document_date
    const over = (ended.ofOrder.get(row.order_id) ?? []).filter((rate) => isOver(rate, date))
    for (const rate of over) {
      const next = ended.rates.get(rateOn(ended.rates, rate.id, date) ?? '')
      if (next === undefined) return batchRow(failed(row, endedReason(rate)))
      replacements.set(`${date} ${rate.id}`, replacement(date, rate, next))
    }
    return batchRow(row, over.length > 0)
  })
  return { rows, replacements: [...replacements.values()] }
}

type EndedRates = { rates: ReadonlyMap<string, TaxRateRow>; ofOrder: ReadonlyMap<string, TaxRateRow[]> }

/** The rates of the planned orders that have ended by their document dates. Almost always there are none: undefined. */
async function endedRates(trx: Trx, planned: readonly PlannedRow[]): Promise<EndedRates | undefined> {
  const last = planned.map((row) => row.document_date ?? '').reduce(laterOf, '')
  const rates = new Map((await listTaxRateEnds(trx)).map((rate) => [rate.id, rate]))
  const over = [...rates.values()].filter((rate) => isOver(rate, last)).map((rate) => rate.id)
  if (over.length === 0) return undefined
  const orders = [...new Set(planned.map((row) => row.order_id))]
  const ofOrder = new Map<string, TaxRateRow[]>()
  for (const { order_id, tax_rate_id } of await listOrdersWithRates(trx, orders, over)) {
    const rate = rates.get(tax_rate_id)
    if (rate !== undefined) ofOrder.set(order_id, [...(ofOrder.get(order_id) ?? []), rate])
  }
  return { rates, ofOrder }
}

function isOver(rate: TaxRateRow, date: IsoDate): boolean {
  return rate.valid_to !== null && rate.valid_to < date
}

function endedReason(rate: TaxRateRow): Reason {
  return { code: 'tax_rate_ended', params: { rate: rate.name, ended_date: rate.valid_to ?? '' } }
}

/** With its note, printed on the invoice in the customer's language. */
function replacement(date: IsoDate, rate: TaxRateRow, next: TaxRateRow): RateReplacement {
  const params = { old: rate.name, next: next.name, ended_date: rate.valid_to ?? date }
  return {
    document_date: date,
    from_id: rate.id,
    to_id: next.id,
    note_en: translate('en', 'recurring.rate_replaced', params),
    note_fr: translate('fr', 'recurring.rate_replaced', params),
  }
}

function failed(row: PlannedRow, reason: Reason): PlannedRow {
  return { ...row, state: 'failed', reason, document_date: null, due_date: null, subject: null }
}

function batchRow(row: PlannedRow, renewed = false): BatchRow {
  const { reason, ...rest } = row
  return {
    ...rest,
    reason_code: reason?.code ?? null,
    reason_params: JSON.stringify(reason?.params ?? {}),
    renewed,
  }
}

function figuresOf(orders: readonly Planned[], rows: readonly BatchRow[]): BatchFigures {
  const count = (state: BatchRow['state']) => rows.filter((row) => row.state === state).length
  const before = new Map(orders.map((order) => [order.order_id, order.failedBefore]))
  return {
    orders: orders.filter((order) => order.rows.length > 0).map((order) => order.order_id),
    invoices: count('invoiced'),
    skipped: count('skipped'),
    held: count('held'),
    failed: count('failed'),
    failed_again: rows.filter((row) => row.state === 'failed' && before.get(row.order_id)?.has(periodOf(row)))
      .length,
  }
}

function periodOf({ frequency, period_start }: Pick<StoredOccurrence, 'frequency' | 'period_start'>): string {
  return `${frequency} ${period_start}`
}

function dueRecurrence(row: ClaimedRecurrence): DueRecurrence {
  const { days, end_of_month, day_of_month, lines: _, ...recurrence } = row
  return { ...recurrence, payment_term: { days, end_of_month, day_of_month } }
}

function groupByOrder(rows: readonly StoredOccurrence[]): Map<string, StoredOccurrence[]> {
  const groups = new Map<string, StoredOccurrence[]>()
  for (const row of rows) {
    const group = groups.get(row.order_id)
    if (group === undefined) groups.set(row.order_id, [row])
    else group.push(row)
  }
  return groups
}

/** A row to be billed stands in both lists where it is not older than the rest. */
function merged(toDo: readonly StoredOccurrence[], others: readonly StoredOccurrence[]): StoredOccurrence[] {
  const keys = new Set(toDo.map(periodOf))
  return [...toDo, ...others.filter((row) => !keys.has(periodOf(row)))]
}
