import {
  type ActivityFilters,
  type ActivitySort,
  activityStates,
  everyActivity,
} from '../../data/activities.ts'
import type { Database } from '../../data/database.ts'
import { listAssignees, listOrganisationNames } from '../../data/order-lists.ts'
import type { FieldError } from '../../languages/catalog.ts'
import type { Translate } from '../../languages/translate.ts'
import { type IsoDate, todayIn } from '../../lib/dates.ts'
import type { Fields } from '../../lib/fields.ts'
import { activityKinds } from '../../lib/vocabulary.ts'
import type { Viewer } from '../../plugins/sessions.ts'
import { FilterReader, type SetFilter } from '../filter-reader.ts'
import type { Sorts } from '../lists.ts'

export const activitySorts: Sorts<ActivitySort> = {
  due_date: 'asc',
  subject: 'asc',
  assigned_to: 'asc',
  created: 'desc',
}

/** The parameters that narrow the list. */
export const activityFilterNames: readonly string[] = [
  'q',
  'kind',
  'state',
  'assigned_to_id',
  'organisation_id',
  'from',
  'to',
]

export type ReadActivityFilters = {
  filters: ActivityFilters
  /** As typed, for the form. */
  values: Record<string, string>
  /** Wrong values: their filters are left out, and each says so beside its field. */
  errors: FieldError[]
  set: SetFilter[]
  assignees: { id: string; name: string }[]
  /** The organisations the viewer works in. */
  organisations: { id: string; code: string; name: string }[]
}

/** Reads the filters of the list of activities; a wrong one is a mistake beside its field and narrows nothing. */
export async function readActivityFilters(
  db: Database,
  viewer: Viewer,
  fields: Fields,
  words: { t: Translate; date: (date: IsoDate) => string },
): Promise<ReadActivityFilters> {
  const { t } = words
  const assignees = await listAssignees(db, viewer.organisation_ids)
  const organisations = await listOrganisationNames(db, viewer.organisation_ids)
  const reader = new FilterReader(fields, words)
  const typedWords = reader.words()
  const kind = reader.choice(
    'kind',
    t('activities.kind'),
    activityKinds.map((value) => ({ value, kind: value, label: t(`activities.kind.${value}`) })),
  )
  const state = reader.choice(
    'state',
    t('activities.state'),
    activityStates.map((value) => ({ value, state: value, label: t(`activities.state.${value}`) })),
  )
  const assignee = reader.choice('assigned_to_id', t('activities.assigned_to'), [
    { value: 'nobody', label: t('activities.nobody') },
    ...assignees.map(({ id, name }) => ({ value: id, label: name })),
  ])
  const organisation = reader.choice(
    'organisation_id',
    t('order_list.organisation'),
    organisations.map(({ id, name }) => ({ value: id, label: name })),
  )
  const { from, to } = reader.days({
    from: t('activities.from'),
    to: t('activities.to'),
    backwards: 'activities.backwards',
  })
  return {
    filters: {
      ...everyActivity,
      organisation_ids: organisation === undefined ? viewer.organisation_ids : [organisation.value],
      accounts: organisation === undefined,
      words: typedWords,
      kind: kind?.kind,
      state: state?.state,
      assigned_to_id: assignee?.value,
      today: todayIn(viewer.time_zone, new Date()),
      from,
      to,
    },
    values: {
      ...fields.values(),
      from: from ?? fields.text('from'),
      to: to ?? fields.text('to'),
    },
    errors: reader.errors,
    set: reader.set,
    assignees,
    organisations,
  }
}
