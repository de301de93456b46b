import { sql } from 'kysely'
import { creditChecks } from './credit-checks.ts'
import type { Database } from './database.ts'
import { issuedChecks } from './issued-checks.ts'
import { paymentChecks } from './payment-checks.ts'

/**
 * Every invariant of the database as a question whose answer is what breaks it. Most are held by constraints and triggers too: this
 * is the second pair of eyes, for whatever got past them (a restore with triggers off, a disk, a superuser).
 */
export type DataCheck = {
  name: string
  /** Selects one text column `problem`, a row a broken thing. */
  query: string
}

export const dataChecks: readonly DataCheck[] = [
  ...['customer_orders', 'invoices'].flatMap((table): DataCheck[] => {
    const [one, lines, taxes, key, extra] =
      table === 'invoices'
        ? ['invoice', 'invoice_lines', 'invoice_taxes', 'invoice_id', '+ l.rounding']
        : ['order', 'customer_order_lines', 'customer_order_taxes', 'order_id', '']
    const allowances =
      table === 'invoices'
        ? `UNION ALL SELECT invoice_id, tax_category, tax_rate, CASE kind WHEN 'charge' THEN amount ELSE -amount END FROM invoice_allowances`
        : ''
    const documentNet = table === 'invoices' ? 'd.net - d.allowances + d.charges' : 'd.net'
    return [
      {
        name: `${one} lines are quantity × price less discount`,
        query: `SELECT format('line %s of ${one} %s: net %s is not quantity × price less discount', l.position, coalesce(d.number, d.id::text), l.net) AS problem
          FROM ${lines} l JOIN ${table} d ON d.id = l.${key} JOIN currencies c ON c.code = d.currency
          WHERE l.kind = 'item' AND l.net <> line_net(l.quantity, l.unit_price, l.discount_percent, c.decimals) ${extra}`,
      },
      {
        name: `${one} taxes are those of the lines`,
        query: `SELECT format('${one} %s: tax %s %s %% is on %s (%s), the lines make %s (%s)', coalesce(d.number, d.id::text), category, rate, t.base, t.amount, l.base, tax_amount(l.base, rate, c.decimals)) AS problem
          FROM (SELECT ${key}, category, rate, sum(base) AS base FROM (
                  SELECT ${key}, tax_category AS category, tax_rate AS rate, net AS base FROM ${lines} WHERE kind = 'item' ${allowances}) parts
                GROUP BY 1, 2, 3) l
          FULL JOIN (SELECT ${key}, category, rate, base, amount FROM ${taxes}) t USING (${key}, category, rate)
          JOIN ${table} d ON d.id = ${key} JOIN currencies c ON c.code = d.currency
          WHERE l.base IS DISTINCT FROM t.base OR t.amount IS DISTINCT FROM tax_amount(l.base, rate, c.decimals)`,
      },
      {
        name: `${one} totals are those of its taxes`,
        query: `SELECT format('${one} %s: %s + %s = %s, its taxes make %s + %s', coalesce(d.number, d.id::text), d.net, d.tax, d.gross, t.base, t.amount) AS problem
          FROM ${table} d CROSS JOIN LATERAL (SELECT coalesce(sum(base), 0) AS base, coalesce(sum(amount), 0) AS amount FROM ${taxes} WHERE ${key} = d.id) t
          WHERE (${documentNet}, d.tax, d.gross) IS DISTINCT FROM (t.base, t.amount, t.base + t.amount)`,
      },
      {
        name: `${one} amounts have the decimals of their currency`,
        query: `SELECT format('${one} %s: an amount has more decimals than %s', coalesce(d.number, d.id::text), d.currency) AS problem
          FROM ${table} d JOIN currencies c ON c.code = d.currency
          WHERE d.net <> round(d.net, c.decimals) OR d.tax <> round(d.tax, c.decimals) OR d.gross <> round(d.gross, c.decimals)`,
      },
      {
        name: `${one} lines are numbered from 1 without a gap`,
        query: `SELECT format('${one} %s: its %s lines are numbered up to %s', coalesce(d.number, d.id::text), count(*), max(l.position)) AS problem
          FROM ${lines} l JOIN ${table} d ON d.id = l.${key} GROUP BY d.id, d.number HAVING count(*) <> max(l.position) OR min(l.position) <> 1`,
      },
      {
        name: `${one} lines belong to the organisation of their ${one}`,
        query: `SELECT format('line %s of ${one} %s belongs to another organisation', l.position, coalesce(d.number, d.id::text)) AS problem
          FROM ${lines} l JOIN ${table} d ON d.id = l.${key} WHERE l.organisation_id <> d.organisation_id`,
      },
    ]
  }),
  {
    name: 'orders have the status that their history ends in',
    query: `SELECT format('order %s is %s, its history ends in %s', o.number, o.status, coalesce(h.to_status, 'nothing')) AS problem
      FROM customer_orders o LEFT JOIN LATERAL
        (SELECT to_status FROM order_status_changes WHERE order_id = o.id ORDER BY id DESC LIMIT 1) h ON true
      WHERE h.to_status IS DISTINCT FROM o.status`,
  },
  {
    name: 'status histories have no jump',
    query: `SELECT format('order %s: a change begins at %s where the one before ended at %s', o.number, coalesce(h.from_status, 'nothing'), coalesce(h.before, 'nothing')) AS problem
      FROM (SELECT order_id, from_status, lag(to_status) OVER (PARTITION BY order_id ORDER BY id) AS before FROM order_status_changes) h
      JOIN customer_orders o ON o.id = h.order_id WHERE h.from_status IS DISTINCT FROM h.before`,
  },
  {
    name: 'contacts of orders belong to the account',
    query: `SELECT format('order %s: its contact belongs to another account', o.number) AS problem
      FROM customer_orders o JOIN contacts c ON c.id = o.contact_id WHERE c.account_id <> o.account_id`,
  },
  {
    name: 'order numbers lie below the next one of their series',
    query: `SELECT format('order %s: the series of %s goes on at %s', o.number, s.year, s.next_number) AS problem
      FROM customer_orders o JOIN number_series s ON s.organisation_id = o.organisation_id AND s.kind = 'order'
      WHERE o.number ~ ('^' || regexp_replace(replace(split_part(s.format, '{number}', 1), '{YYYY}', s.year::text), '([^A-Za-z0-9])', '\\\\\\1', 'g') || '[0-9]+$')
        AND regexp_replace(o.number, '^.*?([0-9]+)$', '\\1')::numeric >= s.next_number`,
  },
  {
    name: 'occurrences with an invoice name one of their order and period',
    query: `SELECT format('occurrence %s %s of order %s names an invoice of another order or period', r.frequency, r.period_start, o.number) AS problem
      FROM recurrence_occurrences r JOIN customer_orders o ON o.id = r.order_id JOIN invoices i ON i.id = r.invoice_id
      WHERE i.order_id IS DISTINCT FROM r.order_id OR i.source <> 'recurring' OR NOT (i.period_start <= r.period_start AND i.period_end >= r.period_end)`,
  },
  {
    name: 'occurrences called invoiced have their invoice',
    query: `SELECT format('occurrence %s %s of order %s is %s and has no invoice', r.frequency, r.period_start, o.number, r.state) AS problem
      FROM recurrence_occurrences r JOIN customer_orders o ON o.id = r.order_id LEFT JOIN invoices i ON i.id = r.invoice_id
      WHERE r.state IN ('invoiced', 'credited') AND i.id IS NULL`,
  },
  {
    name: 'recurring invoices stand for an occurrence',
    query: `SELECT format('recurring invoice %s of order %s from %s to %s stands for no occurrence', coalesce(i.number, i.id::text), o.number, i.period_start, i.period_end) AS problem
      FROM invoices i JOIN customer_orders o ON o.id = i.order_id
      WHERE i.source = 'recurring' AND i.kind = 'invoice' AND NOT EXISTS (SELECT FROM recurrence_occurrences r WHERE r.invoice_id = i.id)
        AND NOT EXISTS (SELECT FROM invoice_references f WHERE f.preceding_invoice_id = i.id)`,
  },
  {
    name: 'no period is invoiced twice',
    query: `SELECT format('order %s: two invoices of periods that overlap, %s to %s and %s to %s, and nobody accepted it', o.number, a.period_start, a.period_end, b.period_start, b.period_end) AS problem
      FROM recurrence_occurrences a JOIN recurrence_occurrences b ON b.order_id = a.order_id
        AND (b.frequency, b.period_start) > (a.frequency, a.period_start)
        AND b.period_start <= a.period_end AND b.period_end >= a.period_start
      JOIN customer_orders o ON o.id = a.order_id
      WHERE a.state = 'invoiced' AND b.state = 'invoiced' AND a.invoice_id <> b.invoice_id
        AND a.overlap_accepted_by IS NULL AND b.overlap_accepted_by IS NULL`,
  },
  {
    name: 'recurrences that are on and behind are found by the next run',
    query: `SELECT format('the recurrence of order %s is on and its next run date is %s, but the period from there on is already settled', o.number, r.next_run_date) AS problem
      FROM recurrences r JOIN customer_orders o ON o.id = r.order_id
      JOIN recurrence_occurrences c ON c.order_id = r.order_id AND c.frequency = r.frequency AND c.run_date = r.next_run_date`,
  },
  {
    name: 'invoices belong to the organisation of their order',
    query: `SELECT format('invoice %s belongs to another organisation than order %s', coalesce(i.number, i.id::text), o.number) AS problem
      FROM invoices i JOIN customer_orders o ON o.id = i.order_id WHERE i.organisation_id <> o.organisation_id`,
  },
  {
    name: 'users work in their home organisation',
    query: `SELECT format('user %s does not work in the home organisation', u.name) AS problem FROM users u
      WHERE NOT EXISTS (SELECT FROM user_organisations m WHERE m.user_id = u.id AND m.organisation_id = u.organisation_id)`,
  },
  ...issuedChecks,
  ...paymentChecks,
  ...creditChecks,
  {
    name: 'no account is its own ancestor',
    query: `WITH RECURSIVE up(id, ancestor, path) AS (
        SELECT id, parent_id, ARRAY[id] FROM accounts WHERE parent_id IS NOT NULL
        UNION ALL SELECT up.id, a.parent_id, path || a.id FROM up JOIN accounts a ON a.id = up.ancestor WHERE a.id <> ALL (path))
      SELECT format('account %s is its own ancestor', a.code) AS problem FROM up JOIN accounts a ON a.id = up.id WHERE up.ancestor = up.id`,
  },
  {
    name: 'finished batches have settled every order',
    query: `SELECT format('batch %s is finished, and %s of its orders are not settled', b.id, count(*)) AS problem
      FROM batches b JOIN batch_items i ON i.batch_id = b.id WHERE b.finished_at IS NOT NULL AND i.result = 'pending' GROUP BY b.id`,
  },
  {
    name: 'files hold what their SHA-256 says',
    query: `SELECT format('file %s (%s) does not match its SHA-256', id, kind) AS problem FROM files WHERE sha256(content) <> sha256`,
  },
  {
    name: 'every constraint is validated',
    query: `SELECT format('constraint %s of %s is not validated', conname, conrelid::regclass) AS problem
      FROM pg_constraint WHERE NOT convalidated AND connamespace = current_schema()::regnamespace`,
  },
  {
    name: 'the locks and sums are on',
    query: `SELECT format('trigger %s of %s is not always on', t.tgname, t.tgrelid::regclass) AS problem
      FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
      WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace AND t.tgenabled <> 'A'`,
  },
]

/** What breaks an invariant, a sentence each; empty when nothing does. */
export async function findProblems(db: Database, check: DataCheck): Promise<string[]> {
  const found = await sql<{ problem: string }>`${sql.raw(check.query)}`.execute(db)
  return found.rows.map((row) => row.problem)
}
