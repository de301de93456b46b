import { addDays, earlierOf, type IsoDate, lastYear, laterOf } from '../../lib/dates.ts'
import { moneyText, multiply } from '../../lib/money.ts'
import { firstOf, inBoth, type Span, sizeOf, spansOf, without } from '../../lib/spans.ts'
import type { Frequency } from '../../lib/vocabulary.ts'
import { type Obstacle, obstacleTo } from './obstacles.ts'
import {
  canRunOnLastDay,
  firstOccurrenceOnOrAfter,
  periodOf,
  runDate,
  type Schedule,
  sharesADay,
} from './periods.ts'
import type { StoredOccurrence } from './plan-batch.ts'
import {
  type OccurrencePeriods,
  occurrenceAt,
  type PlannedOccurrence,
  planOccurrence,
  type RecurrenceSettings,
} from './schedule.ts'

/** How many coming dates are shown, and how many missed periods are billed without asking again. */
export const shownDates = 12
export const mostMissedUnasked = 12

/** A period that has its row already, whatever became of it; as much of it as planning asks. */
export type KnownOccurrence = Pick<
  StoredOccurrence,
  'frequency' | 'period_start' | 'period_end' | 'run_date' | 'state'
>

/** What a run will make of a period that has no row yet: an invoice, or a row with this reason. */
export type Outcome = 'invoice' | 'paused' | Obstacle

export type ForeseenOccurrence<K extends KnownOccurrence = KnownOccurrence> = PlannedOccurrence & {
  readonly outcome: Outcome
  /** Its row, where it has one: then nothing more happens by itself, but to one that is `due`. */
  readonly known: K | undefined
  /** The period of another frequency that shares days with it and so holds it. */
  readonly overlaps: K | undefined
  /** The month has no such day, so it runs on its last one. */
  readonly moved: boolean
}

export type Circumstances<K extends KnownOccurrence = KnownOccurrence> = {
  readonly enabled: boolean
  readonly known: readonly K[]
  /** What each period comes to: the order's net as it is now. */
  readonly net: string
  readonly currency: string
  readonly account_archived: boolean
  /** The organisation's own day. */
  readonly today: IsoDate
  /** The organisation's day on which a recurrence that is enabled again was switched off. Null: it was not off. */
  readonly disabled_date: IsoDate | null
  readonly bill_paused: boolean
}

export type Foresight<K extends KnownOccurrence = KnownOccurrence> = {
  /** The first run date that is not planned yet; null where the recurrence is off or none is left. */
  readonly next_run_date: IsoDate | null
  readonly next_document_date: IsoDate | null
  /** The next twelve from today on, those with a row among them. */
  readonly coming: readonly ForeseenOccurrence<K>[]
  /** Run dates before today, without row: invoices that the next run makes. The list ends after twelve. */
  readonly missed: Group<K> & { readonly sum: string }
  /** Missed ones that the next run holds, since another frequency has billed their days. */
  readonly held: Group<K>
  /** Those that fell into the pause; without `bill_paused` they become skipped. */
  readonly paused: Group<K>
  /** Rows, of any frequency, that the next run bills or tries again. */
  readonly waiting: readonly K[]
  readonly needs_confirmation: boolean
}

export type Group<K extends KnownOccurrence = KnownOccurrence> = {
  readonly count: number
  readonly listed: readonly ForeseenOccurrence<K>[]
}

/**
 * What will happen under some settings: form, preview, the question before a long catch-up and the save itself ask this one
 * function, so that they cannot disagree. Counts without walking: a mistyped century costs no more than a month.
 */
export function foresee<K extends KnownOccurrence>(
  settings: RecurrenceSettings,
  circumstances: Circumstances<K>,
): Foresight<K> {
  const { enabled, known, net, currency, today, bill_paused } = circumstances
  if (!enabled) return nothing(currency)
  const sets = setsOf(settings, circumstances)
  const own = new Map(known.filter(isOf(settings.frequency)).map((row) => [row.period_start, row]))
  const others = known.filter((row) => row.frequency !== settings.frequency && row.state !== 'skipped')
  const show = (k: number, forced?: Outcome): ForeseenOccurrence<K> => {
    const planned = planOccurrence(settings, k, today)
    const overlaps = others.find((row) => sharesADay(planned, row))
    const outcome = forced ?? outcomeOf(circumstances, overlaps)
    return {
      ...planned,
      outcome,
      overlaps,
      known: own.get(planned.period_start),
      moved: isMoved(settings, planned),
    }
  }
  const group = (spans: readonly Span[], forced?: Outcome): Group<K> => ({
    count: sizeOf(spans),
    listed: firstOf(spans, shownDates).map((k) => show(k, forced)),
  })
  const [next] = firstOf(without(sets.unplanned, bill_paused ? [] : sets.paused), 1)
  const missed = group(outcomeOf(circumstances, undefined) === 'invoice' ? sets.missed : [])
  return {
    ...nextDates(settings, next, today),
    coming: firstOf(sets.coming, shownDates).map((k) => show(k)),
    missed: { ...missed, sum: moneyText(multiply(net, String(missed.count)), currency) },
    held: group(sets.held),
    paused: group(sets.paused, bill_paused ? undefined : 'paused'),
    waiting: known.filter((row) => isToBill(row) && row.run_date <= today),
    needs_confirmation: missed.count > mostMissedUnasked,
  }
}

/** Every period that enabling again leaves out for good: what the save writes as skipped. */
export function pausedOccurrences(
  settings: RecurrenceSettings,
  circumstances: Circumstances,
): readonly OccurrencePeriods[] {
  if (!circumstances.enabled || circumstances.bill_paused) return []
  const { paused } = setsOf(settings, circumstances)
  return firstOf(paused, Number.POSITIVE_INFINITY).map((k) => occurrenceAt(settings, k))
}

/**
 * The run date of the first occurrence, from `bill_from` on, whose period has no row. Null where none is left before the
 * end. It is the run's only way to an order, so whoever writes or removes a row sets it anew.
 */
export function nextRunDate(schedule: Schedule, known: readonly KnownOccurrence[]): IsoDate | null {
  const [k] = firstOf(without(occurrencesOf(schedule), rowsOf(schedule, known)), 1)
  return k === undefined ? null : runDateOf(schedule, k)
}

/** Whether a period, of the schedule's own frequency, is one of those that it bills. */
export function bills(
  schedule: Schedule,
  period: Pick<KnownOccurrence, 'period_start' | 'period_end'>,
): boolean {
  const k = firstOccurrenceOnOrAfter(schedule, period.period_start)
  return (
    runDateOf(schedule, k) <= period.period_end && sizeOf(inBoth(occurrencesOf(schedule), [[k, k]])) === 1
  )
}

// Occurrences are counted by k, their place after the start, so that sets of them are spans of whole numbers.
function setsOf(settings: RecurrenceSettings, circumstances: Circumstances) {
  const { known, today, disabled_date, bill_paused } = circumstances
  const all = occurrencesOf(settings)
  const todays = firstOccurrenceOnOrAfter(settings, today)
  const unplanned = without(all, rowsOf(settings, known))
  const past = inBoth(unplanned, [[0, todays - 1]])
  const paused =
    disabled_date === null ? [] : inBoth(past, [[firstPaused(settings, known, disabled_date), todays]])
  const open = bill_paused ? past : without(past, paused)
  const held = inBoth(open, overlapsOf(settings.frequency, settings, known))
  return {
    unplanned,
    coming: inBoth(all, [[todays, Number.POSITIVE_INFINITY]]),
    paused,
    held,
    missed: without(open, held),
  }
}

/** From `bill_from` to the end, whether planned already or not. */
function occurrencesOf(schedule: Schedule): readonly Span[] {
  const end = earlierOf(schedule.end_date ?? lastDay, lastDay)
  const first = firstOccurrenceOnOrAfter(
    schedule,
    laterOf(schedule.start_date, schedule.bill_from ?? schedule.start_date),
  )
  return spansOf([[first, firstOccurrenceOnOrAfter(schedule, addDays(end, 1)) - 1]])
}

/** Rows of the same frequency, each at the occurrence that would run in its period now. */
function rowsOf(schedule: Schedule, known: readonly KnownOccurrence[]): readonly Span[] {
  return spansOf(
    known.filter(isOf(schedule.frequency)).flatMap((row): Span[] => {
      const k = firstOccurrenceOnOrAfter(schedule, row.period_start)
      return runDateOf(schedule, k) <= row.period_end ? [[k, k]] : []
    }),
  )
}

/** Occurrences whose period shares days with one of another frequency that was not skipped. */
function overlapsOf(
  frequency: Frequency,
  schedule: Schedule,
  known: readonly KnownOccurrence[],
): readonly Span[] {
  const others = known.filter((row) => row.frequency !== frequency && row.state !== 'skipped')
  return spansOf(
    others.map((row): Span => {
      const [from, until] = [
        periodOf(frequency, row.period_start).start,
        periodOf(frequency, row.period_end).until,
      ]
      return [firstOccurrenceOnOrAfter(schedule, from), firstOccurrenceOnOrAfter(schedule, until) - 1]
    }),
  )
}

/** The pause begins after the last occurrence that was planned when it was switched off; one that never ran was paused all along. */
function firstPaused(schedule: Schedule, known: readonly KnownOccurrence[], disabledDate: IsoDate): number {
  const before = known.map((row) => row.run_date).filter((date) => date <= disabledDate)
  const last = before.reduce<IsoDate | undefined>((a, b) => (a === undefined ? b : laterOf(a, b)), undefined)
  return last === undefined ? 0 : firstOccurrenceOnOrAfter(schedule, addDays(last, 1))
}

function outcomeOf(circumstances: Circumstances, overlaps: KnownOccurrence | undefined): Outcome {
  return obstacleTo(circumstances, overlaps !== undefined) ?? 'invoice'
}

function isToBill(row: KnownOccurrence): boolean {
  return row.state === 'due' || row.state === 'failed'
}

function isMoved(schedule: Schedule, planned: PlannedOccurrence): boolean {
  if (!canRunOnLastDay(schedule.frequency) || schedule.last_day) return false
  return planned.run_date.slice(8) !== schedule.start_date.slice(8)
}

function nextDates(settings: RecurrenceSettings, k: number | undefined, today: IsoDate) {
  if (k === undefined) return { next_run_date: null, next_document_date: null }
  const { run_date, document_date } = planOccurrence(settings, k, today)
  return { next_run_date: run_date, next_document_date: document_date }
}

function nothing<K extends KnownOccurrence>(currency: string): Foresight<K> {
  const none: Group<K> = { count: 0, listed: [] }
  return {
    next_run_date: null,
    next_document_date: null,
    coming: [],
    missed: { ...none, sum: moneyText('0', currency) },
    held: none,
    paused: none,
    waiting: [],
    needs_confirmation: false,
  }
}

function runDateOf(schedule: Schedule, k: number): IsoDate {
  return runDate(schedule.start_date, schedule.frequency, k, schedule.last_day)
}

function isOf(frequency: Frequency): (row: KnownOccurrence) => boolean {
  return (row) => row.frequency === frequency
}

// A recurrence without end goes on to the last year that forms accept.
const lastDay: IsoDate = `${lastYear}-12-31`
