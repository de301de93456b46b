import { z } from 'zod'
import { type Translate, translator } from '../../languages/translate.ts'
import { isIsoDate } from '../../lib/dates.ts'
import { formatsIn } from '../../lib/format.ts'
import { documentDatePreferences, frequencies, servicePeriods } from '../../lib/vocabulary.ts'
import { initialInvoiceStatuses } from '../../services/recurring/recurrence-form.ts'
import type { Change, HistoryWords } from './history-changes.ts'

/** What the record of a saved recurrence says, setting by setting; whether it was turned on or off is its title. */
export function recurrenceChanges(recorded: unknown, words: HistoryWords): Change[] {
  if (typeof recorded !== 'object' || recorded === null) return []
  const t = translator(words.language)
  const found = new Map(Object.entries(recorded))
  return Object.entries(labels(t)).flatMap(([name, label]): Change[] => {
    const change = changeSchema.safeParse(found.get(name))
    if (!change.success) return []
    const { from, to } = change.data
    return [{ label, from: inWords(t, name, from, words), to: inWords(t, name, to, words) }]
  })
}

type Value = z.output<typeof value>

const value = z.union([z.string(), z.boolean(), z.array(z.string()), z.null()])
const changeSchema = z.object({ from: value, to: value })

function labels(t: Translate): Readonly<Record<string, string>> {
  return {
    frequency: t('recurrence.frequency'),
    start_date: t('recurrence.start_date'),
    end_date: t('recurrence.end_date'),
    last_day: t('recurrence.last_day'),
    bill_from: t('recurrence.bill_from'),
    service_period: t('recurrence.service_period'),
    payment_term_id: t('recurrence.payment_term'),
    initial_invoice_status: t('recurrence.initial_invoice_status'),
    invoice_subject: t('recurrence.invoice_subject'),
    document_date_preference: t('recurrence.document_date_preference'),
    recipients: t('recurrence.recipients'),
    responsible_id: t('recurrence.responsible'),
  }
}

function inWords(t: Translate, name: string, recorded: Value, words: HistoryWords): string {
  if (recorded === null || recorded === '') return ''
  if (typeof recorded === 'boolean') return t(recorded ? 'general.yes' : 'general.no')
  if (Array.isArray(recorded)) return recorded.join(', ')
  const word = choiceInWords(t, name, recorded)
  if (word !== undefined) return word
  if (isIsoDate(recorded)) return formatsIn(words.language).date(recorded)
  return words.names.get(recorded) ?? recorded
}

function choiceInWords(t: Translate, name: string, recorded: string): string | undefined {
  const is = (each: string) => each === recorded
  const [frequency, status] = [frequencies.find(is), initialInvoiceStatuses.find(is)]
  const [preference, service] = [documentDatePreferences.find(is), servicePeriods.find(is)]
  if (name === 'frequency' && frequency) return t(`recurrence.frequency.${frequency}`)
  if (name === 'initial_invoice_status' && status) return t(`recurrence.initial_invoice_status.${status}`)
  if (name === 'document_date_preference' && preference)
    return t(`recurrence.document_date_preference.${preference}`)
  return name === 'service_period' && service ? t(`recurrence.service_period.${service}`) : undefined
}
