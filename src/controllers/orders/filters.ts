import { billingStates, listDays } from '../../data/billing-states.ts'
import type { Database } from '../../data/database.ts'
import type { OrderSort } from '../../data/order-lists.ts'
import { listAssignees, listOrganisationNames, type OrderFilters } from '../../data/order-lists.ts'
import type { FieldError } from '../../languages/catalog.ts'
import type { Translate } from '../../languages/translate.ts'
import type { IsoDate } from '../../lib/dates.ts'
import type { Fields } from '../../lib/fields.ts'
import { orderStatuses } from '../../lib/vocabulary.ts'
import type { Viewer } from '../../plugins/sessions.ts'
import { readAccountFilter } from '../account-filter.ts'
import { FilterReader, type SetFilter } from '../filter-reader.ts'
import type { Sorts } from '../lists.ts'

export const orderSorts: Sorts<Exclude<OrderSort, 'match'>> = {
  date: 'desc',
  number: 'desc',
  customer: 'asc',
  status: 'asc',
  net: 'desc',
  assigned_to: 'asc',
}

/** The parameters that narrow the list. */
export const orderFilterNames: readonly string[] = [
  'q',
  'status',
  'account_id',
  'account_code',
  'assigned_to_id',
  'organisation_id',
  'from',
  'to',
  'finalized',
  'recurring',
  'billing',
]

export type ReadFilters = {
  filters: OrderFilters
  /** As typed, for the form. */
  values: Record<string, string>
  /** Wrong values: their filters are left out, and each says so beside its field. */
  errors: FieldError[]
  set: SetFilter[]
  assignees: { id: string; name: string }[]
  /** The organisations the viewer works in. */
  organisations: { id: string; code: string; name: string }[]
}

/** Reads the filters of a list of orders; a wrong one is a mistake beside its field and narrows nothing. */
export async function readOrderFilters(
  db: Database,
  viewer: Viewer,
  fields: Fields,
  words: { t: Translate; date: (date: IsoDate) => string },
): Promise<ReadFilters> {
  const { t } = words
  const account = await readAccountFilter(db, fields, { id: 'account_id', code: 'account_code' })
  const assignees = await listAssignees(db, viewer.organisation_ids)
  const organisations = await listOrganisationNames(db, viewer.organisation_ids)
  const reader = new FilterReader(fields, words)
  const typedWords = reader.words()
  const status = reader.choice(
    'status',
    t('order_list.status'),
    orderStatuses.map((value) => ({ value, status: value, label: t(`order_status.${value}`) })),
  )
  reader.record(t('order_list.account'), account.account?.name ?? account.typed, [
    'account_id',
    'account_code',
  ])
  const assignee = reader.choice('assigned_to_id', t('order_list.assigned_to'), [
    { value: 'nobody', label: t('order_list.nobody') },
    ...assignees.map(({ id, name }) => ({ value: id, label: name })),
  ])
  const organisation = reader.choice(
    'organisation_id',
    t('order_list.organisation'),
    organisations.map(({ id, name }) => ({ value: id, label: name })),
  )
  const { from, to } = reader.days({
    from: t('order_list.from'),
    to: t('order_list.to'),
    backwards: 'order_list.filter.backwards',
  })
  const yesOrNo = (name: 'finalized' | 'recurring') => {
    const choice = reader.choice(name, t(`order_list.${name}`), [
      { value: 'yes', label: t(`order_list.${name}.yes`) },
      { value: 'no', label: t(`order_list.${name}.no`) },
    ])
    return choice === undefined ? undefined : choice.value === 'yes'
  }
  const billing = reader.choice(
    'billing',
    t('order_list.billing'),
    billingStates.map((value) => ({ value, state: value, label: t(`order_list.billing.${value}`) })),
  )

  return {
    filters: {
      organisation_ids: organisation === undefined ? viewer.organisation_ids : [organisation.value],
      words: typedWords,
      status: status?.status,
      account_id: account.id,
      assigned_to_id: assignee?.value,
      from,
      to,
      finalized: yesOrNo('finalized'),
      recurring: yesOrNo('recurring'),
      billing:
        billing === undefined
          ? undefined
          : { state: billing.state, days: await listDays(db, viewer.organisation_ids, new Date()) },
    },
    values: {
      ...fields.values(),
      account_code: account.typed,
      account_id: account.account?.id ?? '',
      from: from ?? fields.text('from'),
      to: to ?? fields.text('to'),
    },
    errors: reader.errors,
    set: reader.set,
    assignees,
    organisations,
  }
}
