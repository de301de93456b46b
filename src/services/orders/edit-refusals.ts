import type { Refusal } from '../../errors.ts'
import type { OrderStatus } from '../../lib/vocabulary.ts'
import { refusalsToEdit } from './lifecycle.ts'

/** Why an order cannot be written now, whatever is typed: finalized for ever, or cancelled until it is reopened. */
export function refusalsToWrite(order: { status: OrderStatus; finalized: boolean }): readonly Refusal[] {
  const refusals = refusalsToEdit(order)
  if (refusals.length > 0 || order.status !== 'cancelled') return refusals
  return [{ code: 'cancelled', message: { key: 'order_form.refused.cancelled' } }]
}
