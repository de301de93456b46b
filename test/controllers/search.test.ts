import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { insertDraftInvoice, insertOrder } from '../support/documents.ts'
import { issueDirectly } from '../support/invoices.ts'
import { makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

async function party(t: { teardown(end: () => unknown): unknown }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const user = await Visitor.signedIn(app, shop.user_id)
  const admin = await Visitor.signedIn(app, shop.admin_id)
  /** What a search finds, as `type name` with the number, code or name of each. */
  const found = async (typed: string, visitor = user) => {
    const { body } = await visitor.json(`/search?q=${encodeURIComponent(typed)}`)
    const items: unknown = typeof body === 'object' && body !== null && 'items' in body ? body.items : []
    return Array.isArray(items) ? items.map(called) : []
  }
  return { db, shop, user, admin, found }
}

function called(item: Record<string, unknown>): string {
  return `${item['type']} ${item['number'] ?? item['code'] ?? (item['type'] === 'invoice' ? item['subject'] : item['name'])}`
}

t.test('everything is found by number, name or reference', async (t) => {
  const { db, shop, found, admin } = await party(t)
  const order = await insertOrder(db, shop, 'SO-2026-0123')
  await db
    .updateTable('customer_orders')
    .set({ customer_order_number: 'PO 77/B', subject: 'Été à la mer' })
    .where('id', '=', order)
    .execute()
  await insertDraftInvoice(db, shop, order)
  await db
    .updateTable('contacts')
    .set({ phone: '+49 621 08 45 61' })
    .where('id', '=', shop.contact_id)
    .execute()
  await db
    .updateTable('accounts')
    .set({ phone: '01.40.20.50.50', email: 'buy@chop.test', siren: '732829320' })
    .where('id', '=', shop.accounts.paris)
    .execute()

  t.same(await found('ete MER'), ['order SO-2026-0123'], 'by its subject, accents and case aside')
  t.same(await found('PO 77'), ['order SO-2026-0123'], 'by the beginning of the customer’s reference')
  for (const typed of ['123', '0123', '2026-123', 'so-2026-123', 'SO-2026-0123', '26-0123', 'so 2026 0123'])
    t.equal((await found(typed))[0], 'order SO-2026-0123', `${typed} finds the order first`)
  t.match(await found('chop-suey'), ['order SO-2026-0123', /^invoice/, 'account CHOP'], 'by their customer')
  t.match(await found('SO-2026-0123'), ['order SO-2026-0123', /^invoice/], 'an invoice by its order’s number')
  t.same(await found('hanna'), ['contact Hanna Moos'])
  t.same(await found('hanna@blau'), ['contact Hanna Moos'])
  for (const typed of ['49621084561', '621 08', '+49 621 08 45 61'])
    t.same(await found(typed), ['contact Hanna Moos'], `by the telephone number ${typed}`)
  for (const typed of ['0140205050', 'buy@chop', '732829320'])
    t.same(await found(typed), ['account CHOP'], typed)
  t.same(await found('cha'), ['product CHAI'], 'a product by the beginning of its name')
  t.same(await found('weber'), [], 'users are not for users')
  t.same(await found('weber', admin), ['user Ute Weber'])
  t.same(await found('nowhere at all'), [])
})

t.test('an exact number or code opens what it names', async (t) => {
  const { db, shop, user, admin } = await party(t)
  const order = await insertOrder(db, shop, 'SO-2026-0001')
  const other = await insertOrder(db, shop, 'SO-2026-0002')
  const refer = (id: string, customer_order_number: string) =>
    db.updateTable('customer_orders').set({ customer_order_number }).where('id', '=', id).execute()
  await refer(order, 'PO-5')
  const opens = async (typed: string, visitor = user) =>
    (await visitor.get(`/search?q=${encodeURIComponent(typed)}`)).location
  t.equal(await opens('SO-2026-0001'), `/orders/${order}`)
  t.equal(await opens(' so-2026-0001 '), `/orders/${order}`, 'case and blanks aside')
  t.equal(await opens('po-5'), `/orders/${order}`, 'the one order of that reference')
  t.equal(await opens('chai'), `/products/${shop.products.chai}`)
  t.equal(await opens('CHOP'), `/accounts/${shop.accounts.paris}`)
  t.equal(await opens('2026-0001'), '', 'what is not the whole number shows what it finds')
  t.match((await user.json('/search?q=SO-2026-0001')).body, { exact: { type: 'order', id: order } })

  await refer(other, 'PO-5')
  t.equal(await opens('PO-5'), '', 'of several the page lets one choose')
  await db
    .updateTable('products')
    .set({ code: 'SO-2026-0002' })
    .where('id', '=', shop.products.chai)
    .execute()
  t.equal(await opens('SO-2026-0002'), `/orders/${other}`, 'a document’s number goes before a code')
  await db
    .updateTable('products')
    .set({ gtin: '4006381333931' })
    .where('id', '=', shop.products.support)
    .execute()
  t.equal(await opens('4006381333931'), `/products/${shop.products.support}`, 'a scanner types the GTIN')

  const invoice = await insertDraftInvoice(db, shop, order)
  await issueDirectly(db, invoice, { number: 'FA-2026-0042', buyer: 'Chop as it was called' })
  t.equal(await opens('fa-2026-0042'), `/invoices/${invoice}`)
  t.match((await user.get('/search?q=2026-42')).body, /FA-2026-0042<[\s\S]*Chop as it was called/)
  const twin = await insertDraftInvoice(db, shop, order)
  await issueDirectly(db, twin, { number: 'SO-2026-0001' })
  t.equal(await opens('SO-2026-0001'), '', 'an order and an invoice of one number are both shown')
  await refer(order, 'FA-2026-0042')
  t.equal(await opens('FA-2026-0042'), `/invoices/${invoice}`, 'and before somebody’s reference')

  const elsewhere = { ...shop, organisation_id: shop.other_organisation_id }
  const foreign = await insertOrder(db, elsewhere, 'SO-2026-0002')
  t.equal(await opens('SO-2026-0002'), `/orders/${other}`, 'whoever works in one organisation has one')
  t.equal(await opens('SO-2026-0002', admin), '', 'whoever works in both chooses')
  t.match((await admin.get('/search?q=SO-2026-0002')).body, new RegExp(`/orders/${foreign}`))
})

t.test('eight of each are shown, the rest by its list; archived ones come last and are marked', async (t) => {
  const { db, shop, user } = await party(t)
  for (let n = 1; n <= 41; n += 1) await insertOrder(db, shop, `SO-2026-${String(n).padStart(4, '0')}`)
  const gull = {
    kind: 'business',
    language: 'fr-FR',
    tax_treatment: 'domestic',
    currency: 'EUR',
    country: 'FR',
  } as const
  const archived_at = '2026-01-01T00:00:00Z'
  await db
    .insertInto('accounts')
    .values(
      Array.from({ length: 11 }, (_, n) => ({
        ...gull,
        code: `GULL-${n}`,
        name: `${n < 3 ? 'A' : 'Z'} Gull ${n}`,
        ...(n < 3 ? { archived_at } : {}),
      })),
    )
    .execute()

  const orders = await user.get('/search?q=maintenance')
  t.match(orders.body, '41 matches for “maintenance”')
  t.match(orders.body, /href="\/orders\?q=maintenance">All 41 orders that match/)
  t.equal([...orders.body.matchAll(/href="\/orders\/[^"]+\?list=q%3Dmaintenance"/g)].length, 8)
  t.match(await user.json('/search?q=maintenance'), { body: { total: 41, next: null } })

  const gulls = await user.get('/search?q=gull')
  t.match(gulls.body, /href="\/accounts\?q=gull&amp;archived=on">All 3 archived/)
  t.notMatch(gulls.body, 'All 8 accounts', 'those in use are all there')
  await db.updateTable('accounts').set({ archived_at }).where('name', '=', 'Z Gull 9').execute()
  const fewer = await user.get('/search?q=gull')
  const rows = [...fewer.body.matchAll(/<td class="code">GULL-(\d+)<\/td>/g)].map((row) => Number(row[1]))
  t.equal(rows.length, 8)
  t.ok(
    rows.slice(0, 7).every((n) => n >= 3 && n !== 9),
    'those in use first',
  )
  t.equal([...fewer.body.matchAll(/status-grey[^>]*>.*?Archived/g)].length, 1)
  t.match(await user.json('/search?q=gull'), { body: { total: 11 } })
})

t.test('a page without a match says what to try, one without a word how to begin', async (t) => {
  const { user } = await party(t)
  const begin = await user.get('/search')
  t.match(begin.body, /<input[^>]* id="q"[^>]* autofocus>/)
  t.match(begin.body, 'An exact number opens its document')
  t.same((await user.json('/search?q=+')).body, { items: [], next: null, total: 0, exact: null })
  const none = await user.get('/search?q=%3Cb%3Enothing')
  t.match(none.body, 'Nothing matches “&lt;b&gt;nothing”.')
  t.match(none.body, '123 finds SO-2026-0123')
  for (const odd of ['%00', '%25', '_', '%5C', '\'"', '(', '.*', '٣', '1'.repeat(300), 'a '.repeat(300)])
    t.equal((await user.get(`/search?q=${odd}`)).status, 200, odd.slice(0, 10))
})

t.test('what the page shows is what JSON answers', async (t) => {
  const { db, shop, user } = await party(t)
  const order = await insertOrder(db, shop, 'SO-2026-0007')
  t.match((await user.json('/search?q=maintenance')).body, {
    items: [
      {
        type: 'order',
        id: order,
        number: 'SO-2026-0007',
        name: String,
        subject: 'Maintenance 2026',
        account: { id: shop.accounts.paris, code: 'CHOP', name: 'Chop-suey Chinese' },
        organisation: { code: 'AN', name: 'Atelier Nord' },
        customer_order_number: '',
        currency: 'EUR',
        status: 'created',
        order_date: '2026-01-31',
        net: '254.00',
      },
    ],
    next: null,
    total: 1,
    exact: null,
  })
  t.match((await user.json('/search?q=support')).body, {
    items: [{ type: 'product', code: 'SUPPORT', unit_price: '100.00', currency: 'EUR', archived_at: null }],
  })
})
