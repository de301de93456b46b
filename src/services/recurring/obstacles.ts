import { isNegative, isZero } from '../../lib/money.ts'

/** Why a period makes no invoice, as far as the order itself says. */
export type Obstacle = 'nothing_to_bill' | 'account_archived' | 'below_zero' | 'overlap'

/**
 * The first obstacle to billing a period, null where there is none: what a run acts on and what a preview foresees. A period of 0.00
 * is skipped whatever else stands in its way, so that is asked first (docs/rules/recurring-runs.md).
 */
export function obstacleTo(
  order: { readonly net: string; readonly account_archived: boolean },
  overlaps: boolean,
): Obstacle | null {
  if (isZero(order.net)) return 'nothing_to_bill'
  if (order.account_archived) return 'account_archived'
  if (isNegative(order.net)) return 'below_zero'
  return overlaps ? 'overlap' : null
}
