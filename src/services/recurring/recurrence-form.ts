import { z } from 'zod'
import type { Recurrence, RecurringOrder } from '../../data/recurrences.ts'
import { type IsoDate, laterOf } from '../../lib/dates.ts'
import { Fields } from '../../lib/fields.ts'
import {
  checkbox,
  choice,
  date,
  emails,
  mistake,
  type Parsed,
  parseFields,
  reference,
  text,
  wholeNumber,
} from '../../lib/form-schema.ts'
import { documentDatePreferences, frequencies, servicePeriods } from '../../lib/vocabulary.ts'
import { presetServicePeriod } from './periods.ts'
import { scheduleMistakes } from './schedule.ts'
import { subjectMistakes } from './subject.ts'

export const initialInvoiceStatuses = ['automatically_created', 'created', 'approved', 'sent'] as const

/** The settings of a recurrence as a person gives them, presets resolved but for the payment term's. */
export type RecurrenceForm = Omit<z.output<typeof schema>, 'start_date' | 'bill_from' | 'service_period'> & {
  start_date: IsoDate
  bill_from: IsoDate
  service_period: (typeof servicePeriods)[number]
}

/** What the form of an order that does not recur yet begins with; the reasons stand in docs/rules/recurrence-settings.md. */
export function presetValues(order: RecurringOrder, today: IsoDate): Record<string, string> {
  return {
    enabled: 'on',
    frequency: 'monthly',
    start_date: laterOf(today, order.order_date),
    end_date: '',
    payment_term_id: '',
    initial_invoice_status: 'created',
    // A brace in an order's subject is plain text there and would be a variable here.
    invoice_subject: `${order.subject.replaceAll(/[{}]/g, '').slice(0, 180)} {MMM} {YYYY}`.trim(),
    document_date_preference: 'date_created',
    bill_from: '',
    service_period: '',
    recipients: order.contact_email,
    responsible_id: order.assigned_to_id ?? '',
    version: '0',
  }
}

/** Saved settings as the form shows them: what follows from another field stays empty, so that it goes on following. */
export function valuesOf(recurrence: Recurrence): Record<string, string> {
  return {
    enabled: recurrence.enabled ? 'on' : '',
    frequency: recurrence.frequency,
    start_date: recurrence.start_date,
    end_date: recurrence.end_date ?? '',
    payment_term_id: recurrence.payment_term_id,
    initial_invoice_status: recurrence.initial_invoice_status,
    invoice_subject: recurrence.invoice_subject,
    document_date_preference: recurrence.document_date_preference,
    last_day: recurrence.last_day ? 'on' : '',
    bill_from: recurrence.bill_from === recurrence.start_date ? '' : recurrence.bill_from,
    service_period:
      recurrence.service_period === presetServicePeriod(recurrence.frequency)
        ? ''
        : recurrence.service_period,
    recipients: recurrence.recipients.join(', '),
    responsible_id: recurrence.responsible_id ?? '',
    version: String(recurrence.version),
  }
}

/**
 * Reads the form. A field that was not sent at all keeps what `before` has (saved, or the preset), so that a caller may send only
 * what changes; an unticked box sends nothing and is off.
 */
export function parseRecurrence(
  fields: Fields,
  before: Readonly<Record<string, string>>,
): Parsed<RecurrenceForm> {
  const kept = Object.entries(before).filter(
    ([name]) => !boxes.has(name) && !unkept.has(name) && !fields.has(name),
  )
  const parsed = parseFields(schema, new Fields([...fields.entries, ...kept]))
  if (!parsed.ok) return parsed
  const { start_date, bill_from, service_period, ...rest } = parsed.value
  const form: RecurrenceForm = {
    ...rest,
    start_date,
    bill_from: bill_from ?? start_date,
    service_period: service_period === '' ? presetServicePeriod(rest.frequency) : service_period,
  }
  const errors = [...scheduleMistakes(form)]
  return errors.length === 0 ? { ok: true, value: form } : { ok: false, errors }
}

const boxes = new Set(['enabled', 'last_day', 'bill_parent', 'bill_paused', 'confirm_catch_up'])
// An absent version is not compared.
const unkept = new Set(['version'])

const schema = z.object({
  enabled: checkbox(),
  frequency: choice(frequencies),
  start_date: date({ missing: 'recurrence.start_date.missing' }).transform((typed) => typed ?? ''),
  end_date: date(),
  payment_term_id: reference(),
  initial_invoice_status: choice(initialInvoiceStatuses, { preset: 'created' }),
  invoice_subject: text({ max: 200 }).transform((subject, context) => {
    for (const { key, params } of subjectMistakes(subject)) context.addIssue(mistake(key, params))
    return subject
  }),
  document_date_preference: choice(documentDatePreferences, { preset: 'date_created' }),
  last_day: checkbox(),
  bill_from: date(),
  service_period: choice(['', ...servicePeriods]),
  recipients: emails(),
  responsible_id: reference(),
  bill_paused: checkbox(),
  confirm_catch_up: checkbox(),
  // Invoices hold the order's lines alone and go to its own account: anything else would be dropped in silence.
  usage_scope: onlyPreset('none', 'recurrence.usage.not_billed'),
  usage_filter_id: onlyPreset('', 'recurrence.usage.not_billed'),
  usage_aggregation: onlyPreset('period', 'recurrence.usage.not_billed'),
  bill_parent: onlyPreset('', 'recurrence.bill_parent.not_billed'),
  version: wholeNumber({ min: 0, max: 1_000_000_000 }),
})

function onlyPreset(
  preset: string,
  key: 'recurrence.usage.not_billed' | 'recurrence.bill_parent.not_billed',
) {
  return z.string().transform((typed, context) => {
    if (typed !== '' && typed !== preset) context.addIssue(mistake(key))
    return preset
  })
}
