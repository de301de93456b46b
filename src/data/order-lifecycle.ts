import { sql } from 'kysely'
import type { OrderStatus } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'
import type { NewRow } from './tables.ts'

/** What came out of an order, and what of its account decides what may be done with it. */
export type OrderOutcome = {
  drafts: number
  /** Issued invoices that credit notes have not taken back whole, by number; credit notes themselves are none. */
  issued: string[]
  invoices: number
  billed_periods: number
  /** Periods of these states. */
  due: number
  held: number
  failed: number
  recurring: boolean
  account_archived: boolean
  account_name: string
}

export async function readOrderOutcome(db: Database, orderId: string): Promise<OrderOutcome> {
  const { rows } = await sql<OrderOutcome>`
    SELECT
      (SELECT count(*)::int FROM invoices WHERE order_id = ${orderId} AND issued_at IS NULL) AS drafts,
      ARRAY(
        SELECT i.number FROM invoices i
        WHERE i.order_id = ${orderId} AND i.issued_at IS NOT NULL AND i.kind <> 'credit_note'
          AND i.gross + coalesce((
            SELECT sum(c.gross) FROM invoice_references r JOIN invoices c ON c.id = r.invoice_id
            WHERE r.preceding_invoice_id = i.id AND c.kind = 'credit_note' AND c.issued_at IS NOT NULL), 0) <> 0
        ORDER BY i.document_date, i.number COLLATE document_numbers) AS issued,
      (SELECT count(*)::int FROM invoices WHERE order_id = ${orderId}) AS invoices,
      p.billed_periods, p.due, p.held, p.failed,
      EXISTS (SELECT FROM recurrences WHERE order_id = ${orderId} AND enabled) AS recurring,
      a.archived_at IS NOT NULL AS account_archived, a.name AS account_name
    FROM customer_orders o JOIN accounts a ON a.id = o.account_id
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE state IN ('invoiced', 'credited'))::int AS billed_periods,
        count(*) FILTER (WHERE state = 'due')::int AS due, count(*) FILTER (WHERE state = 'held')::int AS held,
        count(*) FILTER (WHERE state = 'failed')::int AS failed
      FROM recurrence_occurrences WHERE order_id = o.id) p
    WHERE o.id = ${orderId}`.execute(db)
  const outcome = rows[0]
  if (outcome === undefined) throw new Error(`Order ${orderId} is gone`)
  return outcome
}

export async function findTimeZone(db: Database, organisationId: string): Promise<string> {
  const row = await db
    .selectFrom('organisations')
    .select('time_zone')
    .where('id', '=', organisationId)
    .executeTakeFirstOrThrow()
  return row.time_zone
}

export async function setOrderStatus(
  trx: Trx,
  id: string,
  change: { status: OrderStatus; status_before_cancel: Exclude<OrderStatus, 'cancelled'> | null; by: string },
): Promise<void> {
  await trx
    .updateTable('customer_orders')
    .set({
      status: change.status,
      status_before_cancel: change.status_before_cancel,
      updated_at: sql`now()`,
      updated_by: change.by,
      version: sql`version + 1`,
    })
    .where('id', '=', id)
    .execute()
}

/** Whom an order is assigned to; null for nobody. */
export async function setOrderAssignee(
  trx: Trx,
  id: string,
  change: { assigned_to_id: string | null; by: string },
): Promise<void> {
  await trx
    .updateTable('customer_orders')
    .set({
      assigned_to_id: change.assigned_to_id,
      updated_at: sql`now()`,
      updated_by: change.by,
      version: sql`version + 1`,
    })
    .where('id', '=', id)
    .execute()
}

export async function insertStatusChange(trx: Trx, change: NewRow<'order_status_changes'>): Promise<void> {
  await trx.insertInto('order_status_changes').values(change).execute()
}

export async function turnRecurrenceOff(trx: Trx, orderId: string, userId: string): Promise<void> {
  await trx
    .updateTable('recurrences')
    .set({
      enabled: false,
      next_run_date: null,
      disabled_at: sql`now()`,
      updated_at: sql`now()`,
      updated_by: userId,
      version: sql`version + 1`,
    })
    .where('order_id', '=', orderId)
    .execute()
}

export async function skipUnbilledOccurrences(
  trx: Trx,
  orderId: string,
  skipped: { reason_code: string; by: string },
): Promise<void> {
  await trx
    .updateTable('recurrence_occurrences')
    .set({
      state: 'skipped',
      reason_code: skipped.reason_code,
      reason_params: '{}',
      reason_text: '',
      decided_by: skipped.by,
      updated_at: sql`now()`,
    })
    .where('order_id', '=', orderId)
    .where('state', 'in', ['due', 'failed', 'held'])
    .execute()
}

/** Removes an order with all that hangs on it. Whoever calls has asked whether anything came out of it. */
export async function deleteOrder(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('recurrence_occurrences').where('order_id', '=', id).execute()
  await trx.deleteFrom('recurrences').where('order_id', '=', id).execute()
  await trx.deleteFrom('order_status_changes').where('order_id', '=', id).execute()
  await trx.deleteFrom('customer_order_taxes').where('order_id', '=', id).execute()
  await trx.deleteFrom('customer_order_lines').where('order_id', '=', id).execute()
  await trx.deleteFrom('customer_orders').where('id', '=', id).execute()
}

/** How many lines of the order name a product that is archived. */
export async function countArchivedProducts(db: Database, orderId: string): Promise<number> {
  const row = await db
    .selectFrom('customer_order_lines as l')
    .innerJoin('products as p', 'p.id', 'l.product_id')
    .where('l.order_id', '=', orderId)
    .where('p.archived_at', 'is not', null)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

/** Whether a contact, and a user of the organisation, can still be named on a new document. */
export async function readOffered(
  db: Database,
  people: { contact_id: string | null; user_id: string | null; organisation_id: string },
): Promise<{ contact: boolean; user: boolean }> {
  const { rows } = await sql<{ contact: boolean; user: boolean }>`
    SELECT
      EXISTS (SELECT FROM contacts WHERE id = ${people.contact_id}::uuid AND archived_at IS NULL) AS contact,
      EXISTS (SELECT FROM users u JOIN user_organisations m ON m.user_id = u.id
        WHERE u.id = ${people.user_id}::uuid AND u.archived_at IS NULL AND m.organisation_id = ${people.organisation_id}::uuid)
        AS "user"`.execute(db)
  return rows[0] ?? { contact: false, user: false }
}

/** Copies an order's lines, in their order and without their progress, and its taxes. */
export async function copyOrderParts(
  trx: Trx,
  from: string,
  to: { id: string; organisation_id: string },
): Promise<void> {
  await sql`
    INSERT INTO customer_order_lines (order_id, organisation_id, position, kind, product_id, product_code, description, quantity,
      unit_code, unit_price, discount_percent, supply, tax_rate_id, tax_category, tax_rate, exemption_text, exemption_code,
      customer_line_reference, net)
    SELECT ${to.id}::uuid, ${to.organisation_id}::uuid, position, kind, product_id, product_code, description, quantity,
      unit_code, unit_price, discount_percent, supply, tax_rate_id, tax_category, tax_rate, exemption_text, exemption_code,
      customer_line_reference, net
    FROM customer_order_lines WHERE order_id = ${from} ORDER BY position`.execute(trx)
  await sql`
    INSERT INTO customer_order_taxes (order_id, category, rate, base, amount, exemption_text, exemption_code)
    SELECT ${to.id}::uuid, category, rate, base, amount, exemption_text, exemption_code
    FROM customer_order_taxes WHERE order_id = ${from}`.execute(trx)
}

export type HistoryEntry = {
  id: string
  at: string
  who: string | null
  action: string
  changes: unknown
  from_status: OrderStatus | null
  to_status: OrderStatus | null
}

/** What happened to an order, newest first: its status changes, and the audit of the order, its recurrence and what is filed with it. */
export async function listHistoryOfOrder(db: Database, orderId: string): Promise<HistoryEntry[]> {
  const { rows } = await sql<HistoryEntry>`
    SELECT h.id, h.at, coalesce(u.name, nullif(h.actor, '')) AS who, h.action, h.changes, h.from_status, h.to_status
    FROM (
      SELECT s.id, s.changed_at AS at, s.changed_by AS user_id, '' AS actor, 'status_changed' AS action, '{}'::jsonb AS changes,
        s.from_status, s.to_status
      FROM order_status_changes s WHERE s.order_id = ${orderId} AND s.from_status IS NOT NULL
      UNION ALL
      SELECT a.id, a.at, a.user_id, a.actor,
        CASE a.subject_type WHEN 'order' THEN a.action ELSE a.subject_type || '_' || a.action END, a.changes, NULL, NULL
      FROM audit_entries a
      WHERE a.subject_type IN ('order', 'recurrence', 'document', 'activity') AND a.subject_id = ${orderId}
        AND a.action <> 'status_changed'
    ) h LEFT JOIN users u ON u.id = h.user_id
    ORDER BY h.at DESC, h.id DESC`.execute(db)
  return rows
}

/** What accounts, contacts, users, organisations, tax rates and payment terms of these ids are called. */
export async function mapNames(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, name FROM accounts WHERE id = ANY(${ids}::uuid[])
    UNION ALL SELECT id, name FROM contacts WHERE id = ANY(${ids}::uuid[])
    UNION ALL SELECT id, name FROM users WHERE id = ANY(${ids}::uuid[])
    UNION ALL SELECT id, name FROM organisations WHERE id = ANY(${ids}::uuid[])
    UNION ALL SELECT id, name FROM tax_rates WHERE id = ANY(${ids}::uuid[])
    UNION ALL SELECT id, name FROM payment_terms WHERE id = ANY(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
