import type { Refusal } from '../../errors.ts'
import type { InvoiceStatus } from '../../lib/vocabulary.ts'
import { isDraft } from './statuses.ts'

/** Why a document cannot be credited; empty where it can. */
export function refusalsToCredit(
  invoice: {
    readonly kind: 'invoice' | 'deposit' | 'credit_note'
    readonly status: InvoiceStatus
    readonly number: string | null
  },
  /** Nothing is left of it; where nobody has asked yet, false. */
  closed: boolean,
): readonly Refusal[] {
  const params = { number: invoice.number ?? '' }
  if (isDraft(invoice.status)) return [{ code: 'not_issued', message: { key: 'credits.refused.draft' } }]
  if (invoice.kind === 'credit_note')
    return [{ code: 'credit_note', message: { key: 'credits.refused.credit_note', params } }]
  return closed ? [{ code: 'credited', message: { key: 'credits.refused.credited', params } }] : []
}

/** Why a credit note is made: what presets whether it makes its lines billable again. */
export const creditCauses = ['error', 'return', 'gesture'] as const

export type CreditCause = (typeof creditCauses)[number]

/** After a mistake the work is still to be billed; after a return or a gesture it is not. */
export function reopensByCause(cause: CreditCause | null): boolean {
  return cause === 'error'
}
