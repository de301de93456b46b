import { sql } from 'kysely'
import type { Database } from '../../src/data/database.ts'
import type { IsoDate } from '../../src/lib/dates.ts'

export type Share = {
  today: IsoDate
  /** The languages of the accounts, for the names of months. */
  languages: readonly string[]
  /** This one of `workers` that share the orders, from 0. */
  worker: number
  workers: number
}

/**
 * What the product's run has to keep up with: the same rows, planned and written by PostgreSQL alone, an INSERT … SELECT a table, in
 * one transaction without locks, claims, retries or reasons. It knows no more than the bench's own shop needs: monthly and quarterly
 * recurrences, three preferences for the document date, rates that do not end.
 */
export async function writeBare(db: Database, share: Share): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`CREATE TEMPORARY TABLE planned ON COMMIT DROP AS
      SELECT uuidv7() AS invoice_id, r.order_id, r.organisation_id, r.frequency, r.payment_term_id, r.initial_invoice_status,
        s.run::date AS run_date, p.period_start, p.period_end, d.document_date,
        CASE t.end_of_month WHEN 'after' THEN (date_trunc('month', d.document_date + t.days) + interval '1 month')::date - 1
          ELSE d.document_date + t.days END AS due_date,
        replace(replace(r.invoice_subject, '{MMM}', ${monthNames(share.languages)}::jsonb -> a.language
          ->> extract(month FROM d.document_date)::int - 1), '{YYYY}', extract(year FROM d.document_date)::text) AS subject,
        a.language, a.buyer_reference, CASE WHEN a.language ~ '^fr' THEN t.text_fr ELSE t.text_en END AS payment_term_text
      FROM recurrences r
      JOIN customer_orders o ON o.id = r.order_id
      JOIN accounts a ON a.id = o.account_id
      JOIN payment_terms t ON t.id = r.payment_term_id
      CROSS JOIN LATERAL (SELECT CASE r.frequency WHEN 'monthly' THEN 1 ELSE 3 END AS months,
        CASE r.frequency WHEN 'monthly' THEN 'month' ELSE 'quarter' END AS unit) f
      CROSS JOIN LATERAL generate_series(r.next_run_date, ${share.today}::date, make_interval(months => f.months)) AS s(run)
      CROSS JOIN LATERAL (SELECT date_trunc(f.unit, s.run)::date AS period_start,
        (date_trunc(f.unit, s.run) + make_interval(months => f.months))::date - 1 AS period_end) p
      CROSS JOIN LATERAL (SELECT CASE r.document_date_preference WHEN 'date_created' THEN ${share.today}::date
        WHEN 'first_day_current_period' THEN p.period_start ELSE p.period_end END AS document_date) d
      WHERE r.next_run_date <= ${share.today}::date AND o.status <> 'cancelled'
        AND mod(abs(hashtext(r.order_id::text)::bigint), ${share.workers}::bigint) = ${share.worker}::bigint`.execute(
      trx,
    )
    await sql`INSERT INTO invoices (id, organisation_id, kind, status, issue_as, source, order_id, order_version, account_id,
        contact_id, subject, customer_order_number, contract_reference, buyer_reference, language, currency, document_date,
        due_date, period_start, period_end, service_start, service_end, payment_term_id, payment_term_text, delivery_address,
        net, tax, gross, due)
      SELECT p.invoice_id, o.organisation_id, 'invoice',
        CASE p.initial_invoice_status WHEN 'automatically_created' THEN 'automatically_created' ELSE 'created' END,
        CASE WHEN p.initial_invoice_status IN ('approved', 'sent') THEN p.initial_invoice_status END,
        'recurring', o.id, o.version, o.account_id, o.contact_id, p.subject, o.customer_order_number, o.contract_reference,
        p.buyer_reference, p.language, o.currency, p.document_date, p.due_date, p.period_start, p.period_end, p.period_start,
        p.period_end, p.payment_term_id, p.payment_term_text, o.shipping_address, o.net, o.tax, o.gross, o.gross
      FROM planned p JOIN customer_orders o ON o.id = p.order_id`.execute(trx)
    await sql`INSERT INTO invoice_lines (invoice_id, organisation_id, position, kind, order_line_id, product_id, product_code,
        description, quantity, unit_code, unit_price, discount_percent, supply, net, customer_line_reference, tax_rate_id,
        tax_category, tax_rate, exemption_text, exemption_code)
      SELECT p.invoice_id, l.organisation_id, l.position, l.kind, l.id, l.product_id, l.product_code, l.description, l.quantity,
        l.unit_code, l.unit_price, l.discount_percent, l.supply, l.net, l.customer_line_reference, l.tax_rate_id,
        l.tax_category, l.tax_rate, l.exemption_text, l.exemption_code
      FROM planned p JOIN customer_order_lines l ON l.order_id = p.order_id`.execute(trx)
    await sql`INSERT INTO invoice_taxes (invoice_id, category, rate, base, amount, exemption_text, exemption_code)
      SELECT p.invoice_id, x.category, x.rate, x.base, x.amount, x.exemption_text, x.exemption_code
      FROM planned p JOIN customer_order_taxes x ON x.order_id = p.order_id`.execute(trx)
    await sql`INSERT INTO recurrence_occurrences (order_id, frequency, period_start, period_end, organisation_id, run_date,
        service_start, service_end, state, invoice_id, attempts)
      SELECT order_id, frequency, period_start, period_end, organisation_id, run_date, period_start, period_end, 'invoiced',
        invoice_id, 1
      FROM planned`.execute(trx)
    await sql`UPDATE recurrences r
      SET next_run_date = (p.last_run + CASE r.frequency WHEN 'monthly' THEN interval '1 month' ELSE interval '3 months' END)::date
      FROM (SELECT order_id, max(run_date) AS last_run FROM planned GROUP BY order_id) p
      WHERE p.order_id = r.order_id`.execute(trx)
  })
}

/**
 * What a run has written, without what differs from run to run: ids, the clock, the run. Two ways of writing the same have the same.
 */
export async function fingerprint(db: Database): Promise<string> {
  const parts = [
    sql`invoices`,
    sql`invoice_lines`,
    sql`invoice_taxes`,
    sql`recurrence_occurrences`,
    sql`recurrences`,
  ].map(
    (table) => sql<{ rows: string; sum: string }>`
      SELECT count(*)::text AS rows, coalesce(sum(hashtextextended((to_jsonb(x)
          - ARRAY['id', 'invoice_id', 'created_at', 'updated_at', 'issued_at', 'run_id', 'search_text'])::text, 0)), 0)::text AS sum
      FROM ${table} x`,
  )
  const found: string[] = []
  for (const part of parts) {
    const { rows } = await part.execute(db)
    found.push(...rows.map(({ rows: count, sum }) => `${count} ${sum}`))
  }
  return found.join('; ')
}

/** `{"fr-FR": ["janvier", …]}`. */
function monthNames(languages: readonly string[]): string {
  const names = (language: string) => {
    const format = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' })
    return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2026, month, 15)))
  }
  return JSON.stringify(Object.fromEntries(languages.map((language) => [language, names(language)])))
}
