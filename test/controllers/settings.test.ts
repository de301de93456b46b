import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { insertOrder } from '../support/documents.ts'
import { makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

async function admin(t: { teardown(end: () => unknown): unknown }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  return { db, shop, app, visitor: await Visitor.signedIn(app, shop.admin_id) }
}

const json = { accept: 'application/json' }

t.test(
  'a rate that documents use keeps its figure and category; it ends, and another takes over',
  async (t) => {
    const { db, shop, visitor } = await admin(t)
    await insertOrder(db, shop)
    const url = `/settings/tax-rates/${shop.rates.fr20}`
    t.match((await visitor.get(`${url}/edit`)).body, /Documents use this rate/)
    const changed = await visitor.post(url, { code: 'FR-20', name: 'VAT 20 %', rate: '21' }, json)
    t.match(JSON.parse(changed.body), { errors: [{ field: 'rate' }] })
    const successor = await visitor.post('/settings/tax-rates', {
      code: 'FR-21',
      name: 'VAT 21 %',
      rate: '21',
      valid_from: '2027-01-01',
    })
    t.match(successor, { status: 303, location: /^\/settings\/tax-rates\/[0-9a-f-]{36}$/ })
    t.match((await visitor.json(successor.location)).body, { name: String }, 'the rate that was made')
    t.match(await visitor.get(successor.location), { status: 303, location: `${successor.location}/edit` })
    const { body } = await visitor.json('/settings/tax-rates')
    t.match(body, { items: [{ code: 'FR-21', category: 'S', rate: '21' }, { code: 'FR-20' }], next: null })
    const id = JSON.stringify(body).match(/"id":"([^"]+)","code":"FR-21"/)?.[1] ?? ''
    const ended = { code: 'FR-20', name: 'VAT 20 %', rate: '20,0', valid_to: '2026-12-31', successor_id: id }
    t.match(await visitor.post(url, ended), { status: 303 })
    t.match((await visitor.json(url)).body, { valid_to: '2026-12-31', successor_id: id })
  },
)

t.test('a rate with mistakes comes back as it was typed', async (t) => {
  const { visitor } = await admin(t)
  const wrong = await visitor.post('/settings/tax-rates', {
    code: 'X',
    name: 'X',
    category: 'AE',
    rate: '3',
    valid_from: '31/12/2026',
  })
  t.equal(wrong.status, 422)
  t.match(wrong.body, /value="3"[\s\S]*category AE charges no tax/)
  t.ok(wrong.body.includes('value="31/12/2026"'))
})

t.test('a rate that products, organisations or treatments lead to is not archived', async (t) => {
  const { shop, visitor } = await admin(t)
  const refused = await visitor.post(
    `/settings/tax-rates/${shop.rates.fr20}/archival`,
    { archived: 'on' },
    json,
  )
  t.equal(refused.status, 409)
  t.same(
    JSON.parse(refused.body).refusals.map(({ code }: { code: string }) => code),
    ['products_have_it', 'organisations_preset_it'],
  )
  const page = await visitor.get(`/settings/tax-rates/${shop.rates.eu_goods}/edit`)
  t.match(page.body, /aria-disabled="true"[\s\S]*Tax treatments lead to this rate/)
})

t.test('treatments are saved as a whole; an empty one leaves the product’s own rate', async (t) => {
  const { shop, visitor } = await admin(t)
  t.match(await visitor.post('/settings/tax-treatments', { eu_business_goods: shop.rates.eu_goods }), {
    status: 303,
  })
  const { body } = await visitor.json('/settings/tax-treatments')
  t.same(body, {
    eu_business_goods: shop.rates.eu_goods,
    eu_business_service: null,
    export_goods: null,
    export_service: null,
    exempt_goods: null,
    exempt_service: null,
  })
  const unknown = await visitor.post(
    '/settings/tax-treatments',
    { export_goods: '01990000-0000-7000-8000-000000000000' },
    json,
  )
  t.match(JSON.parse(unknown.body), { errors: [{ field: 'export_goods' }] })
})

t.test(
  'the example of a term follows what is typed, and above the legal cap it warns but saves',
  async (t) => {
    const { visitor } = await admin(t)
    const long = { code: '75', name: '75 days', days: '75', end_of_month: 'none' }
    const example = await visitor.post('/settings/payment-terms/example', long, json)
    t.match(JSON.parse(example.body), { due_date: /^\d{4}-\d\d-\d\d$/, warning: /L441-10/ })
    const page = await visitor.post('/settings/payment-terms/example', { ...long, days: 'soon' })
    t.equal(page.status, 200)
    t.match(page.body, /value="soon"/)
    const made = await visitor.post('/settings/payment-terms', long)
    t.match(made, { status: 303, location: /^\/settings\/payment-terms\/[0-9a-f-]{36}$/ })
    t.match((await visitor.get(`${made.location}/edit`)).body, / is created\./, 'the flash is said there')
    t.match((await visitor.json('/settings/payment-terms')).body, { items: [{ code: '30' }, { code: '75' }] })
  },
)

t.test('the second to save a term is told, keeps the text, and gets the new version', async (t) => {
  const { shop, visitor } = await admin(t)
  const url = `/settings/payment-terms/${shop.term_id}`
  const first = { code: '30', name: 'Thirty days', days: '30', version: '1' }
  t.match(await visitor.post(url, first), { status: 303 })
  const second = await visitor.post(url, { ...first, name: '30 days net' })
  t.equal(second.status, 422)
  t.match(second.body, /name="version" value="2"[\s\S]*30 days net/)
  t.match(second.body, /Thirty days/, 'theirs is shown')
  const mistaken = await visitor.post(url, { ...first, days: '' })
  t.equal(mistaken.status, 422)
  t.match(mistaken.body, /name="version" value="1"/, 'another mistake does not hide the conflict')
})

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

t.test('a logo is what its bytes say, is shown, and may be taken away again', async (t) => {
  const { db, shop, visitor } = await admin(t)
  const url = `/organisations/${shop.organisation_id}`
  const fields = {
    code: 'AN',
    name: 'Atelier Nord',
    country: 'FR',
    time_zone: 'Europe/Paris',
    currency: 'EUR',
    language: 'fr',
  }
  const fake = await visitor.upload(url, fields, {
    logo: { name: 'logo.png', content: Buffer.from('GIF89a') },
  })
  t.equal(fake.status, 422)
  t.match(fake.body, /Choose the file again[\s\S]*“logo.png” is neither/)
  const large = { name: 'large.png', content: Buffer.concat([png, Buffer.alloc(1024 * 1024)]) }
  t.match((await visitor.upload(url, fields, { logo: large })).body, /“large.png” has more than 1 MB/)
  const wide = Buffer.from(png)
  wide.writeUInt32BE(30_000, 16)
  const bomb = { name: 'bomb.png', content: wide }
  t.match(
    (await visitor.upload(url, fields, { logo: bomb })).body,
    /“bomb.png” is wider or higher than 4,000/,
  )
  const cut = { name: 'cut.png', content: png.subarray(0, 40) }
  t.match((await visitor.upload(url, fields, { logo: cut })).body, /“cut.png” is neither/)
  t.match(await visitor.upload(url, fields, { logo: { name: 'l.png', content: png } }), {
    status: 303,
    location: url,
  })
  t.match((await visitor.get(`${url}/logo`)).headers, { 'content-type': 'image/png' })
  t.match(await visitor.upload(url, { ...fields, remove_logo: 'on' }, {}), { status: 303 })
  t.equal((await visitor.get(`${url}/logo`)).status, 404)
  t.equal((await db.selectFrom('files').selectAll().execute()).length, 1, 'files are never removed')
})

t.test('identifiers of an organisation are held to their check digits', async (t) => {
  const { visitor } = await admin(t)
  const answer = await visitor.post(
    '/organisations',
    {
      code: 'new one',
      name: 'Neuf',
      country: 'FR',
      time_zone: 'Mars/Olympus',
      siren: '123456789',
      iban: 'FR76 3000 6000 0112 3456 7890 188',
    },
    json,
  )
  t.same(
    JSON.parse(answer.body).errors.map(({ field }: { field: string }) => field),
    ['code', 'time_zone'],
  )
  const shaped = await visitor.post(
    '/organisations',
    {
      code: 'NEUF',
      name: 'Neuf',
      country: 'FR',
      time_zone: 'Europe/Paris',
      siren: '123456789',
      iban: 'FR76',
    },
    json,
  )
  t.same(
    JSON.parse(shaped.body).errors.map(({ field }: { field: string }) => field),
    ['siren', 'iban'],
  )
})

t.test('a password is never shown again, nor kept over sign-in', async (t) => {
  const { app, visitor } = await admin(t)
  const short = { name: 'Paul', password: 'secret-1', password_again: 'secret-1' }
  const answer = await visitor.post('/users', short)
  t.equal(answer.status, 422)
  t.match(answer.body, /value="Paul"/)
  t.notMatch(answer.body, /secret-1/)
  const stranger = new Visitor(app)
  const kept = await stranger.post('/users', short)
  t.match(kept, { status: 401, body: /Paul/ })
  t.notMatch(kept.body, /secret-1/)
})

t.test('users change their own name, language and password, and nothing else', async (t) => {
  const { db, shop, app } = await admin(t)
  const user = await Visitor.signedIn(app, shop.user_id)
  t.match(await user.post('/profile', { name: 'Ute W.', language: 'fr', theme: 'dark', role: 'admin' }), {
    status: 303,
    location: '/profile',
  })
  const row = await db
    .selectFrom('users')
    .selectAll()
    .where('id', '=', shop.user_id)
    .executeTakeFirstOrThrow()
  t.match(row, { name: 'Ute W.', language: 'fr', theme: 'dark', role: 'user' })
})
