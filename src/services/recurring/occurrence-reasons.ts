import type { Message } from '../../languages/catalog.ts'
import { type ReasonCode, reasonCodes } from './plan-batch.ts'

/** The sentence for why an occurrence stands without an invoice, with what to do where there is something to do. */
export function reasonSentence(occurrence: {
  readonly reason_code: string | null
  readonly reason_params: Readonly<Record<string, string | number>>
  readonly reason_text: string
}): Message {
  const code = reasonCodes.find((known) => known === occurrence.reason_code)
  if (code === undefined) return { key: 'recurring.reason.other' }
  const { reason_params, reason_text } = occurrence
  if (reason_text === '' && code === 'draft_deleted') return { key: 'recurring.reason.draft_deleted_unsaid' }
  if (reason_text === '' && code === 'held_by_person') return { key: 'recurring.reason.held_unsaid' }
  return { key: keys[code], params: { ...reason_params, text: reason_text } }
}

const keys = {
  nothing_to_bill: 'recurring.reason.nothing_to_bill',
  below_zero: 'recurring.reason.below_zero',
  overlap: 'recurring.reason.overlap',
  account_archived: 'recurring.reason.account_archived',
  tax_rate_ended: 'recurring.reason.tax_rate_ended',
  cannot_plan: 'recurring.reason.cannot_plan',
  cannot_write: 'recurring.reason.cannot_write',
  skipped_by_person: 'recurring.reason.skipped_by_person',
  draft_deleted: 'recurring.reason.draft_deleted',
  held_by_person: 'recurring.reason.held_by_person',
  paused: 'recurring.reason.paused',
  order_cancelled: 'recurring.reason.order_cancelled',
} as const satisfies Record<ReasonCode, Message['key']>
