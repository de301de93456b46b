import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { setSent } from '../../data/invoice-status.ts'
import { Refused } from '../../errors.ts'
import { refusalsToMarkSent } from './lifecycle.ts'
import { lockInvoiceOf } from './lock-draft.ts'

/**
 * Notes that an issued invoice was sent in another way than by mail from here: by post, through a platform. Saying it twice changes
 * nothing.
 * @throws NotFound; Refused for a draft, and where it is paid
 */
export async function markSent(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
): Promise<{ number: string }> {
  return db.transaction().execute(async (trx) => {
    const invoice = await lockInvoiceOf(trx, id, user.organisation_ids)
    const number = invoice.number ?? ''
    if (invoice.status === 'sent') return { number }
    const refusals = refusalsToMarkSent(invoice)
    if (refusals.length > 0) throw new Refused(refusals)
    await setSent(trx, id, user.id)
    await insertAudit(trx, {
      by: { user_id: user.id },
      action: 'status_changed',
      subject_type: 'invoice',
      subject_id: id,
      organisation_id: invoice.organisation_id,
      changes: {
        version: { from: invoice.version, to: invoice.version + 1 },
        status: { from: invoice.status, to: 'sent' },
      },
    })
    return { number }
  })
}
