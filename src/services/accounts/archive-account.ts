import { countOrganisations, listRecurringOrdersOfAccount, lockAccount } from '../../data/accounts.ts'
import type { Database } from '../../data/database.ts'
import { InvalidForm } from '../../errors.ts'
import { archive } from '../archival.ts'

/**
 * Archives an account, or takes it back. An archived one is no longer offered, and what names it stays as it is; its recurring orders
 * stay on, and their occurrences are parked until it is in use again or the recurrence is switched off.
 * @throws InvalidForm where that has to be asked about and nobody confirmed it; NotFound
 */
export async function archiveAccount(
  db: Database,
  viewer: { id: string; organisation_ids: readonly string[] },
  id: string,
  change: { archived: boolean; confirmed: boolean },
): Promise<void> {
  const { archived, confirmed } = change
  await archive(
    db,
    viewer.id,
    { type: 'account', id, archived },
    {
      lock: lockAccount,
      refusals: async (trx) => {
        if (confirmed || !(await asksBeforeArchiving(trx, id, viewer.organisation_ids))) return []
        throw new InvalidForm([{ field: 'confirmed', message: { key: 'accounts.archival.unconfirmed' } }])
      },
    },
  )
}

/**
 * Whether archiving has to be asked about: the account has recurring orders, or whoever asks does not work in every organisation and
 * cannot know of all. (Asking them only where there are some would tell of orders that do not exist for them.)
 */
export async function asksBeforeArchiving(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<boolean> {
  const recurring = await listRecurringOrdersOfAccount(db, id, organisationIds)
  return recurring.length > 0 || (await countOrganisations(db)) > organisationIds.length
}
