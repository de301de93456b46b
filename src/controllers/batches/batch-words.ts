import type { BatchRecord } from '../../data/batches.ts'
import type { Translate } from '../../languages/translate.ts'

/** The list that a batch acts on documents of. */
export function listOf({ action }: Pick<BatchRecord, 'action'>): 'orders' | 'invoices' {
  return action === 'issue' ? 'invoices' : 'orders'
}

export function stateOf(batch: BatchRecord): 'finished' | 'interrupted' | 'running' {
  if (batch.finished_at !== null) return 'finished'
  return batch.interrupted ? 'interrupted' : 'running'
}

/** "38 orders approved, 3 not". */
export function summary(t: Translate, batch: BatchRecord): string {
  const { action, done, refused, pending } = batch
  const name = batch.assigned_to_name ?? ''
  const key = action === 'assign' && batch.assigned_to_id === null ? 'unassign' : action
  return t(`batches.summary.${key}`, { done, refused, pending, name })
}

export function badgeOf(t: Translate, state: ReturnType<typeof stateOf>) {
  const looks = { finished: 'succeeded', running: 'running', interrupted: 'paused' } as const
  return { status: looks[state], word: t(`batches.state.${state}`) }
}

/** A batch's own keys in JSON. */
export function batchJson(batch: BatchRecord) {
  return {
    id: batch.id,
    action: batch.action,
    assigned_to:
      batch.assigned_to_id === null ? null : { id: batch.assigned_to_id, name: batch.assigned_to_name },
    state: stateOf(batch),
    created_at: batch.created_at,
    created_by: { id: batch.created_by, name: batch.created_by_name },
    finished_at: batch.finished_at,
    total: batch.total,
    done: batch.done,
    refused: batch.refused,
    pending: batch.pending,
  }
}
