import { sql } from 'kysely'
import type { Database } from '../../src/data/database.ts'
import type { IsoDate } from '../../src/lib/dates.ts'

export type Share = {
  today: IsoDate
  /** This one of `workers` that share the drafts, from 0. */
  worker: number
  workers: number
}

/**
 * What the product's issuing step has to keep up with: the same rows, numbered and written by PostgreSQL alone, a statement a table,
 * in one transaction without counters that anybody waits for, without claims, refusals or retries. Every worker numbers all drafts
 * and writes its own. It knows no more than the bench's own shop needs: recurring invoices in the organisation's own currency and
 * others with a rate on the day, rates of tax that do not end, no date that would move.
 */
export async function issueBare(db: Database, share: Share): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`CREATE TEMPORARY TABLE numbered ON COMMIT DROP AS
      SELECT d.*, f.format, replace(replace(f.format, '{YYYY}', d.year::text), '{number}', lpad(d.place::text,
        greatest(4, length(d.place::text)), '0')) AS number
      FROM (
        SELECT i.id, i.organisation_id, i.document_date, i.version, i.issue_as, g.code, extract(year FROM i.document_date)::int AS year,
          row_number() OVER (PARTITION BY i.organisation_id, extract(year FROM i.document_date)
            ORDER BY i.document_date, o.number COLLATE document_numbers, i.id) AS place
        FROM invoices i JOIN organisations g ON g.id = i.organisation_id LEFT JOIN customer_orders o ON o.id = i.order_id
        WHERE i.issue_as IS NOT NULL AND i.document_date <= ${share.today}::date
      ) d
      CROSS JOIN LATERAL (SELECT 'R-' || d.code || '-{YYYY}-{number}' AS format) f`.execute(trx)
    const own = sql`mod(n.place, ${share.workers}::bigint) = ${share.worker}::bigint`
    await sql`INSERT INTO invoice_notes (invoice_id, position, subject_code, text)
      SELECT n.id, row_number() OVER (PARTITION BY n.id ORDER BY t.place), t.code, t.text
      FROM numbered n JOIN organisations g ON g.id = n.organisation_id
      CROSS JOIN LATERAL (VALUES (1, 'PMD', g.note_penalties), (2, 'PMT', g.note_indemnity), (3, 'AAB', g.note_discount),
        (4, 'REG', g.note_register), (5, 'TXD', g.note_tax)) AS t(place, code, text)
      WHERE t.text <> '' AND ${own}`.execute(trx)
    await sql`UPDATE invoices i
      SET number = n.number, status = 'approved', issue_as = NULL, buyer_reference = coalesce(nullif(i.buyer_reference, ''), a.buyer_reference),
        seller = jsonb_build_object('name', coalesce(nullif(g.legal_name, ''), g.name), 'trade_name', g.name,
          'legal_form', g.legal_form, 'share_capital', g.share_capital, 'siren', g.siren, 'siret', g.siret,
          'vat_number', g.vat_number, 'tax_number', g.tax_number, 'register_text', g.register_text, 'street', g.street,
          'street_2', g.street_2, 'street_3', g.street_3, 'postal_code', g.postal_code, 'city', g.city, 'region', g.region,
          'country', g.country, 'contact_name', g.contact_name, 'phone', g.phone, 'email', g.email, 'website', g.website,
          'electronic_address', g.electronic_address, 'electronic_address_scheme', g.electronic_address_scheme,
          'vat_on_debits', g.vat_on_debits, 'iban', g.iban, 'bic', g.bic, 'bank_name', g.bank_name),
        buyer = jsonb_build_object('name', coalesce(nullif(a.legal_name, ''), a.name), 'trade_name', a.name, 'code', a.code,
          'kind', a.kind, 'tax_treatment', a.tax_treatment, 'siren', a.siren, 'siret', a.siret, 'vat_number', a.vat_number,
          'street', a.street, 'street_2', a.street_2, 'street_3', a.street_3, 'postal_code', a.postal_code, 'city', a.city,
          'region', a.region, 'country', a.country, 'electronic_address', a.electronic_address,
          'electronic_address_scheme', a.electronic_address_scheme, 'buyer_reference', a.buyer_reference),
        vat_point_code = CASE WHEN g.vat_on_debits THEN '5' WHEN l.services THEN '72' END,
        billing_mode = CASE WHEN l.goods AND l.services THEN 'M1' WHEN l.goods THEN 'B1' ELSE 'S1' END,
        regime = CASE WHEN a.kind = 'private_person' THEN 'private' WHEN a.country = g.country THEN 'business' ELSE 'abroad' END,
        exchange_rate = x.rate, vat_currency = CASE WHEN x.rate IS NOT NULL THEN g.currency END,
        vat_currency_tax = round(i.tax * x.rate, 2),
        issued_at = now(), updated_at = now(), version = i.version + 1
      FROM numbered n
      JOIN invoices d ON d.id = n.id
      JOIN organisations g ON g.id = n.organisation_id
      JOIN accounts a ON a.id = d.account_id
      JOIN (SELECT invoice_id, bool_or(supply = 'goods') AS goods, bool_or(supply = 'service') AS services
        FROM invoice_lines WHERE kind = 'item' GROUP BY invoice_id) l ON l.invoice_id = d.id
      LEFT JOIN LATERAL (SELECT rate FROM exchange_rates r WHERE r.from_currency = d.currency AND r.to_currency = g.currency
        AND r.rate_date <= d.document_date AND d.tax <> 0 ORDER BY rate_date DESC LIMIT 1) x ON true
      WHERE i.id = n.id AND ${own}`.execute(trx)
    await sql`INSERT INTO audit_entries (actor, action, subject_type, subject_id, organisation_id, changes)
      SELECT 'recurring-invoices', 'issued', 'invoice', n.id, n.organisation_id,
        jsonb_build_object('version', jsonb_build_object('from', n.version, 'to', n.version + 1),
          'number', jsonb_build_object('from', NULL, 'to', n.number))
      FROM numbered n WHERE ${own}`.execute(trx)
    if (share.worker > 0) return
    await sql`INSERT INTO number_series (organisation_id, kind, year, format, next_number, last_date)
      SELECT organisation_id, 'recurring_invoice', year, min(format), max(place) + 1, max(document_date)
      FROM numbered GROUP BY organisation_id, year`.execute(trx)
  })
}
