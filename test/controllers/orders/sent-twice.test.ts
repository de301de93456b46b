import t, { type Test } from 'tap'
import { testDatabase } from '../../support/database.ts'
import { makeShop } from '../../support/shop.ts'
import { type Answer, testApp, Visitor } from '../../support/web.ts'

t.test('a form sent twice makes one order, and both times leads to it', async (t) => {
  const { visitor, form, countOrders } = await open(t)
  const first = await visitor.post('/orders', form)
  const second = await visitor.post('/orders', form)
  t.equal(first.status, 303, 'the first makes it')
  t.same([second.status, second.location], [303, first.location], 'the second leads to it')
  t.equal(await countOrders(), 1)
})

t.test('two clicks at once make one order, and take one number', async (t) => {
  const { visitor, form, countOrders, db } = await open(t)
  const answers = await Promise.all([1, 2, 3, 4].map(() => visitor.post('/orders', form)))
  t.same(new Set(answers.map(({ status }) => status)), new Set([303]), 'each click is answered')
  t.equal(new Set(answers.map(({ location }) => location)).size, 1, 'with the same order')
  t.equal(await countOrders(), 1)
  const next = await visitor.post('/orders', { ...form, idempotency_key: 'another form' })
  const numbers = await db.selectFrom('customer_orders').select('number').orderBy('number').execute()
  t.equal(next.status, 303)
  t.equal(
    Number(numbers[1]?.number.slice(-4)) - Number(numbers[0]?.number.slice(-4)),
    1,
    'no number was lost on the way',
  )
})

t.test('the same key with other values is refused, with the way to what was made', async (t) => {
  const { visitor, form, countOrders } = await open(t)
  const made = await visitor.post('/orders', form)
  const changed = { ...form, subject: 'Something else' }
  const page = await visitor.post('/orders', changed)
  t.equal(page.status, 409)
  t.match(page.body, `href="${made.location}"`, 'the page leads to the order')
  const json = await visitor.post('/orders', changed, { accept: 'application/json' })
  t.match(
    [json.status, json.location, JSON.parse(json.body)],
    [409, made.location, { refusals: [{ code: 'sent_before' }] }],
  )
  t.equal(await countOrders(), 1)
})

t.test('a form with mistakes has made nothing: corrected, it is taken', async (t) => {
  const { visitor, form, countOrders } = await open(t)
  const refused = await visitor.post('/orders', { ...form, subject: '' })
  t.equal(refused.status, 422)
  t.equal(keyIn(refused), form.idempotency_key, 'the form keeps its key')
  t.equal((await visitor.post('/orders', form)).status, 303)
  t.equal(await countOrders(), 1)
})

t.test('keys are each person’s own, and a form without one is taken as often as it is sent', async (t) => {
  const { visitor, form, countOrders, admin } = await open(t)
  await visitor.post('/orders', form)
  t.equal((await admin.post('/orders', form)).status, 303)
  t.equal(await countOrders(), 2, 'somebody else’s key says nothing about mine')
  const { idempotency_key: _key, ...bare } = form
  await visitor.post('/orders', bare)
  await visitor.post('/orders', bare)
  t.equal(await countOrders(), 4)
  const long = await visitor.post('/orders', { ...form, idempotency_key: 'x'.repeat(201) })
  t.equal(long.status, 422, 'a key has 200 characters at most')
})

t.test('two clicks on Duplicate make one copy', async (t) => {
  const { visitor, form, countOrders } = await open(t)
  const { location } = await visitor.post('/orders', form)
  const key = { idempotency_key: keyIn(await visitor.get(location)) }
  const copies = await Promise.all([1, 2].map(() => visitor.post(`${location}/duplicate`, key)))
  t.same(
    copies.map((copy) => copy.status),
    [303, 303],
  )
  t.equal(copies[0]?.location, copies[1]?.location)
  t.equal(await countOrders(), 2)
  const again = { idempotency_key: keyIn(await visitor.get(location)) }
  await visitor.post(`${location}/duplicate`, again)
  t.equal(await countOrders(), 3, 'the page, read again, copies again')
})

function keyIn(page: Answer): string {
  return /name="idempotency_key" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
}

async function open(t: Test) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const visitor = await Visitor.signedIn(app, shop.user_id)
  const form = {
    idempotency_key: keyIn(await visitor.get('/orders/new')),
    subject: 'Tea for April',
    account_code: 'CHOP',
    'lines[0][product_code]': 'CHAI',
    'lines[0][quantity]': '2',
  }
  t.not(form.idempotency_key, '', 'the form bears a key')
  const countOrders = async () => (await db.selectFrom('customer_orders').select('id').execute()).length
  return { db, visitor, admin: await Visitor.signedIn(app, shop.admin_id), form, countOrders }
}
