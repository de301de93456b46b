import t from 'tap'
import { z } from 'zod'
import { testDatabase } from '../support/database.ts'
import { customersCsv, linesCsv, madeImport, ordersCsv } from '../support/imports.ts'
import { makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

async function start(t: { teardown(end: () => unknown): unknown }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  return { db, shop, app, admin: await Visitor.signedIn(app, shop.admin_id) }
}

const file = (name: string, text: string) => ({ name, content: Buffer.from(text) })
const json = { accept: 'application/json' }

/** The import that an answer leads to, once its check or run has ended. */
async function ended(admin: Visitor, location: string) {
  for (;;) {
    const { body } = await admin.json(location)
    const { state } = z.object({ state: z.string() }).parse(body)
    if (state !== 'checking' && state !== 'running') return body
  }
}

t.test('a file goes from its upload over the check to its receipt, and back', async (t) => {
  const { db, admin, app, shop } = await start(t)
  t.match(
    (await admin.get('/imports')).body,
    /Bring in the customers.*Import a file/s,
    'an empty list says what it is for',
  )
  t.match((await admin.get('/imports/new')).body, /Required columns: code, name, country/)
  t.match(
    (await admin.get('/suppliers')).body,
    /href="\/imports\/new\?kind=suppliers"/,
    'an empty list leads here',
  )
  t.match(
    (await admin.get('/imports/new?kind=suppliers')).body,
    /value="suppliers"[^>]* checked/,
    'with its kind chosen',
  )
  const user = await Visitor.signedIn(app, shop.user_id)
  t.notMatch((await user.get('/suppliers')).body, /"\/imports/, 'whoever may not import is not led to it')

  const sent = await admin.upload(
    '/imports',
    { kind: 'customers' },
    { file: file('kunden.csv', customersCsv) },
  )
  t.match(sent, { status: 303, location: /^\/imports\/[0-9a-f-]{36}$/ })
  const at = sent.location
  t.match(await ended(admin, at), { kind: 'customers', state: 'checked', created: 2, known: 0, mistakes: 0 })
  const checked = await admin.get(at)
  t.match(checked.body, /No mistakes\..*2 would be made, none is known already/s)
  t.match(checked.body, /Import 2 customers/)
  t.match(checked.body, /<td class="code">Alfreds Futterkiste<\/td>/, 'the first rows are shown')

  t.match(await admin.post(`${at}/runs`, {}), { status: 303, location: at })
  t.match(await ended(admin, at), {
    state: 'imported',
    created: 2,
    imported_by: { name: 'Anna Kern' },
    items: [{ line: 2, code: 'ALFKI', name: 'Alfreds Futterkiste' }, { line: 3 }],
    next: null,
  })
  const receipt = await admin.get(at)
  t.match(receipt.body, /2 were made, none was known already\./)
  t.match(receipt.body, /href="\/accounts\/[0-9a-f-]{36}">ALFKI/)
  t.match(await admin.get(`${at}/files/main`), {
    status: 200,
    body: customersCsv,
    headers: { 'content-type': 'text/csv', 'content-disposition': /attachment; filename="kunden\.csv"/ },
  })
  t.match(await admin.post(`${at}/runs`, {}), { status: 303 }, 'a second click leads to the same page')

  t.match((await admin.get(`${at}/undo`)).body, /Removed for good: 2 customers and 2 contacts/)
  t.match(await admin.post(`${at}/undo`, {}), { status: 303, location: at })
  t.match((await admin.get(at)).body, /The import of “kunden\.csv” is undone\./)
  t.equal((await db.selectFrom('accounts').select('id').execute()).length, 2)

  const list = await admin.json('/imports')
  t.match(list.body, { items: [{ state: 'undone', created: 2 }], next: null, total: 1 })
  t.match(
    (await admin.get('/imports?format=csv')).body,
    /^\ufeffmade_at,kind,file,.*\r\n.*,customers,kunden\.csv,AN,undone,2,0,0,Anna Kern/,
  )
})

t.test('mistakes stand on the page and in a copy of the file, which is taken back corrected', async (t) => {
  const { admin } = await start(t)
  const wrong = 'code,name,country,fax\nA,One,Atlantis,1\nB,Two,FR,\n'
  const { location: at } = await admin.upload(
    '/imports',
    { kind: 'customers' },
    { file: file('a.csv', wrong) },
  )
  t.match(await ended(admin, at), {
    state: 'refused',
    mistakes: 1,
    errors: [{ file: 'main', line: 2, column: 'country', value: 'Atlantis', message: /is no country/ }],
    readings: [{ taken: ['code', 'name', 'country'], not_taken: [{ name: 'fax', meant: null }] }],
  })
  const page = await admin.get(at)
  t.match(page.body, /1 mistake: nothing can be imported.*Download “a\.csv” with its mistakes.*Atlantis/s)
  t.match(await admin.post(`${at}/runs`, {}, json), { status: 409, body: /"code":"mistakes"/ })

  const copy = await admin.get(`${at}/mistakes/main`)
  t.match(
    copy.body,
    /^\ufefferror,code,name,country,fax\r\n"country: “Atlantis” is no country.*",A,One,Atlantis,1\r\n,B,Two,FR,\r\n$/,
  )
  t.match(await admin.post(`${at}/files`, {}, json), { status: 422, body: /"field":"file"/ })
  const corrected = copy.body.replace('One,Atlantis', 'One,FR')
  t.match(await admin.upload(`${at}/files`, {}, { file: file('a.csv', corrected) }), {
    status: 303,
    location: at,
  })
  t.match(await ended(admin, at), {
    state: 'checked',
    created: 2,
    notes: ['Not taken, since nothing here holds it: fax.'],
  })
  t.equal((await admin.get(`${at}/mistakes/main`)).status, 404, 'there is nothing to correct any more')
  t.match(await admin.post(`${at}/deletion`, {}), { status: 303, location: '/imports' })
  t.equal((await admin.get(at)).status, 404)
})

t.test('orders come with their lines', async (t) => {
  const { db, shop, admin } = await start(t)
  await madeImport(db, shop, 'customers', customersCsv)
  const orders = { file: file('orders.csv', ordersCsv) }
  t.match(await admin.upload('/imports', { kind: 'orders' }, orders), {
    status: 422,
    body: /Error: .*Choose the file with the lines of the orders\..*value="orders" checked.*must be chosen again/s,
  })
  const { location: at } = await admin.upload(
    '/imports',
    { kind: 'orders' },
    { ...orders, lines_file: file('lines.csv', linesCsv) },
  )
  t.match(await ended(admin, at), {
    state: 'checked',
    created: 2,
    files: [{ part: 'main' }, { part: 'lines' }],
  })
  t.match(await admin.get(`${at}/files/lines`), { status: 200, body: linesCsv })
})

t.test('a form that says nothing is told what it lacks', async (t) => {
  const { shop, admin } = await start(t)
  const answer = await admin.upload('/imports', {}, {})
  t.match(answer, { status: 422, body: /Choose what the file holds\..*Choose a file\./s })
  const foreign = { kind: 'users', organisation_id: '01990000-0000-7000-8000-000000000000' }
  t.match(await admin.upload('/imports', foreign, { file: file('u.csv', 'code,name\n1,A\n') }), {
    status: 422,
    body: /Choose an organisation\./,
  })
  const other = { kind: 'users', organisation_id: shop.other_organisation_id }
  const { location } = await admin.upload('/imports', other, { file: file('u.csv', 'code,name\n1,A\n') })
  t.match(await ended(admin, location), { organisation: { code: 'MS' } })
})

t.test('a file may have 20 MB, and one that is larger says so', async (t) => {
  const { admin } = await start(t)
  const row = 'code,name,country\n'
  const large = Buffer.alloc(20 * 1024 * 1024 + 1, row)
  t.match(
    await admin.upload('/imports', { kind: 'customers' }, { file: { name: 'large.csv', content: large } }),
    {
      status: 422,
      body: /“large\.csv” is larger than 20.MB\./,
    },
  )
  const middling = Buffer.from(`code,name,country,note\nBIG,Big,FR,${'x'.repeat(2 * 1024 * 1024)}\n`)
  const { location } = await admin.upload(
    '/imports',
    { kind: 'customers' },
    { file: { name: 'm.csv', content: middling } },
  )
  t.match(await ended(admin, location), { state: 'checked', created: 1 })
})

t.test('an empty file for a spreadsheet has the columns in its first line', async (t) => {
  const { admin } = await start(t)
  t.match(await admin.get('/imports/templates/order_lines.csv'), {
    status: 200,
    body: '\ufefforder_number,quantity,unit_price,product_code,description,discount_percent\r\n',
  })
  t.match((await admin.get('/imports/templates/users.csv')).body, /^\ufeffcode,/)
  t.equal((await admin.get('/imports/templates/invoices.csv')).status, 404)
})

t.test('an import of an organisation where one does not work does not exist', async (t) => {
  const { db, shop, app, admin } = await start(t)
  const { id } = await madeImport(db, shop, 'customers', customersCsv)
  const elsewhere = await db.transaction().execute(async (trx) => {
    const organisation_id = shop.other_organisation_id
    const user = await trx
      .insertInto('users')
      .values({ email: 'else@shop.test', name: 'Else', role: 'admin', organisation_id })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx.insertInto('user_organisations').values({ user_id: user.id, organisation_id }).execute()
    return user.id
  })
  const stranger = await Visitor.signedIn(app, elsewhere)
  t.match((await stranger.json('/imports')).body, { items: [], total: 0 })
  for (const url of [``, `/files/main`, `/mistakes/main`, `/undo`])
    t.equal((await stranger.get(`/imports/${id}${url}`)).status, 404, url)
  for (const url of [`/runs`, `/checks`, `/files`, `/deletion`, `/undo`])
    t.equal((await stranger.post(`/imports/${id}${url}`, {})).status, 404, url)
  t.equal((await admin.get(`/imports/${id}`)).status, 200)
  t.equal((await admin.get(`/imports/${id}/files/lines`)).status, 404, 'customers have no second file')
})
