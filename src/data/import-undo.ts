import { type RawBuilder, sql } from 'kysely'
import type { ImportedKind, ImportKind } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'

/** What came out of the records that an import made, and their removal. Set-wise: an import makes thousands. */

/** Why some of the records cannot be removed. */
export type ImportUse = {
  reason: string
  /** How many of the records, and the first of them by code or number. */
  count: number
  names: string[]
  /** Who changed them, where that is the reason. */
  by: string[]
}

/** How many names a reason tells. */
const namesTold = 5

type Query = RawBuilder<boolean>

/** Records of this import alone, by a column that names them. */
const ofImport = (id: string, column: RawBuilder<unknown>) =>
  sql`EXISTS (SELECT FROM import_records r WHERE r.import_id = ${id} AND r.record_id = ${column})`

/** The questions of a kind; `x` is the record. What a rule names here stands in docs/rules/imports.md. */
const questions: Record<ImportKind, (id: string) => Readonly<Record<string, Query>>> = {
  customers: (id) => ({
    orders: sql`EXISTS (SELECT FROM customer_orders o WHERE o.account_id = x.id)`,
    invoices: sql`EXISTS (SELECT FROM invoices i WHERE i.account_id = x.id OR i.order_account_id = x.id)`,
    contacts: sql`EXISTS (SELECT FROM contacts c WHERE c.account_id = x.id AND NOT ${ofImport(id, sql`c.id`)})`,
    children: sql`EXISTS (SELECT FROM accounts c WHERE c.parent_id = x.id AND NOT ${ofImport(id, sql`c.id`)})`,
    documents: sql`EXISTS (SELECT FROM documents d WHERE d.account_id = x.id)`,
    activities: sql`EXISTS (SELECT FROM activities a WHERE a.account_id = x.id)`,
    changed: sql`(x.version > 1 OR EXISTS (
      SELECT FROM contacts c WHERE c.account_id = x.id AND c.version > 1 AND ${ofImport(id, sql`c.id`)}))`,
  }),
  suppliers: () => ({
    products: sql`EXISTS (SELECT FROM product_suppliers p WHERE p.supplier_id = x.id)`,
    changed: sql`x.version > 1`,
  }),
  products: () => ({
    orders: sql`EXISTS (SELECT FROM customer_order_lines l WHERE l.product_id = x.id)`,
    invoices: sql`EXISTS (SELECT FROM invoice_lines l WHERE l.product_id = x.id)`,
    changed: sql`x.version > 1`,
  }),
  users: () => ({
    signed_in: sql`(x.password_hash IS NOT NULL OR EXISTS (SELECT FROM sessions s WHERE s.user_id = x.id))`,
    assigned: sql`(EXISTS (SELECT FROM customer_orders o WHERE o.assigned_to_id = x.id)
      OR EXISTS (SELECT FROM recurrences o WHERE o.responsible_id = x.id)
      OR EXISTS (SELECT FROM activities a WHERE x.id IN (a.assigned_to_id, a.created_by)))`,
    changed: sql`x.version > 1`,
  }),
  orders: () => ({
    finalized: sql`x.finalized_at IS NOT NULL`,
    invoices: sql`EXISTS (SELECT FROM invoices i WHERE i.order_id = x.id)`,
    recurring: sql`(EXISTS (SELECT FROM recurrences o WHERE o.order_id = x.id)
      OR EXISTS (SELECT FROM recurrence_occurrences o WHERE o.order_id = x.id))`,
    documents: sql`EXISTS (SELECT FROM documents d WHERE d.order_id = x.id)`,
    activities: sql`EXISTS (SELECT FROM activities a WHERE a.order_id = x.id)`,
    changed: sql`x.version > 1`,
  }),
}

const tables: Record<ImportKind, { table: string; label: string; kind: ImportedKind }> = {
  customers: { table: 'accounts', label: 'code', kind: 'account' },
  suppliers: { table: 'suppliers', label: 'code', kind: 'supplier' },
  products: { table: 'products', label: 'code', kind: 'product' },
  users: { table: 'users', label: 'code', kind: 'user' },
  orders: { table: 'customer_orders', label: 'number', kind: 'order' },
}

/** What stands in the way of removing what an import made; under `lockRecordsMade` where one acts on the answer. */
export async function listUsesOfImport(db: Database, id: string, kind: ImportKind): Promise<ImportUse[]> {
  const { table, label, kind: made } = tables[kind]
  const asked = Object.entries(questions[kind](id)).map(
    ([reason, question]) => sql`
      SELECT ${reason}::text AS reason, x.id, x.${sql.ref(label)} AS name, r.line
      FROM import_records r JOIN ${sql.table(table)} x ON x.id = r.record_id
      WHERE r.import_id = ${id} AND r.kind = ${made} AND ${question}`,
  )
  const { rows } = await sql<ImportUse>`
    WITH used AS (${sql.join(asked, sql` UNION ALL `)}),
      changed AS (
        SELECT id FROM used WHERE reason = 'changed'
        UNION SELECT c.id FROM used JOIN contacts c ON c.account_id = used.id WHERE reason = 'changed')
    SELECT reason, count(*)::int AS count, (array_agg(name ORDER BY line))[1:${sql.lit(namesTold)}] AS names,
      CASE WHEN reason = 'changed' THEN ARRAY(
        SELECT DISTINCT coalesce(w.name, e.actor) FROM changed
        JOIN audit_entries e ON e.subject_id = changed.id
          AND e.subject_type IN ('account', 'contact', 'supplier', 'product', 'user', 'order')
        LEFT JOIN users w ON w.id = e.user_id
        WHERE coalesce(w.name, e.actor) <> '' ORDER BY 1 LIMIT ${sql.lit(namesTold)}) ELSE '{}' END AS by
    FROM used GROUP BY reason
    ORDER BY array_position(${Object.keys(questions[kind](id))}::text[], reason)`.execute(db)
  return rows
}

/** Locks what an import made, so that whoever is just saving something with it waits. */
export async function lockRecordsMade(trx: Trx, id: string, kind: ImportKind): Promise<void> {
  const { table, kind: made } = tables[kind]
  await lock(trx, id, table, made)
  if (kind === 'customers') await lock(trx, id, 'contacts', 'contact')
}

async function lock(trx: Trx, id: string, table: string, kind: ImportedKind): Promise<void> {
  await sql`
    SELECT x.id FROM ${sql.table(table)} x
    WHERE x.id IN (SELECT record_id FROM import_records WHERE import_id = ${id} AND kind = ${kind})
    ORDER BY x.id FOR UPDATE OF x`.execute(trx)
}

/** How many of the records are still there, by kind. */
export async function countRecordsLeft(db: Database, id: string): Promise<Map<ImportedKind, number>> {
  const { rows } = await sql<{ kind: ImportedKind; count: number }>`
    SELECT r.kind, count(*)::int AS count FROM import_records r
    WHERE r.import_id = ${id} AND CASE r.kind
      WHEN 'account' THEN EXISTS (SELECT FROM accounts x WHERE x.id = r.record_id)
      WHEN 'contact' THEN EXISTS (SELECT FROM contacts x WHERE x.id = r.record_id)
      WHEN 'supplier' THEN EXISTS (SELECT FROM suppliers x WHERE x.id = r.record_id)
      WHEN 'product' THEN EXISTS (SELECT FROM products x WHERE x.id = r.record_id)
      WHEN 'user' THEN EXISTS (SELECT FROM users x WHERE x.id = r.record_id)
      ELSE EXISTS (SELECT FROM customer_orders x WHERE x.id = r.record_id) END
    GROUP BY r.kind`.execute(db)
  return new Map(rows.map(({ kind, count }) => [kind, count]))
}

/** What goes, dependents first: table, and the column that names a record of the kind. */
const removals: Record<
  ImportKind,
  readonly (readonly [table: string, column: string, kind: ImportedKind])[]
> = {
  customers: [
    ['contacts', 'id', 'contact'],
    ['accounts', 'id', 'account'],
  ],
  suppliers: [['suppliers', 'id', 'supplier']],
  products: [
    ['product_suppliers', 'product_id', 'product'],
    ['products', 'id', 'product'],
  ],
  users: [
    ['user_organisations', 'user_id', 'user'],
    ['users', 'id', 'user'],
  ],
  orders: [
    ['order_status_changes', 'order_id', 'order'],
    ['customer_order_taxes', 'order_id', 'order'],
    ['customer_order_lines', 'order_id', 'order'],
    ['customer_orders', 'id', 'order'],
  ],
}

/**
 * Removes all that an import made and notes that it was undone. Whoever calls has asked `listUsesOfImport`; a foreign key refuses what
 * that did not know of.
 */
export async function removeRecordsMade(
  trx: Trx,
  { id, kind }: { id: string; kind: ImportKind },
  userId: string,
): Promise<void> {
  // The removal of a hundred thousand orders is not to be given up half way.
  await sql`SET LOCAL statement_timeout = 0`.execute(trx)
  for (const [table, column, made] of removals[kind]) {
    await sql`
      DELETE FROM ${sql.table(table)} x WHERE x.${sql.ref(column)} IN
        (SELECT record_id FROM import_records WHERE import_id = ${id} AND kind = ${made})`.execute(trx)
  }
  await trx.deleteFrom('import_records').where('import_id', '=', id).execute()
  await trx
    .updateTable('imports')
    .set({ state: 'undone', undone_at: sql`now()`, undone_by: userId })
    .where('id', '=', id)
    .execute()
}
