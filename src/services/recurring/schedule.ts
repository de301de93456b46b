import type { FieldError } from '../../languages/catalog.ts'
import type { IsoDate } from '../../lib/dates.ts'
import type { DocumentDatePreference, Frequency, ServicePeriod } from '../../lib/vocabulary.ts'
import { dueDate, type PaymentTerm } from '../payment-terms/due-date.ts'
import { documentDate } from './document-dates.ts'
import {
  canRunOnLastDay,
  lastDayOf,
  type Occurrence,
  occurrencesFrom,
  periodOf,
  runDate,
  type Schedule,
  servicePeriodOf,
} from './periods.ts'
import { subjectOn } from './subject.ts'

/** All that decides an occurrence's dates and subject. Amounts, parties and status are none of it. */
export type RecurrenceSettings = Schedule & {
  readonly service_period: ServicePeriod
  readonly document_date_preference: DocumentDatePreference
  readonly payment_term: PaymentTerm
  readonly invoice_subject: string
  /** BCP 47 tag of the language of the account billed, for month names. */
  readonly language: string
}

export type PlannedOccurrence = Occurrence & {
  /** The calendar period of the run date, both days included. With order and frequency it names the occurrence. */
  readonly period_start: IsoDate
  readonly period_end: IsoDate
  /** The period of service that is printed, both days included. */
  readonly service_start: IsoDate
  readonly service_end: IsoDate
  readonly document_date: IsoDate
  readonly due_date: IsoDate
  readonly subject: string
}

/** What one occurrence comes to when it is generated on `today` (or on its run date, where that is still to come). */
export function planOccurrence(settings: RecurrenceSettings, k: number, today: IsoDate): PlannedOccurrence {
  const occurrence = occurrenceAt(settings, k)
  return { ...occurrence, ...invoiceOf(settings, settings.frequency, occurrence.run_date, today) }
}

export type OccurrencePeriods = Omit<PlannedOccurrence, keyof InvoiceDates>
export type InvoiceDates = Pick<PlannedOccurrence, 'document_date' | 'due_date' | 'subject'>

/** Occurrence `k` with its periods: what identifies it, whenever it is generated. */
export function occurrenceAt(
  settings: Schedule & Pick<RecurrenceSettings, 'service_period'>,
  k: number,
): OccurrencePeriods {
  const { frequency } = settings
  const run_date = runDate(settings.start_date, frequency, k, settings.last_day)
  const period = periodOf(frequency, run_date)
  const service = servicePeriodOf(settings, k, settings.service_period)
  return {
    k,
    run_date,
    period_start: period.start,
    period_end: lastDayOf(period),
    service_start: service.start,
    service_end: lastDayOf(service),
  }
}

/** What its invoice bears. The occurrence may be one of an earlier frequency. Throws where the subject has a mistake. */
export function invoiceOf(
  settings: Pick<
    RecurrenceSettings,
    'document_date_preference' | 'payment_term' | 'invoice_subject' | 'language'
  >,
  frequency: Frequency,
  runDate: IsoDate,
  today: IsoDate,
): InvoiceDates {
  const document_date = documentDate(settings.document_date_preference, frequency, runDate, today)
  return {
    document_date,
    due_date: dueDate(document_date, settings.payment_term),
    subject: subjectOn(settings.invoice_subject, document_date, settings.language),
  }
}

export type Range =
  | { readonly from: IsoDate; readonly to: IsoDate }
  | { readonly from: IsoDate; readonly limit: number }

/** The occurrences that run from one day to another, both included, or the first `limit` from a day on; in order. */
export function planOccurrences(
  settings: RecurrenceSettings,
  range: Range,
  today: IsoDate,
): readonly PlannedOccurrence[] {
  const planned: PlannedOccurrence[] = []
  const until = 'to' in range ? range.to : undefined
  const limit = 'limit' in range ? range.limit : Number.POSITIVE_INFINITY
  if (limit <= 0) return planned
  for (const { k } of occurrencesFrom(settings, range.from, until)) {
    planned.push(planOccurrence(settings, k, today))
    if (planned.length >= limit) break
  }
  return planned
}

/**
 * What is wrong with a schedule whose fields are well formed each; the names are those of the recurrence's form.
 * The subject has its own: `subjectMistakes`.
 */
export function scheduleMistakes(
  schedule: Pick<Schedule, 'frequency' | 'start_date' | 'end_date' | 'last_day'>,
): readonly FieldError[] {
  const { frequency, start_date, end_date, last_day } = schedule
  const mistakes: FieldError[] = []
  if (end_date !== null && end_date < start_date) {
    mistakes.push({ field: 'end_date', message: { key: 'rules.end_before_start', params: { start_date } } })
  }
  if (last_day && !canRunOnLastDay(frequency)) {
    mistakes.push({ field: 'last_day', message: { key: 'rules.last_day_needs_months' } })
  }
  return mistakes
}
