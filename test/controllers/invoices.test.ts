import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { insertDraftInvoice, insertOrder } from '../support/documents.ts'
import { issueDirectly } from '../support/invoices.ts'
import { invoicesOf, runOn } from '../support/runs.ts'
import { makeRecurringOrder, makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

/** A recurring order of three drafts, a manual draft, and an issued invoice of 28 Feb. */
async function shopWithInvoices(t: { teardown(end: () => unknown): unknown }) {
  const database = await testDatabase(t)
  const { db } = database
  const shop = await makeShop(db)
  const recurring = await makeRecurringOrder(db, shop, {
    number: 'SO-2026-0007',
    recurrence: { start_date: '2026-01-31', invoice_subject: 'Hosting {MMM} {YYYY}' },
  })
  await runOn(db, '2026-03-31')
  const drafts = (await invoicesOf(db, recurring)).map(({ id }) => id)
  const order = await insertOrder(db, shop, 'SO-2026-0008')
  const manual = await insertDraftInvoice(db, shop, order)
  const issued = await insertDraftInvoice(db, shop, order)
  await issueDirectly(db, issued, { number: 'FA-2026-0042', status: 'sent', buyer: 'The Name At Issue' })
  const app = await testApp(db)
  t.teardown(() => app.close())
  const visitor = await Visitor.signedIn(app, shop.user_id)
  const draft = (at: number) => drafts[at] ?? ''
  return { ...database, shop, app, visitor, recurring, order, draft, manual, issued }
}

function itemsOf(body: unknown): { id: string; number: string | null }[] {
  const items = typeof body === 'object' && body !== null && 'items' in body ? body.items : []
  return Array.isArray(items) ? items : []
}

t.test(
  'the list finds by number, subject, order and customer’s reference, and narrows by each filter',
  async (t) => {
    const { db, shop, visitor, recurring, issued, manual } = await shopWithInvoices(t)
    await db
      .updateTable('invoices')
      .set({ customer_order_number: 'PO-77' })
      .where('id', '=', manual)
      .execute()
    const count = async (query: string) => itemsOf((await visitor.json(`/invoices?${query}`)).body).length
    t.equal(await count(''), 5)
    t.equal(await count('q=fa-2026-0042'), 1)
    t.equal(await count('q=hosting'), 3)
    t.equal(await count('q=SO-2026-0007'), 3)
    t.equal(await count('q=po-77'), 1)
    t.equal(await count('q=nothing+of+it'), 0)
    t.equal(await count('status=draft'), 4)
    t.equal(await count('status=automatically_created'), 3)
    t.equal(await count('status=sent'), 1)
    t.equal(await count('source=recurring'), 3)
    t.equal(await count(`account_id=${shop.accounts.paris}`), 5)
    t.equal(await count('account_code=BLAUER'), 0)
    t.equal(await count(`order_id=${recurring}`), 3)
    t.equal(await count('order_number=so-2026-0008'), 2)
    t.equal(await count('order_number=SO-1999-0001'), 0)
    t.equal(await count('from=2026-02-01&to=2026-02-28'), 3)
    t.equal(await count(`organisation_id=${shop.organisation_id}`), 5)
    const [found] = itemsOf((await visitor.json('/invoices?q=FA-2026-0042')).body)
    t.match(found, {
      id: issued,
      number: 'FA-2026-0042',
      kind: 'invoice',
      status: 'sent',
      source: 'manual',
      net: '200.00',
      gross: '240.00',
      open: '240.00',
      document_date: '2026-02-28',
      period_start: null,
      account: { code: 'CHOP' },
      invoicing_address: { name: 'The Name At Issue', city: 'Lyon' },
    })
    const wrong = await visitor.get('/invoices?status=lost&from=2026-03-01&to=2026-02-01')
    t.match(wrong.body, /Choose one of the list/)
    t.match(wrong.body, /no invoice lies between these two/)
  },
)

t.test('every sort pages to the end and back without losing or repeating an invoice', async (t) => {
  const { visitor } = await shopWithInvoices(t)
  for (const sort of [
    'date',
    '-date',
    'number',
    '-number',
    'customer',
    'due_date',
    'gross',
    '-gross',
    'status',
  ]) {
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await visitor.json(`/invoices?sort=${sort}&limit=2${cursor}`)
      seen.push(...itemsOf(body).map(({ id }) => id))
      const next = typeof body === 'object' && body !== null && 'next' in body ? body.next : null
      cursor = typeof next === 'string' ? `&cursor=${next}` : ''
    } while (cursor !== '')
    t.equal(seen.length, 5, sort)
    t.equal(new Set(seen).size, 5, sort)
  }
  const page = await visitor.get('/invoices?limit=2')
  t.match(page.body, /1–2 of 5 invoices/)
  t.match(page.body, /net €700\.00, gross €840\.00/)
  t.match(page.body, />Draft</, 'a draft stands without a number')
})

t.test('CSV has the heads of the JSON, number first, and all that the filters match', async (t) => {
  const { visitor } = await shopWithInvoices(t)
  const { body } = await visitor.get('/invoices?format=csv&status=sent')
  const [head = '', row = '', ...rest] = body.replace('\ufeff', '').split('\r\n')
  t.match(head, /^number,kind,subject,status,source,order,account,/)
  t.match(row, /^FA-2026-0042,invoice,Maintenance 2026,sent,manual,SO-2026-0008,CHOP,/)
  t.match(row, /,200\.00,40\.00,240\.00,0\.00,0\.00,240\.00,/)
  t.same(rest, [''])
  const french = await visitor.get('/invoices?format=csv&excel=fr&status=sent')
  t.match(french.body, /;200,00;40,00;240,00;0,00;0,00;240,00;/)
})

t.test('an invoice’s page reads right for a draft and for an issued one', async (t) => {
  const { visitor, draft, issued, recurring } = await shopWithInvoices(t)
  const page = await visitor.get(`/invoices/${draft(1)}?list=status%3Ddraft`)
  t.match(page.body, /Draft of 1 Feb 2026 · Hosting février 2026/)
  t.match(page.body, new RegExp(`/orders/${recurring}/occurrences/monthly/2026-02-01`))
  t.match(page.body, /href="\/invoices\?status=draft"/, 'the way back is the list as it was')
  t.match(page.body, /of 4/, 'with its place in it')
  t.match(page.body, /as the records have them now/)
  t.match(page.body, new RegExp(`/invoices/${draft(1)}/edit`))
  const json = await visitor.json(`/invoices/${draft(1)}`)
  t.match(json.body, {
    number: null,
    status: 'automatically_created',
    open: '0.00',
    period_start: '2026-02-01',
    period_end: '2026-02-28',
    lines: [{ quantity: '1', unit_price: '100.00', tax_rate: '20', net: '100.00' }],
    taxes: [{ category: 'S', rate: '20', base: '100.00', amount: '20.00' }],
  })
  const sent = await visitor.get(`/invoices/${issued}`)
  t.match(sent.body, /FA-2026-0042 · Maintenance 2026/)
  t.match(sent.body, /The Name At Issue/)
  t.match(sent.body, /as they were when the invoice was issued/)
  t.match(sent.body, /FA-2026-0042 is issued and never changes/)
  t.notMatch(sent.body, new RegExp(`href="/invoices/${issued}/edit`))
  t.match(sent.body, /Open<\/dt><dd>€240\.00/)
})

t.test('a draft says what it is marked for, and that its order changed', async (t) => {
  const { db, ownerDb, visitor, draft, recurring } = await shopWithInvoices(t)
  await db.updateTable('invoices').set({ issue_as: 'sent' }).where('id', '=', draft(0)).execute()
  const marked = await visitor.get(`/invoices/${draft(0)}`)
  t.match(marked.body, /Marked to be issued as sent on 1 Jan 2026\./)
  t.notMatch(marked.body, /The order changed/)
  await db.updateTable('customer_orders').set({ version: 2 }).where('id', '=', recurring).execute()
  t.notMatch((await visitor.get(`/invoices/${draft(0)}`)).body, /The order changed/, 'a status is no change')
  await ownerDb.transaction().execute(async (trx) => {
    await trx
      .updateTable('customer_order_lines')
      .set({ quantity: '2', net: '200' })
      .where('order_id', '=', recurring)
      .execute()
    await trx
      .updateTable('customer_order_taxes')
      .set({ base: '200', amount: '40' })
      .where('order_id', '=', recurring)
      .execute()
    await trx
      .updateTable('customer_orders')
      .set({ net: '200', tax: '40', gross: '240', version: 3 })
      .where('id', '=', recurring)
      .execute()
  })
  t.match(
    (await visitor.get(`/invoices/${draft(0)}`)).body,
    /The order changed after this draft was made: it now comes to €200\.00 net, this draft to €100\.00\./,
  )
})

t.test('an invoice of several orders is listed, shown, edited and deleted like the others', async (t) => {
  const { ownerDb, visitor, manual } = await shopWithInvoices(t)
  await ownerDb
    .updateTable('invoices')
    .set({ order_id: null, order_version: null })
    .where('id', '=', manual)
    .execute()
  t.match((await visitor.get('/invoices')).body, /Several orders/)
  t.match((await visitor.get(`/invoices/${manual}`)).body, /Several orders/)
  t.match((await visitor.json(`/invoices/${manual}`)).body, { order_id: null, order: null })
  t.match((await visitor.get('/invoices?format=csv')).body, /Maintenance 2026,created,manual,,CHOP/)
  t.equal((await visitor.get(`/invoices/${manual}/edit`)).status, 200)
  t.match(await visitor.post(`/invoices/${manual}`, { subject: 'Both' }), { status: 303 })
  t.match((await visitor.get(`/invoices/${manual}/deletion`)).body, /What it billed can be billed again/)
  t.match(await visitor.post(`/invoices/${manual}/deletion`, {}), { status: 303, location: '/invoices' })
})

t.test('invoices of another organisation do not exist', async (t) => {
  const { app, db, shop, draft } = await shopWithInvoices(t)
  const elsewhere = await db.transaction().execute(async (trx) => {
    const home = { organisation_id: shop.other_organisation_id }
    const user = await trx
      .insertInto('users')
      .values({ email: 'else@shop.test', name: 'Else', role: 'user', ...home })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('user_organisations')
      .values({ user_id: user.id, ...home })
      .execute()
    return user
  })
  const visitor = await Visitor.signedIn(app, elsewhere.id)
  t.match((await visitor.json('/invoices')).body, { items: [], total: 0 })
  for (const path of ['', '/edit', '/deletion']) {
    t.equal((await visitor.get(`/invoices/${draft(0)}${path}`)).status, 404, path)
  }
  for (const path of ['', '/status', '/deletion', '/calculation']) {
    const answer = await visitor.post(`/invoices/${draft(0)}${path}`, { status: 'created', period: 'free' })
    t.equal(answer.status, 404, path)
  }
})

t.test(
  'a draft is edited without scripts: priced, rows added and moved, saved, mistakes kept as typed',
  async (t) => {
    const { visitor, draft } = await shopWithInvoices(t)
    const id = draft(0)
    const form = {
      version: '1',
      subject: 'Hosting, changed',
      document_date: '2026-01-15',
      due_date: '',
      customer_order_number: 'PO-9',
      'lines[0][description]': 'Hosting',
      'lines[0][quantity]': '1,5',
      'lines[0][unit_price]': '40',
    }
    const priced = await visitor.post(`/invoices/${id}/calculation`, { ...form, step: 'add:section' })
    t.equal(priced.status, 200)
    t.match(priced.body, /data-kind="section"/)
    t.match(priced.body, /€72\.00/)
    t.match(await visitor.get(`/invoices/${id}`), { body: /Hosting janvier 2026/ }, 'nothing is saved')

    const wrong = await visitor.post(`/invoices/${id}`, {
      ...form,
      subject: '',
      'lines[0][quantity]': 'many',
    })
    t.equal(wrong.status, 422)
    t.match(wrong.body, /<title>Error: /)
    t.match(wrong.body, /value="many"/)
    t.match(wrong.body, /Line 1: enter the quantity as a number/)
    t.match(wrong.body, /Enter a subject\./)
    t.match(wrong.body, /value="PO-9"/)

    t.match(await visitor.post(`/invoices/${id}`, form), { status: 303, location: `/invoices/${id}` })
    const shown = await visitor.get(`/invoices/${id}`)
    t.match(shown.body, /The draft is saved\./)
    t.match(shown.body, /Draft of 15 Jan 2026 · Hosting, changed/)
    t.match(shown.body, /Hosting, 1\.5 piece × 40\.00/, 'the history says which line changed')
    t.match((await visitor.json(`/invoices/${id}`)).body, {
      net: '60.00',
      gross: '72.00',
      due_date: '2026-02-14',
      status: 'automatically_created',
      version: 2,
    })

    const late = await visitor.post(`/invoices/${id}`, { ...form, subject: 'Hosting, late' })
    t.equal(late.status, 422)
    t.match(late.body, /saved this draft at \d\d:\d\d\. Choose what to keep/)
    t.match(late.body, /value="Hosting, late"/)
    t.match(late.body, /name="version" value="2"/)
  },
)

t.test('a status is taken where it exists', async (t) => {
  const { visitor, draft, issued } = await shopWithInvoices(t)
  t.match(await visitor.post(`/invoices/${draft(0)}/status`, { status: 'created' }), { status: 303 })
  t.match((await visitor.json(`/invoices/${draft(0)}`)).body, { status: 'created' })
  for (const status of ['issued', '']) {
    const answer = await visitor.post(
      `/invoices/${draft(0)}/status`,
      { status },
      { accept: 'application/json' },
    )
    t.equal(answer.status, 422, status)
    t.match(JSON.parse(answer.body), { errors: [{ field: 'status' }] })
  }
  const refused = await visitor.post(
    `/invoices/${issued}/status`,
    { status: 'created' },
    { accept: 'application/json' },
  )
  t.equal(refused.status, 409)
  t.match(JSON.parse(refused.body), { refusals: [{ code: 'invoice_issued' }] })
})

t.test('deleting asks first, settles the period, and answers whoever comes twice', async (t) => {
  const { visitor, draft, issued, recurring } = await shopWithInvoices(t)
  const asked = await visitor.get(`/invoices/${draft(1)}/deletion`)
  t.match(asked.body, /net €100\.00, gross €120\.00/)
  t.match(asked.body, /What about the period February 2026 of SO-2026-0007\?/)
  const missing = await visitor.post(`/invoices/${draft(1)}/deletion`, { period: 'skip', reason: ' ' })
  t.equal(missing.status, 422)
  t.match(missing.body, /Say why the period is not billed\./)
  t.match(missing.body, /value="skip" checked/)
  t.match(await visitor.post(`/invoices/${draft(1)}/deletion`, { period: 'skip', reason: 'Holidays' }), {
    status: 303,
    location: `/orders/${recurring}/invoices`,
  })
  t.match((await visitor.get('/')).body, /Its period is not billed\./)
  const again = await visitor.post(`/invoices/${draft(1)}/deletion`, { period: 'free' })
  t.equal(again.status, 409)
  t.match(again.body, /Ute Weber deleted this draft already/)
  t.equal((await visitor.get(`/invoices/${draft(1)}`)).status, 404)

  t.match((await visitor.get(`/invoices/${issued}/deletion`)).body, /it is never deleted/)
  const refused = await visitor.post(`/invoices/${issued}/deletion`, {}, { accept: 'application/json' })
  t.match([refused.status, JSON.parse(refused.body)], [409, { refusals: [{ code: 'invoice_issued' }] }])
  const fromList = await visitor.post(`/invoices/${draft(0)}/deletion?list=status%3Ddraft`, {
    period: 'free',
  })
  t.equal(fromList.location, '/invoices?status=draft')
})

t.test('all of it in French, each page', async (t) => {
  const { db, shop, visitor, draft, issued } = await shopWithInvoices(t)
  await db.updateTable('users').set({ language: 'fr' }).where('id', '=', shop.user_id).execute()
  t.match((await visitor.get('/invoices')).body, /1–5 sur 5 factures/)
  t.match((await visitor.get(`/invoices/${draft(0)}`)).body, /Brouillon du 1er janvier 2026/)
  t.match((await visitor.get(`/invoices/${draft(0)}/edit`)).body, /Modifier le brouillon/)
  t.match((await visitor.get(`/invoices/${draft(0)}/deletion`)).body, /Supprimer ce brouillon\u202f\?/)
  t.match((await visitor.get(`/invoices/${issued}`)).body, /Vendeur/)
  const priced = await visitor.post(`/invoices/${draft(0)}`, {
    'lines[0][description]': 'Thé',
    'lines[0][quantity]': '2',
    'lines[0][unit_price]': '1 234,5',
  })
  t.equal(priced.status, 303)
  t.match((await visitor.get(`/invoices/${draft(0)}`)).body, /2\u202f469,00\u00a0€/)
})
