import { type Actor, insertAudit } from '../../data/audit.ts'
import { hasPartDocuments } from '../../data/conversions.ts'
import type { Database, Trx } from '../../data/database.ts'
import { findUserName, listRecordedChanges } from '../../data/order-references.ts'
import { lockOrder, type Order, updateOrder } from '../../data/orders.ts'
import { InvalidForm, NotFound, Refused } from '../../errors.ts'
import type { Message } from '../../languages/catalog.ts'
import { mistakeOfConstraint } from '../constraint-mistakes.ts'
import { takeOrderNumberWithin } from '../numbers/take-order-number.ts'
import { mistakesAgainstDocuments } from './bound-lines.ts'
import { changesBetween, contentOf, type OrderContent, withoutChanges } from './content.ts'
import { orderConstraints } from './create-order.ts'
import { storedLines } from './document-lines.ts'
import { refusalsToWrite } from './edit-refusals.ts'
import type { OrderInput } from './lines.ts'
import { isSameContent, type Merge, mergeOrders } from './merge.ts'
import { type Author, fillOrder } from './order-form.ts'
import { type OrderRecords, recordsOf } from './order-records.ts'

/** Somebody saved the order since the form was loaded: both changes, merged as far as they do not meet. */
export class OrderConflict extends Error {
  readonly version: number
  readonly saved: { by: string | null; at: string }
  readonly merge: Merge
  /** The person's own form, whole. */
  readonly mine: OrderContent

  constructor(current: Order, by: string | null, merge: Merge, mine: OrderContent) {
    super(`order ${current.number} has version ${current.version} by now`)
    this.name = 'OrderConflict'
    this.version = current.version
    this.saved = { by, at: current.updated_at }
    this.merge = merge
    this.mine = mine
  }
}

export type OrderChangeRequest = {
  input: OrderInput
  /** The version that the form was loaded with; null is not compared. */
  version: number | null
  now: Date
}

/**
 * Saves an order. Saying the same again changes nothing, whatever the version.
 * @throws NotFound; Refused where it is finalized or cancelled; InvalidForm with every mistake; OrderConflict where somebody else
 * saved it since `version` was loaded
 */
export async function saveOrder(
  db: Database,
  by: Actor,
  author: Author,
  id: string,
  change: OrderChangeRequest,
): Promise<{ number: string; notices: readonly Message[] }> {
  return db
    .transaction()
    .execute(async (trx) => {
      const before = await lockOrder(trx, id, author.organisation_ids)
      if (before === undefined) throw new NotFound()
      const refusals = refusalsToWrite({ status: before.status, finalized: before.finalized_at !== null })
      if (refusals.length > 0) throw new Refused(refusals)

      const filled = await fillOrder(trx, author, change.input, { now: change.now, before })
      const inputs = filled.lines.map(({ input }) => input)
      const records = recordsOf(filled, storedLines(inputs, before))
      const [theirs, mine] = [contentOf(before), contentOfRecords(records)]
      if (isSameContent(theirs, mine)) return { number: before.number, notices: [] }
      if (change.version !== null && change.version !== before.version) {
        const base = await contentAt(trx, before, change.version)
        const named = withPostedIds(records, filled.lines, base)
        const editor = before.updated_by === null ? null : await findUserName(trx, before.updated_by)
        throw new OrderConflict(before, editor, mergeOrders(base, theirs, named), named)
      }
      const mistakes = mistakesAgainstDocuments(before, records, {
        places: inputs,
        hasDocuments: await hasPartDocuments(trx, id),
      })
      if (mistakes.length > 0) throw new InvalidForm(mistakes)
      return { number: await write(trx, by, before, records), notices: filled.notices }
    })
    .catch(mistakeOfConstraint(orderConstraints))
}

async function write(trx: Trx, by: Actor, before: Order, records: OrderRecords): Promise<string> {
  const { header, lines, taxes } = records
  const moved = header.organisation_id !== before.organisation_id
  // A number belongs to its organisation's series: in another one the order gets another.
  const number = moved ? await takeOrderNumberWithin(trx, header) : before.number
  const userId = 'user_id' in by ? by.user_id : null
  await updateOrder(trx, before, { ...header, number, updated_by: userId }, lines, taxes)
  const after = await lockOrder(trx, before.id, [header.organisation_id])
  if (after === undefined) throw new Error(`order ${before.number} is gone within its own transaction`)
  await insertAudit(trx, {
    by,
    action: 'updated',
    subject_type: 'order',
    subject_id: before.id,
    organisation_id: header.organisation_id,
    changes: {
      version: { from: before.version, to: after.version },
      ...(moved ? { number: { from: before.number, to: number } } : {}),
      ...changesBetween(contentOf(before), contentOf(after)),
    },
  })
  return number
}

function contentOfRecords({ header, lines }: OrderRecords): OrderContent {
  const { shipping_address, ...rest } = header
  return contentOf({ ...rest, shipping_address: JSON.parse(shipping_address), lines })
}

/** The order as it was at a version: as it is, with every change since taken back, newest first. */
async function contentAt(trx: Trx, current: Order, version: number): Promise<OrderContent> {
  const recorded = await listRecordedChanges(trx, current.id, version)
  return recorded.reduce(withoutChanges, contentOf(current))
}

/** A posted line that the other one removed meanwhile has no stored line; its own id still says which it was. */
function withPostedIds(
  records: OrderRecords,
  lines: readonly { input: { id: string | null } }[],
  base: OrderContent,
): OrderContent {
  const content = contentOfRecords(records)
  const known = new Set(base.lines.map(({ id }) => id))
  return {
    ...content,
    lines: content.lines.map((line, at) => {
      const posted = lines[at]?.input.id ?? ''
      return line.id === '' && known.has(posted) ? { ...line, id: posted } : line
    }),
  }
}
