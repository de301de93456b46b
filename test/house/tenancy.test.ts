import t from 'tap'
import { routes } from '../../src/routes.ts'
import { testDatabase } from '../support/database.ts'
import { runOn } from '../support/runs.ts'
import { makeRecurringOrder, makeShop } from '../support/shop.ts'
import { type Answer, testApp, Visitor } from '../support/web.ts'

const nobodys = '01990000-0000-7000-8000-000000000000'
const secret = 'Secret of Maison Sud'

/** A shop of two organisations with the same kind of documents in both; the user works in the first alone. */
async function twoOrganisations(t: { teardown(end: () => unknown): unknown }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const order = async (organisation_id: string, number: string, subject: string) => {
    const lines = [{ unit_price: '77777.77' }]
    const recurrence = { start_date: '2026-01-01', invoice_subject: `${subject} {MMM}` }
    return makeRecurringOrder(db, shop, { organisation_id, number, lines, recurrence, order: { subject } })
  }
  const own = await order(shop.organisation_id, 'SO-OWN', 'Own')
  const foreign = await order(shop.other_organisation_id, 'SO-FOREIGN', secret)
  await runOn(db, '2026-02-15')
  const invoice = async (orderId: string) =>
    (
      await db
        .selectFrom('invoices')
        .select('id')
        .where('order_id', '=', orderId)
        .orderBy('period_start')
        .limit(1)
        .executeTakeFirstOrThrow()
    ).id
  const stranger = await db.transaction().execute(async (trx) => {
    const organisation_id = shop.other_organisation_id
    const made = await trx
      .insertInto('users')
      .values({ email: 'stranger@shop.test', name: 'Otto Fremd', role: 'user', organisation_id })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx.insertInto('user_organisations').values({ user_id: made.id, organisation_id }).execute()
    return made
  })
  return {
    db,
    shop,
    user: await Visitor.signedIn(app, shop.user_id),
    admin: await Visitor.signedIn(app, shop.admin_id),
    stranger_id: stranger.id,
    own: { order: own, invoice: await invoice(own) },
    foreign: { order: foreign, invoice: await invoice(foreign) },
  }
}

/** What can be told from an answer, without what differs in each: the token, and the id that was asked for. */
function told({ status, location, body, headers }: Answer, id: string) {
  const text = body
    .replace(/name="_csrf" value="[^"]+"/g, '')
    .replaceAll(id, 'ID')
    .replace(/req-\w+/g, '')
  return { status, location: location.replaceAll(id, 'ID'), type: headers['content-type'], text }
}

t.test('a document of another organisation answers as one that does not exist', async (t) => {
  const { db, user, admin, foreign } = await twoOrganisations(t)
  const documents = routes.filter(({ url }) => /^\/(orders|invoices)\/:id/.test(url))
  t.ok(documents.length > 20, 'there are addresses of documents')
  const before = await contentOf(db)
  for (const { method, url } of documents) {
    const id = url.startsWith('/orders') ? foreign.order : foreign.invoice
    const at = (each: string) =>
      url.replace(':id', each).replace(':frequency', 'monthly').replace(':period_start', '2026-01-01')
    for (const accept of ['text/html', 'application/json']) {
      const ask = (each: string) =>
        method === 'GET' ? user.get(at(each), { accept }) : user.post(at(each), everyField, { accept })
      const answer = await ask(id)
      t.equal(answer.status, 404, `${method} ${url} as ${accept}`)
      t.same(
        told(answer, id),
        told(await ask(nobodys), nobodys),
        `${method} ${url} as ${accept} tells nothing`,
      )
      t.notMatch(answer.body, /Maison Sud|SO-FOREIGN|77.?777/, `${method} ${url} as ${accept} shows nothing`)
    }
    if (method === 'GET') {
      const answer = await user.get(`${at(id)}?format=csv&list=`)
      t.equal(answer.status, 404, `${url} as CSV`)
      t.not((await admin.get(at(id))).status, 500, `${url} is a page for those who work there`)
    }
  }
  t.same(await contentOf(db), before, 'and nothing of it changed')
})

/** Fields that each of the actions would act on. */
const everyField = {
  subject: 'Taken over',
  status: 'cancelled',
  reason: 'none of theirs',
  period: 'free',
  enabled: 'on',
  frequency: 'monthly',
  start_date: '2026-01-01',
  version: '1',
}

async function contentOf(db: Awaited<ReturnType<typeof twoOrganisations>>['db']) {
  return {
    orders: await db.selectFrom('customer_orders').selectAll().orderBy('id').execute(),
    recurrences: await db.selectFrom('recurrences').selectAll().orderBy('order_id').execute(),
    occurrences: await db.selectFrom('recurrence_occurrences').selectAll().orderBy('period_start').execute(),
    invoices: await db.selectFrom('invoices').selectAll().orderBy('id').execute(),
    audit: await db.selectFrom('audit_entries').select('id').orderBy('id').execute(),
  }
}

t.test('no list, filter, cursor or way back holds a document of another organisation', async (t) => {
  const { shop, user, admin, own, foreign, stranger_id } = await twoOrganisations(t)
  const seen = /SO-FOREIGN|Secret of|Maison Sud|Otto Fremd/
  const filters = [
    '',
    'q=SO-FOREIGN',
    'q=Secret',
    `organisation_id=${shop.other_organisation_id}`,
    `order_id=${foreign.order}`,
    'order_number=SO-FOREIGN',
    `account_id=${shop.accounts.paris}`,
    `assigned_to_id=${stranger_id}`,
    'status=draft',
    'sum=on',
    'sort=-net',
    'sort=match&q=SO-FOREIGN',
  ]
  const lists = ['/orders', '/invoices', `/accounts/${shop.accounts.paris}/orders`]
  for (const list of lists) {
    for (const filter of filters) {
      for (const suffix of ['', '&format=csv', '&limit=1']) {
        const url = `${list}?${filter}${suffix}`
        // What was asked for may stand in the form again.
        const json = { accept: 'application/json' }
        const bodies = [(await user.get(url)).body, (await user.get(url, json)).body]
        const asked = /q=|number=/.test(filter) ? /Secret of|Maison Sud|Otto Fremd/ : seen
        for (const body of bodies) t.notMatch(body, asked, url)
      }
    }
    const own = await user.json(list)
    const all = await admin.json(list)
    t.match(JSON.stringify(all.body), /SO-FOREIGN/, `${list} holds it for those who work there`)
    t.notSame(own.body, all.body)
    const next = (await admin.json(`${list}?limit=1&sort=number`)).body
    const cursor = typeof next === 'object' && next !== null && 'next' in next ? String(next.next) : ''
    t.notMatch(
      (await user.get(`${list}?limit=1&sort=number&cursor=${cursor}`)).body,
      seen,
      `${list} by a cursor`,
    )
  }
  for (const [kind, id] of [
    ['orders', own.order],
    ['invoices', own.invoice],
  ] as const) {
    for (const filter of filters) {
      const answer = await user.get(`/${kind}/${id}?list=${encodeURIComponent(filter)}`)
      t.notOk(
        answer.body.includes(`/orders/${foreign.order}`),
        `${kind} from the list ${filter} leads to no foreign order`,
      )
      t.notOk(
        answer.body.includes(`/invoices/${foreign.invoice}`),
        `${kind} from the list ${filter} leads to no foreign invoice`,
      )
    }
  }
  for (const url of [
    '/',
    '/orders/new',
    `/orders/new?account_id=${shop.accounts.paris}`,
    `/accounts/${shop.accounts.paris}`,
    '/accounts',
    '/search?q=SO',
    '/search?q=foreign',
    '/search?q=Secret',
    '/search?q=maison',
    '/search?q=fremd',
    '/profile',
    `/orders/${own.order}/edit`,
    `/orders/${own.order}/history`,
    `/orders/${own.order}/invoices`,
    `/orders/${own.order}/recurrence`,
    `/invoices/${own.invoice}/edit`,
  ]) {
    t.notMatch((await user.get(url)).body, seen, url)
    t.notMatch(JSON.stringify((await user.json(url)).body), seen, `${url} as JSON`)
  }
  t.equal((await user.get(`/organisations/${shop.other_organisation_id}/logo`)).status, 404)
})

t.test('no form takes an organisation, a user or a line of where one does not work', async (t) => {
  const { db, shop, user, own, foreign, stranger_id } = await twoOrganisations(t)
  const json = { accept: 'application/json' }
  const order = {
    subject: 'Mine',
    account_id: shop.accounts.paris,
    'lines[0][description]': 'Visit',
    'lines[0][quantity]': '1',
    'lines[0][unit_price]': '5',
  }
  const foreignLine = await db
    .selectFrom('customer_order_lines')
    .select('id')
    .where('order_id', '=', foreign.order)
    .executeTakeFirstOrThrow()
  const wrong = [
    ['organisation_id', shop.other_organisation_id],
    ['assigned_to_id', stranger_id],
  ] as const
  for (const [field, id] of wrong) {
    for (const [url, name] of [
      ['/orders', 'a new order'],
      [`/orders/${own.order}`, 'an order'],
    ] as const) {
      const answer = await user.post(url, { ...order, [field]: id }, json)
      t.match(answer, { status: 422, body: new RegExp(`"field":"${field}"`) }, `${name} with ${field}`)
      const unknown = await user.post(url, { ...order, [field]: nobodys }, json)
      t.equal(answer.body, unknown.body, `${name} with ${field} says what it says of one that does not exist`)
    }
  }
  await user.post(`/orders/${own.order}`, { ...order, 'lines[0][id]': foreignLine.id }, json)
  await user.post(
    `/invoices/${own.invoice}`,
    { 'lines[0][id]': foreignLine.id, 'lines[0][description]': 'x' },
    json,
  )
  await user.post(`/orders/${own.order}/recurrence`, { ...everyField, responsible_id: stranger_id }, json)
  const line = await db
    .selectFrom('customer_order_lines')
    .selectAll()
    .where('id', '=', foreignLine.id)
    .execute()
  t.match(line, [{ order_id: foreign.order, description: 'Line 1' }], 'a foreign line stays where it is')
  const recurrences = await db.selectFrom('recurrences').select('responsible_id').execute()
  t.notOk(
    recurrences.some((row) => row.responsible_id === stranger_id),
    'and no stranger is responsible',
  )
})

t.test('whoever no longer works in an organisation loses its documents at the next page', async (t) => {
  const { db, shop, admin, foreign } = await twoOrganisations(t)
  t.equal((await admin.get(`/orders/${foreign.order}`)).status, 200)
  await db
    .deleteFrom('user_organisations')
    .where('user_id', '=', shop.admin_id)
    .where('organisation_id', '=', shop.other_organisation_id)
    .execute()
  t.equal((await admin.get(`/orders/${foreign.order}`)).status, 404, 'an admin too')
})
