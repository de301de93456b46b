import type { IsoDate } from '../../lib/dates.ts'
import { bills, type ForeseenOccurrence, type KnownOccurrence, shownDates } from './catch-up.ts'
import { type PlannedOccurrence, planOccurrences, type RecurrenceSettings } from './schedule.ts'

/** What of a period's row can change with the settings; each null where it stays. */
export type RowChange = {
  readonly run_date: IsoDate | null
  readonly document_date: IsoDate | null
  readonly due_date: IsoDate | null
  readonly subject: string | null
}

export type ComparedRow<K extends KnownOccurrence = KnownOccurrence> = {
  readonly kind: 'kept' | 'changed' | 'added' | 'dropped'
  readonly planned: PlannedOccurrence
  readonly foreseen: ForeseenOccurrence<K> | null
  /** The saved values of what changes. */
  readonly before: RowChange
}

const unchanged: RowChange = { run_date: null, document_date: null, due_date: null, subject: null }

/**
 * The coming dates beside those of the saved settings, period by period. Periods that have their row stay as they are. Those that
 * the saved settings would have billed and the new ones do not are `dropped`; under another frequency no period answers to
 * another, so nothing is compared.
 */
export function compareRows<K extends KnownOccurrence>(
  coming: readonly ForeseenOccurrence<K>[],
  settings: RecurrenceSettings,
  saved: { settings: RecurrenceSettings; known: readonly K[] } | null,
  today: IsoDate,
): readonly ComparedRow<K>[] {
  if (saved === null || saved.settings.frequency !== settings.frequency) {
    return coming.map((foreseen) => row('kept', foreseen))
  }
  const before = planOccurrences(saved.settings, { from: today, limit: looksBack }, today)
  const old = new Map(before.map((was) => [was.period_start, was]))
  const horizon = before.length < looksBack ? undefined : before[looksBack - 1]?.period_start
  const compared = coming.map((foreseen) => {
    const was = old.get(foreseen.period_start)
    if (foreseen.known !== undefined) return row('kept', foreseen)
    if (was !== undefined)
      return row(differ(was, foreseen) ? 'changed' : 'kept', foreseen, differences(was, foreseen))
    return row(horizon === undefined || foreseen.period_start <= horizon ? 'added' : 'kept', foreseen)
  })
  const settled = new Set(saved.known.map((known) => `${known.frequency} ${known.period_start}`))
  const end = coming[coming.length - 1]?.period_start ?? ''
  const gone = before.filter(
    (was) => !bills(settings, was) && !settled.has(`${settings.frequency} ${was.period_start}`),
  )
  const dropped = [
    ...gone.filter((was) => was.period_start < end),
    ...gone.filter((was) => was.period_start > end).slice(0, shownDates - coming.length),
  ].map((was): ComparedRow<K> => ({ kind: 'dropped', planned: was, foreseen: null, before: unchanged }))
  return [...compared, ...dropped].sort((a, b) => (a.planned.run_date < b.planned.run_date ? -1 : 1))
}

// How far the saved dates are followed to tell a new period from one that merely lies further on.
const looksBack = 4 * shownDates

function row<K extends KnownOccurrence>(
  kind: ComparedRow['kind'],
  foreseen: ForeseenOccurrence<K>,
  before: RowChange = unchanged,
): ComparedRow<K> {
  return { kind, planned: foreseen, foreseen, before }
}

function differ(was: PlannedOccurrence, is: PlannedOccurrence): boolean {
  return Object.values(differences(was, is)).some((value) => value !== null)
}

function differences(was: PlannedOccurrence, is: PlannedOccurrence): RowChange {
  return {
    run_date: was.run_date === is.run_date ? null : was.run_date,
    document_date: was.document_date === is.document_date ? null : was.document_date,
    due_date: was.due_date === is.due_date ? null : was.due_date,
    subject: was.subject === is.subject ? null : was.subject,
  }
}
