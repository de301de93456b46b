import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { countOrganisationUses, lockOrganisation, setOrganisationArchived } from '../../data/organisations.ts'
import { NotFound, type Refusal, Refused } from '../../errors.ts'

/** Why an organisation cannot be archived. */
export function refusalsToArchiveOrganisation(uses: { users: number; recurrences: number }): Refusal[] {
  const { users, recurrences } = uses
  const refusals: Refusal[] = []
  if (users > 0)
    refusals.push({
      code: 'users_at_home',
      message: { key: 'organisations.archive.users', params: { count: users } },
    })
  if (recurrences > 0)
    refusals.push({
      code: 'active_recurrences',
      message: { key: 'organisations.archive.recurrences', params: { count: recurrences } },
    })
  return refusals
}

/** Archives an organisation (no longer offered for new documents), or takes it back into use. @throws Refused, NotFound */
export async function archiveOrganisation(
  db: Database,
  userId: string,
  id: string,
  archived: boolean,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await lockOrganisation(trx, id)
    if (before === undefined) throw new NotFound()
    if ((before.archived_at !== null) === archived) return
    const refusals = archived ? refusalsToArchiveOrganisation(await countOrganisationUses(trx, id)) : []
    if (refusals.length > 0) throw new Refused(refusals)
    await setOrganisationArchived(trx, id, archived)
    await insertAudit(trx, {
      by: { user_id: userId },
      action: archived ? 'archived' : 'restored',
      subject_type: 'organisation',
      subject_id: id,
      organisation_id: id,
    })
  })
}
