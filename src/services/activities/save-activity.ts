import {
  type Activity,
  insertActivity,
  listPossibleAssignees,
  lockActivity,
  updateActivity,
} from '../../data/activities.ts'
import { differences, insertAudit } from '../../data/audit.ts'
import type { Database, Trx } from '../../data/database.ts'
import { findOwner, holdOwner, type Owner, type OwnerRecord, ownerOf } from '../../data/owners.ts'
import { insertSubmission, type SentForm } from '../../data/submissions.ts'
import type { Row } from '../../data/tables.ts'
import { InvalidForm, NotFound, SavedByAnother } from '../../errors.ts'

export type ActivityForm = Pick<
  Row<'activities'>,
  'kind' | 'subject' | 'notes' | 'due_date' | 'assigned_to_id'
>

type User = { id: string; organisation_ids: readonly string[] }

/**
 * Makes a call, a meeting or a task about an order, an invoice or an account, finalized and issued ones too; done already where it is
 * noted afterwards. @throws NotFound; InvalidForm; SentMeanwhile where the same form has just made one
 */
export async function createActivity(
  db: Database,
  user: User,
  owner: Owner,
  activity: { form: ActivityForm; done: boolean },
  sent?: SentForm,
): Promise<string> {
  const { form, done } = activity
  return db.transaction().execute(async (trx) => {
    const record = await holdOwner(trx, owner, user.organisation_ids)
    if (record === undefined) throw new NotFound()
    await refuseStranger(trx, user, record, form.assigned_to_id, null)
    const id = await insertActivity(trx, owner, {
      ...form,
      created_by: user.id,
      updated_by: user.id,
      ...(done ? { done_at: new Date().toISOString(), done_by: user.id } : {}),
    })
    await insertAudit(trx, {
      by: { user_id: user.id },
      action: 'created',
      subject_type: 'activity',
      subject_id: owner.id,
      organisation_id: record.organisation_id,
      changes: { activity_id: id, owner: owner.kind, ...form, done },
    })
    if (sent !== undefined) await insertSubmission(trx, sent, id)
    return id
  })
}

/**
 * Saves what an activity is; whom it is about stays.
 * @throws NotFound; InvalidForm (SavedByAnother where somebody saved it since `version` was read)
 */
export async function saveActivity(
  db: Database,
  user: User,
  id: string,
  change: { form: ActivityForm; version: number | null },
): Promise<void> {
  const { form, version } = change
  await db.transaction().execute(async (trx) => {
    const before = await lockActivity(trx, id, user.organisation_ids)
    if (before === undefined) throw new NotFound()
    refuseSaveOver(before, form, version)
    const owner = ownerOf(before)
    const record = await findOwner(trx, owner, user.organisation_ids)
    if (record === undefined) throw new NotFound()
    await refuseStranger(trx, user, record, form.assigned_to_id, before.assigned_to_id)
    const changes = differences(before, form)
    if (Object.keys(changes).length === 0) return
    await updateActivity(trx, id, { ...form, by: user.id })
    await insertAudit(trx, {
      by: { user_id: user.id },
      action: 'updated',
      subject_type: 'activity',
      subject_id: owner.id,
      organisation_id: record.organisation_id,
      changes: { activity_id: id, owner: owner.kind, of: before.subject, ...changes },
    })
  })
}

/** The audit of an activity stands under its owner, so the record itself tells who saved it last. */
function refuseSaveOver(before: Activity, form: ActivityForm, version: number | null): void {
  if (version === null || version === before.version) return
  const changes = (['kind', 'subject', 'notes', 'due_date', 'assigned_to_id'] as const)
    .filter((field) => before[field] !== form[field])
    .map((field) => ({ field, to: before[field] }))
  throw new SavedByAnother({
    version: before.version,
    by: before.updated_by_name,
    at: before.updated_at,
    changes,
  })
}

/**
 * An order's or an invoice's is given to somebody who works in its organisation; an account's to somebody of an organisation of
 * whoever gives it. One who has it already may keep it.
 */
async function refuseStranger(
  trx: Trx,
  user: User,
  owner: OwnerRecord,
  assigneeId: string | null,
  before: string | null,
): Promise<void> {
  if (assigneeId === null || assigneeId === before) return
  const known = await listPossibleAssignees(trx, assigningOrganisations(user, owner), null)
  if (known.some(({ id }) => id === assigneeId)) return
  throw new InvalidForm([{ field: 'assigned_to_id', message: { key: 'activities.assigned_to.elsewhere' } }])
}

/** The organisations whose users can be given an activity about this. */
export function assigningOrganisations(
  user: Pick<User, 'organisation_ids'>,
  owner: Pick<OwnerRecord, 'organisation_id'>,
): readonly string[] {
  return owner.organisation_id === null ? user.organisation_ids : [owner.organisation_id]
}
