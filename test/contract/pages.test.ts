import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { z } from 'zod'
import type { Database } from '../../src/data/database.ts'
import { insertKeptForm } from '../../src/data/sessions.ts'
import { routes } from '../../src/routes.ts'
import { testDatabase } from '../support/database.ts'
import { customersCsv, madeImport } from '../support/imports.ts'
import { runOn } from '../support/runs.ts'
import { makeRecurringOrder, makeShop, type Shop } from '../support/shop.ts'
import { type Answer, testApp, Visitor } from '../support/web.ts'

/** What a program that knows addresses, fields and keys alone may rely on, whatever else changes. */
const json = { accept: 'application/json' }
const mistakes = z.object({ errors: z.array(z.object({ field: z.string(), message: z.string().min(1) })) })
const list = z.object({
  items: z.array(z.looseObject({ id: z.string() })),
  next: z.string().nullable(),
  total: z.number().nullable(),
})
const record = z.looseObject({ id: z.string(), version: z.number() })

type Party = { db: Database; app: FastifyInstance; shop: Shop; admin: Visitor; user: Visitor }

async function party(t: Tap.Test): Promise<Party> {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const [admin, user] = [
    await Visitor.signedIn(app, shop.admin_id),
    await Visitor.signedIn(app, shop.user_id),
  ]
  return { db, app, shop, admin, user }
}

declare namespace Tap {
  type Test = { teardown(end: () => unknown): unknown }
}

/** The fields of a small order of the Paris account. */
function orderFields(shop: Shop, more: Record<string, string> = {}): Record<string, string> {
  return {
    subject: 'Maintenance',
    account_id: shop.accounts.paris,
    'lines[0][description]': 'Visit',
    'lines[0][quantity]': '1',
    'lines[0][unit_price]': '5',
    ...more,
  }
}

async function made(visitor: Visitor, url: string, fields: Record<string, string>): Promise<string> {
  const answer = await visitor.post(url, fields, json)
  if (answer.status !== 303) throw new Error(`${url} answered ${answer.status}: ${answer.body}`)
  return answer.location
}

async function read<T>(visitor: Visitor, url: string, schema: z.ZodType<T>): Promise<T> {
  const { status, body } = await visitor.json(url)
  if (status !== 200) throw new Error(`${url} answered ${status}`)
  return schema.parse(body)
}

function errorsOf(answer: Answer): string[] {
  return mistakes.parse(JSON.parse(answer.body)).errors.map(({ field }) => field)
}

t.test('signed out, pages lead to sign-in and programs get 401; nothing between keeps either', async (t) => {
  const { app, shop } = await party(t)
  const stranger = new Visitor(app)
  for (const { method, access, url } of routes.filter((route) => route.access !== 'anybody')) {
    const address = url.replace(/:\w+/g, shop.term_id)
    const asked = method === 'GET' ? await stranger.get(address) : await stranger.post(address, {})
    if (method === 'GET') {
      t.match(
        asked,
        { status: 303, location: `/login?next=${encodeURIComponent(address)}` },
        `${url} ${access}`,
      )
    } else t.match(asked.body, /name="password"/, `${url} asks to sign in`)
    const answer =
      method === 'GET' ? await stranger.get(address, json) : await stranger.post(address, {}, json)
    t.equal(answer.status, 401, `${method} ${url}`)
    for (const { headers } of [asked, answer]) {
      t.match(headers, { vary: 'Accept, Cookie', 'cache-control': 'no-store' }, `${method} ${url}`)
    }
  }
})

t.test('every page has its JSON twin, at the same address', async (t) => {
  const { admin, db, shop } = await party(t)
  await made(admin, '/orders', orderFields(shop))
  await made(admin, '/suppliers', { name: 'Exotic Liquids', country: 'GB' })
  const order = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-31' } })
  await made(admin, '/views', { list: 'orders', name: 'Large', query: 'sort=-net' })
  await made(admin, '/orders/batches', { action: 'approve', 'ids[]': order })
  await made(admin, '/activities', { subject: 'Call', order_id: order })
  const filed = { files: { name: 'a.txt', content: Buffer.from('a') } }
  await admin.upload(`/orders/${order}/documents`, {}, filed)
  await runOn(db, '2026-02-28')
  await madeImport(db, shop, 'customers', customersCsv)
  const rate = { from_currency: 'USD', to_currency: 'EUR', rate: '0.9', rate_date: '2026-01-02' }
  await made(admin, '/settings/exchange-rates', rate)
  for (const { url } of routes.filter(({ method, access }) => method === 'GET' && access !== 'anybody')) {
    // Files to download are no pages.
    if (/logo|templates|\/(file|pdf)s?(\/|$)|\/mistakes\//.test(url)) continue
    // Payments and the lines of a bank are asked for where some are made: controllers/payments.test.ts.
    if (/:payment_id|\/payments\/(lines|receipts)\/:id/.test(url)) continue
    // Documents are listed where they are filed.
    const of = url.startsWith('/documents/') ? `/orders/${order}/documents` : /^(.*)\/:id/.exec(url)?.[1]
    const id = of === undefined ? '' : ((await read(admin, of, list)).items[0]?.id ?? '')
    const address = url
      .replace(':id', url.startsWith('/orders/') ? order : id)
      .replace(':frequency/:period_start', 'monthly/2026-01-01')
      .replace(':name', 'recurring-invoices')
      .replace(
        ':organisation_id/:kind/:year',
        `${shop.organisation_id}/invoice/${new Date().getUTCFullYear()}`,
      )
    const [page, twin] = [await admin.get(address), await admin.get(address, json)]
    t.match(twin.headers, { vary: 'Accept, Cookie', 'cache-control': 'no-store' }, url)
    t.match(twin.headers['content-type'], /^application\/json/, `${url} as JSON`)
    t.ok([200, 409].includes(twin.status), `${url} as JSON: ${twin.status}`)
    if (page.status === 200) t.match(page.body, /name="_csrf"/, `${url} holds a token`)
  }
})

t.test(
  'lists page by cursor and limit, and their CSV has heads that JSON has, the number first',
  async (t) => {
    const { admin, db, shop } = await party(t)
    for (const subject of ['A', 'B', 'C']) await made(admin, '/orders', orderFields(shop, { subject }))
    const order = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-31' } })
    await runOn(db, '2026-03-31')
    const seen: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page: z.infer<typeof list> = await read(admin, `/orders?limit=3&cursor=${next}`, list)
      t.equal(page.total, 4)
      seen.push(...page.items.map(({ id }) => id))
      next = page.next === null ? null : encodeURIComponent(page.next)
    }
    t.equal(new Set(seen).size, 4)
    t.equal(seen.length, 4)
    for (const limit of ['0', '501', '-1', 'many']) {
      t.equal((await admin.json(`/orders?limit=${limit}`)).status, 200, limit)
    }
    const lists = [
      '/orders',
      '/invoices',
      `/orders/${order}/invoices`,
      '/accounts',
      '/contacts',
      '/products',
      '/users',
    ]
    for (const url of [...lists, '/organisations', '/settings/tax-rates', '/settings/payment-terms']) {
      const [item = {}] = (await read(admin, url, list)).items
      const csv = await admin.get(`${url}?format=csv`)
      const [heads = ''] = csv.body.replace('\uFEFF', '').split('\r\n')
      for (const head of heads.split(',')) t.ok(head in item, `${url}: ${head}`)
      if ('number' in item) t.match(heads, /^number,/, url)
    }
    const french = await admin.get('/orders?format=csv&excel=fr&q=A')
    t.match(french.body, /^\uFEFFnumber;subject;/)
    t.match(french.body, /;5,00;1,00;6,00;/)
    const page = await admin.get('/orders?status=created&sort=-gross')
    t.match(page.body, /href="\/orders\/[0-9a-f-]{36}\?list=status%3Dcreated%26sort%3D-gross"/)
  },
)

t.test('an order says in JSON what its form takes, in decimals of its currency', async (t) => {
  const { admin, shop } = await party(t)
  const address = await made(admin, '/orders', {
    ...orderFields(shop, { currency: 'KWD', customer_order_number: 'PO-7' }),
    'lines[0][quantity]': '3.500',
    'lines[0][unit_price]': '1.2345',
    'lines[1][kind]': 'section',
    'lines[1][description]': 'Goods',
    'lines[7][product_code]': 'chai',
    'lines[7][quantity]': '2',
    'lines[7][unit_price]': '0.000001',
    'shipping_address[city]': 'Lyon',
  })
  t.match(address, /^\/orders\/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f-]{17}$/, 'an id in order of time')
  const order = await read(admin, address, record)
  t.match(order, {
    status: 'created',
    finalized_at: null,
    account: { id: shop.accounts.paris, code: 'CHOP', name: 'Chop-suey Chinese' },
    account_id: shop.accounts.paris,
    contact: null,
    contact_id: null,
    quote: null,
    quote_id: null,
    assigned_to_id: null,
    customer_order_number: 'PO-7',
    organisation: { code: 'AN' },
    organisation_id: shop.organisation_id,
    currency: 'KWD',
    recurrence: null,
    version: 1,
    shipping_address: { city: 'Lyon' },
    invoicing_address: { city: 'Paris', country: 'FR' },
    lines: [
      {
        kind: 'item',
        quantity: '3.5',
        unit_price: '1.2345',
        discount_percent: '0',
        tax_rate: '20',
        tax_rate_id: shop.rates.fr20,
        net: '4.321',
        unit: 'C62',
        delivered_quantity: '0',
        invoiced_quantity: '0',
      },
      { kind: 'section', quantity: null, net: null },
      { product_id: shop.products.chai, unit_price: '0.000001', tax_rate: '5.5', net: '0.000' },
    ],
    taxes: [
      { category: 'S', rate: '5.5', base: '0.000', amount: '0.000' },
      { category: 'S', rate: '20', base: '4.321', amount: '0.864' },
    ],
    net: '4.321',
    tax: '0.864',
    gross: '5.185',
  })
  const yen = await made(admin, '/orders', orderFields(shop, { currency: 'JPY' }))
  t.match((await admin.json(yen)).body, { net: '5', tax: '1', gross: '6' })
  const nothing = await made(admin, '/orders', orderFields(shop, { 'lines[0][unit_price]': '-0.001' }))
  t.match((await admin.json(nothing)).body, { net: '0.00', gross: '0.00' }, 'zero has no sign')
})

t.test(
  'mistakes come by the names that were posted, and the form comes back with everything in it',
  async (t) => {
    const { user, shop } = await party(t)
    const wrong = orderFields(shop, {
      subject: '',
      order_date: '2026-02-30',
      currency: 'ZZZ',
      'lines[14][description]': 'kept as typed',
      'lines[14][quantity]': 'many',
      'lines[14][unit_price]': '1',
      'lines[15][kind]': 'weird',
      'lines[15][description]': 'x',
      'shipping_address[country]': 'QQ',
      'shipping_address[street]': 'x',
    })
    const answer = await user.post('/orders', wrong, json)
    t.equal(answer.status, 422)
    const named = ['subject', 'order_date', 'currency', 'lines[14][quantity]', 'lines[15][kind]']
    t.same(
      errorsOf(answer)
        .filter((field) => named.includes(field))
        .sort(),
      named.sort(),
    )
    t.ok(errorsOf(answer).includes('shipping_address[country]'))
    const page = await user.post('/orders', wrong)
    t.equal(page.status, 422)
    t.match(page.body, 'kept as typed')
    t.match(page.body, 'value="many"')
    const calculated = await user.post('/orders/calculation', wrong, json)
    t.equal(calculated.status, 200, 'a calculation answers with the totals and the mistakes')
    t.match(JSON.parse(calculated.body), { net: /^\d+\.\d\d$/, taxes: [{ rate: '20' }] })
    t.ok(errorsOf(calculated).includes('lines[14][quantity]'))
    t.match(await user.post('/orders/calculation', wrong), { status: 200, body: /<form/ })
    t.match((await user.json('/orders')).body, { total: 0 }, 'nothing was saved')
  },
)

t.test(
  'a save over another is told the new version and both texts; without a version nothing is compared',
  async (t) => {
    const { user, admin, shop } = await party(t)
    const address = await made(user, '/orders', orderFields(shop))
    const supplier = await made(user, '/suppliers', { code: 'EX', name: 'Exotic', country: 'GB' })
    for (const [url, name, fields] of [
      [address, 'subject', orderFields(shop)],
      [supplier, 'name', { code: 'EX', country: 'GB' }],
    ] as const) {
      await made(admin, url, { ...fields, [name]: 'Theirs', version: '1' })
      const mine = { ...fields, [name]: 'Mine', version: '1' }
      const answer = await user.post(url, mine, json)
      t.equal(answer.status, 422, url)
      t.match(JSON.parse(answer.body), {
        errors: [{ field: 'version' }],
        version: 2,
        conflicts: [{ field: name, theirs: 'Theirs', yours: 'Mine' }],
      })
      const page = await user.post(url, mine)
      t.equal(page.status, 422)
      for (const text of ['Theirs', 'Mine', /name="version" value="2"/]) t.match(page.body, text)
      await made(user, url, { ...fields, [name]: 'Unasked' })
      t.match((await user.json(url)).body, { [name]: 'Unasked', version: 3 })
    }
  },
)

t.test('a token decides: any of the session, whatever the origin, and none but those', async (t) => {
  const { user, shop } = await party(t)
  const address = await made(user, '/orders', orderFields(shop))
  const tokenOf = async (url: string) =>
    /name="_csrf" value="([^"]+)"/.exec((await user.get(url)).body)?.[1] ?? ''
  const tokens = [await tokenOf('/orders'), await tokenOf('/accounts/new'), await tokenOf('/')]
  for (const _csrf of [...tokens, ...tokens]) {
    t.match(await user.post(`${address}/duplicate`, { _csrf }), { status: 303, location: /^\/orders\// })
  }
  t.match(await user.post(`${address}/duplicate`, {}, { origin: 'http://comptoir.test' }), { status: 303 })
  const forged = await user.post(`${address}/duplicate`, { _csrf: 'made up' }, json)
  t.equal(forged.status, 403)
  t.match(JSON.parse(forged.body), { message: /not sent from a page of your session/ })
  t.match((await user.json('/orders')).body, { total: 8 })
})

t.test(
  'a POST whose session has ended shows the sign-in, keeps its fields and goes on to the form',
  async (t) => {
    const { app, db, shop } = await party(t)
    const stranger = new Visitor(app)
    const lost = await stranger.post('/orders', orderFields(shop, { subject: 'Kept for later' }))
    t.match(lost.body, /name="password"/)
    t.match(lost.body, /Kept for later/)
    t.match(lost.body, /name="next" value="\/orders\/new"/)
    const user = await Visitor.signedIn(app, shop.user_id)
    const id = await insertKeptForm(db, shop.user_id, [['subject', 'Kept for later']])
    t.match((await user.get(`/orders/new?kept=${id}`)).body, /Kept for later/)
  },
)

t.test(
  'what belongs to another organisation is not there, and what admins do is not there for users',
  async (t) => {
    const { admin, user, shop } = await party(t)
    const fields = orderFields(shop, { organisation_id: shop.other_organisation_id, subject: 'Elsewhere' })
    const address = await made(admin, '/orders', fields)
    const id = address.slice('/orders/'.length)
    for (const route of routes.filter(({ url }) => url.startsWith('/orders/:id'))) {
      const url = route.url.replace(':id', id).replace(':frequency/:period_start', 'monthly/2026-01-01')
      const answer =
        route.method === 'GET'
          ? await user.get(url, json)
          : await user.post(url, { ...fields, status: 'approved', reason: 'x' }, json)
      t.equal(answer.status, 404, `${route.method} ${route.url}`)
    }
    for (const url of ['/orders', '/orders?q=Elsewhere', `/accounts/${shop.accounts.paris}/orders`]) {
      t.match((await user.json(url)).body, { total: 0 }, url)
    }
    t.notMatch((await user.get('/orders?format=csv')).body, 'Elsewhere')
    t.same(errorsOf(await user.post('/orders', fields, json)), ['organisation_id'])
    for (const route of routes.filter(({ access }) => access === 'admin')) {
      const url = route.url.replace(/:\w+/g, shop.term_id)
      const answer = route.method === 'GET' ? await user.get(url, json) : await user.post(url, {}, json)
      t.equal(answer.status, 404, `${route.method} ${route.url}`)
    }
    for (const url of ['/nope', '/orders/nope', '/orders/%zz', `/orders/${'a'.repeat(3000)}`]) {
      t.equal((await user.get(url)).status, 404, url.slice(0, 20))
      t.equal((await user.json(url)).status, 404, url.slice(0, 20))
    }
    t.equal((await user.json('/orders?q=%00')).status, 200, 'a NUL is nothing to look for')
  },
)

t.test('what is impossible whatever is typed is 409 with its reasons', async (t) => {
  const { user, shop } = await party(t)
  const address = await made(user, '/orders', orderFields(shop))
  await made(user, `${address}/status`, { status: 'approved' })
  await made(user, `${address}/status`, { status: 'delivered' })
  const refused = await user.post(`${address}/status`, { status: 'approved' }, json)
  t.equal(refused.status, 409)
  t.match(JSON.parse(refused.body), { refusals: [{ code: /^\w+$/, message: /\.$/ }] })
  t.match(await user.post(`${address}/status`, { status: 'approved' }), { status: 409, body: /delivered/ })
  t.same(errorsOf(await user.post(`${address}/status`, { status: 'nonsense' }, json)), ['status'])
  t.match(await user.post(`${address}/deletion`, {}), { status: 303, location: '/orders' })
  t.equal((await user.json(address)).status, 404)
})

t.test('a recurrence is set, foreseen, generated and mended by the names its JSON has', async (t) => {
  const { db, user, shop } = await party(t)
  const address = await made(user, '/orders', orderFields(shop))
  const settings = {
    enabled: 'on',
    frequency: 'monthly',
    start_date: '2026-01-31',
    invoice_subject: 'Visit {MMM} {YYYY}',
    document_date_preference: 'last_day_current_period',
    bill_from: '2026-01-31',
    end_date: '2026-04-30',
  }
  await made(user, `${address}/recurrence`, settings)
  t.match((await user.json(`${address}/recurrence`)).body, {
    ...settings,
    enabled: true,
    payment_term_id: shop.term_id,
    last_day: false,
    usage_scope: 'none',
    bill_parent: false,
    recipients: [],
    version: 1,
  })
  const bad = { enabled: 'on', frequency: 'hourly', start_date: '2026-02-30', recipients: 'nobody' }
  t.same(
    errorsOf(await user.post(`${address}/recurrence`, bad, json)).filter((field) => field in bad),
    ['frequency', 'start_date', 'recipients'],
  )
  const decade = { ...settings, start_date: '2010-01-31', bill_from: '2010-01-31' }
  t.same(errorsOf(await user.post(`${address}/recurrence`, decade, json)), ['confirm_catch_up'])
  const preview = await user.json(`${address}/recurrence/preview?${new URLSearchParams(settings)}`)
  t.match(preview.body, { coming: Array, missed: { count: Number, sum: String } })

  await runOn(db, '2026-03-15')
  const { items } = await read(user, `${address}/invoices`, list)
  t.match(items.map(({ period_start }) => period_start).sort(), ['2026-01-01', '2026-02-01'])
  const invoice = items.find(({ period_start }) => period_start === '2026-01-01')
  t.match((await user.json(`/invoices/${invoice?.id}`)).body, {
    ...invoice,
    kind: 'invoice',
    source: 'recurring',
    order_id: address.slice('/orders/'.length),
    account: { code: 'CHOP' },
    service_start: String,
    service_end: String,
    due_date: String,
    open: String,
    lines: [{ quantity: '1', unit_price: '5.00', net: '5.00', tax_rate: '20' }],
    taxes: [{ category: 'S', rate: '20', base: '5.00', amount: '1.00' }],
    version: 1,
  })
  t.same(errorsOf(await user.post(`/invoices/${invoice?.id}/deletion`, {}, json)), ['period'])
  await made(user, `/invoices/${invoice?.id}/deletion`, { period: 'skip' })
  const period = (start: string) => `${address}/occurrences/monthly/${start}`
  t.match((await user.json(period('2026-01-01'))).body, { state: 'skipped', reason: /\.$/ })
  const settled = await user.post(`${period('2026-02-01')}/skip`, { reason: 'x' }, json)
  t.match(settled, { status: 409, body: /^\{"refusals":\[\{"code":"invoiced"/ })
  await made(user, `${period('2026-03-01')}/hold`, {})
  t.match((await user.json(period('2026-03-01'))).body, { state: 'held' })
  t.same(errorsOf(await user.post(`${period('2026-04-01')}/skip`, {}, json)), ['reason'])
  await made(user, `${period('2026-04-01')}/skip`, { reason: 'A gift' })
  await made(user, `${period('2026-04-01')}/invoice`, {})
  t.match((await user.json(period('2026-04-01'))).body, { state: 'due' })
  for (const nowhere of ['2026-01-02', '2026-06-01', '2026-13-01']) {
    t.equal((await user.json(period(nowhere))).status, 404, nowhere)
  }
})

t.test('masters post back what their JSON says, under the same names', async (t) => {
  const { admin, db } = await party(t)
  await db.updateTable('accounts').set({ phone: '+33 1' }).where('code', '=', 'CHOP').execute()
  await made(admin, '/suppliers', { code: 'EX', name: 'Exotic', country: 'GB', email: 'a@ex.test' })
  const aside = ['id', 'version', 'archived_at']
  for (const [url, changes] of [
    ['/accounts', { code: 'COPY' }],
    ['/contacts', { name: 'Copy' }],
    ['/products', { code: 'COPY' }],
    ['/suppliers', { code: 'COPY' }],
    ['/users', { email: 'copy@shop.test' }],
    ['/organisations', { code: 'CP' }],
    ['/settings/tax-rates', { code: 'COPY' }],
    ['/settings/payment-terms', { code: 'COPY' }],
  ] as const) {
    const before = new Set((await read(admin, url, list)).items.map(({ id }) => id))
    const [first] = before
    const original = await read(admin, `${url}/${first}`, record)
    const fields = formOf(original).filter(([name]) => !aside.includes(name) && !(name in changes))
    const answer = await admin.post(url, [...fields, ...Object.entries(changes)], json)
    t.equal(answer.status, 303, `${url} ${answer.body}`)
    const copy = (await read(admin, url, list)).items.find(({ id }) => !before.has(id))
    t.match((await admin.json(`${url}/${copy?.id}`)).body, {
      ...original,
      ...changes,
      id: copy?.id,
      version: 1,
    })
  }
})

/** A record as a form would post it: nested names in brackets, lists by commas or as several fields, nothing for null and false. */
function formOf(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, part]: [string, unknown]): [string, string][] => {
    const name = prefix === '' ? key : `${prefix}[${key}]`
    if (part === null || part === false) return []
    if (part === true) return [[name, 'on']]
    if (Array.isArray(part) && key.endsWith('_ids')) return part.map((one) => [`${name}[]`, String(one)])
    if (Array.isArray(part) && part.every((one) => typeof one === 'string')) return [[name, part.join(', ')]]
    if (typeof part === 'object' && part !== null) return formOf(part, name)
    return [[name, String(part)]]
  })
}
