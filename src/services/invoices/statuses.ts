/** The life of an invoice in its order: the first two are drafts, the others issued. */
export const invoiceStatuses = ['automatically_created', 'created', 'approved', 'sent', 'paid'] as const

export type InvoiceStatus = (typeof invoiceStatuses)[number]

export const draftStatuses = ['automatically_created', 'created'] as const satisfies readonly InvoiceStatus[]

export type DraftStatus = (typeof draftStatuses)[number]

export function isDraft(status: InvoiceStatus): status is DraftStatus {
  return draftStatuses.some((draft) => draft === status)
}
