import type { Activity } from '../../data/activities.ts'
import { ownerOf } from '../../data/owners.ts'
import type { Translate } from '../../languages/translate.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { ownerAddress, ownerLabel } from '../owner-json.ts'
import { isLate } from './json.ts'

/** What the row of an activity shows, in its list and in the tabs of what it is about. */
export function activityRow(t: Translate, activity: Activity, today: IsoDate) {
  const owner = ownerOf(activity)
  const late = isLate(activity, today)
  const state = activity.done_at !== null ? 'done' : late ? 'late' : 'open'
  return {
    id: activity.id,
    kind: t(`activities.kind.${activity.kind}`),
    subject: activity.subject,
    due_date: activity.due_date,
    assigned_to_name: activity.assigned_to_name,
    done: activity.done_at !== null,
    state: { ...looks[state], word: t(`activities.state.${state}`) },
    owner: {
      label: ownerLabel(t, owner, activity),
      address: ownerAddress(owner),
      /** The customer, where the label does not say it. */
      customer: owner.kind === 'account' ? '' : activity.owner_account_name,
    },
  }
}

const looks = {
  open: { status: 'planned' },
  late: { status: 'late' },
  done: { status: 'succeeded' },
} as const
