import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { setDraftStatus } from '../../data/invoices.ts'
import { Refused } from '../../errors.ts'
import { refusalsToEdit } from './lifecycle.ts'
import { lockInvoiceOf } from './lock-draft.ts'

/**
 * Takes over a draft that a run made: from then on it counts as created by a person. Saying it twice changes nothing.
 * @throws NotFound; Refused where it is issued or deleted
 */
export async function markDraftCreated(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const invoice = await lockInvoiceOf(trx, id, user.organisation_ids)
    const refusals = refusalsToEdit(invoice)
    if (refusals.length > 0) throw new Refused(refusals)
    if (invoice.status === 'created') return
    await setDraftStatus(trx, id, { status: 'created', by: user.id })
    await insertAudit(trx, {
      by: { user_id: user.id },
      action: 'status_changed',
      subject_type: 'invoice',
      subject_id: id,
      organisation_id: invoice.organisation_id,
      changes: {
        version: { from: invoice.version, to: invoice.version + 1 },
        status: { from: invoice.status, to: 'created' },
      },
    })
  })
}
