import { listPeopleToAssign } from '../../data/batch-choices.ts'
import {
  insertBatch,
  insertItemsOfIds,
  insertItemsRefusedIn,
  insertMatchingInvoices,
  insertMatchingOrders,
} from '../../data/batches.ts'
import type { Database, Trx } from '../../data/database.ts'
import type { InvoiceFilters } from '../../data/invoice-lists.ts'
import type { OrderFilters } from '../../data/order-lists.ts'
import { insertSubmission, type SentForm } from '../../data/submissions.ts'
import { InvalidForm } from '../../errors.ts'
import type { BatchAction } from '../../lib/vocabulary.ts'

/** What a batch is to act on: documents by their ids, all that a list's filters match, or what another batch was refused. */
export type BatchSelection =
  | { ids: readonly string[] }
  | { filters: OrderFilters; count: number }
  | { invoice_filters: InvoiceFilters; count: number }
  | { refused_in: string }

export type BatchRequest = {
  action: BatchAction
  /** Null: nobody. */
  assigned_to_id: string | null
  selection: BatchSelection
  /** The query of the list, for the way back. */
  list: string
  /** The form that asks for it: sent twice, it is one batch. */
  sent?: SentForm | undefined
}

/** The filters match another number by now: nothing was done, and the person is asked again. */
export class CountChanged extends Error {
  readonly count: number

  constructor(count: number) {
    super(`${count} match by now`)
    this.name = 'CountChanged'
    this.count = count
  }
}

/**
 * Records what is to be done, a row a document; `runBatch` does it.
 * @throws InvalidForm where nothing is chosen or the person to assign is unknown; CountChanged; SentMeanwhile
 */
export async function startBatch(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  request: BatchRequest,
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    await refuseUnknownAssignee(trx, user, request.assigned_to_id)
    const { selection, sent } = request
    const id = await insertBatch(trx, {
      action: request.action,
      assigned_to_id: request.assigned_to_id,
      list: request.list,
      retried_batch_id: 'refused_in' in selection ? selection.refused_in : null,
      created_by: user.id,
      heartbeat_at: null,
    })
    // Before the orders are counted: the same form's own batch may have changed how many match.
    if (sent !== undefined) await insertSubmission(trx, sent, id)
    const items = { batch_id: id, action: request.action }
    const count = await insertItems(trx, items, user.organisation_ids, selection)
    if ('count' in selection && count !== selection.count) throw new CountChanged(count)
    if (count === 0) throw new InvalidForm([{ field: 'ids[]', message: { key: 'batches.ids.missing' } }])
    return id
  })
}

async function insertItems(
  trx: Trx,
  items: { batch_id: string; action: BatchAction },
  organisationIds: readonly string[],
  selection: BatchSelection,
): Promise<number> {
  if ('filters' in selection) return insertMatchingOrders(trx, items.batch_id, selection.filters)
  if ('invoice_filters' in selection)
    return insertMatchingInvoices(trx, items.batch_id, selection.invoice_filters)
  if ('refused_in' in selection)
    return insertItemsRefusedIn(trx, items, selection.refused_in, organisationIds)
  const ids = [...new Set(selection.ids)]
  await insertItemsOfIds(trx, items, ids, organisationIds)
  return ids.length
}

async function refuseUnknownAssignee(
  trx: Trx,
  user: { organisation_ids: readonly string[] },
  id: string | null,
): Promise<void> {
  if (id === null) return
  const people = await listPeopleToAssign(trx, user.organisation_ids)
  if (people.some((known) => known.id === id)) return
  throw new InvalidForm([{ field: 'assigned_to_id', message: { key: 'batches.assigned_to.unknown' } }])
}
