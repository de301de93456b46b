import type { FastifyReply, FastifyRequest } from 'fastify'
import { findPaymentTerm, listOfferedPaymentTerms } from '../../data/payment-terms.ts'
import { countBilledPeriods, type Recurrence, type RecurringOrder } from '../../data/recurrences.ts'
import { listUsersOfOrganisation } from '../../data/users.ts'
import type { FieldError, SentenceKey } from '../../languages/catalog.ts'
import { type Translate, translator } from '../../languages/translate.ts'
import { languageName } from '../../lib/choices.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { Fields } from '../../lib/fields.ts'
import { documentDatePreferences, frequencies, servicePeriods } from '../../lib/vocabulary.ts'
import { sayErrors } from '../../plugins/answers.ts'
import type { Merged } from '../../plugins/conflicts.ts'
import { initialInvoiceStatuses, parseRecurrence } from '../../services/recurring/recurrence-form.ts'
import {
  type Outlook,
  outlookOf,
  refusalsToRecur,
  savedSettings,
} from '../../services/recurring/recurrence-outlook.ts'
import { addressesOf, getOrderHeader, orderHead, sentence } from './head.ts'
import { previewModel, variablesOf } from './recurrence-view.ts'

/** An order with its settings, as read for one request. */
export type RecurrenceSubject = {
  order: RecurringOrder
  saved: Recurrence | undefined
  today: IsoDate
  /** The saved settings, or the presets, as texts of the form. */
  values: Record<string, string>
  /** The same without the boxes: what stands for fields that were not sent. */
  unsent: Record<string, string>
}

/** The form with what its settings will bring beside it. `part` leaves the frame and the form away: the preview alone. */
export async function recurrencePage(
  request: FastifyRequest,
  reply: FastifyReply,
  subject: RecurrenceSubject,
  form: {
    values: Record<string, string>
    errors: readonly FieldError[]
    merged?: Merged | undefined
    part?: 'preview'
    /** The values are typed ones that nobody saved. */
    unsaved?: true
  },
) {
  const { order } = subject
  const t = translator(request.language)
  const { outlook, mistakes } = await foreseen(request, subject, new Fields(Object.entries(form.values)))
  const before = await savedState(request, subject)
  const preview =
    outlook === undefined
      ? { mistakes: sayErrors(request, mistakes).map((each) => ({ message: sentenceOf(t, each) })) }
      : previewModel(request.language, order, outlook, before)
  return reply.page({
    view: form.part === undefined ? 'orders/recurrence' : 'orders/recurrence-preview',
    title: t('recurrence.title', { number: order.number }),
    ...(form.part === undefined ? {} : { layout: 'none' as const }),
    model: {
      ...(form.part === undefined ? await surroundings(request, subject) : {}),
      order,
      values: { ...form.values, version: form.values['version'] ?? subject.values['version'] },
      errors: sayErrors(request, form.errors),
      merged: form.merged,
      previewing: form.unsaved === true,
      preview,
    },
  })
}

/** What stands round the preview: the order's head, the ways on, and what the form offers. */
async function surroundings(request: FastifyRequest, subject: RecurrenceSubject) {
  const { order, saved } = subject
  const t = translator(request.language)
  const head = await recurrenceHead(request)
  const at = addressesOf(request, order.id)
  const count = saved === undefined ? 0 : await countBilledPeriods(request.server.db, order.id)
  return {
    head,
    at: { save: at.page('/recurrence'), cancel: at.page('') },
    periods:
      saved === undefined
        ? undefined
        : { href: at.page('/occurrences'), text: t('recurrence.periods', { count }) },
    refusal: sentence(request, refusalsToRecur(order)),
    variables: variablesOf(order.language, subject.today),
    customer_language: languageName(request.language, order.language),
    ...named(request, await choicesOf(request, subject)),
  }
}

/** The order's head over its recurrence and its periods: the step that comes next for the order is not the main action here. */
export async function recurrenceHead(request: FastifyRequest) {
  const head = await orderHead(request, await getOrderHeader(request), 'recurrence')
  const { main, actions, ...rest } = head.pageHead
  return { ...head, pageHead: { ...rest, actions: main === undefined ? actions : [...actions, main] } }
}

/** What the typed settings come to, or why that cannot be said. The question about a long catch-up is not a mistake of the dates. */
export async function foreseen(
  request: FastifyRequest,
  { order, saved, values }: RecurrenceSubject,
  fields: Fields,
): Promise<{ outlook: Outlook | undefined; mistakes: readonly FieldError[] }> {
  const parsed = parseRecurrence(fields, values)
  if (!parsed.ok) return { outlook: undefined, mistakes: parsed.errors }
  const outlook = await outlookOf(request.server.db, order, saved, parsed.value, new Date())
  const mistakes = outlook.errors.filter((error) => error.field !== 'confirm_catch_up')
  return { outlook: 'foresight' in outlook ? outlook : undefined, mistakes }
}

export async function savedState(request: FastifyRequest, { order, saved }: RecurrenceSubject) {
  if (saved === undefined) return null
  return { settings: await savedSettings(request.server.db, order, saved), enabled: saved.enabled }
}

/** The choices of the selects, and the same as a dictionary for showing what somebody else chose. */
function named(request: FastifyRequest, choices: Awaited<ReturnType<typeof choicesOf>>) {
  const t = translator(request.language)
  const words = (list: readonly { value: string; label: string }[]) =>
    Object.fromEntries(list.map(({ value, label }) => [value, label]))
  const shown = {
    enabled: { on: t('general.yes') },
    last_day: { on: t('general.yes') },
    frequency: words(choices.frequencies),
    initial_invoice_status: words(choices.statuses),
    document_date_preference: words(choices.preferences),
    service_period: words(choices.service_periods),
    payment_term_id: words(choices.terms),
    responsible_id: words(choices.users),
  }
  return { choices, shown }
}

async function choicesOf(request: FastifyRequest, { order, saved }: RecurrenceSubject) {
  const { db } = request.server
  const t = translator(request.language)
  const presetId = order.account_term_id ?? order.organisation_term_id
  const preset = presetId === null ? undefined : await findPaymentTerm(db, presetId)
  const terms = await listOfferedPaymentTerms(db, saved?.payment_term_id)
  const users = await listUsersOfOrganisation(db, order.organisation_id, saved?.responsible_id)
  return {
    frequencies: frequencies.map((value) => ({ value, label: t(`recurrence.frequency.${value}`) })),
    statuses: initialInvoiceStatuses.map((value) => ({
      value,
      label: t(`recurrence.initial_invoice_status.${value}`),
    })),
    preferences: documentDatePreferences.map((value) => ({
      value,
      label: t(`recurrence.document_date_preference.${value}`),
    })),
    service_periods: servicePeriods.map((value) => ({
      value,
      label: t(`recurrence.service_period.${value}`),
    })),
    preset_term:
      preset === undefined
        ? t('recurrence.payment_term.no_preset')
        : t('recurrence.payment_term.preset', { name: preset.name }),
    terms: terms.map((term) => ({ value: term.id, label: term.name })),
    users: users.map((user) => ({ value: user.id, label: user.name })),
  }
}

/** The preview stands apart from the form: what fits any field says here which one it is about. */
function sentenceOf(t: Translate, { field, message, unnamed }: ReturnType<typeof sayErrors>[number]): string {
  const key = previewLabels.get(field)
  return unnamed && key !== undefined ? `${t('frame.change', { label: t(key) })} ${message}` : message
}

const previewLabels: ReadonlyMap<string, SentenceKey> = new Map([
  ['frequency', 'recurrence.frequency'],
  ['start_date', 'recurrence.start_date'],
  ['end_date', 'recurrence.end_date'],
  ['bill_from', 'recurrence.bill_from'],
  ['invoice_subject', 'recurrence.invoice_subject'],
  ['document_date_preference', 'recurrence.document_date_preference'],
  ['payment_term_id', 'recurrence.payment_term'],
  ['initial_invoice_status', 'recurrence.initial_invoice_status'],
  ['service_period', 'recurrence.service_period'],
  ['recipients', 'recurrence.recipients'],
  ['responsible_id', 'recurrence.responsible'],
])
