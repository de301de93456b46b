import { type RawBuilder, sql } from 'kysely'
import { type IsoDate, todayIn } from '../lib/dates.ts'
import type { Database } from './database.ts'

/** What recurring orders can be asked for: due and not billed yet, with parked periods, run on this very day. */
export const billingStates = ['due', 'parked', 'today'] as const

export type BillingState = (typeof billingStates)[number]

/** The day that it is in an organisation. */
export type OrganisationDay = { id: string; today: IsoDate }

/** The organisations, each with its own day at an instant. */
export async function listDays(
  db: Database,
  organisationIds: readonly string[],
  now: Date,
): Promise<OrganisationDay[]> {
  const found = await db
    .selectFrom('organisations')
    .select(['id', 'time_zone'])
    .where('id', 'in', [...organisationIds])
    .orderBy('code')
    .execute()
  return found.map(({ id, time_zone }) => ({ id, today: todayIn(time_zone, now) }))
}

/**
 * The condition on `customer_orders` that an order stands in a state of billing, on its organisation's own day. Organisation by
 * organisation, so that each part has a constant day and uses its index however many orders there are.
 */
export function isInBillingState(state: BillingState, days: readonly OrganisationDay[]): RawBuilder<boolean> {
  const ids = sql.join(
    days.flatMap((day) => ordersOf[state](day)),
    sql` UNION ALL `,
  )
  const listed = sql<boolean>`customer_orders.id IN (${ids})`
  return state === 'due' ? sql<boolean>`(customer_orders.status <> 'cancelled' AND ${listed})` : listed
}

/** The run date of the oldest period in a state of billing, in one organisation. */
export function oldestRunDate(
  state: Exclude<BillingState, 'today'>,
  { id, today }: OrganisationDay,
): RawBuilder<unknown> {
  return state === 'parked'
    ? sql`SELECT min(run_date) FROM recurrence_occurrences
        WHERE organisation_id = ${id} AND state IN ('held', 'failed')`
    : sql`SELECT least(
        (SELECT min(next_run_date) FROM recurrences
         WHERE organisation_id = ${id} AND enabled AND next_run_date <= ${today}::date),
        (SELECT min(x.run_date) FROM recurrence_occurrences x JOIN recurrences r ON r.order_id = x.order_id AND r.enabled
         WHERE x.organisation_id = ${id} AND x.state = 'due' AND x.run_date <= ${today}::date))`
}

const ordersOf: Record<BillingState, (day: OrganisationDay) => RawBuilder<unknown>[]> = {
  due: ({ id, today }) => [
    sql`SELECT r.order_id FROM recurrences r
      WHERE r.organisation_id = ${id} AND r.enabled AND r.next_run_date <= ${today}::date`,
    sql`SELECT x.order_id FROM recurrence_occurrences x JOIN recurrences r ON r.order_id = x.order_id AND r.enabled
      WHERE x.organisation_id = ${id} AND x.state = 'due' AND x.run_date <= ${today}::date`,
  ],
  parked: ({ id }) => [
    sql`SELECT x.order_id FROM recurrence_occurrences x
      WHERE x.organisation_id = ${id} AND x.state IN ('held', 'failed')`,
  ],
  today: ({ id, today }) => [
    sql`SELECT x.order_id FROM recurrence_occurrences x
      WHERE x.organisation_id = ${id} AND x.run_date = ${today}::date AND x.state <> 'due'`,
  ],
}
