import type { Database } from '../../data/database.ts'
import { countOrganisationUses, lockOrganisation } from '../../data/organisations.ts'
import type { Refusal } from '../../errors.ts'
import { archive } from '../archival.ts'

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
  await archive(
    db,
    userId,
    { type: 'organisation', id, archived, organisation_id: id },
    {
      lock: lockOrganisation,
      refusals: async (trx) => refusalsToArchiveOrganisation(await countOrganisationUses(trx, id)),
    },
  )
}
