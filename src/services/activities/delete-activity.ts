import { type Activity, deleteActivity as deleteRow, lockActivity } from '../../data/activities.ts'
import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { findOwner, ownerOf } from '../../data/owners.ts'
import { NotFound } from '../../errors.ts'

/** Deletes an activity; the audit keeps what it was. @throws NotFound */
export async function deleteActivity(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
): Promise<Activity> {
  return db.transaction().execute(async (trx) => {
    const activity = await lockActivity(trx, id, user.organisation_ids)
    if (activity === undefined) throw new NotFound()
    await deleteRow(trx, id)
    const owner = ownerOf(activity)
    const { kind, subject, notes, due_date, assigned_to_id, done_at } = activity
    await insertAudit(trx, {
      by: { user_id: user.id },
      action: 'deleted',
      subject_type: 'activity',
      subject_id: owner.id,
      organisation_id: (await findOwner(trx, owner, user.organisation_ids))?.organisation_id ?? null,
      changes: {
        activity_id: id,
        owner: owner.kind,
        kind,
        subject,
        notes,
        due_date,
        assigned_to_id,
        done_at,
      },
    })
    return activity
  })
}
