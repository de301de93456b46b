import { type Activity, lockActivity, updateActivity } from '../../data/activities.ts'
import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { findOwner, ownerOf } from '../../data/owners.ts'
import { NotFound } from '../../errors.ts'

/** Marks an activity as done by this user, or opens it again; what is so already stays as it is. @throws NotFound */
export async function completeActivity(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
  done: boolean,
): Promise<Activity> {
  return db.transaction().execute(async (trx) => {
    const activity = await lockActivity(trx, id, user.organisation_ids)
    if (activity === undefined) throw new NotFound()
    if ((activity.done_at !== null) === done) return activity
    await updateActivity(trx, id, { done, by: user.id })
    const owner = ownerOf(activity)
    await insertAudit(trx, {
      by: { user_id: user.id },
      action: done ? 'completed' : 'reopened',
      subject_type: 'activity',
      subject_id: owner.id,
      organisation_id: (await findOwner(trx, owner, user.organisation_ids))?.organisation_id ?? null,
      changes: { activity_id: id, owner: owner.kind, kind: activity.kind, subject: activity.subject },
    })
    return activity
  })
}
