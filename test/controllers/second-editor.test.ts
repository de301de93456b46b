import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

const json = { accept: 'application/json' }

async function open(t: { teardown(end: () => unknown): unknown }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  for (const code of ['EXOTIC', 'TOKYO'])
    await db
      .insertInto('suppliers')
      .values({ code, name: code, country: 'GB', currency: 'EUR', language: 'en-GB' })
      .execute()
  const app = await testApp(db)
  t.teardown(() => app.close())
  const carla = await db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto('users')
      .values({ email: 'c@shop.test', name: 'Carla', role: 'admin', organisation_id: shop.organisation_id })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('user_organisations')
      .values({ user_id: id, organisation_id: shop.organisation_id })
      .execute()
    return id
  })
  return {
    shop,
    anna: await Visitor.signedIn(app, shop.admin_id),
    carla: await Visitor.signedIn(app, carla),
  }
}

const chai = {
  code: 'CHAI',
  name: 'Chai',
  kind: 'goods',
  unit: 'C62',
  unit_price: '18',
  currency: 'EUR',
  category: '',
}
const exotic = {
  'suppliers[0][supplier]': 'EXOTIC',
  'suppliers[0][purchase_price]': '12',
  'suppliers[0][currency]': 'EUR',
}

t.test('suppliers that only the other editor of a product changed are taken into the form', async (t) => {
  const { shop, anna, carla } = await open(t)
  const address = `/products/${shop.products.chai}`
  const form = { ...chai, tax_rate_id: shop.rates.fr55, version: '1' }
  t.equal((await anna.post(address, { ...form, ...exotic, preferred: '0' })).status, 303)
  const late = { ...form, name: 'Chai, 250 g' }
  const page = await carla.post(address, late)
  t.equal(page.status, 422)
  t.match(
    page.body,
    /<h2 id="error-summary-title">Anna Kern saved this on /,
    'the heading says what happened',
  )
  t.match(page.body, /Suppliers:[\s\S]*?<ins>EXOTIC, 12 EUR, Preferred<\/ins>/)
  t.match(page.body, /name="suppliers\[0\]\[supplier\]" value="EXOTIC"/, 'their row stands in the form')
  t.match(page.body, /name="preferred" value="0" checked/)
  t.match(page.body, /name="name" value="Chai, 250 g"/)
  t.match(JSON.parse((await carla.post(address, late, json)).body), {
    conflicts: [],
    taken: [{ field: 'suppliers', theirs: 'EXOTIC, 12 EUR, preferred', yours: '' }],
  })
  const saved = await carla.post(address, { ...late, ...exotic, preferred: '0', version: '2' })
  t.equal(saved.status, 303)
})

t.test('suppliers that both changed are shown side by side, and yours stay in the form', async (t) => {
  const { shop, anna, carla } = await open(t)
  const address = `/products/${shop.products.chai}`
  const form = { ...chai, tax_rate_id: shop.rates.fr55, version: '1' }
  t.equal((await anna.post(address, { ...form, ...exotic })).status, 303)
  const late = { ...form, 'suppliers[0][supplier]': 'TOKYO', 'suppliers[0][purchase_price]': '11' }
  const page = await carla.post(address, late)
  t.match(page.body, /<th scope="row">Suppliers<\/th><td>EXOTIC, 12 EUR<\/td><td>TOKYO, 11 EUR<\/td>/)
  t.match(page.body, /name="suppliers\[0\]\[supplier\]" value="TOKYO"/)
  const same = await carla.post(address, { ...form, ...exotic })
  t.notMatch(same.body, /Suppliers<\/th>/, 'the same suppliers differ in nothing')
})

t.test('a user’s organisations are compared as well, by name', async (t) => {
  const { shop, anna, carla } = await open(t)
  const address = `/users/${shop.user_id}`
  const form: [string, string][] = [
    ['name', 'Ute Weber'],
    ['title', ''],
    ['email', 'user@shop.test'],
    ['role', 'user'],
    ['language', 'en'],
    ['organisation_id', shop.organisation_id],
    ['version', '1'],
  ]
  const both: [string, string][] = [
    ['organisation_ids[]', shop.organisation_id],
    ['organisation_ids[]', shop.other_organisation_id],
  ]
  t.equal((await anna.post(address, [...form, ...both])).status, 303)
  const late = form.map(([name, value]): [string, string] => [name, name === 'title' ? 'Clerk' : value])
  const page = await carla.post(address, late)
  t.equal(page.status, 422)
  t.match(page.body, /Works in:[\s\S]*?<ins>Atelier Nord, Maison Sud<\/ins>/)
  t.match(
    page.body,
    new RegExp(`name="organisation_ids\\[\\]" value="${shop.other_organisation_id}" checked`),
    'what they chose is ticked',
  )
  const answer = JSON.parse((await carla.post(address, late, json)).body)
  t.match(answer.taken, [{ field: 'organisation_ids', yours: shop.organisation_id }])
})
