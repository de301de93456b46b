import { sql } from 'kysely'
import type { Database } from '../../src/data/database.ts'
import type { People } from './people.ts'
import { ordersBilled, type ShopPlan } from './sizes.ts'
import { longSubject, subjects } from './words.ts'

/** Orders lie in so many days up to today, more of them the later. */
const days = 1_095

/**
 * Thinks up every order, in a temporary table of the connection: `new_orders`, a row each by its place from 1, the oldest first.
 *
 * Chance is a hash of the place, so that it repeats itself whatever plan PostgreSQL makes. Few customers have many orders and many
 * have few, by a power of the chance; the same holds for who they are assigned to.
 */
export async function planOrders(connection: Database, plan: ShopPlan, people: People): Promise<void> {
  await sql`
    CREATE FUNCTION pg_temp.chance(place bigint, question int, below int) RETURNS int LANGUAGE sql IMMUTABLE
    RETURN mod(hashint8extended(place, ${sql.lit(plan.seed)}::bigint * 1000 + question) & 9223372036854775807, below)::int`.execute(
    connection,
  )
  await numberDirectory(connection, people)
  await sql`
    CREATE TEMPORARY TABLE new_orders AS
    WITH placed AS (
      SELECT place, pg_temp.chance(place, 1, 100) AS of_organisation,
        (pg_temp.chance(place, 2, 1000000) / 1e6)::float8 AS of_account,
        (pg_temp.chance(place, 3, 1000000) / 1e6)::float8 AS of_user,
        (pg_temp.chance(place, 4, 1000000) / 1e6)::float8 AS of_assignee,
        pg_temp.chance(place, 5, 100) AS of_status,
        ${plan.today}::date - ${days}::int + ceil(${days}::int * power(place::float8 / ${plan.orders}, 0.8))::int - 1 AS day,
        row_number() OVER (ORDER BY pg_temp.chance(place, 6, 1000000000), place) AS turn
      FROM generate_series(1, ${plan.orders}::int) AS place
    ), dated AS (
      SELECT *,
        -- Nobody orders on a weekend.
        day - CASE extract(isodow FROM day) WHEN 6 THEN 1 WHEN 7 THEN 2 ELSE 0 END AS order_date,
        ${recurs(plan)} AS recurs
      FROM placed
    ), decided AS (
      SELECT *, ${statusOf} AS status FROM dated
    )
    SELECT d.place, uuidv7() AS id, g.organisation_id, d.order_date, d.recurs, d.status,
      CASE WHEN d.status = 'cancelled' THEN CASE WHEN pg_temp.chance(d.place, 7, 2) = 0 THEN 'created' ELSE 'approved' END END
        AS status_before_cancel,
      a.id AS account_id, a.currency, a.decimals, a.tax_treatment, a.language, a.payment_term_id, a.invoicing_address,
      a.shipping_address, c.id AS contact_id, u.user_id,
      CASE WHEN pg_temp.chance(d.place, 8, 5) > 0 THEN s.user_id END AS assigned_to_id,
      CASE WHEN pg_temp.chance(d.place, 9, 100) < 45 THEN 'PO-' || 100000 + pg_temp.chance(d.place, 10, 899999) ELSE '' END
        AS customer_order_number,
      CASE WHEN pg_temp.chance(d.place, 11, 100) < 6 THEN 'MARCHÉ-' || 1000 + pg_temp.chance(d.place, 12, 8999) ELSE '' END
        AS contract_reference,
      (${[...subjects]}::text[])[1 + pg_temp.chance(d.place, 13, ${subjects.length})]
        || CASE WHEN pg_temp.chance(d.place, 14, 3) = 0 THEN ' ' || extract(year FROM d.order_date) ELSE '' END
        || CASE WHEN pg_temp.chance(d.place, 15, 100) < 5 THEN ', ' || ${longSubject}::text ELSE '' END AS subject,
      (d.order_date + make_interval(mins => 480 + pg_temp.chance(d.place, 16, 600))) AT TIME ZONE 'Europe/Paris' AS created_at,
      extract(year FROM d.order_date)::int AS year,
      row_number() OVER (PARTITION BY g.organisation_id, extract(year FROM d.order_date) ORDER BY d.place) AS number
    FROM decided d
    JOIN all_organisations g ON g.rank = CASE WHEN d.of_organisation < 60 THEN 1 WHEN d.of_organisation < 88 THEN 2 ELSE 3 END
    JOIN all_accounts a ON a.rank = 1 + floor(${plan.accounts} * power(d.of_account, 2.5))
    JOIN all_users u ON u.organisation_id = g.organisation_id AND u.rank = 1 + floor(u.of * power(d.of_user, 2))
    JOIN all_users s ON s.organisation_id = g.organisation_id AND s.rank = 1 + floor(s.of * power(d.of_assignee, 2))
    LEFT JOIN all_contacts c ON c.account_id = a.id AND c.rank = 1 + pg_temp.chance(d.place, 17, c.of + 1)
    ORDER BY d.place`.execute(connection)
  await sql`CREATE UNIQUE INDEX ON new_orders (place)`.execute(connection)
  await sql`ANALYZE new_orders`.execute(connection)
}

/** Whom orders may name, each with its place among its like. */
async function numberDirectory(connection: Database, people: People): Promise<void> {
  const ids = people.organisations.map(({ id }) => id)
  await sql`CREATE TEMPORARY TABLE all_organisations AS
    SELECT id AS organisation_id, rank FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS o(id, rank)`.execute(
    connection,
  )
  await sql`CREATE TEMPORARY TABLE all_users AS
    SELECT m.organisation_id, u.id AS user_id, count(*) OVER whole AS of,
      row_number() OVER (PARTITION BY m.organisation_id ORDER BY u.email) AS rank
    FROM users u JOIN user_organisations m ON m.user_id = u.id
    WINDOW whole AS (PARTITION BY m.organisation_id)`.execute(connection)
  const address = sql`jsonb_build_object('name', coalesce(nullif(a.legal_name, ''), a.name), 'street', a.street,
    'street_2', a.street_2, 'street_3', a.street_3, 'postal_code', a.postal_code, 'city', a.city, 'region', a.region,
    'country', a.country)`
  await sql`CREATE TEMPORARY TABLE all_accounts AS
    SELECT a.id, row_number() OVER (ORDER BY a.code) AS rank, a.currency, y.decimals, a.tax_treatment, a.language,
      a.payment_term_id, ${address} AS invoicing_address, coalesce(a.shipping_address, ${address}) AS shipping_address
    FROM accounts a JOIN currencies y ON y.code = a.currency`.execute(connection)
  await sql`CREATE TEMPORARY TABLE all_contacts AS
    SELECT id, account_id, (count(*) OVER (PARTITION BY account_id))::int AS of,
      row_number() OVER (PARTITION BY account_id ORDER BY email) AS rank
    FROM contacts`.execute(connection)
  await sql`CREATE TEMPORARY TABLE all_products AS
    SELECT p.id, row_number() OVER (ORDER BY p.code) AS rank, p.code, p.name, p.kind, p.unit_code, p.unit_price, p.tax_rate_id
    FROM products p`.execute(connection)
  await sql`ANALYZE all_organisations, all_users, all_accounts, all_contacts, all_products`.execute(
    connection,
  )
}

/** Which orders recur, and why they were made to. */
function recurs(plan: ShopPlan) {
  const until = { due: plan.due, behind: plan.due + plan.behind }
  const idle = until.behind + plan.idle
  return sql`CASE WHEN turn <= ${until.due} THEN 'due' WHEN turn <= ${until.behind} THEN 'behind' WHEN turn <= ${idle} THEN 'idle'
    WHEN turn <= ${idle + ordersBilled(plan)} THEN 'billed' END`
}

/** What is new still waits, most of what is old is delivered; what recurs is never cancelled. */
const statusOf = sql`CASE
  WHEN recurs IS NOT NULL THEN CASE WHEN of_status < 80 THEN 'approved' ELSE 'delivered' END
  WHEN of_status < 7 THEN 'cancelled'
  WHEN order_date > max(order_date) OVER () - 30
    THEN CASE WHEN of_status < 60 THEN 'created' WHEN of_status < 90 THEN 'approved' ELSE 'delivered' END
  WHEN of_status < 12 THEN 'created' WHEN of_status < 35 THEN 'approved' ELSE 'delivered' END`
