import { listDays } from '../../data/billing-states.ts'
import type { Database } from '../../data/database.ts'
import { type InvoiceFilters, type InvoiceSort, listOrdersNumbered } from '../../data/invoice-lists.ts'
import { listOrganisationNames } from '../../data/order-lists.ts'
import { type PaymentState, paymentStates } from '../../data/payment-states.ts'
import type { FieldError } from '../../languages/catalog.ts'
import type { Translate } from '../../languages/translate.ts'
import type { IsoDate } from '../../lib/dates.ts'
import type { Fields } from '../../lib/fields.ts'
import { isUuid } from '../../lib/form-schema.ts'
import { type InvoiceStatus, invoiceStatuses } from '../../lib/vocabulary.ts'
import type { Viewer } from '../../plugins/sessions.ts'
import { draftStatuses } from '../../services/invoices/statuses.ts'
import { readAccountFilter } from '../account-filter.ts'
import { FilterReader, type SetFilter } from '../filter-reader.ts'
import type { Sorts } from '../lists.ts'

export const invoiceSorts: Sorts<InvoiceSort> = {
  date: 'desc',
  number: 'desc',
  customer: 'asc',
  due_date: 'asc',
  gross: 'desc',
  status: 'asc',
}

/** The parameters that narrow the list. */
export const invoiceFilterNames: readonly string[] = [
  'q',
  'status',
  'account_id',
  'account_code',
  'order_id',
  'order_number',
  'organisation_id',
  'source',
  'payment',
  'from',
  'to',
]

export type ReadInvoiceFilters = {
  filters: InvoiceFilters
  /** As typed, for the form. */
  values: Record<string, string>
  /** Wrong values: their filters are left out, and each says so beside its field. */
  errors: FieldError[]
  set: SetFilter[]
  /** The organisations the viewer works in. */
  organisations: { id: string; code: string; name: string }[]
}

type Option = { value: string; label: string }

/** Drafts of either kind, then each status by itself. */
export function statusOptions(t: Translate): (Option & { statuses: readonly InvoiceStatus[] })[] {
  return [
    { value: 'draft', label: t('invoices.all_drafts'), statuses: draftStatuses },
    ...invoiceStatuses.map((value) => ({ value, label: t(`invoices.status.${value}`), statuses: [value] })),
  ]
}

/** Reads the filters of the list of invoices; a wrong one is a mistake beside its field and narrows nothing. */
export async function readInvoiceFilters(
  db: Database,
  viewer: Viewer,
  fields: Fields,
  words: { t: Translate; date: (date: IsoDate) => string },
): Promise<ReadInvoiceFilters> {
  const { t } = words
  const account = await readAccountFilter(db, fields, { id: 'account_id', code: 'account_code' })
  const organisations = await listOrganisationNames(db, viewer.organisation_ids)
  const order = await readOrderFilter(db, viewer, fields)
  const reader = new FilterReader(fields, words)
  const typedWords = reader.words()
  const status = reader.choice('status', t('invoices.status'), statusOptions(t))
  reader.record(t('invoices.customer'), account.account?.name ?? account.typed, [
    'account_id',
    'account_code',
  ])
  reader.record(t('invoices.order'), order.typed, ['order_id', 'order_number'])
  const organisation = reader.choice(
    'organisation_id',
    t('order_list.organisation'),
    organisations.map(({ id, name }) => ({ value: id, label: name })),
  )
  const source = reader.choice('source', t('invoices.source'), [
    { value: 'recurring', source: 'recurring' as const, label: t('invoices.source.recurring') },
    { value: 'manual', source: 'manual' as const, label: t('invoices.source.manual') },
  ])
  const payment = reader.choice(
    'payment',
    t('payments.filter'),
    paymentStates.map((value) => ({ value, label: t(`payments.filter.${value}`) })),
  )
  const { from, to } = reader.days({
    from: t('invoices.from'),
    to: t('invoices.to'),
    backwards: 'invoices.filter.backwards',
  })

  return {
    filters: {
      organisation_ids: organisation === undefined ? viewer.organisation_ids : [organisation.value],
      words: typedWords,
      statuses: status?.statuses,
      account_id: account.id,
      source: source?.source,
      from,
      to,
      payment: await paymentState(db, viewer, payment?.value),
      order_ids: order.ids,
    },
    values: {
      ...fields.values(),
      account_code: account.typed,
      account_id: account.account?.id ?? '',
      order_number: order.typed,
      order_id: order.ids?.length === 1 ? (order.ids[0] ?? '') : '',
      from: from ?? fields.text('from'),
      to: to ?? fields.text('to'),
    },
    errors: reader.errors,
    set: reader.set,
    organisations,
  }
}

/** Overdue is told on each organisation's own day. */
async function paymentState(
  db: Database,
  viewer: Viewer,
  state: PaymentState['state'] | undefined,
): Promise<PaymentState | undefined> {
  if (state === 'open' || state === 'paid') return { state }
  return state === undefined
    ? undefined
    : { state, days: await listDays(db, viewer.organisation_ids, new Date()) }
}

/** The order by its id, else by its number, which may be an order's in each organisation; a text that is neither matches nothing. */
async function readOrderFilter(
  db: Database,
  viewer: Viewer,
  fields: Fields,
): Promise<{ ids: string[] | undefined; typed: string }> {
  const [id, number] = [fields.text('order_id').trim(), fields.text('order_number').trim()]
  if (id === '' && number === '') return { ids: undefined, typed: '' }
  const byId = isUuid(id) ? await listOrdersNumbered(db, viewer.organisation_ids, { id }) : []
  const found =
    byId.length > 0 || number === ''
      ? byId
      : await listOrdersNumbered(db, viewer.organisation_ids, { number })
  return { ids: found.map((order) => order.id), typed: found[0]?.number ?? (number || id) }
}
