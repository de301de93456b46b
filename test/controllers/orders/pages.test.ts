import { sql } from 'kysely'
import t from 'tap'
import type { Database } from '../../../src/data/database.ts'
import { testDatabase } from '../../support/database.ts'
import { insertDraftInvoice, insertOrder } from '../../support/documents.ts'
import { makeShop, type Shop } from '../../support/shop.ts'
import { testApp, Visitor } from '../../support/web.ts'

async function shopWithVisitor(t: { teardown(end: () => unknown): unknown }) {
  const database = await testDatabase(t)
  const shop = await makeShop(database.db)
  const app = await testApp(database.db)
  t.teardown(() => app.close())
  const visitor = await Visitor.signedIn(app, shop.user_id)
  return { ...database, shop, app, visitor }
}

type Change = Partial<{
  subject: string
  status: 'created' | 'approved'
  order_date: string
  customer_order_number: string
  assigned_to_id: string | null
  account_id: string
}>

async function order(db: Database, shop: Shop, number: string, change: Change = {}): Promise<string> {
  const id = await insertOrder(db, shop, number)
  if (Object.keys(change).length > 0)
    await db.updateTable('customer_orders').set(change).where('id', '=', id).execute()
  return id
}

async function makeRecurring(db: Database, shop: Shop, orderId: string, next: string | null) {
  await db
    .insertInto('recurrences')
    .values({
      order_id: orderId,
      organisation_id: shop.organisation_id,
      enabled: true,
      frequency: 'monthly',
      start_date: '2026-01-31',
      end_date: null,
      bill_from: '2026-01-31',
      service_period: 'calendar',
      payment_term_id: shop.term_id,
      initial_invoice_status: 'created',
      invoice_subject: 'Maintenance {MMM} {YYYY}',
      document_date_preference: 'last_day_current_period',
      responsible_id: null,
      next_run_date: next,
      disabled_at: null,
      updated_by: null,
    })
    .execute()
}

/** The numbers of the CSV's rows: without its mark, its head and its line ends. */
const csvNumbers = (body: string) =>
  body
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',')[0])

const numbersOf = (body: unknown) => {
  const items = typeof body === 'object' && body !== null && 'items' in body ? body.items : []
  return Array.isArray(items) ? items.map((item) => item.number) : []
}

t.test('a list is narrowed by each filter, and page, JSON and CSV agree', async (t) => {
  const { db, ownerDb, shop, visitor } = await shopWithVisitor(t)
  const { mannheim } = shop.accounts
  await order(db, shop, 'SO-1', { order_date: '2026-01-31', customer_order_number: 'PO-7781' })
  await order(db, shop, 'SO-2', {
    order_date: '2026-02-28',
    status: 'approved',
    assigned_to_id: shop.user_id,
  })
  const third = await order(db, shop, 'SO-3', { order_date: '2026-03-31', account_id: mannheim })
  await makeRecurring(db, shop, third, '2026-06-30')
  await order(db, shop, 'SO-4', { order_date: '2026-04-30', subject: 'Thé d’été' })
  await ownerDb
    .updateTable('customer_orders')
    .set({ finalized_at: sql`now()`, finalized_by: shop.user_id })
    .where('number', '=', 'SO-4')
    .execute()
  const cases: [string, string[]][] = [
    ['', ['SO-4', 'SO-3', 'SO-2', 'SO-1']],
    ['sort=number', ['SO-1', 'SO-2', 'SO-3', 'SO-4']],
    ['q=po-7781', ['SO-1']],
    ['q=ete+the', ['SO-4']],
    ['q=chop&status=created', ['SO-4', 'SO-3', 'SO-1']],
    ['status=approved', ['SO-2']],
    [`account_id=${mannheim}`, ['SO-3']],
    ['account_code=blauer', ['SO-3']],
    ['account_code=Blauer+See+Delikatessen', ['SO-3']],
    ['account_code=nobody+of+that+name', []],
    [`assigned_to_id=${shop.user_id}`, ['SO-2']],
    ['assigned_to_id=nobody', ['SO-4', 'SO-3', 'SO-1']],
    ['from=2026-02-28&to=2026-03-31', ['SO-3', 'SO-2']],
    ['from=31/03/2026', ['SO-4', 'SO-3']],
    ['finalized=yes', ['SO-4']],
    ['finalized=no', ['SO-3', 'SO-2', 'SO-1']],
    ['recurring=yes', ['SO-3']],
    ['recurring=no', ['SO-4', 'SO-2', 'SO-1']],
  ]
  for (const [query, expected] of cases) {
    const { body } = await visitor.json(`/orders?${query}`)
    t.same(numbersOf(body), expected, `JSON ${query}`)
    t.match(body, { total: expected.length, next: null })
    const csv = await visitor.get(`/orders?${query}&format=csv`)
    t.same(csvNumbers(csv.body), expected, `CSV ${query}`)
    const page = await visitor.get(`/orders?${query}`)
    t.same(
      [...page.body.matchAll(/list=[^"]*">(SO-\d)</g)].map((match) => match[1]),
      expected,
      `page ${query}`,
    )
  }
})

t.test('two exemptions of one order are told apart by what they are of', async (t) => {
  const { shop, visitor } = await shopWithVisitor(t)
  const line = (index: number, product_id: string, price: string) => ({
    [`lines[${index}][product_id]`]: product_id,
    [`lines[${index}][quantity]`]: '1',
    [`lines[${index}][unit_price]`]: price,
  })
  const { location } = await visitor.post('/orders', {
    subject: 'Goods and services',
    account_id: shop.accounts.mannheim,
    ...line(0, shop.products.chai, '30'),
    ...line(1, shop.products.support, '70'),
  })
  const { body } = await visitor.get(location)
  t.match(body, 'VAT 0% on €30.00: VAT exempt, article 262 ter I CGI')
  t.match(body, 'VAT 0% on €70.00: Reverse charge')
})

t.test('a set filter shows as a chip that takes only itself away', async (t) => {
  const { db, shop, visitor } = await shopWithVisitor(t)
  await order(db, shop, 'SO-1')
  const { body } = await visitor.get('/orders?status=created&q=main&sort=number')
  t.match(body, 'href="/orders?q=main&amp;sort=number"')
  t.match(body, 'href="/orders?status=created&amp;sort=number"')
  t.match(body, 'Clear all')
  t.match(body, '1 of 1 order')
  t.match(body, 'net €254.00')
  const recurring = await visitor.get('/orders?recurring=yes')
  t.notMatch(recurring.body, 'Recurring: <strong>', 'a value that says its filter’s name stands alone')
  const none = await visitor.get('/orders?status=delivered&q=main')
  t.match(none.body, 'No order matches: main, Delivered')
})

t.test('a wrong filter is said beside its field and narrows nothing', async (t) => {
  const { db, shop, visitor } = await shopWithVisitor(t)
  await order(db, shop, 'SO-1')
  for (const query of [
    'from=yesterday',
    'status=paid',
    'assigned_to_id=1',
    'finalized=maybe',
    'organisation_id=x',
  ]) {
    const page = await visitor.get(`/orders?${query}`)
    t.equal(page.status, 200, query)
    t.match(page.body, 'SO-1')
    if (!query.startsWith('organisation')) t.match(page.body, 'this filter was left out', query)
  }
  const backwards = await visitor.get('/orders?from=2026-03-01&to=2026-02-01')
  t.match(backwards.body, 'Enter a day on or after 1 Mar 2026')
  t.equal((await visitor.get('/orders?cursor=nonsense&limit=-3&sort=colour')).status, 200)
})

t.test('an empty list says what orders are for and leads to the first one', async (t) => {
  const { visitor } = await shopWithVisitor(t)
  const { body } = await visitor.get('/orders')
  t.match(body, 'Customer orders say what was sold to whom')
  t.match(body, 'href="/orders/new"')
})

t.test('record pickers get the order of exactly that number first', async (t) => {
  const { db, shop, visitor } = await shopWithVisitor(t)
  await order(db, shop, 'SO-1', { order_date: '2026-01-01' })
  await order(db, shop, 'SO-11', { order_date: '2026-02-01' })
  await order(db, shop, 'SO-111', { order_date: '2026-03-01' })
  t.same(numbersOf((await visitor.json('/orders?q=so-1')).body), ['SO-1', 'SO-111', 'SO-11'])
})

t.test('orders of an organisation one does not work in are nowhere', async (t) => {
  const { db, app, shop, visitor } = await shopWithVisitor(t)
  await order(db, shop, 'SO-1')
  const other = await order(db, shop, 'SO-2')
  await moveToOther(db, shop, other)
  t.same(numbersOf((await visitor.json('/orders')).body), ['SO-1'])
  t.match(
    await visitor.json(`/orders?organisation_id=${shop.other_organisation_id}`),
    { status: 422, body: { errors: [{ field: 'organisation_id' }] } },
    'as one that does not exist',
  )
  t.same(csvNumbers((await visitor.get('/orders?format=csv')).body), ['SO-1'])
  for (const path of ['', '/cancellation', '/deletion', '/history', '/invoices'])
    t.equal((await visitor.get(`/orders/${other}${path}`)).status, 404, path)
  for (const path of ['/status', '/duplicate', '/deletion'])
    t.equal((await visitor.post(`/orders/${other}${path}`, { status: 'approved' })).status, 404, path)
  const admin = await Visitor.signedIn(app, shop.admin_id)
  t.equal((await admin.get(`/orders/${other}`)).status, 200)
  t.same(numbersOf((await admin.json('/orders?sort=number')).body), ['SO-1', 'SO-2'])
  const narrowed = await admin.json(`/orders?organisation_id=${shop.other_organisation_id}`)
  t.same(numbersOf(narrowed.body), ['SO-2'])
})

/** Its lines name the organisation too; the keys between them are checked at once. */
async function moveToOther(db: Database, shop: Shop, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const lines = await trx
      .deleteFrom('customer_order_lines')
      .where('order_id', '=', id)
      .returningAll()
      .execute()
    await trx
      .updateTable('customer_orders')
      .set({ organisation_id: shop.other_organisation_id })
      .where('id', '=', id)
      .execute()
    await trx
      .insertInto('customer_order_lines')
      .values(lines.map((line) => ({ ...line, organisation_id: shop.other_organisation_id })))
      .execute()
  })
}

t.test('an unknown order is a page that does not exist', async (t) => {
  const { visitor } = await shopWithVisitor(t)
  for (const id of ['01900000-0000-7000-8000-000000000000', 'nonsense']) {
    t.equal((await visitor.get(`/orders/${id}`)).status, 404)
    t.equal((await visitor.json(`/orders/${id}`)).status, 404)
  }
})

t.test('an order answers its keys, money with cents, quantities without zeros', async (t) => {
  const { db, shop, visitor } = await shopWithVisitor(t)
  const id = await order(db, shop, 'SO-1')
  const { body } = await visitor.json(`/orders/${id}`)
  t.match(body, {
    id,
    number: 'SO-1',
    subject: 'Maintenance 2026',
    status: 'created',
    finalized_at: null,
    account: { id: shop.accounts.paris, code: 'CHOP', name: 'Chop-suey Chinese' },
    contact: null,
    quote: null,
    customer_order_number: '',
    assigned_to: null,
    organisation: { id: shop.organisation_id, code: 'AN', name: 'Atelier Nord' },
    currency: 'EUR',
    order_date: '2026-01-31',
    net: '254.00',
    tax: '42.97',
    gross: '296.97',
    recurrence: null,
    version: 1,
    invoicing_address: { name: 'Chop-suey Chinese', city: 'Paris', country: 'FR' },
    shipping_address: { name: 'Chop-suey Chinese' },
    lines: [
      {
        kind: 'item',
        position: 1,
        product_id: shop.products.support,
        product_code: 'SUPPORT',
        description: 'Support',
        quantity: '2',
        unit: 'HUR',
        unit_price: '100.00',
        discount_percent: '0',
        tax_rate: '20',
        tax_category: 'S',
        net: '200.00',
        delivered_quantity: '0',
        invoiced_quantity: '0',
      },
      { product_code: 'CHAI', tax_rate: '5.5', net: '54.00' },
    ],
    taxes: [
      { category: 'S', rate: '5.5', base: '54.00', amount: '2.97' },
      { category: 'S', rate: '20', base: '200.00', amount: '40.00' },
    ],
  })
})

t.test('the page offers the next step and takes it, and the history says who', async (t) => {
  const { db, shop, visitor } = await shopWithVisitor(t)
  const id = await order(db, shop, 'SO-1')
  t.match((await visitor.get(`/orders/${id}?list=status%3Dcreated`)).body, /Approve order/)
  const approved = await visitor.post(`/orders/${id}/status?list=status%3Dcreated`, { status: 'approved' })
  t.match(approved, { status: 303, location: `/orders/${id}?list=status%3Dcreated` })
  const page = await visitor.get(approved.location)
  t.match(page.body, 'SO-1 is approved.')
  t.match(page.body, 'Mark as delivered')
  t.match(page.body, 'href="/orders?status=created"')
  const history = await visitor.get(`/orders/${id}/history`)
  t.match(history.body, /Status changed<\/strong> <span class="history-by">Ute Weber/)
  const { body } = await visitor.json(`/orders/${id}/history`)
  t.match(body, {
    items: [
      { id: /^[0-9a-f-]{36}$/, who: 'Ute Weber', action: 'status_changed', from: 'created', to: 'approved' },
    ],
  })
  const csv = await visitor.get(`/orders/${id}/history?format=csv`)
  t.match(csv.body, 'status_changed,created,approved')
})

t.test('a wrong status is a mistake, a step out of turn a refusal', async (t) => {
  const { db, shop, visitor } = await shopWithVisitor(t)
  const id = await order(db, shop, 'SO-1')
  const accept = { accept: 'application/json' }
  const wrong = await visitor.post(`/orders/${id}/status`, { status: 'paid' }, accept)
  t.equal(wrong.status, 422)
  t.match(JSON.parse(wrong.body), { errors: [{ field: 'status' }] })
  const missing = await visitor.post(`/orders/${id}/status`, {})
  t.equal(missing.status, 422)
  const early = await visitor.post(`/orders/${id}/status`, { status: 'delivered' }, accept)
  t.equal(early.status, 409)
  t.match(JSON.parse(early.body), { refusals: [{ code: 'not_next', message: /approved or cancelled/ }] })
})

t.test('cancelling says what is not billed, asks, and does as told', async (t) => {
  const { db, shop, visitor } = await shopWithVisitor(t)
  const id = await order(db, shop, 'SO-1')
  await makeRecurring(db, shop, id, '2026-01-31')
  await db.updateTable('recurrences').set({ end_date: '2026-03-31' }).execute()
  const page = await visitor.get(`/orders/${id}/cancellation`)
  t.match(
    page.body,
    '3 periods are due and not billed yet: January 2026, February 2026, March 2026, net €762.00 in all',
  )
  t.match(page.body, /value="skip" checked/)
  const done = await visitor.post(`/orders/${id}/status`, { status: 'cancelled', unbilled: 'skip' })
  t.match(done, { status: 303, location: `/orders/${id}` })
  t.match((await visitor.get(done.location)).body, '3 periods will not be billed')
  const states = await db.selectFrom('recurrence_occurrences').select('state').execute()
  t.same(
    states.map(({ state }) => state),
    ['skipped', 'skipped', 'skipped'],
  )
  const wrong = await visitor.post(`/orders/${id}/status`, { status: 'cancelled', unbilled: 'perhaps' })
  t.equal(wrong.status, 422)
})

t.test('an order with a draft says what stands in the way, and where', async (t) => {
  const { db, shop, visitor } = await shopWithVisitor(t)
  const id = await order(db, shop, 'SO-1')
  await insertDraftInvoice(db, shop, id)
  const page = await visitor.get(`/orders/${id}`)
  t.match(page.body, 'Delete the draft first')
  t.match(page.body, 'A draft invoice came out of this order. Delete the draft first.')
  for (const path of ['cancellation', 'deletion']) {
    const asked = await visitor.get(`/orders/${id}/${path}`)
    t.equal(asked.status, 200)
    t.notMatch(asked.body, 'btn-danger')
  }
  t.match((await visitor.get(`/orders/${id}/cancellation`)).body, `href="/orders/${id}/invoices"`)
  t.equal((await visitor.post(`/orders/${id}/status`, { status: 'cancelled' })).status, 409)
  t.equal((await visitor.post(`/orders/${id}/deletion`, {})).status, 409)
  const tab = await visitor.get(`/orders/${id}/invoices`)
  t.match(tab.body, '1 invoice')
  t.match((await visitor.json(`/orders/${id}/invoices`)).body, {
    total: 1,
    items: [{ order_id: id, net: '200.00' }],
  })
  t.match((await visitor.get(`/orders/${id}/invoices?format=csv`)).body, '200.00')
})

t.test('a copy is opened, and what was deleted is gone', async (t) => {
  const { db, shop, visitor } = await shopWithVisitor(t)
  const id = await order(db, shop, 'SO-1', { customer_order_number: 'PO-1' })
  const copied = await visitor.post(`/orders/${id}/duplicate`, {})
  t.equal(copied.status, 303)
  t.not(copied.location, `/orders/${id}`)
  const copy = await visitor.get(copied.location)
  t.match(copy.body, 'is a copy of SO-1. Their reference was not copied.')
  t.match((await visitor.get(`${copied.location}/history`)).body, 'Copied from SO-1')
  t.match((await visitor.get(`${copied.location}/deletion`)).body, 'This cannot be undone')
  const deleted = await visitor.post(`${copied.location}/deletion`, {})
  t.match(deleted, { status: 303, location: '/orders' })
  t.match((await visitor.get('/orders')).body, 'is deleted.')
  t.equal((await visitor.get(copied.location)).status, 404)
})

t.test('an order shows its place in the list one came from', async (t) => {
  const { db, shop, visitor } = await shopWithVisitor(t)
  const ids: string[] = []
  for (const number of ['SO-1', 'SO-2', 'SO-3']) ids.push(await order(db, shop, number))
  const { body } = await visitor.get(`/orders/${ids[1]}?list=sort%3Dnumber`)
  t.match(body, '2 of 3')
  t.match(body, `rel="prev" href="/orders/${ids[0]}?list=sort%3Dnumber"`)
  t.match(body, `rel="next" href="/orders/${ids[2]}?list=sort%3Dnumber"`)
  t.notMatch((await visitor.get(`/orders/${ids[1]}?list=status%3Dapproved`)).body, 'of 3')
})

t.test('a recurring order says what was billed and what comes', async (t) => {
  const { db, shop, visitor } = await shopWithVisitor(t)
  const id = await order(db, shop, 'SO-1')
  await makeRecurring(db, shop, id, '2099-05-31')
  t.match((await visitor.get(`/orders/${id}`)).body, 'No period billed yet, next 31 May 2099')
  t.match((await visitor.json(`/orders/${id}`)).body, {
    recurrence: {
      enabled: true,
      frequency: 'monthly',
      start_date: '2026-01-31',
      next_run_date: '2099-05-31',
    },
  })
  await db.updateTable('users').set({ language: 'fr' }).where('id', '=', shop.user_id).execute()
  t.match((await visitor.get(`/orders/${id}`)).body, 'Aucune période facturée, prochaine le 31 mai 2099')

  const missed = await order(db, shop, 'SO-2')
  await makeRecurring(db, shop, missed, '2026-05-31')
  t.match((await visitor.get(`/orders/${missed}`)).body, 'facturée, à rattraper depuis le 31 mai 2026')
})
