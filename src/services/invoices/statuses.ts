import type { InvoiceStatus } from '../../lib/vocabulary.ts'

export const draftStatuses = ['automatically_created', 'created'] as const satisfies readonly InvoiceStatus[]

export type DraftStatus = (typeof draftStatuses)[number]

export function isDraft(status: InvoiceStatus): status is DraftStatus {
  return draftStatuses.some((draft) => draft === status)
}
