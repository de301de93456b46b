import type { Refusal } from '../../errors.ts'
import type { InvoiceStatus } from '../../lib/vocabulary.ts'
import { isDraft } from './statuses.ts'

/** Why an invoice cannot be edited: once issued it never changes. Empty for a draft. */
export function refusalsToEdit(invoice: {
  readonly status: InvoiceStatus
  readonly number: string | null
}): readonly Refusal[] {
  if (isDraft(invoice.status)) return []
  const params = { number: invoice.number ?? '' }
  return [{ code: 'invoice_issued', message: { key: 'invoices.refused.issued', params } }]
}

/** Why an invoice cannot be deleted: once issued it stays for ever. Empty for a draft. */
export function refusalsToDelete(invoice: {
  readonly status: InvoiceStatus
  readonly number: string | null
}): readonly Refusal[] {
  if (isDraft(invoice.status)) return []
  const params = { number: invoice.number ?? '' }
  return [{ code: 'invoice_issued', message: { key: 'invoices.refused.issued_delete', params } }]
}

/** A draft that is gone already, for whoever comes second. */
export function refusalOfDeleted(who: string): Refusal {
  return { code: 'invoice_deleted', message: { key: 'invoices.refused.deleted', params: { who } } }
}

/** Why an invoice cannot be issued, whatever stands on it; empty for a draft. */
export function refusalsToIssueAgain(invoice: {
  readonly status: InvoiceStatus
  readonly number: string | null
}): readonly Refusal[] {
  if (isDraft(invoice.status)) return []
  const params = { number: invoice.number ?? '' }
  return [{ code: 'already_issued', message: { key: 'invoices.refused.already_issued', params } }]
}

/** Why an invoice cannot be marked as sent now; empty for an approved one. */
export function refusalsToMarkSent(invoice: {
  readonly status: InvoiceStatus
  readonly number: string | null
}): readonly Refusal[] {
  if (invoice.status === 'approved') return []
  const params = { number: invoice.number ?? '' }
  if (isDraft(invoice.status))
    return [{ code: 'not_issued', message: { key: 'invoices.refused.not_issued' } }]
  return invoice.status === 'sent'
    ? [{ code: 'already_sent', message: { key: 'invoices.refused.already_sent', params } }]
    : [{ code: 'already_paid', message: { key: 'invoices.refused.already_paid', params } }]
}
