import t from 'tap'
import { z } from 'zod'
import type { Database } from '../../src/data/database.ts'
import { addDays, todayIn } from '../../src/lib/dates.ts'
import { testDatabase } from '../support/database.ts'
import { insertDraftInvoice, insertOrder } from '../support/documents.ts'
import { issueDirectly } from '../support/invoices.ts'
import { makeRecurringOrder, makeShop, type Shop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

async function start(t: { teardown(end: () => unknown): unknown }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const [user, admin] = [
    await Visitor.signedIn(app, shop.user_id),
    await Visitor.signedIn(app, shop.admin_id),
  ]
  return { db, shop, user, admin, order: await insertOrder(db, shop) }
}

const json = { accept: 'application/json' }
const today = todayIn('Europe/Paris', new Date())
const yesterday = addDays(today, -1)

const subjects = z.object({ items: z.array(z.object({ subject: z.string() })), total: z.number() })

async function subjectsAt(visitor: Visitor, address: string): Promise<string[]> {
  const { items, total } = subjects.parse((await visitor.json(address)).body)
  if (items.length !== total) throw new Error(`${items.length} of ${total}`)
  return items.map(({ subject }) => subject)
}

async function make(visitor: Visitor, address: string, fields: Record<string, string>): Promise<string> {
  const { status, location, body } = await visitor.post(address, fields, json)
  if (status !== 303) throw new Error(body)
  return location
}

t.test('a task is made, changed, done and deleted, and the order’s history tells it', async (t) => {
  const { user, order, shop } = await start(t)
  const tab = `/orders/${order}/activities`
  t.match((await user.get(tab)).body, /Nothing is planned or noted here yet\./)
  t.match((await user.get(`${tab}/new`)).body, new RegExp(`action="${tab}"`))
  const at = await make(user, tab, { subject: ' Send  the plan ', due_date: yesterday, notes: 'A\nB' })
  t.match(await user.json(at), {
    status: 200,
    body: {
      kind: 'task',
      subject: 'Send the plan',
      notes: 'A\nB',
      due_date: yesterday,
      assigned_to: { id: shop.user_id, name: 'Ute Weber' },
      done: false,
      done_at: null,
      late: true,
      order: { id: order, number: 'SO-2026-0001', name: 'Maintenance 2026' },
      invoice: null,
      account: null,
      version: 1,
    },
  })
  const page = await user.get(at)
  t.match(page.body, /Late.*A<br>B/s)
  t.match(
    (await user.get(tab)).body,
    /Activities <span class="count">1<\/span> <span class="note">\(1 late\)/,
  )

  const form = await user.get(`${at}/edit`)
  t.match(form.body, /value="Send the plan".*name="version" value="1"|name="version" value="1".*value="Send/s)
  const change = { subject: 'Send the plan', kind: 'call', due_date: '', assigned_to_id: '', version: '1' }
  t.match(await user.post(at, change), { status: 303, location: at })
  t.match(await user.json(at), {
    body: { kind: 'call', notes: 'A\nB', due_date: null, assigned_to: null, late: false, version: 2 },
  })
  t.match(await user.post(at, { version: '2' }), { status: 303 }, 'fields left out keep what they hold')
  t.match(await user.json(at), { body: { kind: 'call', version: 2 } }, 'and nothing changed makes no version')

  t.match(await user.post(`${at}/completion`, { done: 'on', back: tab }), { status: 303, location: tab })
  t.match((await user.get(tab)).body, /“Send the plan” is done\./)
  t.match(await user.json(at), { body: { done: true, done_by: { name: 'Ute Weber' }, version: 3 } })
  await user.post(`${at}/completion`, { done: 'on' })
  t.match(await user.json(at), { body: { version: 3 } }, 'done twice is done once')
  t.match(await user.post(`${at}/completion`, { done: '' }), { location: at })
  t.match((await user.get(`${at}/deletion`)).body, /The call “Send the plan” goes, with its notes\./)
  t.match(await user.post(`${at}/deletion`, {}), { status: 303, location: tab })
  t.equal((await user.get(at)).status, 404)

  const { body } = await user.get(`/orders/${order}/history`)
  for (const sentence of [
    /Task noted: Send the plan/,
    /Activity changed: Send the plan.*Kind:.*Task.*Call.*Due date:.*Assigned to:.*Ute Weber/s,
    /Activity done: Send the plan/,
    /Activity open again: Send the plan/,
    /Activity deleted: Send the plan/,
  ])
    t.match(body, sentence)
})

t.test('mistakes stand beside their fields, and what was typed stays', async (t) => {
  const { user, order, db } = await start(t)
  const tab = `/orders/${order}/activities`
  const wrong = await user.post(tab, {
    subject: '',
    kind: 'lunch',
    due_date: '31/02/2026',
    notes: 'kept <b>',
    done: 'on',
  })
  t.equal(wrong.status, 422)
  for (const part of [
    /Enter a subject\./,
    /id="kind-error"/,
    /value="31\/02\/2026"/,
    /kept &lt;b&gt;/,
    /name="done"[^>]* checked/,
  ])
    t.match(wrong.body, part)
  t.match(
    await user.post(tab, { subject: 'x', assigned_to_id: '01990000-0000-7000-8000-000000000000' }, json),
    { status: 422, body: /"field":"assigned_to_id".*works in the organisation/ },
  )
  t.equal((await db.selectFrom('activities').select('id').execute()).length, 0)

  const key = 'one-form'
  const first = await make(user, tab, { subject: 'Once', idempotency_key: key })
  t.equal(await make(user, tab, { subject: 'Once', idempotency_key: key }), first, 'sent twice, made once')
  t.match(await user.post(tab, { subject: 'Other', idempotency_key: key }, json), { status: 409 })
})

t.test('an activity is about one order, invoice or account, by id, number or code', async (t) => {
  const { user, order, shop, db } = await start(t)
  const invoice = await insertDraftInvoice(db, shop, order)
  await issueDirectly(db, invoice, { number: 'FA-1' })
  const owners = [
    [{ order_id: order }, { order: { id: order } }],
    [{ order_number: 'so-2026-0001' }, { order: { id: order } }],
    [{ invoice_id: invoice }, { invoice: { id: invoice, number: 'FA-1' } }],
    [{ invoice_number: 'fa-1' }, { invoice: { id: invoice } }],
    [{ account_code: 'chop' }, { account: { id: shop.accounts.paris, code: 'CHOP' } }],
    [{ account_id: shop.accounts.paris }, { account: { name: 'Chop-suey Chinese' } }],
  ] as const
  for (const [fields, body] of owners) {
    const at = await make(user, '/activities', { subject: 'x', ...fields })
    t.match(await user.json(at), { body }, JSON.stringify(fields))
  }
  const wrong = [
    [{}, 'order_number', /Choose an order, an invoice or an account/],
    [{ order_number: 'SO-1', account_code: 'CHOP' }, 'account_code', /Fill in one alone/],
    [{ order_number: 'SO-1' }, 'order_number', /nothing is called “SO-1”/],
    [{ order_id: 'no-id' }, 'order_number', /nothing is called/],
    [{ invoice_id: shop.user_id }, 'invoice_number', /nothing is called/],
    [{ account_id: shop.user_id }, 'account_code', /nothing is called/],
    [{ account_code: 'nobody' }, 'account_code', /Enter the code or the exact name/],
  ] as const
  for (const [fields, field, sentence] of wrong) {
    const answer = await user.post('/activities', { subject: 'x', ...fields }, json)
    t.match(answer, { status: 422, body: sentence }, JSON.stringify(fields))
    t.match(answer.body, `"field":"${field}"`)
  }
  t.match((await user.get(`/activities/new?account_id=${shop.accounts.paris}`)).body, /Chop-suey Chinese/)
  t.match((await user.get('/activities/new')).body, /name="order_number".*name="account_code"/s)
  for (const at of [`/invoices/${invoice}`, `/accounts/${shop.accounts.paris}`]) {
    await make(user, `${at}/activities`, { subject: 'From the tab', done: 'on', kind: 'meeting' })
    t.match((await user.get(`${at}/activities`)).body, /From the tab.*Meeting.*Done/s, at)
    t.match((await user.get(`${at}/activities?format=csv`)).body, /^\ufeffsubject,kind,due_date/)
  }
  t.match((await user.get(`/invoices/${invoice}`)).body, /Meeting noted: From the tab/)
})

t.test('the list is narrowed, sorted, exported, and shows first what is open and due', async (t) => {
  const { user, admin, order, shop } = await start(t)
  const tab = `/orders/${order}/activities`
  const admins = { assigned_to_id: shop.admin_id }
  await make(admin, `/accounts/${shop.accounts.mannheim}/activities`, {
    subject: 'Visit',
    kind: 'meeting',
    due_date: '2099-05-05',
    ...admins,
  })
  await make(user, tab, { subject: 'No date' })
  await make(user, tab, { subject: 'Old and done', due_date: '2020-01-01', done: 'on' })
  await make(user, tab, { subject: 'Late', due_date: yesterday, kind: 'call', notes: 'about the Gewürz' })
  await make(user, tab, { subject: 'Today', due_date: today, assigned_to_id: '' })
  const all = ['Late', 'Today', 'Visit', 'No date', 'Old and done']
  t.same(await subjectsAt(user, '/activities'), all)
  t.same(await subjectsAt(user, '/activities?sort=-due_date'), all.toReversed())
  const narrowed: readonly [query: string, found: string[]][] = [
    ['state=open', ['Late', 'Today', 'Visit', 'No date']],
    ['state=late', ['Late']],
    ['state=done', ['Old and done']],
    ['kind=meeting', ['Visit']],
    [`assigned_to_id=${shop.user_id}`, ['Late', 'No date', 'Old and done']],
    ['assigned_to_id=nobody', ['Today']],
    [`from=${yesterday}&to=${today}`, ['Late', 'Today']],
    ['q=gewurz', ['Late']],
    ['q=blauer', ['Visit']],
    ['q=2026-0001%20plan', []],
    [`organisation_id=${shop.organisation_id}`, ['Late', 'Today', 'No date', 'Old and done']],
    ['sort=subject&kind=task', ['No date', 'Old and done', 'Today']],
    ['sort=assigned_to&state=open', ['Today', 'Visit', 'No date', 'Late']],
  ]
  for (const [query, found] of narrowed) t.same(await subjectsAt(user, `/activities?${query}`), found, query)
  const pages: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const { body } = await user.json(`/activities?limit=2&cursor=${next}`)
    const page = z.object({ items: z.array(z.object({ subject: z.string() })), next: z.string().nullable() })
    const read: z.infer<typeof page> = page.parse(body)
    pages.push(...read.items.map(({ subject }) => subject))
    next = read.next
  }
  t.same(pages, all, 'page by page too, over what has no date')
  const page = await user.get('/activities?state=late')
  t.match(page.body, /aria-current="page">Late/)
  t.match(page.body, /Late.*SO-2026-0001.*Chop-suey Chinese/s)
  t.match((await user.get('/activities?state=soon')).body, /id="state-error"/)
  t.equal((await user.get('/activities?state=soon', json)).status, 422)
  const csv = await user.get('/activities?format=csv&state=late')
  t.match(csv.body, new RegExp(`Late,call,${yesterday},true,,,Ute Weber,SO-2026-0001,,,Chop-suey Chinese`))

  const home = await user.get('/')
  t.match(home.body, /1 of my activities is late/)
  t.match(home.body, `/activities?state=late&amp;assigned_to_id=${shop.user_id}`)
  t.match((await user.json('/')).body, {
    waiting: [{ kind: 'to_approve' }, { kind: 'late_activities', count: 1 }],
  })
  t.notMatch((await admin.get('/')).body, /of my activities/)
})

t.test('of two who edit an activity the second is told, and loses nothing', async (t) => {
  const { user, admin, order } = await start(t)
  const at = await make(user, `/orders/${order}/activities`, { subject: 'Plan' })
  await admin.post(at, { subject: 'Plan of the hall', kind: 'task', version: '1' })
  const second = await user.post(at, { subject: 'Plan of the roof', kind: 'call', version: '1' })
  t.equal(second.status, 422)
  t.match(second.body, /Anna Kern/)
  t.match(second.body, /Plan of the hall/)
  t.match(second.body, /value="Plan of the roof"/)
  t.match(await user.post(at, { subject: 'Plan of the roof', kind: 'call', version: '2' }), { status: 303 })
})

t.test('what somebody has to do keeps an order from being deleted', async (t) => {
  const { user, order } = await start(t)
  const at = await make(user, `/orders/${order}/activities`, { subject: 'Plan' })
  t.match((await user.get(`/orders/${order}/deletion`)).body, /There is an activity here\. Delete it first\./)
  t.match(await user.post(`/orders/${order}/deletion`, {}, json), { status: 409, body: /has_activities/ })
  await user.post(`${at}/deletion`, {})
  t.equal((await user.post(`/orders/${order}/deletion`, {})).status, 303)
})

t.test('activities about another organisation’s documents do not exist', async (t) => {
  const { user, admin, shop, db } = await start(t)
  const foreign = await foreignOrder(db, shop)
  const at = await make(admin, `/orders/${foreign}/activities`, { subject: 'Secret', due_date: yesterday })
  await make(admin, `/accounts/${shop.accounts.paris}/activities`, { subject: 'Open to all' })
  for (const address of [at, `${at}/edit`, `${at}/deletion`, `/orders/${foreign}/activities/new`])
    t.equal((await user.get(address)).status, 404, address)
  for (const address of [at, `${at}/completion`, `${at}/deletion`, `/orders/${foreign}/activities`])
    t.equal((await user.post(address, { subject: 'Mine', done: 'on' })).status, 404, address)
  t.same(await subjectsAt(user, '/activities'), ['Open to all'])
  t.same(await subjectsAt(user, '/activities?q=secret'), [])
  t.notMatch((await user.get('/activities?format=csv')).body, /Secret/)
  for (const fields of [{ order_id: foreign }, { order_number: 'SO-FOREIGN' }])
    t.equal((await user.post('/activities', { subject: 'x', ...fields }, json)).status, 422)
  t.equal((await user.get(`/activities?organisation_id=${shop.other_organisation_id}`, json)).status, 422)
  t.same(await subjectsAt(admin, `/activities?organisation_id=${shop.other_organisation_id}`), ['Secret'])
  t.match(await admin.json(at), { body: { version: 1, done: false } })
})

async function foreignOrder(db: Database, shop: Shop): Promise<string> {
  return makeRecurringOrder(db, shop, {
    organisation_id: shop.other_organisation_id,
    number: 'SO-FOREIGN',
    recurrence: { start_date: '2026-01-01' },
  })
}
