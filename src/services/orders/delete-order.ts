import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { deleteOrder as deleteRows } from '../../data/order-lifecycle.ts'
import { lockOrder } from '../../data/orders.ts'
import { countOfOwner } from '../../data/owners.ts'
import { NotFound, Refused } from '../../errors.ts'
import { withRefusalsOfFiled } from '../filed-refusals.ts'
import { refusalsToDelete } from './lifecycle.ts'
import { standingOf } from './standing.ts'

/**
 * Deletes an order out of which nothing came, with its lines, taxes, status history and recurrence. The audit keeps what it was;
 * its number is not given again.
 * @throws NotFound; Refused with every reason at once
 */
export async function deleteOrder(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
): Promise<{ number: string }> {
  return db.transaction().execute(async (trx) => {
    const order = await lockOrder(trx, id, user.organisation_ids)
    if (order === undefined) throw new NotFound()
    const filed = await countOfOwner(trx, { kind: 'order', id }, '-infinity')
    const refusals = withRefusalsOfFiled(refusalsToDelete(await standingOf(trx, order)), filed)
    if (refusals.length > 0) throw new Refused(refusals)
    await deleteRows(trx, id)
    await insertAudit(trx, {
      by: { user_id: user.id },
      action: 'deleted',
      subject_type: 'order',
      subject_id: id,
      organisation_id: order.organisation_id,
      changes: {
        number: order.number,
        subject: order.subject,
        account_id: order.account_id,
        order_date: order.order_date,
        currency: order.currency,
        net: order.net,
        gross: order.gross,
      },
    })
    return { number: order.number }
  })
}
