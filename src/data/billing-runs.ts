import { sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { DocumentDatePreference, Frequency, OccurrenceState } from '../lib/vocabulary.ts'
import type { Trx } from './database.ts'

/** What a run takes at a time: one organisation's orders, on that organisation's own day. */
export type Claim = {
  organisation_id: string
  today: IsoDate
  /** `stored`: orders with an occurrence that waits to be billed or tried again; `planned`: those with a run date that has come. */
  work: 'stored' | 'planned'
  /** What has failed since then is not tried again in this run. */
  started_at: string
  limit: number
  /** Waits for rows that others hold (see `limitWaiting`) instead of passing them over. */
  wait: boolean
  /** Orders that this run has given up. */
  except: readonly string[]
  /** One order alone. */
  only?: string
}

/**
 * Whatever this transaction reads, it reaches by key. PostgreSQL would otherwise read whole tables for some hundred rows; and the
 * checks' own queries, which are planned once a session, would go on doing so for ever where they met an empty table, as in a
 * shop's first run.
 */
export async function readByKey(trx: Trx): Promise<void> {
  await sql`SELECT set_config(name, 'off', true)
    FROM unnest(ARRAY['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'jit']) AS name`.execute(trx)
}

export type ClaimedRecurrence = {
  order_id: string
  frequency: Frequency
  start_date: IsoDate
  end_date: IsoDate | null
  last_day: boolean
  bill_from: IsoDate
  service_period: 'calendar' | 'from_run_date'
  document_date_preference: DocumentDatePreference
  invoice_subject: string
  next_run_date: IsoDate | null
  days: number
  end_of_month: 'none' | 'after' | 'before'
  day_of_month: number | null
  language: string
  account_archived: boolean
  account_code: string
  net: string
  lines: number
}

/**
 * Locks orders with something to bill and then their recurrences, as whoever acts on one of them does, so that none waits for the
 * other in a circle; oldest first. Rows that another run or a person holds are passed over; rows that merely refer to them (a file, a status change being written) are not in the way. PostgreSQL reads a row again
 * when it locks it, so what another run has just advanced is not claimed again.
 */
export async function claimRecurrences(trx: Trx, claim: Claim): Promise<ClaimedRecurrence[]> {
  const { organisation_id, today, started_at } = claim
  const due =
    claim.work === 'planned'
      ? sql`r.next_run_date <= ${today}::date`
      : sql`r.enabled AND r.order_id IN (
          SELECT x.order_id FROM recurrence_occurrences x
          WHERE x.organisation_id = ${organisation_id} AND x.run_date <= ${today}::date AND x.state IN ('due', 'failed')
            AND (x.state = 'due' OR x.updated_at < ${started_at}::timestamptz))`
  const only = claim.only === undefined ? sql`` : sql`AND r.order_id = ${claim.only}`
  const except = claim.except.length === 0 ? sql`` : sql`AND r.order_id <> ALL(${claim.except}::uuid[])`
  const { rows } = await sql<ClaimedRecurrence>`
    SELECT r.order_id, r.frequency, r.start_date, r.end_date, r.last_day, r.bill_from, r.service_period,
      r.document_date_preference, r.invoice_subject, r.next_run_date, t.days, t.end_of_month, t.day_of_month,
      a.language, a.archived_at IS NOT NULL AS account_archived, a.code AS account_code, o.net,
      (SELECT count(*) FROM customer_order_lines l WHERE l.order_id = r.order_id)::int AS lines
    FROM recurrences r
    JOIN customer_orders o ON o.id = r.order_id
    JOIN accounts a ON a.id = o.account_id
    JOIN payment_terms t ON t.id = r.payment_term_id
    WHERE r.organisation_id = ${organisation_id} AND ${due} AND o.status <> 'cancelled' ${only} ${except}
    ORDER BY r.next_run_date, r.order_id
    LIMIT ${claim.limit}
    FOR NO KEY UPDATE OF o, r ${claim.wait ? sql`` : sql`SKIP LOCKED`}`.execute(trx)
  return rows
}

/** How long statements of this transaction wait for a row that somebody holds; then PostgreSQL answers 55P03. */
export async function limitWaiting(trx: Trx, seconds: number): Promise<void> {
  await sql`SELECT set_config('lock_timeout', ${`${seconds}s`}, true)`.execute(trx)
}

export type OccurrenceRow = {
  order_id: string
  frequency: Frequency
  period_start: IsoDate
  period_end: IsoDate
  run_date: IsoDate
  service_start: IsoDate
  service_end: IsoDate
  state: OccurrenceState
  to_do: boolean
  overlap_accepted: boolean
}

/** The stored occurrences of claimed orders that are to be billed or tried again. */
export async function listOccurrencesToDo(
  trx: Trx,
  claim: Pick<Claim, 'organisation_id' | 'today' | 'started_at'>,
  orderIds: readonly string[],
): Promise<OccurrenceRow[]> {
  const { rows } = await sql<OccurrenceRow>`
    SELECT ${occurrenceColumns}, true AS to_do
    FROM recurrence_occurrences x
    WHERE x.organisation_id = ${claim.organisation_id} AND x.run_date <= ${claim.today}::date
      AND x.state IN ('due', 'failed') AND x.order_id = ANY(${orderIds}::uuid[])
      AND (x.state = 'due' OR x.updated_at < ${claim.started_at}::timestamptz)`.execute(trx)
  return rows
}

/** Every occurrence of the orders, each from a day of its own on: by the primary key, one probe an order and frequency. */
export async function listOccurrencesFrom(
  trx: Trx,
  from: readonly { order_id: string; from: IsoDate }[],
): Promise<OccurrenceRow[]> {
  const { rows } = await sql<OccurrenceRow>`
    SELECT ${occurrenceColumns}, false AS to_do
    FROM unnest(${from.map((row) => row.order_id)}::uuid[], ${from.map((row) => row.from)}::date[]) AS f(order_id, from_date)
    JOIN recurrence_occurrences x ON x.order_id = f.order_id
      -- A year is the longest period: the first condition is what the index can use.
      AND x.period_start > f.from_date - 366 AND x.period_end >= f.from_date`.execute(trx)
  return rows
}

const occurrenceColumns = sql`x.order_id, x.frequency, x.period_start, x.period_end, x.run_date, x.service_start, x.service_end,
  x.state, x.overlap_accepted_by IS NOT NULL AS overlap_accepted`

export type TaxRateRow = {
  id: string
  name: string
  valid_from: IsoDate | null
  valid_to: IsoDate | null
  successor_id: string | null
}

/** All tax rates, of which there are dozens at most, with when they apply. */
export async function listTaxRateEnds(trx: Trx): Promise<TaxRateRow[]> {
  return trx
    .selectFrom('tax_rates')
    .select(['id', 'name', 'valid_from', 'valid_to', 'successor_id'])
    .execute()
}

/** Which of the orders' lines bear one of the rates. */
export async function listOrdersWithRates(
  trx: Trx,
  orderIds: readonly string[],
  rateIds: readonly string[],
): Promise<{ order_id: string; tax_rate_id: string }[]> {
  const { rows } = await sql<{ order_id: string; tax_rate_id: string }>`
    SELECT DISTINCT l.order_id, l.tax_rate_id FROM customer_order_lines l
    WHERE l.order_id = ANY(${orderIds}::uuid[]) AND l.tax_rate_id = ANY(${rateIds}::uuid[])`.execute(trx)
  return rows
}

export type BatchRow = {
  order_id: string
  frequency: Frequency
  period_start: IsoDate
  period_end: IsoDate
  run_date: IsoDate
  service_start: IsoDate
  service_end: IsoDate
  state: 'invoiced' | 'skipped' | 'held' | 'failed'
  reason_code: string | null
  /** JSON text. */
  reason_params: string
  document_date: IsoDate | null
  due_date: IsoDate | null
  subject: string | null
  /** A rate of the order has ended by the document date: its taxes are computed anew. */
  renewed: boolean
}

/** On a document date, one rate stands in the place of another; the notes say so on the invoice. */
export type RateReplacement = {
  document_date: IsoDate
  from_id: string
  to_id: string
  note_en: string
  note_fr: string
}

export type Batch = {
  run_id: string
  organisation_id: string
  rows: readonly BatchRow[]
  replacements: readonly RateReplacement[]
  next: readonly { order_id: string; next_run_date: IsoDate | null }[]
}

/**
 * Writes a planned batch in one statement: draft invoices with lines, taxes and notes, the occurrences, and where each recurrence
 * goes on. What the invoices bear comes from the orders' stored rows; only replaced rates recompute, by the SQL twin of lib/money.
 *
 * Answers how many occurrences were written. Fewer than planned means that somebody has settled one without the
 * recurrence's lock: the caller must roll back, since an invoice without its occurrence would be left.
 */
export async function writeBatch(trx: Trx, batch: Batch): Promise<number> {
  const column = <K extends keyof BatchRow>(name: K) => batch.rows.map((row) => row[name])
  // The plan is made anew for each batch: what it does not need is left out.
  const parts = batch.replacements.length === 0 ? asOrdered : renewed(batch.replacements)
  const { rows } = await sql<{ written: number }>`
    WITH planned AS MATERIALIZED (
      SELECT p.*, CASE WHEN p.state = 'invoiced' THEN uuidv7() END AS invoice_id
      FROM unnest(${column('order_id')}::uuid[], ${column('frequency')}::text[], ${column('period_start')}::date[],
        ${column('period_end')}::date[], ${column('run_date')}::date[], ${column('service_start')}::date[],
        ${column('service_end')}::date[], ${column('state')}::text[], ${column('reason_code')}::text[],
        ${column('reason_params')}::jsonb[], ${column('document_date')}::date[], ${column('due_date')}::date[],
        ${column('subject')}::text[], ${column('renewed')}::boolean[])
        AS p(order_id, frequency, period_start, period_end, run_date, service_start, service_end, state, reason_code,
          reason_params, document_date, due_date, subject, renewed)
    ), ${parts.before} new_invoices AS (
      INSERT INTO invoices (id, organisation_id, kind, status, issue_as, source, order_id, order_version, account_id, contact_id,
        subject, customer_order_number, contract_reference, buyer_reference, language, currency, document_date, due_date,
        period_start, period_end, service_start, service_end, payment_term_id, payment_term_text, delivery_address,
        net, tax, gross, due)
      SELECT p.invoice_id, o.organisation_id, 'invoice',
        CASE r.initial_invoice_status WHEN 'automatically_created' THEN 'automatically_created' ELSE 'created' END,
        CASE WHEN r.initial_invoice_status IN ('approved', 'sent') THEN r.initial_invoice_status END,
        'recurring', o.id, o.version, o.account_id, o.contact_id,
        p.subject, o.customer_order_number, o.contract_reference, a.buyer_reference, a.language, o.currency,
        p.document_date, p.due_date, p.period_start, p.period_end, p.service_start, p.service_end, t.id,
        CASE WHEN ${isFrench} THEN t.text_fr ELSE t.text_en END, o.shipping_address,
        o.net, ${parts.tax}, o.net + ${parts.tax}, o.net + ${parts.tax}
      FROM planned p
      JOIN recurrences r ON r.order_id = p.order_id
      JOIN customer_orders o ON o.id = p.order_id
      JOIN accounts a ON a.id = o.account_id
      JOIN payment_terms t ON t.id = r.payment_term_id
      ${parts.taxOfInvoice}
      WHERE p.state = 'invoiced'
    ), new_lines AS (
      INSERT INTO invoice_lines (invoice_id, organisation_id, position, kind, order_line_id, product_id, product_code, description,
        quantity, unit_code, unit_price, discount_percent, supply, net, customer_line_reference, tax_rate_id, tax_category,
        tax_rate, exemption_text, exemption_code)
      SELECT p.invoice_id, l.organisation_id, l.position, l.kind, l.id, l.product_id, l.product_code, l.description,
        l.quantity, l.unit_code, l.unit_price, l.discount_percent, l.supply, l.net, l.customer_line_reference,
        ${parts.rateOfLine}
      FROM planned p
      JOIN customer_order_lines l ON l.order_id = p.order_id
      ${parts.replacementOfLine}
      WHERE p.state = 'invoiced'
    ), new_taxes AS (
      INSERT INTO invoice_taxes (invoice_id, category, rate, base, amount, exemption_text, exemption_code)
      SELECT p.invoice_id, x.category, x.rate, x.base, x.amount, x.exemption_text, x.exemption_code
      FROM planned p JOIN customer_order_taxes x ON x.order_id = p.order_id
      WHERE p.state = 'invoiced' AND NOT p.renewed
      ${parts.moreTaxes}
    ), advanced AS (
      UPDATE recurrences r SET next_run_date = n.next_run_date
      FROM unnest(${batch.next.map((row) => row.order_id)}::uuid[], ${batch.next.map((row) => row.next_run_date)}::date[])
        AS n(order_id, next_run_date)
      WHERE r.order_id = n.order_id AND r.next_run_date IS DISTINCT FROM n.next_run_date
    ), written AS (
      INSERT INTO recurrence_occurrences AS x (order_id, frequency, period_start, period_end, organisation_id, run_date,
        service_start, service_end, state, invoice_id, reason_code, reason_params, attempts, run_id)
      SELECT p.order_id, p.frequency, p.period_start, p.period_end, ${batch.organisation_id}, p.run_date,
        p.service_start, p.service_end, p.state, p.invoice_id, p.reason_code, p.reason_params, 1, ${batch.run_id}
      FROM planned p
      ON CONFLICT (order_id, frequency, period_start) DO UPDATE
        SET state = excluded.state, invoice_id = excluded.invoice_id, reason_code = excluded.reason_code,
          reason_params = excluded.reason_params, reason_text = '', attempts = x.attempts + 1, run_id = excluded.run_id,
          updated_at = now()
        WHERE x.state IN ('due', 'failed')
      RETURNING 1
    )
    SELECT count(*)::int AS written FROM written`.execute(trx)
  return rows[0]?.written ?? 0
}

const isFrench = sql`a.language ~ '^fr\\M'`

/** The usual batch: every rate is that of the order. */
const asOrdered = {
  before: sql``,
  tax: sql`o.tax`,
  taxOfInvoice: sql``,
  rateOfLine: sql`l.tax_rate_id, l.tax_category, l.tax_rate, l.exemption_text, l.exemption_code`,
  replacementOfLine: sql``,
  moreTaxes: sql``,
}

/** A batch with rows in which another rate stands in the place of an ended one. */
function renewed(replacements: readonly RateReplacement[]): typeof asOrdered {
  const column = <K extends keyof RateReplacement>(name: K) => replacements.map((row) => row[name])
  return {
    before: sql`replaced AS MATERIALIZED (
      SELECT x.document_date, x.from_id, x.note_en, x.note_fr, t.id, t.category, t.rate, t.exemption_text, t.exemption_code
      FROM unnest(${column('document_date')}::date[], ${column('from_id')}::uuid[], ${column('to_id')}::uuid[],
        ${column('note_en')}::text[], ${column('note_fr')}::text[]) AS x(document_date, from_id, to_id, note_en, note_fr)
      JOIN tax_rates t ON t.id = x.to_id
    ), renewed_taxes AS MATERIALIZED (
      SELECT invoice_id, category, rate, sum(net) AS base, tax_amount(sum(net), rate, decimals) AS amount,
        min(exemption_text) AS exemption_text, min(exemption_code) AS exemption_code
      FROM (
        SELECT p.invoice_id, c.decimals, l.net, coalesce(n.category, l.tax_category) AS category,
          coalesce(n.rate, l.tax_rate) AS rate, coalesce(n.exemption_text, l.exemption_text) AS exemption_text,
          coalesce(n.exemption_code, l.exemption_code) AS exemption_code
        FROM planned p
        JOIN customer_orders o ON o.id = p.order_id
        JOIN currencies c ON c.code = o.currency
        JOIN customer_order_lines l ON l.order_id = p.order_id AND l.kind = 'item'
        LEFT JOIN replaced n ON n.document_date = p.document_date AND n.from_id = l.tax_rate_id
        WHERE p.renewed AND p.state = 'invoiced'
      ) lines
      GROUP BY invoice_id, category, rate, decimals
    ), new_notes AS (
      INSERT INTO invoice_notes (invoice_id, position, text)
      SELECT invoice_id, row_number() OVER (PARTITION BY invoice_id ORDER BY text), text
      FROM (
        SELECT DISTINCT p.invoice_id, CASE WHEN ${isFrench} THEN n.note_fr ELSE n.note_en END AS text
        FROM planned p
        JOIN customer_orders o ON o.id = p.order_id
        JOIN accounts a ON a.id = o.account_id
        JOIN customer_order_lines l ON l.order_id = p.order_id
        JOIN replaced n ON n.document_date = p.document_date AND n.from_id = l.tax_rate_id
        WHERE p.renewed AND p.state = 'invoiced'
      ) notes
    ),`,
    tax: sql`v.tax`,
    taxOfInvoice: sql`CROSS JOIN LATERAL (SELECT CASE WHEN p.renewed
      THEN (SELECT coalesce(sum(n.amount), 0) FROM renewed_taxes n WHERE n.invoice_id = p.invoice_id)
      ELSE o.tax END AS tax) v`,
    rateOfLine: sql`coalesce(n.id, l.tax_rate_id), coalesce(n.category, l.tax_category), coalesce(n.rate, l.tax_rate),
      coalesce(n.exemption_text, l.exemption_text), coalesce(n.exemption_code, l.exemption_code)`,
    replacementOfLine: sql`LEFT JOIN replaced n
      ON p.renewed AND n.document_date = p.document_date AND n.from_id = l.tax_rate_id`,
    moreTaxes: sql`UNION ALL
      SELECT invoice_id, category, rate, base, amount, exemption_text, exemption_code FROM renewed_taxes`,
  }
}

/** The sums of each invoice against its lines and taxes, now instead of at the commit, so that a failure has a place. */
export async function checkNow(trx: Trx): Promise<void> {
  await sql`SET CONSTRAINTS ALL IMMEDIATE`.execute(trx)
}
