import { sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { EndOfMonthRule, Supply, TaxCategory } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'

/** A line of an order as far as converting it needs it; of sections and comments only the first three are there. */
export type ConvertibleLine = {
  id: string
  position: number
  kind: 'item' | 'section' | 'comment'
  description: string
  quantity: string
  unit_code: string
  unit_price: string
  discount_percent: string
  supply: Supply
  tax_category: TaxCategory
  tax_rate: string
  net: string
  invoiced_quantity: string
  drafted_quantity: string
  /** The net of all parts, in drafts and issued, less what was credited and is billable again. */
  billed_net: string
  /** What credit notes have made billable again. */
  reopened_quantity: string
}

/** By position. */
export async function listConvertibleLines(db: Database, orderId: string): Promise<ConvertibleLine[]> {
  const { rows } = await sql<ConvertibleLine>`
    SELECT l.id, l.position, l.kind, l.description, coalesce(l.quantity, 0) AS quantity, coalesce(l.unit_code, '') AS unit_code,
      coalesce(l.unit_price, 0) AS unit_price, coalesce(l.discount_percent, 0) AS discount_percent, l.supply, l.tax_category,
      coalesce(l.tax_rate, 0) AS tax_rate, coalesce(l.net, 0) AS net, l.invoiced_quantity, l.drafted_quantity,
      coalesce(p.net, 0) AS billed_net, coalesce(p.reopened, 0) AS reopened_quantity
    FROM customer_order_lines l
    LEFT JOIN LATERAL (
      SELECT sum(x.net) FILTER (WHERE i.kind <> 'credit_note' OR i.reopens) AS net,
        sum(-x.part_quantity) FILTER (WHERE i.kind = 'credit_note' AND i.reopens) AS reopened
      FROM invoice_lines x JOIN invoices i ON i.id = x.invoice_id
      WHERE x.order_line_id = l.id AND num_nonnulls(x.part_quantity, x.part_share) = 1
        AND (i.kind <> 'credit_note' OR i.issued_at IS NOT NULL)) p ON true
    WHERE l.order_id = ${orderId}
    ORDER BY l.position`.execute(db)
  return rows
}

/** What an order's draft takes from records that others keep. */
export type DraftPresets = {
  time_zone: string
  language: string
  payment_term_id: string | null
  term: { days: number; end_of_month: EndOfMonthRule; day_of_month: number | null } | null
  /** When the order was marked as delivered, where it is. */
  delivered_at: string | null
}

/** The billed account's payment term, else that of the organisation. */
export async function readDraftPresets(db: Database, orderId: string): Promise<DraftPresets | undefined> {
  const { rows } = await sql<DraftPresets>`
    SELECT g.time_zone, a.language, t.id AS payment_term_id,
      CASE WHEN t.id IS NOT NULL THEN jsonb_build_object('days', t.days, 'end_of_month', t.end_of_month,
        'day_of_month', t.day_of_month) END AS term,
      CASE WHEN o.status = 'delivered' THEN (
        SELECT max(c.changed_at) FROM order_status_changes c WHERE c.order_id = o.id AND c.to_status = 'delivered')
        END AS delivered_at
    FROM customer_orders o
    JOIN organisations g ON g.id = o.organisation_id
    JOIN accounts a ON a.id = o.account_id
    LEFT JOIN payment_terms t ON t.id = coalesce(a.payment_term_id, g.default_payment_term_id)
    WHERE o.id = ${orderId}`.execute(db)
  return rows[0]
}

export type ConvertedDraft = {
  order_id: string
  kind: 'invoice' | 'deposit'
  document_date: IsoDate
  due_date: IsoDate
  delivery_date: IsoDate | null
  payment_term_id: string | null
  created_by: string
  net: string
  tax: string
  gross: string
  /** In their order; the texts of the order's lines without a quantity. */
  lines: readonly { id: string; quantity: string | null; net: string | null; rounding: string }[]
  taxes: readonly { category: string; rate: string; base: string; amount: string }[]
}

/** A draft of parts of an order, whose header and lines are copied as they stand; the database checks that it adds up. */
export async function insertConvertedDraft(trx: Trx, draft: ConvertedDraft): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO invoices (organisation_id, kind, status, source, order_id, order_version, account_id, contact_id, subject,
      customer_order_number, contract_reference, buyer_reference, language, currency, document_date, due_date, delivery_date,
      payment_term_id, payment_term_text, delivery_address, net, tax, gross, due, created_by)
    SELECT o.organisation_id, ${draft.kind}, 'created', 'manual', o.id, o.version, o.account_id, o.contact_id, o.subject,
      o.customer_order_number, o.contract_reference, a.buyer_reference, a.language, o.currency, ${draft.document_date}::date,
      ${draft.due_date}::date, ${draft.delivery_date}::date, t.id,
      coalesce(CASE WHEN a.language ~ '^fr\\M' THEN t.text_fr ELSE t.text_en END, ''), o.shipping_address,
      ${draft.net}::numeric, ${draft.tax}::numeric, ${draft.gross}::numeric, ${draft.gross}::numeric, ${draft.created_by}
    FROM customer_orders o JOIN accounts a ON a.id = o.account_id
    LEFT JOIN payment_terms t ON t.id = ${draft.payment_term_id}
    WHERE o.id = ${draft.order_id}
    RETURNING id`.execute(trx)
  const id = rows[0]?.id
  if (id === undefined) throw new Error(`Order ${draft.order_id} is gone.`)
  const column = <K extends keyof ConvertedDraft['lines'][number]>(name: K) =>
    draft.lines.map((line) => line[name])
  await sql`
    INSERT INTO invoice_lines (invoice_id, organisation_id, position, kind, order_line_id, product_id, product_code, description,
      quantity, unit_code, unit_price, discount_percent, supply, net, rounding, part_quantity, customer_line_reference, tax_rate_id,
      tax_category, tax_rate, exemption_text, exemption_code)
    SELECT ${id}::uuid, l.organisation_id, n.place, l.kind, l.id, l.product_id, l.product_code, l.description,
      n.quantity, l.unit_code, l.unit_price, l.discount_percent, l.supply, n.net, n.rounding, n.quantity, l.customer_line_reference,
      l.tax_rate_id, l.tax_category, l.tax_rate, l.exemption_text, l.exemption_code
    FROM unnest(${column('id')}::uuid[], ${column('quantity')}::numeric[], ${column('net')}::numeric[], ${column('rounding')}::numeric[])
      WITH ORDINALITY AS n(id, quantity, net, rounding, place)
    JOIN customer_order_lines l ON l.id = n.id`.execute(trx)
  const tax = <K extends keyof ConvertedDraft['taxes'][number]>(name: K) =>
    draft.taxes.map((row) => row[name])
  await sql`
    INSERT INTO invoice_taxes (invoice_id, category, rate, base, amount, exemption_text, exemption_code)
    SELECT ${id}::uuid, n.category, n.rate, n.base, n.amount, coalesce(x.exemption_text, ''), coalesce(x.exemption_code, '')
    FROM unnest(${tax('category')}::text[], ${tax('rate')}::numeric[], ${tax('base')}::numeric[], ${tax('amount')}::numeric[])
      AS n(category, rate, base, amount)
    LEFT JOIN customer_order_taxes x ON x.order_id = ${draft.order_id} AND x.category = n.category AND x.rate = n.rate`.execute(
    trx,
  )
  return id
}

/** How much of an order's net is invoiced and in drafts, in whole per cent, rounded down; undefined where it has no line with a price. */
export async function readInvoicedShare(
  db: Database,
  orderId: string,
): Promise<{ invoiced: number; drafted: number; remains: boolean } | undefined> {
  const share = (quantity: 'invoiced_quantity' | 'drafted_quantity') =>
    sql`greatest(0, least(100, floor(100 * sum(l.net * ${sql.ref(`l.${quantity}`)} / nullif(l.quantity, 0)) / sum(l.net))))::int`
  const { rows } = await sql<{ invoiced: number | null; drafted: number | null; remains: boolean | null }>`
    SELECT CASE WHEN sum(l.net) <> 0 THEN ${share('invoiced_quantity')} END AS invoiced,
      CASE WHEN sum(l.net) <> 0 THEN ${share('drafted_quantity')} END AS drafted,
      bool_or(sign(l.quantity - l.invoiced_quantity - l.drafted_quantity) = sign(l.quantity) AND l.quantity <> 0) AS remains
    FROM customer_order_lines l WHERE l.order_id = ${orderId} AND l.kind = 'item'`.execute(db)
  const row = rows[0]
  if (row === undefined || row.remains === null) return undefined
  return { invoiced: row.invoiced ?? 0, drafted: row.drafted ?? 0, remains: row.remains }
}

/** Whether invoices came out of an order other than those of its runs: they hold its customer, organisation and currency. */
export async function hasPartDocuments(db: Database, orderId: string): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    SELECT EXISTS (SELECT FROM invoices WHERE order_id = ${orderId} AND source = 'manual') AS is`.execute(db)
  return rows[0]?.is === true
}
