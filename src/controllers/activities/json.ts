import type { Activity } from '../../data/activities.ts'
import { ownerOf } from '../../data/owners.ts'
import type { IsoDate } from '../../lib/dates.ts'
import type { Cell } from '../lists.ts'
import { ownerReferences } from '../owner-json.ts'

/** `today` tells what is late. */
export function activityJson(activity: Activity, today: IsoDate) {
  const { assigned_to_id, assigned_to_name, done_by, done_by_name } = activity
  return {
    id: activity.id,
    kind: activity.kind,
    subject: activity.subject,
    notes: activity.notes,
    due_date: activity.due_date,
    assigned_to: assigned_to_id === null ? null : { id: assigned_to_id, name: assigned_to_name ?? '' },
    done: activity.done_at !== null,
    done_at: activity.done_at,
    done_by: done_by === null ? null : { id: done_by, name: done_by_name ?? '' },
    late: isLate(activity, today),
    ...ownerReferences(ownerOf(activity), activity),
    customer: { id: activity.owner_account_id, name: activity.owner_account_name },
    created_at: activity.created_at,
    version: activity.version,
  }
}

export const activityColumns = [
  'subject',
  'kind',
  'due_date',
  'late',
  'done_at',
  'done_by',
  'assigned_to',
  'order',
  'invoice',
  'account',
  'customer',
  'notes',
  'created_at',
  'id',
] as const

export function activityCells(
  activity: Activity,
  today: IsoDate,
): Record<(typeof activityColumns)[number], Cell> {
  const { order_id, invoice_id, account_id, owner_number } = activity
  return {
    subject: activity.subject,
    kind: activity.kind,
    due_date: activity.due_date,
    late: isLate(activity, today),
    done_at: activity.done_at,
    done_by: activity.done_by_name,
    assigned_to: activity.assigned_to_name,
    order: order_id === null ? null : owner_number,
    invoice: invoice_id === null ? null : owner_number,
    account: account_id === null ? null : owner_number,
    customer: activity.owner_account_name,
    notes: activity.notes,
    created_at: activity.created_at,
    id: activity.id,
  }
}

/** Open, and due before today. */
export function isLate(activity: Pick<Activity, 'done_at' | 'due_date'>, today: IsoDate): boolean {
  return activity.done_at === null && activity.due_date !== null && activity.due_date < today
}
