import { sql } from 'kysely'
import type { Database } from './database.ts'
import type { Product } from './products.ts'
import type { Row } from './tables.ts'

/** What an order's form asks of records that others keep, for all of its lines at once. */

/** The organisations of these ids, by name; archived ones too. */
export async function listOrganisationsByIds(
  db: Database,
  ids: readonly string[],
): Promise<Row<'organisations'>[]> {
  return db
    .selectFrom('organisations')
    .selectAll()
    .where(sql<boolean>`id = ANY(${[...ids]}::uuid[])`)
    .orderBy(sql`name COLLATE "und-x-icu"`)
    .orderBy('id')
    .execute()
}

/**
 * The products in use that typed texts name, by the text in lower case: those of that code, in any case, or else all of exactly that
 * name. A text that names none is not in the map.
 */
export async function mapProductsCalled(
  db: Database,
  texts: readonly string[],
): Promise<Map<string, Product[]>> {
  const found = new Map<string, Product[]>()
  const wanted = [...new Set(texts.map((text) => text.toLowerCase()))]
  if (wanted.length === 0) return found
  const collect = (key: string, product: Product) => found.set(key, [...(found.get(key) ?? []), product])
  const byCode = await products(db)
    .where(sql<boolean>`lower(products.code) = ANY(${wanted}::text[])`)
    .execute()
  for (const product of byCode) collect(product.code.toLowerCase(), product)
  const left = wanted.filter((text) => !found.has(text))
  if (left.length === 0) return found
  const byName = await products(db).where(sql<boolean>`lower(products.name) = ANY(${left}::text[])`).execute()
  for (const product of byName) collect(product.name.toLowerCase(), product)
  return found
}

function products(db: Database) {
  return db
    .selectFrom('products')
    .innerJoin('tax_rates', 'tax_rates.id', 'products.tax_rate_id')
    .where('products.archived_at', 'is', null)
    .selectAll('products')
    .select([
      'tax_rates.rate as tax_rate',
      'tax_rates.code as tax_rate_code',
      'tax_rates.name as tax_rate_name',
    ])
    .orderBy('products.code')
}

/** Whether an invoice or a recurrence names the order: its organisation then stays. */
export async function hasOrderDocuments(db: Database, orderId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    SELECT EXISTS (SELECT FROM invoices WHERE order_id = ${orderId})
      OR EXISTS (SELECT FROM recurrences WHERE order_id = ${orderId}) AS found`.execute(db)
  return rows[0]?.found ?? false
}

export async function findUserName(db: Database, id: string): Promise<string | null> {
  const row = await db.selectFrom('users').select('name').where('id', '=', id).executeTakeFirst()
  return row?.name ?? null
}

type RecordedChanges = Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>

/** What was recorded of an order since it had this version, newest first. */
export async function listRecordedChanges(
  db: Database,
  orderId: string,
  version: number,
): Promise<RecordedChanges[]> {
  const { rows } = await sql<{ changes: RecordedChanges }>`
    SELECT changes FROM audit_entries
    WHERE subject_type = 'order' AND subject_id = ${orderId} AND action <> 'created'
      AND id > coalesce((
        SELECT id FROM audit_entries
        WHERE subject_type = 'order' AND subject_id = ${orderId}
          AND (action = 'created' OR (changes #>> '{version,to}')::integer <= ${version})
        ORDER BY id DESC LIMIT 1
      ), '00000000-0000-0000-0000-000000000000')
    ORDER BY id DESC`.execute(db)
  return rows.map(({ changes }) => changes)
}
