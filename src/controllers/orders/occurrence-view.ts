import type { OccurrenceRecord, RecurringOrder } from '../../data/recurrences.ts'
import type { Language } from '../../languages/sentences.ts'
import { say } from '../../languages/translate.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { formatDateRange, formatPeriod } from '../../lib/format.ts'
import { moneyText } from '../../lib/money.ts'
import type { Frequency } from '../../lib/vocabulary.ts'
import type { ForeseenOccurrence } from '../../services/recurring/catch-up.ts'
import { reasonSentence } from '../../services/recurring/occurrence-reasons.ts'
import type { OccurrencePeriods } from '../../services/recurring/schedule.ts'
import { outcomeText, wordsIn } from './recurrence-view.ts'

export type PeriodState = OccurrenceRecord['state'] | 'planned' | 'missing' | 'off'

/** One period as lists and its own page show it. */
export type OccurrenceRow = {
  frequency: Frequency
  period_start: IsoDate
  period_end: IsoDate
  run_date: IsoDate
  service_start: IsoDate
  service_end: IsoDate
  state: PeriodState
  invoice: { id: string; number: string | null } | null
  invoice_status: OccurrenceRecord['invoice_status']
  /** Of the invoice; null where there is none. */
  net: string | null
  reason_code: string | null
  /** Why there is no invoice, in the reader's language; '' where there is nothing to say. */
  reason: string
  period: string
  service: string
}

type Planned = Omit<OccurrencePeriods, 'k'> & { frequency: Frequency } & Partial<
    Pick<ForeseenOccurrence<OccurrenceRecord>, 'outcome' | 'overlaps'>
  >

/** A period with its row, or one that has none: then `day` says whether it is still to come. Without it, it is missing. */
export function occurrenceRow(
  language: Language,
  order: RecurringOrder,
  occurrence: OccurrenceRecord | Planned,
  day?: { today: IsoDate; enabled: boolean },
): OccurrenceRow {
  const { frequency, period_start, period_end, run_date, service_start, service_end } = occurrence
  const base = {
    frequency,
    period_start,
    period_end,
    run_date,
    service_start,
    service_end,
    period: formatPeriod(language, frequency, period_start),
    service: formatDateRange(language, service_start, service_end),
  }
  if (!('state' in occurrence)) {
    return {
      ...base,
      state: stateOfPlanned(run_date, day),
      invoice: null,
      invoice_status: null,
      net: null,
      reason_code: occurrence.outcome === 'invoice' ? null : (occurrence.outcome ?? null),
      reason: foreseenReason(language, order, occurrence),
    }
  }
  const { invoice_id, invoice_number, invoice_net, reason_code } = occurrence
  return {
    ...base,
    state: occurrence.state,
    invoice: invoice_id === null ? null : { id: invoice_id, number: invoice_number },
    invoice_status: occurrence.invoice_status,
    net: invoice_net === null ? null : moneyText(invoice_net, order.currency),
    reason_code,
    reason: reason_code === null ? '' : say(language, reasonSentence(occurrence)),
  }
}

/** What a period's state means, and what happens next. */
export function stateSentence(language: Language, row: OccurrenceRow): string {
  const { t } = wordsIn(language)
  switch (row.state) {
    case 'planned':
    case 'missing':
      return t(`occurrence.sentence.${row.state}`, { run_date: row.run_date })
    case 'skipped':
    case 'held':
    case 'failed':
      return row.reason
    default:
      return t(`occurrence.sentence.${row.state}`)
  }
}

function stateOfPlanned(
  runDate: IsoDate,
  day: { today: IsoDate; enabled: boolean } | undefined,
): PeriodState {
  if (day === undefined || (day.enabled && runDate < day.today)) return 'missing'
  if (!day.enabled) return 'off'
  return runDate === day.today ? 'due' : 'planned'
}

function foreseenReason(language: Language, order: RecurringOrder, planned: Planned): string {
  const { outcome, overlaps } = planned
  return outcome === undefined ? '' : (outcomeText(wordsIn(language), order, { outcome, overlaps }) ?? '')
}
