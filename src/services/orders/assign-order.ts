import { insertAudit } from '../../data/audit.ts'
import type { Trx } from '../../data/database.ts'
import { setOrderAssignee } from '../../data/order-lifecycle.ts'
import { lockOrder } from '../../data/orders.ts'
import { listUsersOfOrganisation } from '../../data/users.ts'
import { NotFound, Refused } from '../../errors.ts'
import { refusalsToWrite } from './edit-refusals.ts'

/**
 * Gives an order to a user of its organisation, or takes it away (null). Whoever has it already keeps it, and nothing is written.
 * What it throws, it throws before anything is written.
 * @throws NotFound, also for an order of an organisation the user does not work in; Refused where the order cannot be written, or
 * the other one does not work in its organisation
 */
export async function assignOrderWithin(
  trx: Trx,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
  change: { assigned_to_id: string | null; batch_id: string },
): Promise<void> {
  const order = await lockOrder(trx, id, user.organisation_ids)
  if (order === undefined) throw new NotFound()
  const refusals = refusalsToWrite({ status: order.status, finalized: order.finalized_at !== null })
  if (refusals.length > 0) throw new Refused(refusals)
  const { assigned_to_id, batch_id } = change
  if (assigned_to_id === order.assigned_to_id) return
  const offered = await listUsersOfOrganisation(trx, order.organisation_id)
  if (assigned_to_id !== null && !offered.some((known) => known.id === assigned_to_id)) {
    throw new Refused([{ code: 'assigned_elsewhere', message: { key: 'order_form.assigned_to.elsewhere' } }])
  }
  await setOrderAssignee(trx, id, { assigned_to_id, by: user.id })
  await insertAudit(trx, {
    by: { user_id: user.id },
    action: 'updated',
    subject_type: 'order',
    subject_id: id,
    organisation_id: order.organisation_id,
    changes: {
      version: { from: order.version, to: order.version + 1 },
      assigned_to_id: { from: order.assigned_to_id, to: assigned_to_id },
      batch_id,
    },
  })
}
