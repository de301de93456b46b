import { sql } from 'kysely'
import type { Address } from '../lib/address.ts'
import type { IsoDate } from '../lib/dates.ts'
import type { EndOfMonthRule, TaxCategory } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'
import { exchangeRateOn } from './exchange-rates.ts'
import type { InvoiceKind } from './tables.ts'

/**
 * The drafts that are to be issued, in the order of their numbers: document date, order number, id. Of those asked for by `ids`, the
 * drafts; else those marked to be issued whose date has come.
 */
export async function listDraftsToIssue(
  db: Database,
  wanted: {
    organisation_id: string
    today: IsoDate
    ids: readonly string[] | null
    except: readonly string[]
    limit: number
  },
): Promise<string[]> {
  const { organisation_id, today, ids, except, limit } = wanted
  const which =
    ids === null
      ? sql`i.issue_as IS NOT NULL AND i.document_date <= ${today}::date`
      : sql`i.id = ANY(${ids}::uuid[])`
  const { rows } = await sql<{ id: string }>`
    SELECT i.id FROM invoices i LEFT JOIN customer_orders o ON o.id = i.order_id
    WHERE i.organisation_id = ${organisation_id} AND i.issued_at IS NULL AND ${which}
      ${except.length === 0 ? sql`` : sql`AND i.id <> ALL(${except}::uuid[])`}
    ORDER BY i.document_date, o.number COLLATE document_numbers, i.id
    LIMIT ${limit}`.execute(db)
  return rows.map((row) => row.id)
}

/** The numbers of those that are issued already, by id. */
export async function findIssuedNumbers(
  db: Database,
  organisationIds: readonly string[],
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; number: string }>`
    SELECT id, number FROM invoices
    WHERE organisation_id = ANY(${organisationIds}::uuid[]) AND id = ANY(${ids}::uuid[]) AND number IS NOT NULL`.execute(
    db,
  )
  return new Map(rows.map(({ id, number }) => [id, number]))
}

/**
 * One issuing step of an organisation at a time, to the end of the transaction: numbers go in the order of dates over all that are
 * issued together, whoever else is at it. Taken before any other lock; the counters themselves are locked later, for moments.
 * Answers false, where it does not wait and somebody else is at it.
 */
export async function takeTurnToIssue(
  trx: Trx,
  organisationId: string,
  { wait }: { wait: boolean },
): Promise<boolean> {
  const key = sql`hashtextextended('issuing ' || ${organisationId}::text, 0)`
  const { rows } = wait
    ? await sql<{ taken: boolean }>`SELECT true AS taken FROM pg_advisory_xact_lock(${key})`.execute(trx)
    : await sql<{ taken: boolean }>`SELECT pg_try_advisory_xact_lock(${key}) AS taken`.execute(trx)
  return rows[0]?.taken === true
}

/** The first of these, in their order, that are still marked to be issued: others have issued the rest since they were listed. */
export async function pickMarkedDrafts(trx: Trx, ids: readonly string[], limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT w.id FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS w(id, place)
    JOIN invoices i ON i.id = w.id AND i.issue_as IS NOT NULL
    ORDER BY w.place LIMIT ${limit}`.execute(trx)
  return rows.map((row) => row.id)
}

/**
 * Locks the drafts among these invoices, and first the orders of which they bill a part, as everybody does who acts on both. Answers
 * the ids of those that still are drafts, and of the orders.
 */
export async function lockDrafts(
  trx: Trx,
  organisationId: string,
  ids: readonly string[],
  options: { marked: boolean },
): Promise<{ drafts: Set<string>; orders: string[] }> {
  const orders = await sql<{ id: string }>`
    SELECT id FROM customer_orders WHERE id IN (
      SELECT l.order_id
      FROM invoices i
      JOIN invoice_lines x ON x.invoice_id = i.id AND num_nonnulls(x.part_quantity, x.part_share) = 1
      JOIN customer_order_lines l ON l.id = x.order_line_id
      WHERE i.id = ANY(${ids}::uuid[]) AND i.organisation_id = ${organisationId} AND i.issued_at IS NULL AND i.source = 'manual')
    ORDER BY id FOR NO KEY UPDATE`.execute(trx)
  const drafts = await sql<{ id: string }>`
    SELECT id FROM invoices
    WHERE id = ANY(${ids}::uuid[]) AND organisation_id = ${organisationId} AND issued_at IS NULL
      ${options.marked ? sql`AND issue_as IS NOT NULL` : sql``}
    ORDER BY id FOR UPDATE`.execute(trx)
  const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
  return { drafts: new Set(idsOf(drafts.rows)), orders: idsOf(orders.rows) }
}

/** A draft as far as issuing it needs it; nothing of it changes before the transaction ends. */
export type DraftFacts = {
  id: string
  kind: InvoiceKind
  source: 'manual' | 'recurring'
  issue_as: 'approved' | 'sent' | null
  order_id: string | null
  account_id: string
  payment_term_id: string | null
  language: string
  version: number
  document_date: IsoDate
  due_date: IsoDate
  delivery_date: IsoDate | null
  has_service_period: boolean
  customer_order_number: string
  payment_term_text: string
  delivery_address: Address | null
  buyer_reference: string
  /** A credit note keeps that of what it corrects; null in every other draft. */
  kept_exchange_rate: string | null
  currency: string
  gross: string
  tax: string
  prepaid: string
  days: number | null
  end_of_month: EndOfMonthRule | null
  day_of_month: number | null
  items: number
  has_goods: boolean
  has_services: boolean
  tax_rate_ids: string[]
  /** With the reasons that their lines give, where they lack their own. */
  taxes: { category: TaxCategory; rate: string; exemption_text: string }[]
  lacks_reason: boolean
  references: number
}

/** In the order of `ids`. */
export async function listDraftFacts(trx: Trx, ids: readonly string[]): Promise<DraftFacts[]> {
  const { rows } = await sql<DraftFacts>`
    SELECT i.id, i.kind, i.source, i.issue_as, i.order_id, i.account_id, i.payment_term_id, i.language, i.version,
      i.document_date, i.due_date, i.delivery_date, i.service_start IS NOT NULL AS has_service_period,
      i.customer_order_number, i.currency, i.gross, i.tax, i.prepaid, t.days, t.end_of_month, t.day_of_month,
      coalesce(nullif(i.payment_term_text, ''), CASE WHEN i.language ~ '^fr\\M' THEN t.text_fr ELSE t.text_en END, '')
        AS payment_term_text,
      coalesce(i.delivery_address, o.shipping_address) AS delivery_address,
      coalesce(nullif(i.buyer_reference, ''), a.buyer_reference) AS buyer_reference,
      i.exchange_rate AS kept_exchange_rate,
      l.items, l.has_goods, l.has_services, l.tax_rate_ids, x.taxes, x.lacks_reason,
      (SELECT count(*) FROM invoice_references f WHERE f.invoice_id = i.id)::int AS references
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS wanted(id, place)
    JOIN invoices i ON i.id = wanted.id
    JOIN accounts a ON a.id = i.account_id
    LEFT JOIN customer_orders o ON o.id = i.order_id
    LEFT JOIN payment_terms t ON t.id = i.payment_term_id
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS items, coalesce(bool_or(supply = 'goods'), false) AS has_goods,
        coalesce(bool_or(supply = 'service'), false) AS has_services,
        coalesce(array_agg(DISTINCT tax_rate_id::text), '{}') AS tax_rate_ids
      FROM invoice_lines WHERE invoice_id = i.id AND kind = 'item') l
    CROSS JOIN LATERAL (
      SELECT coalesce(bool_or(why IS NOT NULL), false) AS lacks_reason, coalesce(jsonb_agg(jsonb_build_object(
          'category', category, 'rate', rate::text, 'exemption_text', coalesce(why, exemption_text)) ORDER BY rate, category), '[]')
          AS taxes
      FROM (SELECT category, rate, exemption_text,
          CASE WHEN category NOT IN ('S', 'Z') AND exemption_text = '' THEN coalesce((
            SELECT max(coalesce(nullif(y.exemption_text, ''), r.exemption_text))
            FROM invoice_lines y JOIN tax_rates r ON r.id = y.tax_rate_id
            WHERE y.invoice_id = i.id AND y.tax_category = category AND y.tax_rate = rate), '') END AS why
        FROM invoice_taxes WHERE invoice_id = i.id) own) x
    ORDER BY wanted.place`.execute(trx)
  return rows
}

/** One unit of each currency in the organisation's own on each day, by `currency date`; left out where nobody knows. */
export async function mapExchangeRates(
  db: Database,
  homeCurrency: string,
  days: readonly { currency: string; date: IsoDate }[],
): Promise<Map<string, string>> {
  if (days.length === 0) return new Map()
  const rate = exchangeRateOn({ from: sql`d.currency`, to: homeCurrency, date: sql`d.date` })
  const { rows } = await sql<{ currency: string; date: IsoDate; rate: string | null }>`
    SELECT d.currency, d.date, ${rate} AS rate
    FROM (SELECT DISTINCT currency, date
      FROM unnest(${days.map((day) => day.currency)}::text[], ${days.map((day) => day.date)}::date[])
        AS u(currency, date)) d`.execute(db)
  return new Map(
    rows.flatMap(({ currency, date, rate }) => (rate === null ? [] : [[`${currency} ${date}`, rate]])),
  )
}

/** How many of these invoices were made since an instant of the database's clock. */
export async function countMadeSince(db: Database, ids: readonly string[], since: string): Promise<number> {
  if (ids.length === 0) return 0
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM invoices
    WHERE id = ANY(${ids}::uuid[]) AND created_at >= ${since}::timestamptz`.execute(db)
  return rows[0]?.count ?? 0
}
