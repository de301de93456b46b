import { type BatchOrder, listPendingDocuments, type Settled, settleDocuments } from '../../data/batches.ts'
import type { Database } from '../../data/database.ts'
import type { Refusal } from '../../errors.ts'
import { issueInvoices } from '../invoices/issue-invoices.ts'
import type { IssueOutcome } from '../invoices/issuing.ts'
import { refusalsToIssue } from '../invoices/legal-mentions.ts'

const mostAtOnce = 20_000

/**
 * Issues what a batch asks for, numbered in the order of document date over all of it; each step's rows of the receipt are written in
 * the transaction that issues. A date that lies ahead is refused here: such a draft waits, or is issued by itself.
 */
export async function issueAll(db: Database, batch: BatchOrder, signal?: AbortSignal): Promise<void> {
  for (;;) {
    const ids = await listPendingDocuments(db, batch.id, mostAtOnce)
    if (ids.length === 0 || signal?.aborted === true) return
    const { outcomes } = await issueInvoices(db, {
      by: { user_id: batch.by.id },
      organisation_ids: batch.by.organisation_ids,
      ids,
      lacks: refusalsToIssue,
      settle: (trx, some) => settleDocuments(trx, batch.id, some.map(settledOf)),
      signal,
    })
    await settleDocuments(db, batch.id, outcomes.map(settledOf))
  }
}

function settledOf(outcome: IssueOutcome): Settled {
  const number = outcome.result === 'issued' || outcome.result === 'gone' ? outcome.number : null
  return { document_id: outcome.id, refusals: refusalsOf(outcome), number }
}

function refusalsOf(outcome: IssueOutcome): readonly Refusal[] {
  switch (outcome.result) {
    case 'issued':
      return []
    case 'refused':
      return outcome.refusals
    case 'waits': {
      const params = { issues_date: outcome.issues_on }
      return [{ code: 'dated_ahead', message: { key: 'batches.refused.dated_ahead', params } }]
    }
    case 'gone': {
      const { number } = outcome
      return number === null
        ? [{ code: 'not_found', message: { key: 'batches.refused.invoice_not_found' } }]
        : [{ code: 'already_issued', message: { key: 'batches.refused.already_issued', params: { number } } }]
    }
  }
}
