import { type Expression, sql } from 'kysely'
import type { Database, Trx } from './database.ts'
import { matchesWords, type PageOf, type PageRequest, selectPage } from './keyset.ts'
import type { NewRow, Row } from './tables.ts'

export type SupplierFilters = { words: string; archived: boolean }
export type SupplierSort = 'name' | 'code' | 'city'
/** How many values a cursor of this list has. */
export const supplierSortKeys = 2

export async function listSuppliers(
  db: Database,
  filters: SupplierFilters,
  sort: { by: SupplierSort; direction: 'asc' | 'desc' },
  page: PageRequest,
): Promise<PageOf<Row<'suppliers'>>> {
  const query = filtered(db, filters).selectAll()
  return selectPage(query, { keys: [sortKey(sort.by), sql`id`], direction: sort.direction }, page)
}

function sortKey(by: SupplierSort): Expression<unknown> {
  if (by === 'code') return sql`code`
  return by === 'city' ? sql`city COLLATE "und-x-icu"` : sql`name COLLATE "und-x-icu"`
}

export async function countSuppliers(db: Database, filters: SupplierFilters): Promise<number> {
  const row = await filtered(db, filters)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

function filtered(db: Database, filters: SupplierFilters) {
  return db
    .selectFrom('suppliers')
    .where('archived_at', filters.archived ? 'is not' : 'is', null)
    .$if(filters.words.trim() !== '', (query) => query.where(matchesWords(sql`search_text`, filters.words)))
}

export async function findSupplier(db: Database, id: string): Promise<Row<'suppliers'> | undefined> {
  return db.selectFrom('suppliers').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function lockSupplier(trx: Trx, id: string): Promise<Row<'suppliers'> | undefined> {
  return trx.selectFrom('suppliers').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function insertSupplier(trx: Trx, supplier: NewRow<'suppliers'>): Promise<string> {
  const row = await trx.insertInto('suppliers').values(supplier).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function updateSupplier(trx: Trx, id: string, supplier: NewRow<'suppliers'>): Promise<void> {
  await trx
    .updateTable('suppliers')
    .set({ ...supplier, updated_at: sql`now()`, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

export async function deleteSupplier(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('suppliers').where('id', '=', id).execute()
}

/** The codes that begin like `stem`, in capitals. */
export async function listSupplierCodes(db: Database, stem: string): Promise<string[]> {
  const rows = await db
    .selectFrom('suppliers')
    .select(sql<string>`upper(code)`.as('code'))
    .where(sql<boolean>`starts_with(upper(code), ${stem})`)
    .execute()
  return rows.map((row) => row.code)
}

/** The products that name this supplier. */
export async function listProductsOfSupplier(db: Database, id: string) {
  return db
    .selectFrom('product_suppliers as ps')
    .innerJoin('products as p', 'p.id', 'ps.product_id')
    .where('ps.supplier_id', '=', id)
    .select(['p.id', 'p.code', 'p.name', 'ps.purchase_price', 'ps.currency', 'ps.preferred'])
    .orderBy('p.code')
    .execute()
}

/** The suppliers that a typed text names: the one of this code, in any case, or else all in use of exactly this name. */
export async function listSuppliersNamed(db: Database, typed: string): Promise<Row<'suppliers'>[]> {
  const byCode = await db
    .selectFrom('suppliers')
    .selectAll()
    .where(sql<boolean>`lower(code) = lower(${typed})`)
    .execute()
  if (byCode.length > 0) return byCode
  return db
    .selectFrom('suppliers')
    .selectAll()
    .where('archived_at', 'is', null)
    .where(sql<boolean>`searchable(name) = searchable(${typed})`)
    .orderBy('code')
    .limit(20)
    .execute()
}
