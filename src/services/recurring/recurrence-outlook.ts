import type { Database } from '../../data/database.ts'
import { findPaymentTerm } from '../../data/payment-terms.ts'
import {
  listOrderOccurrences,
  type OccurrenceRecord,
  type Recurrence,
  type RecurringOrder,
} from '../../data/recurrences.ts'
import type { Row } from '../../data/tables.ts'
import { listUsersOfOrganisation } from '../../data/users.ts'
import type { Refusal } from '../../errors.ts'
import type { FieldError, Message } from '../../languages/catalog.ts'
import { todayIn } from '../../lib/dates.ts'
import { type Circumstances, type Foresight, foresee, mostMissedUnasked } from './catch-up.ts'
import type { RecurrenceForm } from './recurrence-form.ts'
import type { RecurrenceSettings } from './schedule.ts'
import { subjectMistakes } from './subject.ts'

export type Outlook = {
  settings: RecurrenceSettings
  circumstances: Circumstances<OccurrenceRecord>
  foresight: Foresight<OccurrenceRecord>
  /** The term that '' stands for is resolved. */
  payment_term: Row<'payment_terms'>
  errors: readonly FieldError[]
}

/**
 * What a form's settings come to for an order: the same reading for the form's page, the preview and the save. Mistakes that only
 * the database can tell are in `errors`; without a payment term there is no outlook.
 */
export async function outlookOf(
  db: Database,
  order: RecurringOrder,
  saved: Recurrence | undefined,
  form: RecurrenceForm,
  now: Date,
): Promise<Outlook | { errors: readonly FieldError[] }> {
  const term = await termOf(db, order, saved, form.payment_term_id)
  const errors = await responsibleMistakes(db, order, form.responsible_id)
  if ('key' in term) return { errors: [{ field: 'payment_term_id', message: term }, ...errors] }
  const settings = settingsOf(form, term, order)
  const circumstances = await circumstancesOf(db, order, saved, form, now)
  const foresight = foresee(settings, circumstances)
  return {
    settings,
    circumstances,
    foresight,
    payment_term: term,
    errors: [...errors, ...confirmationMistakes(order, form, foresight)],
  }
}

/** The saved settings' own outlook: what the order's page and the JSON say of the next run. */
export async function savedOutlook(
  db: Database,
  order: RecurringOrder,
  saved: Recurrence,
  now: Date,
): Promise<Pick<Outlook, 'settings' | 'circumstances' | 'foresight'>> {
  const settings = await savedSettings(db, order, saved)
  const choice = { enabled: saved.enabled, bill_paused: true }
  const circumstances = await circumstancesOf(db, order, saved, choice, now)
  return { settings, circumstances, foresight: foresee(settings, circumstances) }
}

export async function savedSettings(
  db: Database,
  order: RecurringOrder,
  saved: Recurrence,
): Promise<RecurrenceSettings> {
  const term = await findPaymentTerm(db, saved.payment_term_id)
  if (term === undefined) throw new Error(`Payment term ${saved.payment_term_id} is gone`)
  return settingsOf({ ...saved, invoice_subject: readable(saved.invoice_subject) }, term, order)
}

/** A subject that no form would have taken, brought by hand: its pages must open all the same, so that it can be mended. */
function readable(subject: string): string {
  return subjectMistakes(subject).length === 0 ? subject : subject.replaceAll(/[{}]/g, '') || '–'
}

/** Why an order cannot recur now; empty where it can. */
export function refusalsToRecur(order: Pick<RecurringOrder, 'status' | 'number'>): readonly Refusal[] {
  if (order.status !== 'cancelled') return []
  const message: Message = { key: 'recurrence.refused.cancelled', params: { number: order.number } }
  return [{ code: 'order_cancelled', message }]
}

type Scheduling = Pick<
  Recurrence,
  | 'frequency'
  | 'start_date'
  | 'end_date'
  | 'last_day'
  | 'bill_from'
  | 'service_period'
  | 'document_date_preference'
  | 'invoice_subject'
>

function settingsOf(
  form: Scheduling,
  term: Row<'payment_terms'>,
  order: Pick<RecurringOrder, 'language'>,
): RecurrenceSettings {
  return {
    frequency: form.frequency,
    start_date: form.start_date,
    end_date: form.end_date,
    last_day: form.last_day,
    bill_from: form.bill_from,
    service_period: form.service_period,
    document_date_preference: form.document_date_preference,
    invoice_subject: form.invoice_subject,
    payment_term: { days: term.days, end_of_month: term.end_of_month, day_of_month: term.day_of_month },
    language: order.language,
  }
}

async function circumstancesOf(
  db: Database,
  order: RecurringOrder,
  saved: Recurrence | undefined,
  choice: { enabled: boolean; bill_paused: boolean },
  now: Date,
): Promise<Circumstances<OccurrenceRecord>> {
  const offSince = saved?.disabled_at ?? null
  return {
    enabled: choice.enabled && order.status !== 'cancelled',
    known: await listOrderOccurrences(db, order.id),
    net: order.net,
    currency: order.currency,
    account_archived: order.account_archived,
    today: todayIn(order.time_zone, now),
    disabled_date: offSince === null ? null : todayIn(order.time_zone, new Date(offSince)),
    bill_paused: choice.bill_paused,
  }
}

/** The chosen term, or for none the account's, else the organisation's; or what is wrong with it. */
async function termOf(
  db: Database,
  order: RecurringOrder,
  saved: Recurrence | undefined,
  chosen: string | null,
): Promise<Row<'payment_terms'> | Message> {
  const id = chosen ?? order.account_term_id ?? order.organisation_term_id
  if (id === null) return { key: 'recurrence.payment_term.missing' }
  const term = await findPaymentTerm(db, id)
  const archived = term === undefined || (term.archived_at !== null && id !== saved?.payment_term_id)
  return archived && chosen !== null
    ? { key: 'form.reference.unknown' }
    : (term ?? { key: 'recurrence.payment_term.missing' })
}

async function responsibleMistakes(
  db: Database,
  order: RecurringOrder,
  id: string | null,
): Promise<FieldError[]> {
  if (id === null) return []
  const colleagues = await listUsersOfOrganisation(db, order.organisation_id)
  if (colleagues.some((user) => user.id === id)) return []
  return [{ field: 'responsible_id', message: { key: 'recurrence.responsible.elsewhere' } }]
}

function confirmationMistakes(
  order: RecurringOrder,
  form: RecurrenceForm,
  foresight: Foresight,
): FieldError[] {
  if (!foresight.needs_confirmation || form.confirm_catch_up) return []
  const { count, sum } = foresight.missed
  const params = { count, sum_money: `${sum} ${order.currency}`, most: mostMissedUnasked }
  return [{ field: 'confirm_catch_up', message: { key: 'recurrence.confirm_catch_up.missing', params } }]
}
