import { sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { Actor } from './audit.ts'
import type { Trx } from './database.ts'

/** A draft that becomes an issued invoice, with what the rules have decided. */
export type IssuedRow = {
  id: string
  account_id: string
  version: number
  number: string
  draft_date: IsoDate
  document_date: IsoDate
  due_date: IsoDate
  kept_late: boolean
  payment_term_text: string
  buyer_reference: string
  vat_point_code: '5' | '72' | null
  billing_mode: string
  regime: 'business' | 'abroad' | 'private'
  /** Null where the tax need not be said in another currency. */
  exchange_rate: string | null
}

export type Issue = {
  organisation_id: string
  home_currency: string
  by: Actor
  /** JSON texts. */
  seller: string
  buyers: ReadonlyMap<string, string>
  notes: readonly { code: string; text: string }[]
  rows: readonly IssuedRow[]
}

/**
 * Makes issued invoices of locked drafts, in one statement a table: the standing notes first, since parts of an issued invoice never
 * change; then the invoices with everything that is kept for ever; then who did it. What a draft bears already is kept: a credit
 * note has the buyer of what it corrects. Answers how many it were.
 */
export async function writeIssued(trx: Trx, issue: Issue): Promise<number> {
  const ids = issue.rows.map((row) => row.id)
  if (issue.notes.length > 0) {
    await sql`
      INSERT INTO invoice_notes (invoice_id, position, subject_code, text)
      SELECT i.id, coalesce(m.position, 0) + n.place, n.code, n.text
      FROM unnest(${ids}::uuid[]) AS i(id)
      CROSS JOIN LATERAL (SELECT max(position) AS position FROM invoice_notes WHERE invoice_id = i.id) m
      CROSS JOIN unnest(${issue.notes.map((note) => note.code)}::text[], ${issue.notes.map((note) => note.text)}::text[])
        WITH ORDINALITY AS n(code, text, place)`.execute(trx)
  }
  const column = <K extends keyof IssuedRow>(name: K) => issue.rows.map((row) => row[name])
  const userId = 'user_id' in issue.by ? issue.by.user_id : null
  const written = await sql`
    UPDATE invoices i
    SET number = n.number, status = 'approved', issue_as = NULL, document_date = n.document_date, due_date = n.due_date,
      redated_from = nullif(i.document_date, n.document_date), kept_late = n.kept_late,
      payment_term_text = n.payment_term_text, buyer_reference = n.buyer_reference,
      seller = ${issue.seller}::jsonb, buyer = coalesce(i.buyer, b.buyer),
      delivery_address = coalesce(i.delivery_address, o.shipping_address),
      vat_point_code = coalesce(i.vat_point_code, n.vat_point_code), billing_mode = n.billing_mode,
      regime = coalesce(i.regime, n.regime),
      exchange_rate = n.exchange_rate, vat_currency = CASE WHEN n.exchange_rate IS NOT NULL THEN c.code END,
      vat_currency_tax = round(i.tax * n.exchange_rate, c.decimals),
      issued_at = now(), issued_by = ${userId}, updated_at = now(), updated_by = coalesce(${userId}, i.updated_by),
      version = i.version + 1
    FROM unnest(${ids}::uuid[], ${column('account_id')}::uuid[], ${column('number')}::text[], ${column('document_date')}::date[],
        ${column('due_date')}::date[], ${column('kept_late')}::boolean[], ${column('payment_term_text')}::text[],
        ${column('buyer_reference')}::text[], ${column('vat_point_code')}::text[], ${column('billing_mode')}::text[],
        ${column('regime')}::text[], ${column('exchange_rate')}::numeric[])
      AS n(id, account_id, number, document_date, due_date, kept_late, payment_term_text, buyer_reference, vat_point_code,
        billing_mode, regime, exchange_rate)
    JOIN invoices d ON d.id = n.id
    LEFT JOIN customer_orders o ON o.id = d.order_id
    JOIN unnest(${[...issue.buyers.keys()]}::uuid[], ${[...issue.buyers.values()]}::jsonb[]) AS b(id, buyer) ON b.id = n.account_id
    JOIN currencies c ON c.code = ${issue.home_currency}
    WHERE i.id = n.id AND i.issued_at IS NULL`.execute(trx)
  await sql`
    INSERT INTO audit_entries (user_id, actor, action, subject_type, subject_id, organisation_id, changes)
    SELECT ${userId}, ${'actor' in issue.by ? issue.by.actor : ''}, 'issued', 'invoice', n.id, ${issue.organisation_id},
      jsonb_build_object('version', jsonb_build_object('from', n.version, 'to', n.version + 1),
          'number', jsonb_build_object('from', NULL, 'to', n.number))
        || CASE WHEN n.document_date = n.draft_date THEN '{}'
          ELSE jsonb_build_object('document_date', jsonb_build_object('from', n.draft_date, 'to', n.document_date)) END
    FROM unnest(${ids}::uuid[], ${column('version')}::int[], ${column('number')}::text[], ${column('draft_date')}::date[],
      ${column('document_date')}::date[]) AS n(id, version, number, draft_date, document_date)`.execute(trx)
  return Number(written.numAffectedRows ?? 0)
}

/** On one invoice, one rate stands in the place of another; the note says so on it. */
export type ReplacedRate = { invoice_id: string; from_id: string; to_id: string; note: string }

/** Puts other rates in the place of ended ones on drafts, and computes their taxes and totals anew, by the SQL twin of lib/money. */
export async function replaceRates(trx: Trx, replaced: readonly ReplacedRate[]): Promise<void> {
  if (replaced.length === 0) return
  const ids = [...new Set(replaced.map((row) => row.invoice_id))]
  const column = <K extends keyof ReplacedRate>(name: K) => replaced.map((row) => row[name])
  await sql`
    UPDATE invoice_lines l SET tax_rate_id = t.id, tax_category = t.category, tax_rate = t.rate,
      exemption_text = t.exemption_text, exemption_code = t.exemption_code
    FROM unnest(${column('invoice_id')}::uuid[], ${column('from_id')}::uuid[], ${column('to_id')}::uuid[])
      AS r(invoice_id, from_id, to_id)
    JOIN tax_rates t ON t.id = r.to_id
    WHERE l.invoice_id = r.invoice_id AND l.tax_rate_id = r.from_id`.execute(trx)
  await sql`DELETE FROM invoice_taxes WHERE invoice_id = ANY(${ids}::uuid[])`.execute(trx)
  await sql`
    INSERT INTO invoice_taxes (invoice_id, category, rate, base, amount, exemption_text, exemption_code)
    SELECT p.invoice_id, p.category, p.rate, sum(p.base), tax_amount(sum(p.base), p.rate, c.decimals),
      max(p.exemption_text), max(p.exemption_code)
    FROM (
      SELECT invoice_id, tax_category AS category, tax_rate AS rate, net AS base, exemption_text, exemption_code
      FROM invoice_lines WHERE invoice_id = ANY(${ids}::uuid[]) AND kind = 'item'
      UNION ALL
      SELECT invoice_id, tax_category, tax_rate, CASE kind WHEN 'charge' THEN amount ELSE -amount END, '', ''
      FROM invoice_allowances WHERE invoice_id = ANY(${ids}::uuid[])
    ) p
    JOIN invoices i ON i.id = p.invoice_id JOIN currencies c ON c.code = i.currency
    GROUP BY p.invoice_id, p.category, p.rate, c.decimals`.execute(trx)
  await sql`
    UPDATE invoices i SET tax = t.tax, gross = t.gross, due = t.gross - i.prepaid + i.rounding
    FROM (SELECT invoice_id, sum(amount) AS tax, sum(base) + sum(amount) AS gross FROM invoice_taxes
      WHERE invoice_id = ANY(${ids}::uuid[]) GROUP BY invoice_id) t
    WHERE i.id = t.invoice_id`.execute(trx)
  await sql`
    INSERT INTO invoice_notes (invoice_id, position, text)
    SELECT r.invoice_id, coalesce(m.position, 0) + row_number() OVER (PARTITION BY r.invoice_id ORDER BY r.note), r.note
    FROM (SELECT DISTINCT * FROM unnest(${column('invoice_id')}::uuid[], ${column('note')}::text[])) AS r(invoice_id, note)
    CROSS JOIN LATERAL (SELECT max(position) AS position FROM invoice_notes WHERE invoice_id = r.invoice_id) m`.execute(
    trx,
  )
}

/** Gives taxes without a rate the reason that their lines bear (BT-120, BT-121), where the draft lacks it. */
export async function explainExemptions(trx: Trx, invoiceIds: readonly string[]): Promise<void> {
  if (invoiceIds.length === 0) return
  await sql`
    UPDATE invoice_taxes x SET exemption_text = l.text, exemption_code = l.code
    FROM (
      SELECT l.invoice_id, l.tax_category, l.tax_rate, max(coalesce(nullif(l.exemption_text, ''), t.exemption_text)) AS text,
        max(coalesce(nullif(l.exemption_code, ''), t.exemption_code)) AS code
      FROM invoice_lines l JOIN tax_rates t ON t.id = l.tax_rate_id
      WHERE l.invoice_id = ANY(${invoiceIds}::uuid[]) AND l.kind = 'item'
      GROUP BY 1, 2, 3
    ) l
    WHERE x.invoice_id = l.invoice_id AND x.category = l.tax_category AND x.rate = l.tax_rate AND x.exemption_text = ''`.execute(
    trx,
  )
}
