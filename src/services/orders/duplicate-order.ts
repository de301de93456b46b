import { insertAudit } from '../../data/audit.ts'
import type { Database, Trx } from '../../data/database.ts'
import {
  copyOrderParts,
  countArchivedProducts,
  findTimeZone,
  insertStatusChange,
  readOffered,
} from '../../data/order-lifecycle.ts'
import { insertOrder, lockOrder, type Order } from '../../data/orders.ts'
import { findRecurrence, insertRecurrence } from '../../data/recurrences.ts'
import { insertSubmission, type SentForm } from '../../data/submissions.ts'
import { NotFound, Refused } from '../../errors.ts'
import { type IsoDate, laterOf, todayIn } from '../../lib/dates.ts'
import { takeOrderNumberWithin } from '../numbers/take-order-number.ts'
import { refusalsToDuplicate } from './lifecycle.ts'
import { standingOf } from './standing.ts'

export type Duplicated = {
  id: string
  number: string
  original: string
  /** Lines that name a product which is no longer offered: copied all the same, since the text is the order's own. */
  archived_products: number
  /** The original bears the customer's own reference, which names that one purchase and is not copied. */
  had_reference: boolean
  recurring: boolean
}

/**
 * Copies an order as a new one of today: its lines, taxes and addresses to the letter, its recurrence switched off and billing
 * nothing that lies before; neither documents nor history nor invoices. People who are no longer there are replaced: the contact by
 * none, the assignee by whoever copies.
 * @throws NotFound; Refused where the account is archived; SentMeanwhile where the same form has just made a copy
 */
export async function duplicateOrder(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
  now: Date,
  sent?: SentForm,
): Promise<Duplicated> {
  return db.transaction().execute(async (trx) => {
    const original = await lockOrder(trx, id, user.organisation_ids)
    if (original === undefined) throw new NotFound()
    const refusals = refusalsToDuplicate(await standingOf(trx, original))
    if (refusals.length > 0) throw new Refused(refusals)

    const today = todayIn(await findTimeZone(trx, original.organisation_id), now)
    const copy = await copyHeader(trx, user.id, original, today)
    await copyOrderParts(trx, id, { id: copy.id, organisation_id: original.organisation_id })
    const recurring = await copyRecurrence(trx, user.id, original.id, copy.id, today, now)
    await insertStatusChange(trx, {
      order_id: copy.id,
      from_status: null,
      to_status: 'created',
      changed_by: user.id,
    })
    await insertAudit(trx, {
      by: { user_id: user.id },
      action: 'created',
      subject_type: 'order',
      subject_id: copy.id,
      organisation_id: original.organisation_id,
      changes: {
        number: copy.number,
        net: original.net,
        currency: original.currency,
        copied_from: original.number,
        copied_from_id: id,
      },
    })
    if (sent !== undefined) await insertSubmission(trx, sent, copy.id)
    return {
      ...copy,
      original: original.number,
      archived_products: await countArchivedProducts(trx, copy.id),
      had_reference: original.customer_order_number !== '',
      recurring,
    }
  })
}

async function copyHeader(
  trx: Trx,
  userId: string,
  original: Order,
  today: IsoDate,
): Promise<{ id: string; number: string }> {
  const { organisation_id, contact_id, assigned_to_id } = original
  const number = await takeOrderNumberWithin(trx, { organisation_id, order_date: today })
  const offered = await readOffered(trx, { contact_id, user_id: assigned_to_id, organisation_id })
  const order = {
    organisation_id,
    number,
    subject: original.subject,
    account_id: original.account_id,
    contact_id: offered.contact ? contact_id : null,
    contract_reference: original.contract_reference,
    assigned_to_id: offered.user ? assigned_to_id : userId,
    currency: original.currency,
    order_date: today,
    invoicing_address: JSON.stringify(original.invoicing_address),
    shipping_address: JSON.stringify(original.shipping_address),
    shipping_differs: original.shipping_differs,
    net: original.net,
    tax: original.tax,
    gross: original.gross,
    created_by: userId,
    updated_by: userId,
  }
  return { id: await insertOrder(trx, order, [], []), number }
}

async function copyRecurrence(
  trx: Trx,
  userId: string,
  from: string,
  to: string,
  today: IsoDate,
  now: Date,
): Promise<boolean> {
  const original = await findRecurrence(trx, from)
  if (original === undefined) return false
  const { created_at: _created, updated_at: _updated, version: _version, ...settings } = original
  await insertRecurrence(trx, {
    ...settings,
    order_id: to,
    enabled: false,
    disabled_at: now.toISOString(),
    next_run_date: null,
    // Switched on later, the copy must not catch up the periods of the original.
    bill_from: laterOf(original.bill_from, today),
    updated_by: userId,
  })
  return true
}
