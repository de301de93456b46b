import { sql } from 'kysely'
import { readByKey } from '../../src/data/billing-runs.ts'
import type { Database, Trx } from '../../src/data/database.ts'
import type { ShopPlan } from './sizes.ts'
import { longDescription } from './words.ts'

/** Orders of one transaction. */
const atATime = 10_000

/**
 * Writes what `planOrders` has thought up: orders with lines, taxes, history and audit, and where the number series go on. Needs the
 * owner's rights.
 */
export async function writeOrders(
  connection: Database,
  plan: ShopPlan,
  signal: AbortSignal,
  show: (done: number, total: number) => void,
): Promise<void> {
  for (let from = 1; from <= plan.orders; from += atATime) {
    signal.throwIfAborted()
    const until = Math.min(plan.orders, from + atATime - 1)
    await connection.transaction().execute((trx) => writeSome(trx, plan, from, until))
    // From the first ones on PostgreSQL knows what the tables look like.
    if (from === 1)
      await sql`ANALYZE customer_orders, customer_order_lines, customer_order_taxes`.execute(connection)
    show(until, plan.orders)
  }
}

/** The series before any number of them is given: a year of each organisation. */
export async function beginSeries(connection: Database): Promise<void> {
  await sql`
    INSERT INTO number_series (organisation_id, kind, year, format, next_number, last_date)
    SELECT n.organisation_id, 'order', n.year,
      (ARRAY['SO-{YYYY}-{number}', 'N{YYYY}-{number}', 'S{YYYY}-{number}'])[g.rank], max(n.number) + 1, max(n.order_date)
    FROM new_orders n JOIN all_organisations g ON g.organisation_id = n.organisation_id
    GROUP BY n.organisation_id, n.year, g.rank`.execute(connection)
}

async function writeSome(trx: Trx, plan: ShopPlan, from: number, until: number): Promise<void> {
  await quicken(trx)
  await thinkUpLines(trx, plan, from, until)
  await insertOrders(trx, from, until)
  await insertHistory(trx, from, until)
  // The sums of every order of this transaction, now.
  await readByKey(trx)
  await sql`SET CONSTRAINTS ALL IMMEDIATE`.execute(trx)
  await guard(trx)
}

/**
 * The triggers on lines and taxes stand for a later change: they touch an order that was made before, so that its sums are checked
 * again. These orders are checked anyway, since their own rows are new; but as they say that they were made years ago, each would be
 * written twice. Within this transaction alone.
 */
async function quicken(trx: Trx): Promise<void> {
  for (const table of ['customer_order_lines', 'customer_order_taxes'])
    await sql`ALTER TABLE ${sql.table(table)} DISABLE TRIGGER totals_insert`.execute(trx)
}

async function guard(trx: Trx): Promise<void> {
  for (const table of ['customer_order_lines', 'customer_order_taxes'])
    await sql`ALTER TABLE ${sql.table(table)} ENABLE ALWAYS TRIGGER totals_insert`.execute(trx)
}

async function thinkUpLines(
  trx: Trx,
  { lines, products }: ShopPlan,
  from: number,
  until: number,
): Promise<void> {
  await sql`
    CREATE TEMPORARY TABLE new_lines ON COMMIT DROP AS
    WITH placed AS (
      SELECT o.place, o.id AS order_id, o.organisation_id, o.tax_treatment, o.decimals, position,
        o.place * 100 + position AS line,
        CASE WHEN ${lines} >= 3 AND position = 1 AND pg_temp.chance(o.place, 30, 100) < 8 THEN 'section'
          WHEN ${lines} >= 3 AND position = ${lines} AND pg_temp.chance(o.place, 31, 100) < 6 THEN 'comment'
          ELSE 'item' END AS kind
      FROM new_orders o, generate_series(1, ${lines}::int) AS position
      WHERE o.place BETWEEN ${from} AND ${until}
    )
    SELECT l.place, l.order_id, l.organisation_id, l.position, l.kind, p.id AS product_id, coalesce(p.code, '') AS product_code,
      CASE l.kind WHEN 'section' THEN 'Prestations et fournitures' WHEN 'comment' THEN 'Prix valables un an.'
        ELSE p.name || CASE WHEN pg_temp.chance(l.line, 32, 100) < 10 THEN E'\n' || ${longDescription}::text ELSE '' END END
        AS description,
      q.quantity, p.unit_code, p.unit_price, q.discount_percent, p.kind AS supply, t.id AS tax_rate_id,
      t.category AS tax_category, t.rate AS tax_rate, coalesce(t.exemption_text, '') AS exemption_text,
      coalesce(t.exemption_code, '') AS exemption_code, l.decimals,
      CASE WHEN l.kind = 'item' THEN line_net(q.quantity, p.unit_price, q.discount_percent, l.decimals) END AS net
    FROM placed l
    LEFT JOIN all_products p ON l.kind = 'item'
      AND p.rank = 1 + floor(${products} * power(pg_temp.chance(l.line, 33, 1000000) / 1e6, 1.8))
    LEFT JOIN tax_treatment_rates m ON m.treatment = l.tax_treatment AND m.supply = p.kind
    LEFT JOIN tax_rates t ON t.id = coalesce(m.tax_rate_id, p.tax_rate_id)
    CROSS JOIN LATERAL (SELECT
      CASE WHEN l.kind = 'item' THEN CASE WHEN p.unit_code IN ('HUR', 'MTR', 'KGM')
        THEN (1 + pg_temp.chance(l.line, 34, 160)) / 4.0 ELSE 1 + pg_temp.chance(l.line, 34, 20) END END AS quantity,
      CASE WHEN l.kind = 'item' THEN (ARRAY[0, 0, 0, 0, 0, 0, 5, 10, 12.5, 33.333333])[1 + pg_temp.chance(l.line, 35, 10)] END
        AS discount_percent) q`.execute(trx)
  await sql`
    CREATE TEMPORARY TABLE new_taxes ON COMMIT DROP AS
    SELECT order_id, place, tax_category AS category, tax_rate AS rate, sum(net) AS base,
      tax_amount(sum(net), tax_rate, decimals) AS amount, min(exemption_text) AS exemption_text,
      min(exemption_code) AS exemption_code
    FROM new_lines WHERE kind = 'item'
    GROUP BY order_id, place, tax_category, tax_rate, decimals`.execute(trx)
  await sql`ANALYZE new_lines, new_taxes`.execute(trx)
}

async function insertOrders(trx: Trx, from: number, until: number): Promise<void> {
  await sql`
    INSERT INTO customer_orders (id, organisation_id, number, subject, status, status_before_cancel, account_id, contact_id,
      customer_order_number, contract_reference, assigned_to_id, currency, order_date, invoicing_address, shipping_address,
      net, tax, gross, created_at, created_by, updated_at, updated_by, version)
    SELECT o.id, o.organisation_id,
      replace(replace(s.format, '{YYYY}', o.year::text), '{number}', lpad(o.number::text, greatest(4, length(o.number::text)), '0')),
      o.subject, o.status, o.status_before_cancel, o.account_id, o.contact_id, o.customer_order_number, o.contract_reference,
      o.assigned_to_id, o.currency, o.order_date, o.invoicing_address, o.shipping_address, t.net, t.tax, t.net + t.tax,
      o.created_at, o.user_id, o.created_at + ${stepsOf} * ${gap}, o.user_id, 1 + ${stepsOf}
    FROM new_orders o
    JOIN number_series s ON s.organisation_id = o.organisation_id AND s.kind = 'order' AND s.year = o.year
    JOIN (SELECT place, sum(base) AS net, sum(amount) AS tax FROM new_taxes GROUP BY place) t ON t.place = o.place
    WHERE o.place BETWEEN ${from} AND ${until}
    ORDER BY o.place`.execute(trx)
  await sql`
    INSERT INTO customer_order_lines (order_id, organisation_id, position, kind, product_id, product_code, description,
      quantity, unit_code, unit_price, discount_percent, supply, tax_rate_id, tax_category, tax_rate, exemption_text,
      exemption_code, net)
    SELECT order_id, organisation_id, position, kind, product_id, product_code, description, quantity, unit_code, unit_price,
      discount_percent, supply, tax_rate_id, tax_category, tax_rate, exemption_text, exemption_code, net
    FROM new_lines ORDER BY place, position`.execute(trx)
  await sql`
    INSERT INTO customer_order_taxes (order_id, category, rate, base, amount, exemption_text, exemption_code)
    SELECT order_id, category, rate, base, amount, exemption_text, exemption_code FROM new_taxes ORDER BY place`.execute(
    trx,
  )
}

/** How many steps the order has taken since it was created, and how long each took: none lies after today. */
const stepsOf = sql`(CASE o.status WHEN 'created' THEN 0 WHEN 'approved' THEN 1 WHEN 'delivered' THEN 2
  ELSE CASE o.status_before_cancel WHEN 'created' THEN 1 ELSE 2 END END)`
const gap = sql`least(make_interval(hours => 2 + pg_temp.chance(o.place, 18, 300)),
  ((SELECT max(order_date) FROM new_orders) + 1 - o.order_date) * interval '6 hours')`

/** What happened to each order, as the product records it: the statuses it has gone through, and who did what. */
async function insertHistory(trx: Trx, from: number, until: number): Promise<void> {
  await sql`
    CREATE TEMPORARY TABLE new_steps ON COMMIT DROP AS
    SELECT o.place, o.id AS order_id, o.organisation_id, o.user_id, w.step - 1 AS step, w.status AS to_status,
      lag(w.status) OVER (PARTITION BY o.place ORDER BY w.step) AS from_status, o.created_at + (w.step - 1) * ${gap} AS at
    FROM new_orders o
    CROSS JOIN LATERAL unnest(CASE o.status
      WHEN 'created' THEN ARRAY['created'] WHEN 'approved' THEN ARRAY['created', 'approved']
      WHEN 'delivered' THEN ARRAY['created', 'approved', 'delivered']
      ELSE CASE o.status_before_cancel WHEN 'created' THEN ARRAY['created', 'cancelled']
        ELSE ARRAY['created', 'approved', 'cancelled'] END END) WITH ORDINALITY AS w(status, step)
    WHERE o.place BETWEEN ${from} AND ${until}`.execute(trx)
  await sql`
    INSERT INTO order_status_changes (order_id, from_status, to_status, changed_at, changed_by)
    SELECT order_id, from_status, to_status, at, user_id FROM new_steps ORDER BY place, step`.execute(trx)
  await sql`
    INSERT INTO audit_entries (at, organisation_id, user_id, action, subject_type, subject_id, changes)
    SELECT s.at, s.organisation_id, s.user_id, CASE s.step WHEN 0 THEN 'created' ELSE 'status_changed' END, 'order', s.order_id,
      CASE s.step WHEN 0 THEN jsonb_build_object('number', o.number, 'net', o.net::text, 'currency', o.currency)
        ELSE jsonb_build_object('version', jsonb_build_object('from', s.step, 'to', s.step + 1),
          'status', jsonb_build_object('from', s.from_status, 'to', s.to_status)) END
    FROM new_steps s JOIN customer_orders o ON o.id = s.order_id
    ORDER BY s.place, s.step`.execute(trx)
}
