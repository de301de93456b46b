import { type Actor, insertAudit } from '../../data/audit.ts'
import type { Database, Trx } from '../../data/database.ts'
import { insertStatusChange } from '../../data/order-lifecycle.ts'
import { insertOrder } from '../../data/orders.ts'
import { insertSubmission, type SentForm } from '../../data/submissions.ts'
import { mistakeOfConstraint } from '../constraint-mistakes.ts'
import { takeOrderNumberWithin } from '../numbers/take-order-number.ts'
import type { OrderInput } from './lines.ts'
import { type Author, fillOrder } from './order-form.ts'
import { recordsOf } from './order-records.ts'

export type NewOrder = {
  input: OrderInput
  /** Decides on today, the preset of the order date. */
  now: Date
  /** A number of its own, from an import; the next of the series where absent. */
  number?: string
  /** The form it came from: a second one of the same key makes nothing. */
  sent?: SentForm | undefined
}

/**
 * Makes an order with the next number of its series.
 * @throws InvalidForm with every mistake of the form; SentMeanwhile where the same form has just made one
 */
export async function createOrder(
  db: Database,
  by: Actor,
  author: Author,
  order: NewOrder,
): Promise<{ id: string; number: string }> {
  return db
    .transaction()
    .execute((trx) => createOrderWithin(trx, by, author, order))
    .catch(mistakeOfConstraint(orderConstraints))
}

async function createOrderWithin(
  trx: Trx,
  by: Actor,
  author: Author,
  order: NewOrder,
): Promise<{ id: string; number: string }> {
  const { header, lines, taxes } = recordsOf(await fillOrder(trx, author, order.input, { now: order.now }))
  const userId = 'user_id' in by ? by.user_id : null
  const number = order.number ?? (await takeOrderNumberWithin(trx, header))
  const id = await insertOrder(
    trx,
    { ...header, number, created_by: userId, updated_by: userId },
    lines,
    taxes,
  )
  await insertStatusChange(trx, { order_id: id, from_status: null, to_status: 'created', changed_by: userId })
  await insertAudit(trx, {
    by,
    action: 'created',
    subject_type: 'order',
    subject_id: id,
    organisation_id: header.organisation_id,
    changes: { number, net: header.net, currency: header.currency },
  })
  if (order.sent !== undefined) await insertSubmission(trx, order.sent, id)
  return { id, number }
}

/** What another transaction may have changed between the check and the commit. */
export const orderConstraints = {
  customer_orders_contact: {
    field: 'contact_id',
    message: { key: 'order_form.contact.moved' },
  },
} as const
