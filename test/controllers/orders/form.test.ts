import t from 'tap'
import { findOrder, type OrderRecord } from '../../../src/data/orders.ts'
import { testDatabase } from '../../support/database.ts'
import { fieldsOf } from '../../support/forms.ts'
import { makeShop, type Shop } from '../../support/shop.ts'
import { testApp, Visitor } from '../../support/web.ts'

const json = { accept: 'application/json' }

t.test('a form with a code, a product by code and three empty rows becomes an order', async (t) => {
  const { visitor, shop, find } = await open(t)
  const page = await visitor.get('/orders/new')
  t.equal(page.status, 200)
  const fields = fieldsOf(page)
  t.equal([...fields.keys()].filter((name) => name.endsWith('[product_code]')).length, 3)
  const answer = await visitor.post('/orders', {
    ...Object.fromEntries(fields),
    subject: 'Tea for April',
    account_code: 'chop',
    'lines[1][product_code]': 'chai',
    'lines[1][quantity]': '1 200,5',
    'lines[2][kind]': 'section',
    'lines[2][description]': 'Afterwards',
  })
  t.equal(answer.status, 303)
  const order = await find(answer.location)
  t.match(order, {
    subject: 'Tea for April',
    assigned_to_id: shop.user_id,
    organisation_id: shop.organisation_id,
    account_code: 'CHOP',
    lines: [{ product_code: 'CHAI', quantity: '1200.500000', net: '21609.000' }, { kind: 'section' }],
  })
})

t.test('mistakes come back with everything typed, each beside its field and in the summary', async (t) => {
  const { visitor } = await open(t)
  const answer = await visitor.post('/orders', {
    subject: '',
    account_code: 'nobody of this name',
    'lines[13][description]': 'Fourteen & more <b>',
    'lines[13][quantity]': 'many',
    'lines[13][unit_price]': '1.2345678',
    'lines[13][discount_percent]': '200',
    'lines[13][unit]': 'furlong or two',
  })
  t.equal(answer.status, 422)
  t.match(answer.body, /<title>Error: New customer order/)
  t.match(answer.body, '<a href="#subject">Enter a subject.</a>')
  t.match(answer.body, /<a href="#account-id">Choose a customer account: none has/)
  t.match(
    answer.body,
    '<a href="#lines-13-quantity">Line 1: enter the quantity as a number, such as 2.5.</a>',
  )
  t.match(answer.body, 'id="lines-13-quantity-error"')
  t.match(answer.body, 'value="many"')
  t.match(answer.body, 'value="1.2345678"')
  t.match(answer.body, 'value="furlong or two"')
  t.match(answer.body, 'Fourteen &amp; more &lt;b&gt;')
  t.match(answer.body, 'value="nobody of this name"')
})

t.test('JSON names each mistake by its field', async (t) => {
  const { visitor, shop } = await open(t)
  const lines = { 'lines[14][description]': 'x', 'lines[14][quantity]': 'many', 'lines[14][unit_price]': '1' }
  const answer = await visitor.post(
    '/orders',
    { subject: 'x', account_id: shop.accounts.paris, ...lines },
    json,
  )
  t.equal(answer.status, 422)
  t.same(JSON.parse(answer.body), {
    errors: [
      { field: 'lines[14][quantity]', message: 'Line 1: enter the quantity as a number, such as 2.5.' },
    ],
  })
})

t.test('absurd input is a mistake, never a crash', async (t) => {
  const { visitor, shop } = await open(t)
  const post = (fields: Record<string, string>) =>
    visitor.post('/orders', { subject: 'x', account_id: shop.accounts.paris, ...fields }, json)
  const line = { 'lines[0][description]': 'x', 'lines[0][quantity]': '1', 'lines[0][unit_price]': '1' }
  const wrong: Record<string, string>[] = [
    { ...line, subject: 'a\0b' },
    { ...line, 'lines[0][description]': 'a\0b' },
    { ...line, 'lines[0][quantity]': '1'.repeat(300) },
    { ...line, 'lines[0][quantity]': '1e5' },
    { ...line, 'lines[0][quantity]': '999999999999', 'lines[0][unit_price]': '999999999999' },
    { ...line, 'lines[0][kind]': 'gift' },
    { ...line, 'lines[0][tax_rate_id]': 'nonsense' },
    { ...line, 'lines[0][product_id]': "1' OR 1=1" },
    { ...line, account_id: 'nonsense' },
    { ...line, order_date: '2026-02-30' },
    { ...line, currency: 'EURO' },
    { ...line, contact_id: shop.contact_id },
    { ...line, quote_id: shop.contact_id },
    { ...line, assigned_to_id: 'x' },
    { ...line, organisation_id: shop.other_organisation_id },
    { ...line, subject: 'x'.repeat(201) },
    { ...line, 'shipping_address[city]': 'x'.repeat(101) },
    { ...line, 'shipping_address[country]': 'Atlantis' },
    { ...line, 'lines[0][description]': 'x'.repeat(4001) },
  ]
  for (const fields of wrong) {
    const answer = await post(fields)
    const [changed] = Object.entries(fields).filter(
      ([name, value]) => new Map(Object.entries(line)).get(name) !== value,
    )
    t.equal(answer.status, 422, `${changed?.[0]} ${changed?.[1].slice(0, 20)}: ${answer.body.slice(0, 120)}`)
  }
  const far = {
    'lines[99999][description]': 'far',
    'lines[99999][quantity]': '1',
    'lines[99999][unit_price]': '1',
  }
  t.equal((await post(far)).status, 303, 'an index may be as high as it likes')
})

t.test('a calculation saves nothing and answers totals with mistakes', async (t) => {
  const { visitor, shop, db } = await open(t)
  const answer = await visitor.post(
    '/orders/calculation',
    {
      account_id: shop.accounts.mannheim,
      'lines[0][product_code]': 'CHAI',
      'lines[0][quantity]': '2',
      'lines[0][tax_preset]': shop.rates.fr55,
      'lines[0][filled_from]': shop.products.chai,
      'lines[0][unit_price]': '18',
      'lines[1][description]': 'unfinished',
    },
    json,
  )
  t.equal(answer.status, 200)
  t.match(JSON.parse(answer.body), {
    currency: 'EUR',
    net: '36.00',
    tax: '0.00',
    gross: '36.00',
    taxes: [{ category: 'K', rate: '0', base: '36.00', amount: '0.00' }],
    lines: [
      {
        index: 0,
        quantity: '2',
        unit: 'C62',
        unit_price: '18',
        tax_rate_id: shop.rates.eu_goods,
        net: '36.00',
      },
      { index: 1, net: null },
    ],
    errors: [{ field: 'subject' }, { field: 'lines[1][quantity]' }, { field: 'lines[1][unit_price]' }],
    notices: ['Line 1: VAT 5.5 % becomes Intra-community supply.'],
    contacts: [{ id: shop.contact_id, name: 'Hanna Moos' }],
    shown: {
      gross: '€36.00',
      invoicing_address: ['Blauer See Delikatessen', 'Forsterstr. 57', '68306 Mannheim', 'Germany'],
    },
  })
  t.equal((await db.selectFrom('customer_orders').selectAll().execute()).length, 0)
})

t.test('without scripts the buttons add, move and remove rows and fill in the prices', async (t) => {
  const { visitor } = await open(t)
  let fields = fieldsOf(await visitor.get('/orders/new'))
  const press = async (step: string, typed: Record<string, string> = {}) => {
    const page = await visitor.post('/orders/calculation', { ...Object.fromEntries(fields), ...typed, step })
    t.equal(page.status, 200)
    fields = fieldsOf(page)
    return page
  }
  await press('recalculate', {
    account_code: 'Blauer See Delikatessen',
    'lines[0][product_code]': 'CHAI',
    'lines[0][quantity]': '2',
    'lines[1][description]': 'Second',
  })
  t.match(Object.fromEntries(fields), {
    'lines[0][description]': 'Chai',
    'lines[0][unit_price]': '18.00',
    'lines[0][unit]': 'piece',
    'lines[1][description]': 'Second',
  })
  await press('up:1')
  t.match(Object.fromEntries(fields), { 'lines[0][description]': 'Second', 'lines[1][description]': 'Chai' })
  await press('down:0')
  await press('add:section')
  t.equal(fields.get('lines[2][kind]'), 'section')
  const page = await press('remove:1')
  t.equal(fields.get('lines[0][description]'), 'Chai')
  t.equal(fields.get('lines[1][kind]'), 'section')
  t.match(page.body, '€36.00')
  t.match(page.body, '<option value="">Intra-community supply (auto)<')
})

t.test('a name that means several accounts or products is asked for by radio buttons', async (t) => {
  const { visitor, db, shop, find } = await open(t)
  await db
    .insertInto('accounts')
    .values({
      code: 'CHOP2',
      name: 'Chop-suey Chinese',
      kind: 'business',
      language: 'fr-FR',
      tax_treatment: 'domestic',
      currency: 'EUR',
      country: 'FR',
    })
    .execute()
  await db
    .insertInto('products')
    .values({
      code: 'CHAI2',
      name: 'Chai',
      kind: 'goods',
      unit_price: '20',
      currency: 'EUR',
      tax_rate_id: shop.rates.fr20,
    })
    .execute()
  const typed = {
    subject: 'x',
    account_code: 'Chop-suey Chinese',
    'lines[0][product_code]': 'Chai',
    'lines[0][quantity]': '1',
  }
  const code = await visitor.post('/orders', typed)
  t.equal(code.status, 422, 'the account is asked for; Chai is a code')
  t.match(
    code.body,
    /<input[^>]*type="radio" name="account_id" value="[^"]+"><span[^>]*>CHOP2 · Chop-suey Chinese/,
  )
  await db.updateTable('products').set({ code: 'OTHER' }).where('id', '=', shop.products.chai).execute()
  const name = await visitor.post('/orders', { ...typed, account_id: shop.accounts.paris })
  t.equal(name.status, 422)
  t.match(name.body, `name="lines[0][product_id]" value="${shop.products.chai}"`)
  t.match(name.body, 'value="CHOP"', 'the code stands where the name means several')
  const chosen = await visitor.post('/orders', {
    ...typed,
    account_id: shop.accounts.paris,
    'lines[0][product_id]': shop.products.chai,
  })
  t.equal(chosen.status, 303)
  t.match(await find(chosen.location), { lines: [{ product_code: 'OTHER' }] })
})

t.test('the edit form comes back as it was saved: posting it unchanged changes nothing', async (t) => {
  const { visitor, find, order } = await saved(t)
  for (const language of ['en', 'fr']) {
    await visitor.post('/preferences', { language, back: '/' })
    const page = await visitor.get(`/orders/${order.id}/edit`)
    const answer = await visitor.post(`/orders/${order.id}`, Object.fromEntries(fieldsOf(page)))
    t.equal(answer.status, 303)
    t.match(await find(answer.location), { version: 1, net: order.net })
  }
})

t.test('the second editor chooses between both texts, and nothing typed is lost', async (t) => {
  const { visitor, find, order, app, shop } = await saved(t)
  const anna = await Visitor.signedIn(app, shop.admin_id)
  const mine = fieldsOf(await visitor.get(`/orders/${order.id}/edit`))
  const hers = fieldsOf(await anna.get(`/orders/${order.id}/edit`))
  const theirs = await anna.post(`/orders/${order.id}`, {
    ...Object.fromEntries(hers),
    subject: 'Hers',
    customer_order_number: 'PO-9',
    'lines[0][quantity]': '7',
  })
  t.equal(theirs.status, 303)
  const form = {
    ...Object.fromEntries(mine),
    subject: 'Mine',
    'lines[0][quantity]': '9',
    'lines[1][unit_price]': '99',
  }
  const asJson = await visitor.post(`/orders/${order.id}`, form, json)
  t.equal(asJson.status, 422)
  t.match(JSON.parse(asJson.body), {
    version: 2,
    by: 'Anna Kern',
    errors: [{ field: 'version' }, { field: 'subject' }, { field: 'lines[0][quantity]' }],
    conflicts: [
      { field: 'subject', theirs: 'Hers', yours: 'Mine' },
      { field: 'lines[0][quantity]', theirs: '7', yours: '9' },
    ],
    taken: [{ field: 'customer_order_number', theirs: 'PO-9', yours: '' }],
  })
  const page = await visitor.post(`/orders/${order.id}`, form)
  t.equal(page.status, 422)
  t.match(
    page.body,
    /Anna Kern saved this order at \d\d:\d\d\. Choose what to keep below; nothing of yours is lost\./,
  )
  t.match(page.body, 'Their reference: PO-9')
  t.match(page.body, 'Save with these choices')
  const merged = Object.fromEntries(fieldsOf(page))
  t.match(merged, {
    version: '2',
    subject: 'Mine',
    customer_order_number: 'PO-9',
    'lines[0][quantity]': '9',
    'lines[1][unit_price]': '99.00',
    'choices[header.subject]': 'yours',
  })
  const line = merged['lines[0][id]']
  const answer = await visitor.post(`/orders/${order.id}`, {
    ...merged,
    [`choices[line.${line}.quantity]`]: 'theirs',
  })
  t.equal(answer.status, 303)
  t.match(await find(answer.location), {
    version: 3,
    subject: 'Mine',
    customer_order_number: 'PO-9',
    lines: [{ quantity: '7.000000' }, { unit_price: '99.000000' }],
  })
})

t.test('a line that one removed and the other changed can be kept or let go', async (t) => {
  const { visitor, find, order, app, shop } = await saved(t)
  const anna = await Visitor.signedIn(app, shop.admin_id)
  const mine = Object.fromEntries(fieldsOf(await visitor.get(`/orders/${order.id}/edit`)))
  const without = Object.entries(mine).filter(([name]) => !name.startsWith('lines[1]'))
  t.equal((await anna.post(`/orders/${order.id}`, Object.fromEntries(without))).status, 303)
  const page = await visitor.post(`/orders/${order.id}`, { ...mine, 'lines[1][quantity]': '3' })
  const merged = Object.fromEntries(fieldsOf(page))
  t.equal(merged['choices[removed.1]'], 'yours')
  t.equal(merged['lines[1][quantity]'], '3')
  const gone = await visitor.post(`/orders/${order.id}`, { ...merged, 'choices[removed.1]': 'theirs' })
  t.equal((await find(gone.location)).lines.length, 1)

  const [chai] = (await find(gone.location)).lines
  const now = Object.fromEntries(fieldsOf(await visitor.get(`/orders/${order.id}/edit`)))
  await anna.post(`/orders/${order.id}`, { ...now, 'lines[0][quantity]': '44' })
  const removed = {
    ...now,
    'lines[0][id]': '',
    'lines[0][product_code]': '',
    'lines[0][description]': '',
    'lines[0][quantity]': '',
    'lines[0][unit_price]': '',
    'lines[0][discount_percent]': '',
  }
  const asked = await visitor.post(`/orders/${order.id}`, removed)
  t.equal(asked.status, 422)
  const restored = { ...Object.fromEntries(fieldsOf(asked)), [`choices[restore.${chai?.id}]`]: 'theirs' }
  const answer = await visitor.post(`/orders/${order.id}`, restored)
  t.match(await find(answer.location), { lines: [{ id: chai?.id, quantity: '44.000000' }] })
})

t.test('whose session ended signs in again and finds the form as it was', async (t) => {
  const { visitor, app, order } = await saved(t)
  const stranger = new Visitor(app)
  const answer = await stranger.post(`/orders/${order.id}`, {
    subject: 'Typed for an hour',
    'lines[0][description]': 'kept',
  })
  t.equal(answer.status, 401)
  t.match(answer.body, 'Typed for an hour')
  t.equal((await visitor.get(`/orders/${order.id}/edit`)).status, 200)
})

t.test('a finalized order has no form: the page says since when and by whom', async (t) => {
  const { visitor, order, db, shop } = await saved(t)
  await db
    .updateTable('customer_orders')
    .set({ finalized_at: '2026-04-02T10:00:00Z', finalized_by: shop.admin_id })
    .where('id', '=', order.id)
    .execute()
  const page = await visitor.get(`/orders/${order.id}/edit`)
  t.match(page.body, 'was finalized on 2 Apr 2026 by Anna Kern')
  t.match(page.body, `action="/orders/${order.id}/duplicate"`)
  const answer = await visitor.post(`/orders/${order.id}`, { subject: 'No' }, json)
  t.equal(answer.status, 409)
  t.match(JSON.parse(answer.body), { refusals: [{ code: 'finalized' }] })
})

t.test('orders of other organisations do not exist', async (t) => {
  const { visitor, order, shop } = await saved(t)
  const input = {
    subject: 'Secret',
    account_id: shop.accounts.paris,
    organisation_id: shop.other_organisation_id,
  }
  t.equal((await visitor.post('/orders', input, json)).status, 422)
  t.equal((await visitor.get(`/orders/${order.id.replace(/.$/, '0')}/edit`)).status, 404)
  t.equal((await visitor.post('/orders/calculation', { order_id: shop.accounts.paris })).status, 404)
})

t.test('a shipping country is typed by its name or code, and shown by its name', async (t) => {
  const { visitor, shop, find, order: saved } = await savedAt(t, 'allemagne')
  t.equal(saved.shipping_address.country, 'DE')
  const page = await visitor.get(`/orders/${saved.id}/edit`)
  const fields = fieldsOf(page)
  t.equal(fields.get('shipping_address[country]'), 'Germany')
  const answer = await visitor.post(`/orders/${saved.id}`, Object.fromEntries(fields))
  t.equal((await find(answer.location)).version, 1, 'what was not touched is no change')
  const wrong = await visitor.post('/orders', {
    ...order(shop),
    'shipping_address[city]': 'Here',
    'shipping_address[country]': 'Atlantis',
  })
  t.equal(wrong.status, 422)
  t.match(wrong.body, 'Enter a country by its name or its code, such as Germany or DE.')
  t.match(wrong.body, 'value="Atlantis"')
})

t.test('five hundred lines are saved, and come back in a form of reasonable weight', async (t) => {
  const { visitor, shop, find } = await open(t)
  const lines = Array.from({ length: 500 }, (_, at): [string, string][] => [
    [`lines[${at}][product_code]`, at % 2 === 0 ? 'CHAI' : 'SUPPORT'],
    [`lines[${at}][description]`, `Line number ${at}`],
    [`lines[${at}][quantity]`, String(at + 1)],
    [`lines[${at}][unit]`, 'hour'],
    [`lines[${at}][unit_price]`, '1.10'],
    [`lines[${at}][discount_percent]`, '5'],
    [`lines[${at}][tax_rate_id]`, ''],
    [`lines[${at}][kind]`, 'item'],
  ]).flat()
  const began = performance.now()
  const answer = await visitor.post('/orders', [
    ['subject', 'Long'],
    ['account_id', shop.accounts.paris],
    ...lines,
  ])
  t.comment(`saved in ${Math.round(performance.now() - began)} ms`)
  t.equal(answer.status, 303)
  const order = await find(answer.location)
  t.equal(order.lines.length, 500)
  const page = await visitor.get(`/orders/${order.id}/edit`)
  t.comment(`form of 500 lines: ${Math.round(page.body.length / 1024)} KB`)
  t.ok(page.body.length < 1_150_000)
  t.equal((await visitor.post(`/orders/${order.id}`, Object.fromEntries(fieldsOf(page)))).status, 303)
  t.equal((await find(answer.location)).version, 1)
})

type Test = Parameters<typeof testDatabase>[0]

async function savedAt(t: Test, country: string) {
  const opened = await open(t)
  const shipping = { 'shipping_address[city]': 'Mannheim', 'shipping_address[country]': country }
  const answer = await opened.visitor.post('/orders', { ...order(opened.shop), ...shipping })
  return { ...opened, order: await opened.find(answer.location) }
}

async function open(t: Test) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const visitor = await Visitor.signedIn(app, shop.user_id)
  const find = async (location: string): Promise<OrderRecord> => {
    const order = await findOrder(db, location.replace('/orders/', ''), [shop.organisation_id])
    if (order === undefined) throw new Error(`${location} is no order`)
    return order
  }
  return { db, shop, app, visitor, find }
}

async function saved(t: Test) {
  const opened = await open(t)
  const { visitor, shop, find } = opened
  const answer = await visitor.post('/orders', order(shop))
  return { ...opened, order: await find(answer.location) }
}

function order(shop: Shop): Record<string, string> {
  return {
    subject: 'Maintenance 2026',
    account_id: shop.accounts.mannheim,
    contact_id: shop.contact_id,
    'lines[0][product_code]': 'CHAI',
    'lines[0][quantity]': '12.5',
    'lines[0][discount_percent]': '2.5',
    'lines[1][description]': 'By hand\nin two lines',
    'lines[1][quantity]': '1',
    'lines[1][unit_price]': '0.123456',
    'lines[1][tax_rate_id]': shop.rates.fr20,
  }
}
