import { insertAudit } from '../../data/audit.ts'
import type { Trx } from '../../data/database.ts'
import { getBalance, setInvoiceStatus, wasSent } from '../../data/payments.ts'
import type { InvoiceStatus } from '../../lib/vocabulary.ts'
import { statusByBalance } from './payment-rules.ts'

/**
 * Gives an invoice the status that its balance asks for, under its lock: paid where nothing is open and something was paid, and what
 * it was before where money is owed again. For whoever credits or pays.
 */
export async function settleStatusWithin(
  trx: Trx,
  userId: string,
  invoiceId: string,
): Promise<{ from: InvoiceStatus; to: InvoiceStatus }> {
  const invoice = await getBalance(trx, invoiceId)
  const before = (await wasSent(trx, invoiceId)) ? 'sent' : 'approved'
  const from = invoice.status
  const to = statusByBalance(invoice, before)
  if (to === from || to === 'created' || to === 'automatically_created') return { from, to: from }
  await setInvoiceStatus(trx, invoiceId, { status: to, by: userId })
  await insertAudit(trx, {
    by: { user_id: userId },
    action: 'status_changed',
    subject_type: 'invoice',
    subject_id: invoiceId,
    organisation_id: invoice.organisation_id,
    changes: { status: { from, to } },
  })
  return { from, to }
}
