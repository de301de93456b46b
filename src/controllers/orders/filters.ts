import type { Database } from '../../data/database.ts'
import type { OrderSort } from '../../data/order-lists.ts'
import { listAssignees, listOrganisationNames, type OrderFilters } from '../../data/order-lists.ts'
import type { FieldError } from '../../languages/catalog.ts'
import type { Translate } from '../../languages/translate.ts'
import { type IsoDate, parseDateText } from '../../lib/dates.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Viewer } from '../../plugins/sessions.ts'
import { orderStatuses } from '../../services/orders/lifecycle.ts'
import { readAccountFilter } from '../account-filter.ts'
import type { Sorts } from '../lists.ts'

export const orderSorts: Sorts<Exclude<OrderSort, 'match'>> = {
  date: 'desc',
  number: 'desc',
  customer: 'asc',
  status: 'asc',
  net: 'desc',
  assigned_to: 'asc',
}

/** A filter in use: what it is called, its value in words, and the parameters that hold it. */
export type SetFilter = { name?: string; value: string; parameters: readonly string[] }

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
  const errors: FieldError[] = []
  const set: SetFilter[] = []

  const chosen = <T extends { value: string; label: string }>(name: string, title: string, options: T[]) => {
    const typed = fields.text(name)
    if (typed === '') return undefined
    const option = options.find(({ value }) => value === typed)
    if (option === undefined) errors.push({ field: name, message: { key: 'order_list.filter.unknown' } })
    else set.push({ name: title, value: option.label, parameters: [name] })
    return option
  }
  const day = (name: 'from' | 'to') => {
    const typed = fields.text(name)
    if (typed === '') return undefined
    const found = parseDateText(typed)
    if (found === undefined) errors.push({ field: name, message: { key: 'order_list.filter.date' } })
    else set.push({ name: t(`order_list.${name}`), value: words.date(found), parameters: [name] })
    return found
  }

  const typedWords = fields.text('q').trim()
  if (typedWords !== '') set.push({ name: t('order_list.search'), value: typedWords, parameters: ['q'] })
  const status = chosen(
    'status',
    t('order_list.status'),
    orderStatuses.map((value) => ({ value, status: value, label: t(`order_status.${value}`) })),
  )
  if (account.typed !== '') {
    const value = account.account?.name ?? account.typed
    set.push({ name: t('order_list.account'), value, parameters: ['account_id', 'account_code'] })
  }
  const assignee = chosen('assigned_to_id', t('order_list.assigned_to'), [
    { value: 'nobody', label: t('order_list.nobody') },
    ...assignees.map(({ id, name }) => ({ value: id, label: name })),
  ])
  const organisation = chosen(
    'organisation_id',
    t('order_list.organisation'),
    organisations.map(({ id, name }) => ({ value: id, label: name })),
  )
  const from = day('from')
  const to = day('to')
  if (from !== undefined && to !== undefined && to < from)
    errors.push({ field: 'to', message: { key: 'order_list.filter.backwards', params: { from_date: from } } })
  const yesOrNo = (name: 'finalized' | 'recurring') => {
    const choice = chosen(name, t(`order_list.${name}`), [
      { value: 'yes', label: t(`order_list.${name}.yes`) },
      { value: 'no', label: t(`order_list.${name}.no`) },
    ])
    return choice === undefined ? undefined : choice.value === 'yes'
  }

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
    },
    values: {
      ...fields.values(),
      account_code: account.typed,
      account_id: account.account?.id ?? '',
      from: from ?? fields.text('from'),
      to: to ?? fields.text('to'),
    },
    errors,
    set,
    assignees,
    organisations,
  }
}
