import type { Database } from '../../data/database.ts'
import { readOrderOutcome } from '../../data/order-lifecycle.ts'
import type { Row } from '../../data/tables.ts'
import type { Standing } from './lifecycle.ts'

/** Reads what the rules of the lifecycle ask about an order; under the order's lock where one acts on the answer. */
export async function standingOf(
  db: Database,
  order: Pick<Row<'customer_orders'>, 'id' | 'status' | 'status_before_cancel' | 'finalized_at'>,
): Promise<Standing> {
  const outcome = await readOrderOutcome(db, order.id)
  return {
    status: order.status,
    status_before_cancel: order.status_before_cancel,
    finalized: order.finalized_at !== null,
    drafts: outcome.drafts,
    issued: outcome.issued,
    invoices: outcome.invoices,
    billed_periods: outcome.billed_periods,
    open_periods: { due: outcome.due, held: outcome.held, failed: outcome.failed },
    recurring: outcome.recurring,
    account_archived: outcome.account_archived,
    account_name: outcome.account_name,
  }
}
