import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { insertOrder } from '../support/documents.ts'
import { makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

async function user(t: { teardown(end: () => unknown): unknown }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  return { db, shop, visitor: await Visitor.signedIn(app, shop.user_id) }
}

const json = { accept: 'application/json' }

t.test('the picker gets an exact code first, then what begins with the words, then the rest', async (t) => {
  const { visitor } = await user(t)
  for (const [code, name] of [
    ['ACHAI', 'Another'],
    ['CHAI-2', 'Chai, two'],
    ['ZZ', 'Chai mug'],
  ] as const)
    t.match(await visitor.post('/products', { code, name, unit_price: '1' }), { status: 303 }, code)
  const { body } = await visitor.json('/products?q=chai&limit=8')
  t.match(body, {
    items: [
      { code: 'CHAI', unit: 'C62', unit_price: '18.00', currency: 'EUR', tax_rate: '5.5', kind: 'goods' },
      { code: 'CHAI-2' },
      { code: 'ACHAI' },
      { code: 'ZZ' },
    ],
    total: 4,
  })
  const page = await visitor.json('/products?q=chai&limit=2')
  const next = JSON.stringify(page.body).match(/"next":"([^"]+)"/)?.[1] ?? ''
  t.match((await visitor.json(`/products?q=chai&limit=2&cursor=${next}`)).body, {
    items: [{ code: 'ACHAI' }, { code: 'ZZ' }],
  })
})

t.test('a product with mistakes comes back as it was typed, each beside its field', async (t) => {
  const { visitor } = await user(t)
  const typed = {
    code: 'CHAI',
    name: '',
    unit_price: 'dear',
    gtin: '4006381333932',
    unit: 'XYZ',
    'suppliers[0][supplier]': 'nobody',
    'suppliers[1][purchase_price]': '3',
  }
  const page = await visitor.post('/products', typed)
  t.equal(page.status, 422)
  for (const value of ['dear', '4006381333932', 'nobody'])
    t.ok(page.body.includes(`value="${value}"`), `${value} is still there`)
  const answer = await visitor.post('/products', typed, json)
  t.same(
    JSON.parse(answer.body).errors.map(({ field }: { field: string }) => field),
    ['name', 'unit', 'unit_price', 'gtin', 'suppliers[0][supplier]', 'suppliers[1][supplier]'],
  )
  const taken = await visitor.post('/products', { code: 'CHAI', name: 'Tea', unit_price: '1' }, json)
  t.match(JSON.parse(taken.body), { errors: [{ field: 'code' }] })
})

t.test('suppliers are found by code or exact name, and one of them is preferred', async (t) => {
  const { db, shop, visitor } = await user(t)
  for (const [code, name] of [
    ['EXOTIC', 'Exotic Liquids'],
    ['TOKYO', 'Tokyo Traders'],
  ] as const)
    await db
      .insertInto('suppliers')
      .values({ code, name, language: 'en-GB', currency: 'EUR', country: 'GB' })
      .execute()
  const saved = await visitor.post('/products', {
    code: 'TEA',
    name: 'Tea',
    unit_price: '18,00',
    'suppliers[0][supplier]': 'exotic',
    'suppliers[0][purchase_price]': '10.123456',
    'suppliers[3][supplier]': 'Tokyo Traders',
    'suppliers[3][supplier_code]': 'T-1',
    preferred: '3',
  })
  t.match(saved, { status: 303, location: /^\/products\// })
  t.match((await visitor.json(saved.location)).body, {
    suppliers: [
      { supplier: { code: 'TOKYO' }, supplier_code: 'T-1', purchase_price: null, preferred: true },
      { supplier: { code: 'EXOTIC' }, purchase_price: '10.123456', preferred: false },
    ],
  })
  const form = await visitor.get(`${saved.location}/edit`)
  t.match(form.body, /value="0" checked/)
  const twice = await visitor.post(
    saved.location,
    {
      code: 'TEA',
      name: 'Tea',
      unit_price: '18',
      'suppliers[0][supplier]': 'EXOTIC',
      'suppliers[1][supplier]': 'Exotic Liquids',
    },
    json,
  )
  t.match(JSON.parse(twice.body), { errors: [{ field: 'suppliers[1][supplier]' }] })
  const byId = { code: 'TEA', name: 'Tea', unit_price: '18', 'suppliers[0][supplier_id]': shop.contact_id }
  t.match(
    JSON.parse((await visitor.post(saved.location, byId, json)).body),
    { errors: [{ field: 'suppliers[0][supplier_id]' }] },
    'a mistake of the id is told of the id',
  )
})

t.test('a product that no document names is deleted, after asking', async (t) => {
  const { shop, visitor } = await user(t)
  t.match((await visitor.get(`/products/${shop.products.chai}/deletion`)).body, /Delete Chai\?/)
  t.match(await visitor.post(`/products/${shop.products.chai}/deletion`, {}), {
    status: 303,
    location: '/products',
  })
  t.equal((await visitor.get(`/products/${shop.products.chai}`)).status, 404)
})

t.test('an archived product is offered no more, found among the archived, and taken back', async (t) => {
  const { shop, visitor } = await user(t)
  const url = `/products/${shop.products.chai}`
  t.match(await visitor.post(`${url}/archival`, { archived: 'on' }), { status: 303 })
  t.match((await visitor.json('/products?q=chai')).body, { items: [], total: 0 })
  t.match((await visitor.json('/products?archived=on')).body, { items: [{ code: 'CHAI' }] })
  t.match(await visitor.post(`${url}/archival`, { archived: '' }), { status: 303 })
  t.match((await visitor.json('/products?q=chai')).body, { total: 1 })
})

t.test(
  'a product on documents is not deleted, and archiving it names the orders that bill it again',
  async (t) => {
    const { db, shop, visitor } = await user(t)
    const order_id = await insertOrder(db, shop)
    await db
      .insertInto('recurrences')
      .values({
        order_id,
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
        recipients: [],
        responsible_id: null,
        next_run_date: '2026-03-31',
        disabled_at: null,
        updated_by: null,
      })
      .execute()
    const url = `/products/${shop.products.chai}`
    const deletion = await visitor.post(`${url}/deletion`, {}, json)
    t.equal(deletion.status, 409)
    t.match(JSON.parse(deletion.body), { refusals: [{ code: 'product_used' }] })
    t.match((await visitor.get(url)).body, /aria-disabled="true"[\s\S]*Documents name this product/)
    const asked = await visitor.post(`${url}/archival`, { archived: 'on' })
    t.equal(asked.status, 422)
    t.match(asked.body, /SO-2026-0001, Maintenance 2026: next on 31 Mar 2026/)
    t.match(await visitor.post(`${url}/archival`, { archived: 'on', confirmed: 'on' }), { status: 303 })
    const archived = await visitor.json(url)
    t.match(JSON.stringify(archived.body), /"archived_at":"2/)
  },
)
