import { earlierOf, type IsoDate } from '../../lib/dates.ts'
import type { Frequency, OccurrenceState } from '../../lib/vocabulary.ts'
import { obstacleTo } from './obstacles.ts'
import { occurrencesFrom, periodOf, sharesADay } from './periods.ts'
import { type InvoiceDates, invoiceOf, occurrenceAt, type RecurrenceSettings } from './schedule.ts'

/** An order's recurrence with what decides about billing it, read under its lock. */
export type DueRecurrence = RecurrenceSettings & {
  readonly order_id: string
  /** The first run date not yet planned; null where only stored occurrences are to be billed. */
  readonly next_run_date: IsoDate | null
  /** The order's net: what each period bills. */
  readonly net: string
  readonly account_archived: boolean
  readonly account_code: string
}

/** A row of recurrence_occurrences, as far as planning needs it. */
export type StoredOccurrence = {
  readonly order_id: string
  readonly frequency: Frequency
  readonly period_start: IsoDate
  readonly period_end: IsoDate
  readonly run_date: IsoDate
  readonly service_start: IsoDate
  readonly service_end: IsoDate
  readonly state: OccurrenceState
  /** `due`, or `failed` and not yet tried again by this run. */
  readonly to_do: boolean
  readonly overlap_accepted: boolean
}

export type Reason = {
  readonly code: ReasonCode
  readonly params: Readonly<Record<string, string | number>>
}

export const reasonCodes = [
  'nothing_to_bill',
  'below_zero',
  'overlap',
  'account_archived',
  'tax_rate_ended',
  'cannot_plan',
  'cannot_write',
  'skipped_by_person',
  'draft_deleted',
  'held_by_person',
  'paused',
  'order_cancelled',
] as const

/** Why an occurrence stands without an invoice; the sentences are in languages/recurring-engine.ts. */
export type ReasonCode = (typeof reasonCodes)[number]

/** One occurrence and what becomes of it: an invoice, or a row that says why there is none. */
export type PlannedRow = {
  readonly order_id: string
  readonly frequency: Frequency
  readonly period_start: IsoDate
  readonly period_end: IsoDate
  readonly run_date: IsoDate
  readonly service_start: IsoDate
  readonly service_end: IsoDate
  readonly state: 'invoiced' | 'skipped' | 'held' | 'failed'
  readonly reason: Reason | null
  /** Of the invoice; null where none is made. */
  readonly document_date: IsoDate | null
  readonly due_date: IsoDate | null
  readonly subject: string | null
}

export type PlannedOrder = {
  readonly rows: readonly PlannedRow[]
  /** Where the next batch or run goes on. */
  readonly next_run_date: IsoDate | null
}

/**
 * What a run on `today` makes of one order: its stored occurrences that are to be billed, then those that have come due since,
 * oldest first and at most `limit`; the rest is for the next batch. An occurrence that has a row already is passed over.
 *
 * `stored` holds the order's rows that are to be billed and those whose period ends on or after `firstPeriodOf` the order, of
 * any frequency: nothing earlier can be the same period or overlap one.
 */
export function planOrder(
  due: DueRecurrence,
  stored: readonly StoredOccurrence[],
  today: IsoDate,
  limit: number,
): PlannedOrder {
  const rows: PlannedRow[] = []
  const billed = stored.filter((row) => row.state === 'invoiced' || row.state === 'credited')
  const open = stored.filter((row) => row.state !== 'skipped')
  const keys = new Set(stored.map((row) => keyOf(row.frequency, row.period_start)))
  const judge = (row: Calendar, others: readonly Calendar[]) => {
    const clash = others.find((other) => other.frequency !== row.frequency && sharesADay(other, row))
    return reasonAgainst(due, clash)
  }

  for (const row of toBill(stored, today).slice(0, limit)) {
    const made = rows.filter(({ state }) => state === 'invoiced')
    const reason = judge(row, row.overlap_accepted ? [] : [...billed, ...made])
    rows.push(settled(row, reason, () => invoiceOf(due, row.frequency, row.run_date, today)))
  }

  let next = due.next_run_date
  if (next !== null) {
    for (const { k, run_date } of occurrencesFrom(due, next)) {
      const period = periodOf(due.frequency, run_date)
      if (keys.has(keyOf(due.frequency, period.start))) continue
      if (run_date > today || rows.length >= limit) return { rows, next_run_date: run_date }
      const row = { ...occurrenceAt(due, k), order_id: due.order_id, frequency: due.frequency }
      rows.push(settled(row, judge(row, open), () => invoiceOf(due, due.frequency, run_date, today)))
    }
    next = null
  }
  return { rows, next_run_date: next }
}

/** Rows whose period ends before it cannot be what is planned next, nor overlap it. */
export function firstPeriodOf(due: DueRecurrence, toDo: readonly StoredOccurrence[]): IsoDate {
  const planned = due.next_run_date === null ? [] : [periodOf(due.frequency, due.next_run_date).start]
  return [...planned, ...toDo.map((row) => row.period_start)].reduce(earlierOf, '2999-12-31')
}

type Calendar = Pick<StoredOccurrence, 'frequency' | 'period_start' | 'period_end'>

function keyOf(frequency: Frequency, periodStart: IsoDate): string {
  return `${frequency} ${periodStart}`
}

function toBill(stored: readonly StoredOccurrence[], today: IsoDate): StoredOccurrence[] {
  return stored
    .filter((row) => row.to_do && row.run_date <= today)
    .sort((a, b) => (a.run_date < b.run_date ? -1 : 1))
}

/** The obstacle with what its sentence names, null where there is none. */
function reasonAgainst(due: DueRecurrence, clash: Calendar | undefined): Reason | null {
  const code = obstacleTo(due, clash !== undefined)
  if (code === null) return null
  if (code === 'account_archived') return { code, params: { account: due.account_code } }
  const params =
    code === 'overlap' && clash ? { from_date: clash.period_start, to_date: clash.period_end } : {}
  return { code, params }
}

function stateFor(code: ReasonCode): 'skipped' | 'held' | 'failed' {
  switch (code) {
    case 'nothing_to_bill':
    case 'skipped_by_person':
    case 'draft_deleted':
    case 'paused':
    case 'order_cancelled':
      return 'skipped'
    case 'below_zero':
    case 'overlap':
    case 'held_by_person':
      return 'held'
    default:
      return 'failed'
  }
}

const noDates = { document_date: null, due_date: null, subject: null }

function settled(
  row: Omit<PlannedRow, 'state' | 'reason' | keyof InvoiceDates>,
  reason: Reason | null,
  dates: () => InvoiceDates,
): PlannedRow {
  const { order_id, frequency, period_start, period_end, run_date, service_start, service_end } = row
  const base = { order_id, frequency, period_start, period_end, run_date, service_start, service_end }
  if (reason !== null) return { ...base, ...noDates, state: stateFor(reason.code), reason }
  try {
    const { document_date, due_date, subject } = dates()
    return { ...base, document_date, due_date, subject, state: 'invoiced', reason: null }
  } catch (error) {
    // A subject or a date that no form would have taken, brought by an import: this one waits, the others do not.
    const detail = error instanceof Error ? error.message : String(error)
    return { ...base, ...noDates, state: 'failed', reason: { code: 'cannot_plan', params: { detail } } }
  }
}
