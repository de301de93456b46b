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
