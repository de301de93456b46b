import { sql } from 'kysely'
import type { Database } from '../../src/data/database.ts'
import { periodsBilled, type ShopPlan } from './sizes.ts'

/**
 * Makes those of `new_orders` recur that were chosen for it: a quarter of them every three months where that makes no difference to
 * how many periods are due. `billed` first, so that the product's own run bills them before anything else is due.
 */
export async function insertRecurrences(
  connection: Database,
  plan: ShopPlan,
  which: readonly ('due' | 'behind' | 'idle' | 'billed')[],
): Promise<void> {
  await sql`
    WITH chosen AS (
      SELECT o.*, row_number() OVER (PARTITION BY o.recurs ORDER BY o.place) AS turn,
        CASE WHEN pg_temp.chance(o.place, 40, 4) = 0 THEN 3 ELSE 1 END AS months,
        -- The run date of today's period: no later than today, and on a day that every month has.
        ${plan.today}::date - pg_temp.chance(o.place, 41, 20) AS latest
      FROM new_orders o WHERE o.recurs = ANY(${[...which]}::text[])
    ), run AS (
      SELECT c.*, least(c.latest, date_trunc('month', c.latest)::date + 27) AS last_run,
        CASE c.recurs WHEN 'due' THEN 0 WHEN 'behind' THEN ${plan.periods} - 1 WHEN 'idle' THEN -1
          -- The last of them is billed less often, so that there are exactly as many invoices as asked for.
          ELSE least(${periodsBilled}, ${plan.invoices} - ${periodsBilled} * (c.turn - 1)) - 1 END AS missed
      FROM chosen c
    ), next AS (
      SELECT r.*, CASE WHEN r.recurs = 'billed' THEN 1 ELSE r.months END AS step,
        (r.last_run - make_interval(months => (CASE WHEN r.recurs = 'billed' THEN 1 ELSE r.months END) * r.missed::int))::date
          AS next_run_date
      FROM run r
    )
    INSERT INTO recurrences (order_id, organisation_id, enabled, frequency, start_date, bill_from, service_period,
      payment_term_id, initial_invoice_status, invoice_subject, document_date_preference, responsible_id, next_run_date,
      created_at, updated_at, updated_by)
    SELECT n.id, n.organisation_id, true, CASE n.step WHEN 1 THEN 'monthly' ELSE 'quarterly' END,
      -- Billed elsewhere before bill_from, as in a shop that has moved here.
      (n.next_run_date - make_interval(months => n.step * pg_temp.chance(n.place, 42, 6)))::date, n.next_run_date, 'calendar',
      coalesce(n.payment_term_id, g.default_payment_term_id),
      (ARRAY['automatically_created', 'automatically_created', 'created', 'approved'])[1 + pg_temp.chance(n.place, 43, 4)],
      CASE WHEN n.language LIKE 'fr%' THEN 'Abonnement {MMM} {YYYY}' ELSE 'Subscription {MMM} {YYYY}' END,
      (ARRAY['first_day_current_period', 'last_day_current_period', 'date_created'])[1 + pg_temp.chance(n.place, 44, 3)],
      n.assigned_to_id, n.next_run_date, n.created_at, n.created_at, n.user_id
    FROM next n JOIN organisations g ON g.id = n.organisation_id
    ORDER BY n.place`.execute(connection)
}
