import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { makeRecurringOrder, makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

async function open(t: { teardown(end: () => unknown): unknown }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const user = await Visitor.signedIn(app, shop.user_id)
  const admin = await Visitor.signedIn(app, shop.admin_id)
  return { db, shop, app, user, admin }
}

const account = { name: 'Maison Verte', country: 'FR', city: 'Lyon', tax_treatment: 'domestic' }
async function idByCode(user: Visitor, code: string): Promise<string> {
  const { body } = await user.json(`/accounts?q=${code}&limit=1`)
  return /"id":"([^"]+)"/.exec(JSON.stringify(body))?.[1] ?? ''
}

const idOf = (location: string) => location.split('/').at(-1) ?? ''

t.test('record pickers get the exact code first, and never an archived account', async (t) => {
  const { user } = await open(t)
  for (const [code, name] of [
    ['VERT', 'Zest'],
    ['VERT2', 'Alpha'],
    ['AVERT', 'Vertige'],
  ] as const)
    await user.post('/accounts', { ...account, code, name })
  const codes = async (url: string) => {
    const { body } = await user.json(url)
    return JSON.stringify(body).match(/"code":"\w+"/g)
  }
  t.same(await codes('/accounts?q=vert&limit=8'), ['"code":"VERT"', '"code":"VERT2"', '"code":"AVERT"'])
  t.same(await codes('/accounts?q=vert&sort=-code'), ['"code":"VERT2"', '"code":"VERT"', '"code":"AVERT"'])
  t.same(await codes('/accounts?q=nobody'), null)
  await user.post(`/accounts/${await idByCode(user, 'VERT')}/archival`, { archived: 'on', confirmed: 'on' })
  t.same(await codes('/accounts?q=vert'), ['"code":"VERT2"', '"code":"AVERT"'])
})

t.test('a list goes on from its cursor, in either direction', async (t) => {
  const { user } = await open(t)
  t.match(await user.json('/accounts?limit=1'), {
    body: { items: [{ code: 'BLAUER' }], next: String, total: 2 },
  })
  const first = await user.get('/accounts?limit=1&sort=city')
  const next = /href="(\/accounts\?[^"]*cursor=[^"]*)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&')
  const second = await user.get(next ?? '')
  t.match(second.body, /Chop-suey Chinese/)
  const previous = [...second.body.matchAll(/href="(\/accounts\?[^"]*cursor=[^"]*)"/g)].at(0)?.[1]
  t.match((await user.get(previous?.replaceAll('&amp;', '&') ?? '')).body, /Blauer See Delikatessen/)
})

t.test('filters narrow a list, and its CSV holds exactly that', async (t) => {
  const { user, shop } = await open(t)
  await user.post('/accounts', { ...account, parent_code: 'blauer', name: '=Danger' })
  t.match(await user.json(`/accounts?parent_id=${shop.accounts.mannheim}`), { body: { total: 1 } })
  t.match(await user.json('/accounts?parent_code=BLAUER'), {
    body: { items: [{ parent: { code: 'BLAUER' } }] },
  })
  t.match(await user.json('/accounts?parent_code=nobody'), { body: { total: 0 } })
  t.match(await user.json('/accounts?tax_treatment=eu_business'), { body: { total: 1 } })
  const csv = (await user.get('/accounts?parent_code=BLAUER&format=csv')).body
  t.match(csv, /^\ufeffcode,name,/)
  t.match(csv, /\r\nDANGER,'=Danger,,business,BLAUER,/)
  t.equal(csv.trim().split('\r\n').length, 2)
  t.match((await user.get('/accounts?parent_code=nobody')).body, /No account matches: nobody\./)
})

t.test('an account comes back as its form was filled in', async (t) => {
  const { user } = await open(t)
  const made = await user.post('/accounts', {
    ...account,
    vat_number: 'fr 40 303 265 045',
    siret: '303 265 045 00014',
    invoice_emails: 'a@verte.test; b@verte.test',
    website: 'www.verte.test',
    'shipping_address[street]': '2 quai',
    'shipping_address[city]': 'Lyon',
    'shipping_address[country]': 'FR',
  })
  t.equal(made.status, 422, 'a SIRET with a wrong check digit')
  t.match(made.body, /303 265 045 00014/)
  t.match(made.body, /<details class="card" open>/, 'what was typed below is in sight')
  const right = await user.post('/accounts', {
    ...account,
    vat_number: 'fr 40 303 265 045',
    invoice_emails: 'a@verte.test; b@verte.test',
    website: 'www.verte.test',
    'shipping_address[street]': '2 quai',
    'shipping_address[city]': 'Lyon',
    'shipping_address[country]': 'FR',
  })
  t.equal(right.status, 303)
  t.match(await user.json(right.location), {
    body: {
      code: 'MAISON',
      vat_number: 'FR40303265045',
      website: 'https://www.verte.test',
      invoice_emails: ['a@verte.test', 'b@verte.test'],
      shipping_address: { street: '2 quai', country: 'FR' },
      payment_term: null,
      version: 1,
    },
  })
  t.match((await user.get(right.location)).body, /Maison Verte is created\./)
  t.match((await user.get(`${right.location}/edit`)).body, /value="a@verte\.test, b@verte\.test"/)
})

t.test('all mistakes come at once, in the order of the page, beside their fields', async (t) => {
  const { user } = await open(t)
  const wrong = {
    name: '',
    tax_treatment: 'eu_business',
    siren: '1',
    email: 'x',
    country: '',
    parent_code: 'nobody',
  }
  const answer = await user.post('/accounts', wrong, { accept: 'application/json' })
  t.equal(answer.status, 422)
  const fields = JSON.parse(answer.body).errors.map(({ field }: { field: string }) => field)
  t.same([...fields].sort(), ['country', 'email', 'name', 'parent_code', 'siren', 'tax_treatment'])
  const page = await user.post('/accounts', wrong)
  t.match(page.body, /<title>Error: /)
  const summary = [...page.body.matchAll(/<li><a href="#([\w-]+)">/g)].map(([, target]) => target)
  t.same(summary, ['name', 'parent-code', 'tax-treatment', 'siren', 'email', 'country'])
  t.match(page.body, /reverse charge and intra-community supplies rest on the buyer’s number/)
})

t.test('a name that several accounts bear is asked about beside the field', async (t) => {
  const { user } = await open(t)
  await user.post('/accounts', { ...account, code: 'V1' })
  await user.post('/accounts', { ...account, code: 'V2' })
  const asked = await user.post('/contacts', { name: 'Lise Roux', account_code: 'maison verte' })
  t.equal(asked.status, 422)
  t.match(asked.body, /type="radio" name="account_id"[^>]*>[\s\S]*V1 · Maison Verte/)
  const exact = await user.post('/contacts', { name: 'Lise Roux', account_code: 'v2' })
  t.equal(exact.status, 303)
  t.match(await user.json(exact.location), { body: { account: { code: 'V2' } } })
})

t.test('two people saving one account lose nothing', async (t) => {
  const { user, admin } = await open(t)
  const { location } = await user.post('/accounts', { ...account, code: 'VERT', phone: '1' })
  const form = { ...account, code: 'VERT', phone: '1', email: '', version: '1' }
  t.equal((await admin.post(location, { ...form, phone: '2', email: 'a@verte.test' })).status, 303)
  const late = { ...form, phone: '3', name: 'Verte SA' }
  const page = await user.post(location, late)
  t.equal(page.status, 422)
  t.match(page.body, /Anna Kern saved this/)
  t.match(page.body, /name="version" value="2"/)
  t.match(page.body, /name="phone" value="3"/, 'a field both changed holds yours')
  t.match(page.body, /name="email" value="a@verte\.test"/, 'one that only they changed holds theirs')
  t.match(page.body, /name="name" value="Verte SA"/)
  const json = await user.post(location, late, { accept: 'application/json' })
  t.match(JSON.parse(json.body), {
    errors: [{ field: 'version' }],
    version: 2,
    by: 'Anna Kern',
    conflicts: [{ field: 'phone', theirs: '2', yours: '3' }],
    taken: [{ field: 'email', theirs: 'a@verte.test', yours: '' }],
  })
  const other = await user.post(location, { ...late, country: '' })
  t.match(other.body, /name="version" value="1"/, 'another mistake does not hide the conflict')
  t.equal((await user.post(location, { ...late, email: 'a@verte.test', version: '2' })).status, 303)
  t.match(await user.json(location), {
    body: { name: 'Verte SA', phone: '3', email: 'a@verte.test', version: 3 },
  })
})

t.test('an account’s page warns of its twin and of what does not fit', async (t) => {
  const { user } = await open(t)
  const twin = { ...account, tax_treatment: 'export', vat_number: 'DE129273398' }
  const { location } = await user.post('/accounts', twin)
  const { body } = await user.get(location)
  t.match(body, /Blauer See Delikatessen \(BLAUER\) has the same VAT number, DE129273398/)
  t.match(body, /The treatment is Export, but the address lies in the European Union/)
})

t.test('the tab of orders shows those of one’s own organisations alone', async (t) => {
  const { db, shop, user, admin } = await open(t)
  await makeRecurringOrder(db, shop, { number: 'SO-OURS', recurrence: { start_date: '2026-01-31' } })
  await makeRecurringOrder(db, shop, {
    number: 'SO-THEIRS',
    organisation_id: shop.other_organisation_id,
    recurrence: { start_date: '2026-02-28' },
  })
  const url = `/accounts/${shop.accounts.paris}/orders`
  t.match(await user.json(url), { body: { items: [{ number: 'SO-OURS', net: '100.00' }], total: 1 } })
  t.match(await admin.json(url), { body: { total: 2 } })
  const page = await user.get(url)
  t.match(page.body, /SO-OURS/)
  t.notMatch(page.body, /SO-THEIRS/)
  t.match(page.body, /1 order<[\s\S]*€100\.00/)
  t.match((await user.get(`${url}?format=csv`)).body, /\r\nSO-OURS,/)

  const archival = `/accounts/${shop.accounts.paris}/archival`
  const asked = await user.get(archival)
  t.match(asked.body, /SO-OURS/)
  t.notMatch(asked.body, /SO-THEIRS/)
  const unconfirmed = await user.post(archival, { archived: 'on' })
  t.equal(unconfirmed.status, 422)
  t.match(unconfirmed.body, /SO-OURS/)
  t.equal((await user.post(archival, { archived: 'on', confirmed: 'on' })).status, 303)
  const archived = await user.get(`/accounts/${shop.accounts.paris}`)
  t.match(archived.body, /Recurring order SO-OURS stays on, and its occurrences are parked/)
  t.match(archived.body, /Take it back into use first/, 'no new order for it')
  t.equal((await user.post(archival, { archived: '' })).status, 303)
})

t.test('a form keeps a language of documents that it does not offer to others', async (t) => {
  const { user } = await open(t)
  for (const [noun, fields] of [
    ['accounts', account],
    ['suppliers', { code: 'LIEGE', name: 'Papier de Liège', country: 'BE' }],
  ] as const) {
    const { location } = await user.post(`/${noun}`, { ...fields, language: 'fr-BE' })
    t.match((await user.get(location)).body, 'French (Belgium)')
    const form = (await user.get(`${location}/edit`)).body
    t.match(form, /<option value="fr-BE" selected>French \(Belgium\)/)
    t.notMatch((await user.get(`/${noun}/new`)).body, 'fr-BE')
  }
  t.equal((await user.post('/accounts', { ...account, language: 'xx-BE' })).status, 422)
  t.equal((await user.post('/accounts', { ...account, language: 'fr-XX' })).status, 422)
})

t.test('what is named is not deleted, and the page says why', async (t) => {
  const { shop, user } = await open(t)
  const { mannheim } = shop.accounts
  t.match((await user.get(`/accounts/${mannheim}`)).body, /One contact belongs to this account/)
  t.equal((await user.post(`/accounts/${mannheim}/deletion`, {})).status, 409)
  const asked = await user.get(`/contacts/${shop.contact_id}/deletion`)
  t.match(asked.body, /Delete Hanna Moos\?/)
  const gone = await user.post(`/contacts/${shop.contact_id}/deletion`, {})
  t.match(gone, { status: 303, location: `/accounts/${mannheim}` })
  t.equal((await user.get(`/contacts/${shop.contact_id}`)).status, 404)
  t.equal((await user.post(`/accounts/${mannheim}/deletion`, {})).status, 303)
})

t.test('contacts are listed of one account, and made from its page', async (t) => {
  const { shop, user } = await open(t)
  const { paris, mannheim } = shop.accounts
  t.match(await user.json(`/contacts?account_id=${mannheim}`), {
    body: { items: [{ name: 'Hanna Moos', account: { code: 'BLAUER' } }], total: 1 },
  })
  t.match(await user.json(`/contacts?account_id=${paris}`), { body: { items: [], total: 0 } })
  t.match((await user.get(`/contacts/new?account_id=${paris}`)).body, /name="account_code" value="CHOP"/)
  const nobody = await user.post('/contacts', { name: 'X' }, { accept: 'application/json' })
  t.match(JSON.parse(nobody.body), { errors: [{ field: 'account_id' }] })
  const made = await user.post('/contacts', { name: 'Lise Roux', account_id: paris, email: 'lise@chop.test' })
  t.equal(made.status, 303)
  t.match((await user.get(`/contacts/${idOf(made.location)}`)).body, /mailto:lise@chop\.test/)
  t.match((await user.get('/contacts?format=csv')).body, /^\ufeffname,account,title/)
  t.equal((await user.post(`${made.location}/archival`, { archived: 'on' })).status, 303)
  t.match(await user.json(`/contacts?account_id=${paris}`), { body: { total: 0 } })
  t.match(await user.json(`/contacts?account_id=${paris}&archived=on`), { body: { total: 1 } })
})

t.test('a supplier’s form keeps what was typed, and a late one sees the other’s text', async (t) => {
  const { user, admin } = await open(t)
  const form = { name: 'Exotic Liquids', country: 'GB', currency: 'GBP', city: 'London' }
  const wrong = await user.post('/suppliers', { ...form, vat_number: '123', website: 'nowhere' })
  t.match(wrong, { status: 422, body: /value="nowhere"/ })
  const { location } = await user.post('/suppliers', form)
  t.match(await user.json(location), { body: { code: 'EXOTIC', currency: 'GBP' } })
  const edit = { ...form, code: 'EXOTIC', version: '1' }
  await admin.post(location, { ...edit, city: 'Leeds' })
  const late = await user.post(location, { ...edit, city: 'York' })
  t.match(late, { status: 422, body: /Anna Kern saved this on[\s\S]*Leeds[\s\S]*York/ })
  t.equal((await user.get(`${location}/deletion`)).status, 200)
  t.equal((await user.post(`${location}/deletion`, {})).status, 303)
})

t.test('a French user reads French', async (t) => {
  const { db, shop, app } = await open(t)
  await db.updateTable('users').set({ language: 'fr' }).where('id', '=', shop.user_id).execute()
  const user = await Visitor.signedIn(app, shop.user_id)
  t.match((await user.get('/accounts/new')).body, /Créer le compte/)
  const wrong = await user.post('/accounts', { ...account, tax_treatment: 'eu_business' })
  t.match(wrong.body, /sans lui, une entreprise de l’UE paie la TVA/)
})
