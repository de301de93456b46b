import { insertAudit } from '../../data/audit.ts'
import { lockOrdersOfInvoice } from '../../data/credit-notes.ts'
import type { Database, Trx } from '../../data/database.ts'
import { deleteDraft as deleteDraftRow, type Invoice, listOccurrencesOfInvoice } from '../../data/invoices.ts'
import { lockOccurrence, type OccurrenceKey, updateOccurrence } from '../../data/occurrences.ts'
import { moveProgress } from '../../data/order-progress.ts'
import { countOfOwner } from '../../data/owners.ts'
import { InvalidForm, Refused } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { withRefusalsOfFiled } from '../filed-refusals.ts'
import { periodName } from '../recurring/decide-occurrence.ts'
import { refusalsToDelete } from './lifecycle.ts'
import { lockInvoiceOf } from './lock-draft.ts'

/** What becomes of the period that a recurring draft bills. */
export const periodChoices = ['free', 'skip'] as const

export type PeriodChoice = (typeof periodChoices)[number]

export type DraftDeletion = {
  /** Asked for by a recurring draft alone: `free` makes its period due again, `skip` leaves it unbilled. */
  period: PeriodChoice | null
  /** Why the period is not billed; `skip` asks for it. Null, where a program sent no such field, is not asked for. */
  reason: string | null
  /** The version that the person saw; null is not compared. */
  version: number | null
}

export type DeletedDraft = {
  subject: string
  order_id: string | null
  /** Null where the draft billed no period. */
  period: PeriodChoice | null
}

/**
 * Deletes a draft, and settles the periods it billed in the same transaction, so that no period is ever left without an answer.
 * Locks go the way of the runs: order, recurrence, occurrence, and the invoice last.
 * @throws NotFound; Refused where it is issued or deleted already; InvalidForm without a choice or its reason, or where somebody
 * changed it since `version` was read
 */
export async function deleteDraft(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
  deletion: DraftDeletion,
): Promise<DeletedDraft> {
  return db.transaction().execute(async (trx) => {
    const orders = await lockOrdersOfInvoice(trx, id)
    const periods = await lockPeriodsOf(trx, id)
    const invoice = await lockInvoiceOf(trx, id, user.organisation_ids)
    const filed = await countOfOwner(trx, { kind: 'invoice', id }, '-infinity')
    const refusals = withRefusalsOfFiled(refusalsToDelete(invoice), filed)
    if (refusals.length > 0) throw new Refused(refusals)
    const errors = mistakesOf(deletion, { version: invoice.version, recurring: periods.length > 0 })
    if (errors.length > 0) throw new InvalidForm(errors)

    const period = periods.length > 0 ? deletion.period : null
    if (period !== null) {
      for (const key of periods) await settle(trx, user.id, invoice, key, { period, reason: deletion.reason })
    }
    await deleteDraftRow(trx, id)
    // What it took of its orders remains to be billed again.
    await moveProgress(trx, orders)
    await insertAudit(trx, {
      by: { user_id: user.id },
      action: 'deleted',
      subject_type: 'invoice',
      subject_id: id,
      organisation_id: invoice.organisation_id,
      changes: {
        subject: invoice.subject,
        order_id: invoice.order_id,
        document_date: invoice.document_date,
        currency: invoice.currency,
        net: invoice.net,
        gross: invoice.gross,
        ...(period === null ? {} : { period, periods: periods.map(periodName) }),
        ...(period === 'skip' ? { reason: deletion.reason } : {}),
      },
    })
    return { subject: invoice.subject, order_id: invoice.order_id, period }
  })
}

async function lockPeriodsOf(trx: Trx, id: string): Promise<OccurrenceKey[]> {
  const locked: OccurrenceKey[] = []
  for (const key of await listOccurrencesOfInvoice(trx, id)) {
    const row = await lockOccurrence(trx, key)
    // Whoever held the lock before may have given the period to another invoice.
    if (row?.invoice_id === id) locked.push(key)
  }
  return locked
}

function mistakesOf(deletion: DraftDeletion, draft: { version: number; recurring: boolean }): FieldError[] {
  if (deletion.version !== null && deletion.version !== draft.version) {
    return [{ field: 'version', message: { key: 'invoices.deletion.changed' } }]
  }
  if (!draft.recurring) return []
  if (deletion.period === null) {
    return [{ field: 'period', message: { key: 'invoices.deletion.period_missing' } }]
  }
  if (deletion.period === 'skip' && deletion.reason === '') {
    return [{ field: 'reason', message: { key: 'invoices.deletion.reason_missing' } }]
  }
  return []
}

async function settle(
  trx: Trx,
  userId: string,
  invoice: Invoice,
  key: OccurrenceKey,
  decision: { period: PeriodChoice; reason: string | null },
): Promise<void> {
  const skipped = decision.period === 'skip'
  await updateOccurrence(trx, key, {
    state: skipped ? 'skipped' : 'due',
    reason_code: skipped ? 'draft_deleted' : null,
    reason_text: skipped ? (decision.reason ?? '') : '',
    decided_by: userId,
  })
  await insertAudit(trx, {
    by: { user_id: userId },
    action: skipped ? 'skipped' : 'made_due',
    subject_type: 'occurrence',
    subject_id: key.order_id,
    organisation_id: invoice.organisation_id,
    changes: {
      period: periodName(key),
      state: { from: 'invoiced', to: skipped ? 'skipped' : 'due' },
      ...(skipped ? { reason: decision.reason } : {}),
    },
  })
}
