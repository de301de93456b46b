import t from 'tap'
import type { Database } from '../../src/data/database.ts'
import { addDays, todayIn } from '../../src/lib/dates.ts'
import { testDatabase } from '../support/database.ts'
import { insertOrder } from '../support/documents.ts'
import { makeDraft } from '../support/invoices.ts'
import { makeShop, type Shop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

const today = todayIn('Europe/Paris', new Date())

async function shopWithDraft(t: { teardown(end: () => unknown): unknown }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const visitor = await Visitor.signedIn(app, shop.user_id)
  return { db, shop, app, visitor }
}

function draftOf(db: Database, shop: Shop, document_date: string) {
  return makeDraft(db, {
    organisation_id: shop.organisation_id,
    account_id: shop.accounts.paris,
    document_date,
    rate: { id: shop.rates.fr20, category: 'S', rate: '20' },
  })
}

async function invoiceOf(visitor: Visitor, id: string): Promise<Record<string, unknown>> {
  const { body } = await visitor.json(`/invoices/${id}`)
  return typeof body === 'object' && body !== null ? { ...body } : {}
}

t.test('a draft is issued after the page that says what it means, once whatever is clicked', async (t) => {
  const { db, shop, visitor } = await shopWithDraft(t)
  const id = await draftOf(db, shop, today)
  const page = await visitor.get(`/invoices/${id}/issue`)
  t.equal(page.status, 200)
  t.match(page.body, /What an invoice must say/)
  t.notMatch(page.body, /Missing/)
  const answers = await Promise.all(
    [1, 2, 3].map(() => visitor.post(`/invoices/${id}/status`, { status: 'approved' })),
  )
  for (const answer of answers) t.equal(answer.location, `/invoices/${id}`)
  const invoice = await invoiceOf(visitor, id)
  t.match(invoice, { status: 'approved', number: /^F-AN-\d{4}-0001$/, document_date: today })
  t.match((await visitor.get(`/invoices/${id}`)).body, /F-AN-\d{4}-0001/)
  t.match((await visitor.post(`/invoices/${id}/status`, { status: 'sent' })).location, `/invoices/${id}`)
  t.match(await invoiceOf(visitor, id), { status: 'sent' })
  const again = await visitor.post(
    `/invoices/${id}/status`,
    { status: 'approved' },
    { accept: 'application/json' },
  )
  t.equal(again.status, 409)
  t.match(JSON.parse(again.body), { refusals: [{ code: 'already_issued' }] })
})

const asJson = { accept: 'application/json' }

t.test('a date that lies ahead asks for another one, and none after today is taken', async (t) => {
  const { db, shop, visitor } = await shopWithDraft(t)
  const ahead = addDays(today, 20)
  const id = await draftOf(db, shop, ahead)
  t.match(
    (await visitor.get(`/invoices/${id}/issue`)).body,
    new RegExp(`name="document_date" value="${today}"`),
  )
  const status = `/invoices/${id}/status`
  for (const document_date of ['', addDays(today, 1)]) {
    const answer = await visitor.post(status, { status: 'approved', document_date }, asJson)
    t.equal(answer.status, 422)
    t.match(JSON.parse(answer.body), { errors: [{ field: 'document_date' }] })
  }
  t.equal((await visitor.post(status, { status: 'approved', document_date: today })).status, 303)
  t.match(await invoiceOf(visitor, id), { status: 'approved', document_date: today, redated_from: ahead })
  t.match((await visitor.get(`/invoices/${id}`)).body, /The draft was dated/)

  const earlier = await draftOf(db, shop, ahead)
  const yesterday = addDays(today, -1)
  const answer = await visitor.post(`/invoices/${earlier}/status`, {
    status: 'approved',
    document_date: yesterday,
    late_dates: 'keep',
  })
  t.equal(answer.status, 303)
  t.match(await invoiceOf(visitor, earlier), { document_date: yesterday, kept_late: true })
})

t.test('what the law lacks is named with the way to mend it, and nothing is issued', async (t) => {
  const { db, shop, visitor } = await shopWithDraft(t)
  await db.updateTable('accounts').set({ siren: '' }).where('id', '=', shop.accounts.paris).execute()
  await db.updateTable('organisations').set({ note_penalties: '' }).execute()
  const id = await draftOf(db, shop, today)
  const page = (await visitor.get(`/invoices/${id}/issue`)).body
  t.match(page, /The SIREN of Chop-suey Chinese is missing/)
  t.match(page, new RegExp(`href="/accounts/${shop.accounts.paris}/edit"`))
  t.match(page, /Only an admin can enter it/)
  t.match(page, /aria-disabled="true"[^>]*>Issue invoice|2 points stand in the way/)
  const answer = await visitor.post(`/invoices/${id}/status`, { status: 'approved' }, asJson)
  t.equal(answer.status, 409)
  t.match(JSON.parse(answer.body), { refusals: [{ code: 'buyer_siren' }, { code: 'note_penalties' }] })
  t.match(await invoiceOf(visitor, id), { status: 'created', number: null })
})

t.test('sent by hand, a draft is issued and no mail is queued; a stale page is told', async (t) => {
  const { db, shop, visitor } = await shopWithDraft(t)
  const id = await draftOf(db, shop, today)
  await db.updateTable('invoices').set({ issue_as: 'sent' }).where('id', '=', id).execute()
  const status = `/invoices/${id}/status`
  const stale = await visitor.post(status, { status: 'approved', version: '77' })
  t.equal(stale.status, 422)
  t.match(stale.body, /Somebody changed this draft meanwhile/)
  t.equal((await visitor.post(status, { status: 'sent' })).status, 303)
  t.match(await invoiceOf(visitor, id), { status: 'sent' })
  t.strictSame(await db.selectFrom('outgoing_emails').select('id').execute(), [])
  t.equal((await visitor.get(`/invoices/${id}/issue`)).status, 409)
  t.equal((await visitor.post(status, { status: 'opened' })).status, 422)
})

type Progress = { invoiced_quantity: string; drafted_quantity: string }

async function progressOf(db: Database, order: string): Promise<Progress[]> {
  return db
    .selectFrom('customer_order_lines')
    .select(['invoiced_quantity', 'drafted_quantity'])
    .where('order_id', '=', order)
    .where('kind', '=', 'item')
    .orderBy('position')
    .execute()
}

t.test('what remains of an order becomes one draft, however often it is sent', async (t) => {
  const { db, shop, visitor } = await shopWithDraft(t)
  const order = await insertOrder(db, shop)
  const at = `/orders/${order}/invoices`
  const page = (await visitor.get(`${at}/new`)).body
  t.match(page, /What remains/)
  t.match(page, /Will be made: one draft invoice of all that remains/)
  t.equal((await visitor.post(at, { mode: 'share', share_percent: '30' })).status, 422)
  const form = { mode: 'all', idempotency_key: 'one' }
  const answers = await Promise.all(Array.from({ length: 8 }, () => visitor.post(at, form)))
  const [draft, ...others] = new Set(answers.map(({ location }) => location))
  t.strictSame(others, [])
  const id = (draft ?? '').replace('/invoices/', '')
  t.match(await invoiceOf(visitor, id), {
    kind: 'invoice',
    source: 'manual',
    status: 'created',
    document_date: today,
    net: '254.00',
    tax: '42.97',
    gross: '296.97',
    order_id: order,
  })
  t.match(await progressOf(db, order), [{ drafted_quantity: '2.000000' }, { drafted_quantity: '3.000000' }])
  t.match((await visitor.get(`/orders/${order}`)).body, /0% \+ 100% in draft/)

  const other = await visitor.post(at, { mode: 'all', idempotency_key: 'one', more: 'x' }, asJson)
  t.equal(other.status, 409)
  const second = await visitor.post(at, { mode: 'all', idempotency_key: 'two' }, asJson)
  t.equal(second.status, 409)
  t.match(JSON.parse(second.body), { refusals: [{ code: 'nothing_remains' }] })

  t.equal((await visitor.post(`/invoices/${id}/status`, { status: 'approved' })).status, 303)
  t.match(await progressOf(db, order), [
    { drafted_quantity: '0.000000', invoiced_quantity: '2.000000' },
    { drafted_quantity: '0.000000', invoiced_quantity: '3.000000' },
  ])
  t.match((await visitor.get(`/orders/${order}`)).body, /100%/)
})

t.test(
  'two conversions at once take nothing twice, and a deleted draft gives its quantities back',
  async (t) => {
    const { db, shop, visitor } = await shopWithDraft(t)
    const order = await insertOrder(db, shop)
    const at = `/orders/${order}/invoices`
    const both = await Promise.all([visitor.post(at, { mode: 'all' }), visitor.post(at, { mode: 'all' })])
    t.strictSame(both.map(({ status }) => status).sort(), [303, 409])
    const made = both.find(({ status }) => status === 303)?.location ?? ''
    t.equal((await visitor.post(`${made}/deletion`, {})).status, 303)
    t.match(await progressOf(db, order), [{ drafted_quantity: '0.000000' }, { drafted_quantity: '0.000000' }])
    t.equal((await visitor.post(at, { mode: 'all' })).status, 303)
  },
)

t.test('a draft is edited within its order, and binds the order’s lines', async (t) => {
  const { db, shop, visitor } = await shopWithDraft(t)
  const order = await insertOrder(db, shop)
  const made = (await visitor.post(`/orders/${order}/invoices`, { mode: 'all' })).location
  const invoice = await invoiceOf(visitor, made.replace('/invoices/', ''))
  const lines = Array.isArray(invoice['lines']) ? invoice['lines'] : []
  const [support, chai]: { id: string }[] = lines
  const draft = (quantity: string, more: Record<string, string> = {}) => ({
    'lines[0][id]': support?.id ?? '',
    'lines[0][description]': 'Support in May',
    'lines[0][quantity]': quantity,
    'lines[0][unit_price]': '100',
    'lines[0][tax_rate_id]': shop.rates.fr20,
    ...more,
  })
  const fieldsOf = async (address: string, form: Record<string, string>) => {
    const answer = await visitor.post(address, form, asJson)
    const { errors = [] }: { errors?: { field: string }[] } =
      answer.body === '' ? {} : JSON.parse(answer.body)
    return [answer.status, ...errors.map(({ field }) => field)]
  }
  t.strictSame(await fieldsOf(made, draft('3')), [422, 'lines[0][quantity]'])
  t.strictSame(await fieldsOf(made, draft('1', { 'lines[0][unit_price]': '90' })), [
    422,
    'lines[0][unit_price]',
  ])
  const added = { 'lines[1][description]': 'Gift', 'lines[1][quantity]': '1', 'lines[1][unit_price]': '1' }
  t.strictSame(await fieldsOf(made, draft('1', added)), [422, 'lines[1][description]'])
  t.strictSame(await fieldsOf(made, draft('1.5')), [303])
  t.match(await progressOf(db, order), [{ drafted_quantity: '1.500000' }, { drafted_quantity: '0.000000' }])
  t.ok(chai, 'the second line was left out, and remains')

  const stored = await db
    .selectFrom('customer_order_lines')
    .select(['id', 'description'])
    .where('order_id', '=', order)
    .orderBy('position')
    .execute()
  const orderForm = (quantity: string, more: Record<string, string> = {}) => ({
    subject: 'Maintenance 2026',
    account_id: shop.accounts.paris,
    'lines[0][id]': stored[0]?.id ?? '',
    'lines[0][description]': 'Support',
    'lines[0][quantity]': quantity,
    'lines[0][unit_price]': '100',
    'lines[0][tax_rate_id]': shop.rates.fr20,
    ...more,
  })
  const at = `/orders/${order}`
  t.strictSame(await fieldsOf(at, orderForm('1')), [422, 'lines[0][quantity]'])
  t.strictSame(await fieldsOf(at, orderForm('2', { account_id: shop.accounts.mannheim })), [
    422,
    'account_id',
  ])
  const gone = { 'lines[0][id]': stored[1]?.id ?? '' }
  t.strictSame(await fieldsOf(at, orderForm('9', gone)), [422, 'lines'])
  t.equal((await visitor.post(`${made}/status`, { status: 'approved' })).status, 303)
  t.strictSame(await fieldsOf(at, orderForm('4', { 'lines[0][unit_price]': '80' })), [
    422,
    'lines[0][unit_price]',
  ])
  t.strictSame(await fieldsOf(at, orderForm('4')), [303])
})

t.test('ticked drafts are issued in the order of their dates, and the receipt tells of each', async (t) => {
  const { db, shop, visitor } = await shopWithDraft(t)
  const dates = [today, addDays(today, -2), addDays(today, -1), addDays(today, 3)]
  const ids: string[] = []
  for (const date of dates) ids.push(await draftOf(db, shop, date))
  const list = (await visitor.get('/invoices?status=draft')).body
  t.match(list, /name="action" value="issue"/)
  t.match(list, new RegExp(`name="ids\\[\\]" value="${ids[0]}"`))
  t.equal((await visitor.post('/invoices/batches', { action: 'issue' })).status, 422)
  t.equal((await visitor.post('/invoices/batches', { action: 'approve', 'ids[]': ids[0] ?? '' })).status, 422)
  const form = ids.map((id): [string, string] => ['ids[]', id])
  const sent = await visitor.post('/invoices/batches', [
    ['action', 'issue'],
    ['idempotency_key', 'k'],
    ...form,
  ])
  t.equal(sent.status, 303)
  const again = await visitor.post('/invoices/batches', [
    ['action', 'issue'],
    ['idempotency_key', 'k'],
    ...form,
  ])
  t.equal(again.location, sent.location)
  const receipt = await visitor.json(sent.location)
  t.match(receipt.body, {
    action: 'issue',
    state: 'finished',
    done: 3,
    refused: 1,
    items: [{ id: ids[3], number: null, result: 'refused', code: 'dated_ahead' }, { number: /0003$/ }],
  })
  const page = (await visitor.get(sent.location)).body
  t.match(page, /3 invoices issued, 1 not/)
  t.match(page, /href="\/invoices\?selected=/)
  const numbers = await db
    .selectFrom('invoices')
    .select('number')
    .where('number', 'is not', null)
    .orderBy('document_date')
    .execute()
  t.strictSame(
    numbers.map(({ number }) => number?.slice(-4)),
    ['0001', '0002', '0003'],
  )

  const rest = [
    ['action', 'issue'],
    ['list', 'status=draft'],
    ['count', '1'],
  ] as const
  const all = await visitor.post(
    '/invoices/batches',
    rest.map(([name, value]): [string, string] => [name, value]),
  )
  t.match((await visitor.json(all.location)).body, { done: 0, refused: 1, total: 1 })
  const changed = await visitor.post('/invoices/batches', {
    action: 'issue',
    list: 'status=draft',
    count: '9',
  })
  t.equal(changed.status, 422)
  t.match(changed.body, /1 invoice matches by now, not 9/)
})
