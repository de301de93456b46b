import { sql } from 'kysely'
import { Client } from 'pg'
import t from 'tap'
import { quietSteps } from '../../scripts/demo/steps.ts'
import { generateShop } from '../../scripts/generate/generate-shop.ts'
import { shopSize } from '../../scripts/generate/sizes.ts'
import { listAccounts } from '../../src/data/accounts.ts'
import { listContacts } from '../../src/data/contacts.ts'
import { type Database, openDatabase, type RanQuery } from '../../src/data/database.ts'
import {
  everyInvoice,
  type InvoiceFilters,
  type InvoiceSort,
  listInvoices,
} from '../../src/data/invoice-lists.ts'
import { decodeCursor, type PageOf, type PageRequest } from '../../src/data/keyset.ts'
import { everyOrder, listOrders, type OrderFilters, type OrderSort } from '../../src/data/order-lists.ts'
import { listProducts } from '../../src/data/products.ts'
import { listSuppliers } from '../../src/data/suppliers.ts'
import { orderStatuses } from '../../src/lib/vocabulary.ts'
import { testDatabase } from '../support/database.ts'
import { effortOf } from '../support/plans.ts'

/**
 * Every list, by each sort in both directions, narrowed by each filter: how many rows its pages read and sort, from the plans of the
 * statements that the product runs. A page of 50 reads its 51 rows in each organisation and status; few matches are gathered, at most
 * 1,000; many are met after some that do not match. None of this grows with the table.
 */
const most = { read: 15_000, sorted: 4500, scanned: 2100 }
const orders = 20_000

const { db, ownerDb, ownerUrl, url } = await testDatabase(t)
await generateShop(
  { url, ownerUrl },
  {
    plan: { ...shopSize(orders, { lines: 1, idle: 1500, invoices: 6000 }), seed: 1, today: '2026-03-15' },
    admin: { name: 'Ada Grandin', email: 'ada@generated.test', password: 'generated-shop' },
    steps: quietSteps,
    signal: AbortSignal.timeout(600_000),
  },
)

// Most invoices are issued and some of these still open, as in a shop that has run for years.
const numbered = sql`(SELECT id, row_number() OVER (ORDER BY document_date, id) AS n FROM invoices) AS numbered`
await sql`UPDATE invoices i SET number = 'G-' || n, issued_at = now(), issue_as = NULL, seller = '{}', buyer = '{}', status = 'sent'
  FROM ${numbered} WHERE numbered.id = i.id AND i.issued_at IS NULL AND n % 10 > 0`.execute(ownerDb)
await sql`UPDATE invoices i SET paid = gross, status = 'paid'
  FROM ${numbered} WHERE numbered.id = i.id AND i.issued_at IS NOT NULL AND n % 4 > 0`.execute(ownerDb)
// The first one removes what the updates left, the second finds the pages clean.
for (const _ of [1, 2]) await sql`VACUUM (ANALYZE) invoices`.execute(ownerDb)

let ran: RanQuery[] = []
const listening = openDatabase(url, {
  name: 'plans',
  role: 'comptoir_web',
  onQuery: (query) => ran.push(query),
})
const client = new Client({ connectionString: ownerUrl })
await client.connect()
t.teardown(async () => {
  await client.end()
  await listening.destroy()
})

const organisation_ids = (await db.selectFrom('organisations').select('id').execute()).map(({ id }) => id)
const some = await db
  .selectFrom('customer_orders')
  .select([
    'id',
    'number',
    'account_id',
    'organisation_id',
    sql<string>`invoicing_address ->> 'name'`.as('customer'),
  ])
  .orderBy('order_date')
  .offset(orders / 2)
  .limit(1)
  .executeTakeFirstOrThrow()
const people = await db.selectFrom('users').select('id').limit(1).executeTakeFirstOrThrow()
const searches = { common: 'abonnement', number: some.number, customer: some.customer, nothing: 'zzqqzz' }
const directions = ['asc', 'desc'] as const

type Narrowed<F> = Readonly<Record<string, Partial<F>>>
type List<F, S extends string> = {
  name: string
  sorts: readonly S[]
  filters: NoInfer<F>
  narrowed: Narrowed<NoInfer<F>>
  list: (
    db: Database,
    filters: F,
    sort: { by: S; direction: 'asc' | 'desc' },
    page: PageRequest,
  ) => Promise<PageOf<unknown>>
}

/** Answers the ways of a list that take too much, in plain words. */
async function costlyWays<F, S extends string>(list: List<F, S>): Promise<string[]> {
  const found: string[] = []
  for (const [narrowed, filters] of Object.entries(list.narrowed)) {
    for (const by of list.sorts) {
      for (const direction of directions) {
        const page = async (cursor: PageRequest['cursor']) => {
          ran = []
          const filtered = { ...list.filters, ...filters }
          const answer = await list.list(listening, filtered, { by, direction }, { cursor, limit: 50 })
          const which = cursor === undefined ? 'first' : cursor.side === 'after' ? 'next' : 'previous'
          const way = `${list.name} ${narrowed}, by ${by} ${direction}, ${which} page`
          for (const query of ran) found.push(...(await complaints(query)).map((text) => `${way}: ${text}`))
          return answer
        }
        const first = await page(undefined)
        // Further pages are found like the first one, whatever the list is narrowed to.
        if (first.next === null || Object.keys(filters).length > 0) continue
        const second = await page(decodeCursor(first.next, 9))
        if (second.previous !== null) await page(decodeCursor(second.previous, 9))
      }
    }
  }
  return found
}

async function complaints(query: RanQuery): Promise<string[]> {
  const { read, sorted, scanned } = await effortOf(client, query)
  return [
    ...(read > most.read ? [`reads ${read} rows`] : []),
    ...(sorted > most.sorted ? [`sorts ${sorted} rows`] : []),
    ...[...scanned].flatMap(([table, rows]) =>
      rows > most.scanned ? [`reads ${table} without an index`] : [],
    ),
  ]
}

const ordersList: List<OrderFilters, OrderSort> = {
  name: 'orders',
  sorts: ['date', 'number', 'customer', 'status', 'net', 'assigned_to'],
  filters: {
    ...everyOrder,
    organisation_ids,
  },
  narrowed: {
    'as they are': {},
    'of one organisation': { organisation_ids: [some.organisation_id] },
    ...Object.fromEntries(orderStatuses.map((status) => [`that are ${status}`, { status }])),
    'of an account': { account_id: some.account_id },
    'of somebody': { assigned_to_id: people.id },
    'of nobody': { assigned_to_id: 'nobody' },
    'of a month': { from: '2024-02-01', to: '2024-02-29' },
    'of this year': { from: '2026-01-01' },
    finalized: { finalized: true },
    'not finalized': { finalized: false },
    'not recurring': { recurring: false },
    'of somebody, approved, this year': { assigned_to_id: people.id, status: 'approved', from: '2026-01-01' },
  },
  list: listOrders,
}

const invoicesList: List<InvoiceFilters, InvoiceSort> = {
  name: 'invoices',
  sorts: ['date', 'number', 'customer', 'due_date', 'gross', 'status'],
  filters: {
    ...everyInvoice,
    organisation_ids,
  },
  narrowed: {
    'as they are': {},
    'of one organisation': { organisation_ids: [some.organisation_id] },
    'that are drafts': { statuses: ['automatically_created', 'created'] },
    'that are paid': { statuses: ['paid'] },
    'that are open': { payment: { state: 'open' } },
    'that are overdue': {
      payment: { state: 'overdue', days: organisation_ids.map((id) => ({ id, today: '2026-03-15' })) },
    },
    'that are overdue, each on its own day': {
      payment: {
        state: 'overdue',
        days: organisation_ids.map((id, index) => ({ id, today: `2026-03-${15 + (index % 2)}` })),
      },
    },
    'of an account': { account_id: some.account_id },
    'from recurring orders': { source: 'recurring' },
    'made by hand': { source: 'manual' },
    'of a month': { from: '2026-02-01', to: '2026-02-28' },
    'of an order': { order_ids: [some.id] },
  },
  list: listInvoices,
}

t.test('orders are listed by index, whatever they are sorted and narrowed by', async (t) => {
  t.same(await costlyWays(ordersList), [])
})

t.test('invoices are listed by index, whatever they are sorted and narrowed by', async (t) => {
  t.same(await costlyWays(invoicesList), [])
})

t.test('words are found by index, also those that stand in every document', async (t) => {
  const byWords = Object.fromEntries(
    Object.entries(searches).map(([kind, words]) => [`with ${kind}`, { words }]),
  )
  t.same(await costlyWays({ ...ordersList, sorts: ['date', 'net', 'match'], narrowed: byWords }), [])
  t.same(await costlyWays({ ...invoicesList, sorts: ['date', 'gross'], narrowed: byWords }), [])
})

t.test('the directory is listed by index, and so is what a picker asks at each key', async (t) => {
  // As many as a catalog may hold, for an index to be worth it.
  await sql`INSERT INTO products (code, name, kind, unit_price, currency, tax_rate_id, gtin)
    SELECT 'GEN-' || g, 'Generated part ' || md5(g::text), 'goods', g, 'EUR', (SELECT id FROM tax_rates LIMIT 1), lpad(g::text, 13, '4')
    FROM generate_series(1, 15000) g`.execute(ownerDb)
  await sql`INSERT INTO accounts (code, name, kind, language, tax_treatment, currency, city, country)
    SELECT 'GEN-' || g, 'Generated ' || md5(g::text), 'business', 'fr-FR', 'domestic', 'EUR', md5(g::text), 'FR'
    FROM generate_series(1, 15000) g`.execute(ownerDb)
  await sql`INSERT INTO contacts (account_id, name, email) SELECT id, name, code || '@generated.test' FROM accounts`.execute(
    ownerDb,
  )
  await sql`INSERT INTO suppliers (code, name, language, currency, city, country)
    SELECT code, name, language, currency, city, country FROM accounts ON CONFLICT DO NOTHING`.execute(
    ownerDb,
  )
  await sql`VACUUM (ANALYZE)`.execute(ownerDb)

  const words = {
    'with a letter': { words: 'e' },
    'with nothing': { words: 'zzqqzz' },
    'with a code': { words: 'gen-77' },
  }
  const usual = { 'as they are': {}, archived: { archived: true }, ...words }
  t.same(
    await costlyWays({
      name: 'products',
      sorts: ['code', 'name', 'price'],
      filters: { words: '', archived: false, kind: '' },
      narrowed: { ...usual, 'that are services': { kind: 'service' } },
      list: listProducts,
    }),
    [],
  )
  t.same(
    await costlyWays({
      name: 'accounts',
      sorts: ['name', 'code', 'city'],
      filters: { words: '', archived: false, tax_treatment: undefined, parent_id: undefined },
      narrowed: { ...usual, 'that are exempt': { tax_treatment: 'exempt' } },
      list: listAccounts,
    }),
    [],
  )
  t.same(
    await costlyWays({
      name: 'products for a picker',
      sorts: ['match'],
      filters: { words: '', archived: false, kind: '' },
      narrowed: words,
      list: listProducts,
    }),
    [],
  )
  t.same(
    await costlyWays({
      name: 'accounts for a picker',
      sorts: ['match'],
      filters: { words: '', archived: false, tax_treatment: undefined, parent_id: undefined },
      narrowed: words,
      list: listAccounts,
    }),
    [],
  )
  t.same(
    await costlyWays({
      name: 'contacts',
      sorts: ['name', 'email'],
      filters: { words: '', archived: false, account_id: undefined },
      narrowed: { ...usual, 'of an account': { account_id: some.account_id } },
      list: listContacts,
    }),
    [],
  )
  t.same(
    await costlyWays({
      name: 'suppliers',
      sorts: ['name', 'code', 'city'],
      filters: { words: '', archived: false },
      narrowed: usual,
      list: listSuppliers,
    }),
    [],
  )
})
