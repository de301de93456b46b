import { setTimeout as pause } from 'node:timers/promises'
import {
  type BatchOrder,
  findBatchToRun,
  finishBatch,
  lockPendingItem,
  markBatchAlive,
  settleItem,
} from '../../data/batches.ts'
import type { Database, Trx } from '../../data/database.ts'
import { isPassing } from '../../data/failures.ts'
import { NotFound, type Refusal, Refused } from '../../errors.ts'
import { assignOrderWithin } from '../orders/assign-order.ts'
import { changeOrderStatusWithin } from '../orders/change-status.ts'
import { issueAll } from './issue-all.ts'

export type BatchRunOptions = {
  /** Lets the order under way end, and leaves the rest. */
  signal?: AbortSignal
  /** Hears of an order that failed for a reason of ours; the batch goes on with the next. */
  onFailure?: (error: unknown) => void
}

const heartbeatMs = 3_000
/** A lost connection or a deadlock is waited for so often and so long; then the batch rests. */
const patienceMs: readonly number[] = [200, 1_000, 5_000]

/**
 * Does what a batch asks for, order by order, each in a transaction of its own together with its row of the receipt: a run that is
 * killed has done exactly what its receipt says. Two runs of one batch share the rows between them; each is settled once.
 */
export async function runBatch(db: Database, id: string, options: BatchRunOptions = {}): Promise<void> {
  const batch = await findBatchToRun(db, id)
  if (batch === undefined) return
  await markBatchAlive(db, id, 'alive')
  // A sign of life that cannot be written is not the batch's failure: the next one may be.
  const heartbeat = setInterval(() => markBatchAlive(db, id, 'alive').catch(() => {}), heartbeatMs)
  try {
    let goesOn = batch.action !== 'issue'
    if (batch.action === 'issue') await issueAll(db, batch, options.signal)
    while (goesOn && options.signal?.aborted !== true) goesOn = await settleNext(db, batch, options)
    await finishBatch(db, id)
  } finally {
    clearInterval(heartbeat)
    await markBatchAlive(db, id, 'rest')
  }
}

/** False where no row is left that another run does not hold. */
async function settleNext(db: Database, batch: BatchOrder, options: BatchRunOptions): Promise<boolean> {
  for (let tries = 0; ; tries += 1) {
    let position: number | undefined
    try {
      return await db.transaction().execute(async (trx) => {
        const item = await lockPendingItem(trx, batch.id)
        if (item === undefined) return false
        position = item.position
        const refusals = await refusalsOf(() => act(trx, batch, item.document_id))
        const result = refusals.length === 0 ? 'done' : 'refused'
        await settleItem(trx, { batch_id: batch.id, position }, { result, refusals })
        return true
      })
    } catch (error) {
      const wait = patienceMs[tries]
      if (isPassing(error) && wait !== undefined) {
        await pause(wait)
        continue
      }
      if (isPassing(error) || position === undefined) throw error
      options.onFailure?.(error)
      await settleItem(db, { batch_id: batch.id, position }, { result: 'refused', refusals: [failed] })
      return true
    }
  }
}

/** The single actions themselves: a batch refuses what they refuse, in their words. */
async function act(trx: Trx, batch: BatchOrder, orderId: string): Promise<void> {
  switch (batch.action) {
    case 'approve':
      await changeOrderStatusWithin(trx, batch.by, orderId, {
        to: 'approved',
        unbilled: 'keep',
        now: new Date(),
        batch_id: batch.id,
      })
      return
    case 'assign':
      await assignOrderWithin(trx, batch.by, orderId, {
        assigned_to_id: batch.assigned_to_id,
        batch_id: batch.id,
      })
      return
    case 'issue':
      throw new Error('Invoices are issued many at once, in the order of their numbers.')
  }
}

/** Both are thrown before anything is written, so the transaction can go on and record them. */
async function refusalsOf(action: () => Promise<void>): Promise<readonly Refusal[]> {
  try {
    await action()
    return []
  } catch (error) {
    if (error instanceof Refused) return error.refusals
    if (error instanceof NotFound) return [notFound]
    throw error
  }
}

const notFound: Refusal = { code: 'not_found', message: { key: 'batches.refused.not_found' } }
const failed: Refusal = { code: 'failed', message: { key: 'batches.refused.failed' } }
