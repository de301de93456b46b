import { type Expression, type SelectQueryBuilder, sql } from 'kysely'
import type { Supply } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'
import { escapeLike, type Keyset, matchesWords, type PageOf, type PageRequest, selectPage } from './keyset.ts'
import { isAmong, isAscending, rowsByRank } from './scans.ts'
import type { DB, NewRow, Row } from './tables.ts'

export type ProductFilters = { words: string; archived: boolean; kind: Supply | '' }
/** `match` puts an exact code or GTIN first, then codes that begin with the words. */
export type ProductSort = 'match' | 'code' | 'name' | 'price'
/** How many values a cursor of this list has at most. */
export const productSortKeys = 3

/** A product with the figure of its tax rate. */
export type Product = Row<'products'> & { tax_rate: string; tax_rate_code: string; tax_rate_name: string }

export async function listProducts(
  db: Database,
  filters: ProductFilters,
  sort: { by: ProductSort; direction: 'asc' | 'desc' },
  page: PageRequest,
): Promise<PageOf<Product>> {
  const query = withTaxRate(filtered(db, filters))
  const keyset =
    sort.by === 'match'
      ? byMatch(filtered(db, filters).select('products.id'), filters.words, sort.direction)
      : { keys: [sortKey(sort.by), sql`products.id`], direction: sort.direction }
  return selectPage(query, keyset, page)
}

function sortKey(sort: Exclude<ProductSort, 'match'>): Expression<unknown> {
  switch (sort) {
    case 'code':
      return sql`products.code COLLATE "und-x-icu"`
    case 'name':
      return sql`products.name COLLATE "und-x-icu"`
    case 'price':
      return sql`products.unit_price`
  }
}

/** What a picker asks for at each key: the eight best of what a letter may match by the thousand. */
function byMatch(
  from: SelectQueryBuilder<DB, 'products' | 'tax_rates', { id: string }>,
  words: string,
  direction: 'asc' | 'desc',
): Keyset {
  const typed = words.toLowerCase()
  const isExact = sql<boolean>`(lower(products.code) = ${typed} OR (products.gtin <> '' AND products.gtin = ${typed}))`
  const begins = sql<boolean>`(lower(products.code) LIKE ${`${escapeLike(typed)}%`})`
  const rank = sql`(CASE WHEN ${isExact} THEN 0 WHEN ${begins} THEN 1 ELSE 2 END)`
  const [code, id] = [sql`lower(products.code)`, sql`products.id`]
  return {
    keys: [rank, code, id],
    direction,
    candidates: (page) => {
      const ascending = isAscending(direction, page)
      const scan = { from, ascending, keys: [code, id], beyond: page.cursor?.values, limit: page.limit + 1 }
      return isAmong(id, rowsByRank(scan, [isExact, begins, sql<boolean>`true`]))
    },
  }
}

export async function countProducts(db: Database, filters: ProductFilters): Promise<number> {
  const row = await filtered(db, filters)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

export async function findProduct(db: Database, id: string): Promise<Product | undefined> {
  return withTaxRate(products(db).where('products.id', '=', id)).executeTakeFirst()
}

/** The products of these ids, archived ones too; what is not there is left out. */
export async function listProductsByIds(db: Database, ids: readonly string[]): Promise<Product[]> {
  if (ids.length === 0) return []
  return withTaxRate(products(db).where(sql<boolean>`products.id = ANY(${[...ids]}::uuid[])`)).execute()
}

function products(db: Database) {
  return db.selectFrom('products').innerJoin('tax_rates', 'tax_rates.id', 'products.tax_rate_id')
}

function filtered(db: Database, filters: ProductFilters) {
  const { words, kind } = filters
  return products(db)
    .where('products.archived_at', filters.archived ? 'is not' : 'is', null)
    .$if(kind !== '', (query) => query.where('products.kind', '=', kind === 'service' ? 'service' : 'goods'))
    .$if(words !== '', (query) => {
      const named = matchesWords(sql`products.search_text`, words)
      // A scanner types the GTIN.
      return query.where(isGtin(words) ? sql<boolean>`(${named} OR products.gtin = ${words})` : named)
    })
}

function isGtin(words: string): boolean {
  return /^\d{8,14}$/.test(words)
}

function withTaxRate(query: ReturnType<typeof products>) {
  return query
    .selectAll('products')
    .select([
      'tax_rates.rate as tax_rate',
      'tax_rates.code as tax_rate_code',
      'tax_rates.name as tax_rate_name',
    ])
}

export async function lockProduct(trx: Trx, id: string): Promise<Row<'products'> | undefined> {
  return trx.selectFrom('products').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function insertProduct(trx: Trx, product: NewRow<'products'>): Promise<string> {
  const row = await trx.insertInto('products').values(product).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function updateProduct(trx: Trx, id: string, product: NewRow<'products'>): Promise<void> {
  await trx
    .updateTable('products')
    .set({ ...product, updated_at: sql`now()`, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

/** Deletes a product that nothing names; its suppliers go with it. */
export async function deleteProduct(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('product_suppliers').where('product_id', '=', id).execute()
  await trx.deleteFrom('products').where('id', '=', id).execute()
}

/** Whether a line of an order or an invoice names the product. */
export async function isProductUsed(db: Database, id: string): Promise<boolean> {
  const row = await db
    .selectNoFrom((eb) => [
      eb
        .or([
          eb.exists(
            eb
              .selectFrom('customer_order_lines')
              .select('customer_order_lines.id')
              .where('product_id', '=', id),
          ),
          eb.exists(eb.selectFrom('invoice_lines').select('invoice_lines.id').where('product_id', '=', id)),
        ])
        .as('used'),
    ])
    .executeTakeFirstOrThrow()
  return row.used === true
}

/** The orders with an enabled recurrence that bill the product, of these organisations. */
export async function listRecurringOrdersOfProduct(db: Database, id: string) {
  return db
    .selectFrom('recurrences as c')
    .innerJoin('customer_orders as o', 'o.id', 'c.order_id')
    .where('c.enabled', '=', true)
    .where('o.status', '!=', 'cancelled')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('customer_order_lines as l')
          .select('l.id')
          .whereRef('l.order_id', '=', 'o.id')
          .where('l.product_id', '=', id),
      ),
    )
    .select(['o.id', 'o.number', 'o.subject', 'o.organisation_id', 'c.next_run_date'])
    .orderBy('o.number')
    .execute()
}

export type ProductSupplier = {
  supplier_id: string
  supplier_code: string
  purchase_price: string | null
  currency: string
  preferred: boolean
}

/** The suppliers of a product, the preferred one first. */
export async function listSuppliersOfProduct(db: Database, productId: string) {
  return db
    .selectFrom('product_suppliers as ps')
    .innerJoin('suppliers as s', 's.id', 'ps.supplier_id')
    .where('ps.product_id', '=', productId)
    .select([
      'ps.supplier_id',
      's.code',
      's.name',
      's.archived_at',
      'ps.supplier_code',
      'ps.purchase_price',
      'ps.currency',
      'ps.preferred',
    ])
    .orderBy('ps.preferred', 'desc')
    .orderBy('s.code')
    .execute()
}

export async function replaceSuppliersOfProduct(
  trx: Trx,
  productId: string,
  suppliers: readonly ProductSupplier[],
): Promise<void> {
  await trx.deleteFrom('product_suppliers').where('product_id', '=', productId).execute()
  if (suppliers.length === 0) return
  await trx
    .insertInto('product_suppliers')
    .values(suppliers.map((supplier) => ({ ...supplier, product_id: productId })))
    .execute()
}
