import { type RawBuilder, sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { OrganisationDay } from './billing-states.ts'

/** What invoices can be asked for: something is open, it is open after the due date, everything is paid. */
export const paymentStates = ['open', 'overdue', 'paid'] as const

/** A state of payment; overdue is told on each organisation's own day. */
export type PaymentState =
  | { readonly state: 'open' }
  | { readonly state: 'paid' }
  | { readonly state: 'overdue'; readonly days: readonly OrganisationDay[] }

/** The condition on `invoices` that an invoice stands so. The first one is the predicate of the index `invoices_open`. */
export function isInPaymentState(payment: PaymentState): RawBuilder<boolean> {
  if (payment.state === 'paid') return sql<boolean>`invoices.status = 'paid'`
  if (payment.state === 'open') return hasOpen
  return sql<boolean>`(${hasOpen} AND ${owed} AND ${isPast(payment.days)})`
}

/** The due date of the oldest overdue invoice of one organisation. */
export function oldestDueDate({ id, today }: OrganisationDay): RawBuilder<unknown> {
  return sql`SELECT invoices.due_date FROM invoices
    WHERE invoices.organisation_id = ${id} AND ${hasOpen} AND ${owed} AND invoices.due_date < ${today}::date
    ORDER BY invoices.due_date LIMIT 1`
}

const hasOpen = sql<boolean>`(invoices.issued_at IS NOT NULL AND invoices.kind <> 'credit_note'
  AND (invoices.gross - invoices.credited - invoices.paid) <> 0)`

/** Money that is to be given back is nobody's delay. */
const owed = sql<boolean>`(invoices.gross - invoices.credited - invoices.paid) > 0`

/** Past its due date; one comparison where it is the same day everywhere, so that an index serves it. */
function isPast(days: readonly OrganisationDay[]): RawBuilder<boolean> {
  const dates = [...new Set(days.map(({ today }) => today))]
  const past = (today: IsoDate) => sql<boolean>`invoices.due_date < ${today}::date`
  const [only, ...others] = dates
  if (only === undefined) return sql<boolean>`false`
  if (others.length === 0) return past(only)
  const each = dates.map((today) => {
    const ids = days.filter((day) => day.today === today).map(({ id }) => id)
    return sql`(invoices.organisation_id = ANY(${ids}::uuid[]) AND ${past(today)})`
  })
  return sql<boolean>`(${sql.join(each, sql` OR `)})`
}
