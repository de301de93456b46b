import { createHash } from 'node:crypto'
import {
  findBatchByKey,
  insertBatch,
  insertItemsMatching,
  insertItemsOfIds,
  insertItemsRefusedIn,
  listPeopleToAssign,
} from '../../data/batches.ts'
import type { Database, Trx } from '../../data/database.ts'
import type { OrderFilters } from '../../data/order-lists.ts'
import { InvalidForm } from '../../errors.ts'
import type { BatchAction } from '../../lib/vocabulary.ts'

/** What a batch is to act on: orders by their ids, all that a list's filters match, or what another batch was refused. */
export type BatchSelection =
  | { ids: readonly string[] }
  | { filters: OrderFilters; count: number }
  | { refused_in: string }

export type BatchRequest = {
  action: BatchAction
  /** Null: nobody. */
  assigned_to_id: string | null
  selection: BatchSelection
  /** The query of the list, for the way back. */
  list: string
  idempotency_key: string | null
}

/** The filters match another number of orders by now: nothing was done, and the person is asked again. */
export class CountChanged extends Error {
  readonly count: number

  constructor(count: number) {
    super(`${count} orders match by now`)
    this.name = 'CountChanged'
    this.count = count
  }
}

/** The key belongs to a batch with other values. */
export class SentBefore extends Error {
  readonly id: string

  constructor(id: string) {
    super(`the key belongs to the batch ${id}`)
    this.name = 'SentBefore'
    this.id = id
  }
}

/**
 * Records what is to be done, a row an order; `runBatch` does it. The same request under the same key leads to the same batch.
 * @throws InvalidForm where nothing is chosen or the person to assign is unknown; CountChanged; SentBefore
 */
export async function startBatch(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  request: BatchRequest,
): Promise<string> {
  const request_hash = hashOf(request)
  return db.transaction().execute(async (trx) => {
    await refuseUnknownAssignee(trx, user, request.assigned_to_id)
    const { selection, idempotency_key } = request
    const id = await insertBatch(trx, {
      action: request.action,
      assigned_to_id: request.assigned_to_id,
      list: request.list,
      retried_batch_id: 'refused_in' in selection ? selection.refused_in : null,
      idempotency_key,
      request_hash,
      created_by: user.id,
      heartbeat_at: null,
    })
    if (id === undefined) return sentUnder(trx, user.id, idempotency_key ?? '', request_hash)
    const count = await insertItems(trx, id, user.organisation_ids, selection)
    if ('filters' in selection && count !== selection.count) throw new CountChanged(count)
    if (count === 0) throw new InvalidForm([{ field: 'ids[]', message: { key: 'batches.ids.missing' } }])
    return id
  })
}

async function insertItems(
  trx: Trx,
  id: string,
  organisationIds: readonly string[],
  selection: BatchSelection,
): Promise<number> {
  if ('filters' in selection) return insertItemsMatching(trx, id, selection.filters)
  if ('refused_in' in selection) return insertItemsRefusedIn(trx, id, selection.refused_in, organisationIds)
  const ids = [...new Set(selection.ids)]
  await insertItemsOfIds(trx, id, ids, organisationIds)
  return ids.length
}

async function sentUnder(trx: Trx, userId: string, key: string, hash: string): Promise<string> {
  const sent = await findBatchByKey(trx, userId, key)
  if (sent === undefined) throw new Error(`no batch of ${userId} has the key ${key}`)
  if (sent.request_hash !== hash) throw new SentBefore(sent.id)
  return sent.id
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

function hashOf({ action, assigned_to_id, selection }: BatchRequest): string {
  const asked = 'ids' in selection ? { ids: [...new Set(selection.ids)].sort() } : selection
  return createHash('sha256').update(JSON.stringify({ action, assigned_to_id, asked })).digest('hex')
}
