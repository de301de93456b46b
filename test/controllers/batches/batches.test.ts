import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { z } from 'zod'
import type { Database } from '../../../src/data/database.ts'
import { insertKeptForm } from '../../../src/data/sessions.ts'
import { testDatabase } from '../../support/database.ts'
import { insertOrder } from '../../support/documents.ts'
import { makeShop } from '../../support/shop.ts'
import { testApp, Visitor } from '../../support/web.ts'

const json = { accept: 'application/json' }

async function openShop(t: Parameters<typeof testDatabase>[0], orders: number) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const ids: string[] = []
  for (let n = 1; n <= orders; n += 1) ids.push(await insertOrder(db, shop, `SO-${n}`))
  const user = await Visitor.signedIn(app, shop.user_id)
  const admin = await Visitor.signedIn(app, shop.admin_id)
  return { db, shop, app, user, admin, ids }
}

t.test('the ticked orders are approved, and the receipt tells what became of each', async (t) => {
  const { db, user, admin, app, shop, ids } = await openShop(t, 3)
  await db.updateTable('customer_orders').set({ status: 'delivered' }).where('number', '=', 'SO-2').execute()
  const list = 'status=created&sort=number'
  const form: [string, string][] = [['action', 'approve'], ['list', list], ...ids.map(ticked)]
  const sent = await user.post('/orders/batches', form)
  t.match(sent, { status: 303, location: /^\/batches\/[0-9a-f-]{36}$/ })
  const page = await user.get(sent.location)
  t.match(page.body, /<h1[^>]*>2 orders approved, 1 not<\/h1>/)
  t.match(page.body, /This order is delivered: it can only be cancelled\./)
  t.match(page.body, /Try the refused again/)
  const id = sent.location.split('/')[2] ?? ''
  const back = /href="(\/orders\?[^"]*selected=[^"]*)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  t.equal(back, `/orders?${list}&selected=${id}`)
  const listed = await user.get(`/orders?sort=number&selected=${id}`)
  t.match(listed.body, new RegExp(`value="${ids[1]}"[^>]* checked>`), 'the refused one stays ticked')
  t.notMatch(listed.body, new RegExp(`value="${ids[0]}"[^>]* checked>`))
  t.match((await user.get(back)).body, /class="bulk"|No order matches/, 'also where no row is left')

  t.match(await user.json(sent.location), {
    status: 200,
    body: {
      id,
      action: 'approve',
      done: 2,
      refused: 1,
      pending: 0,
      state: 'finished',
      items: [
        {
          id: ids[1],
          number: 'SO-2',
          result: 'refused',
          code: 'not_next',
          message: /it can only be cancelled/,
        },
        { id: ids[0], number: 'SO-1', result: 'done' },
        { id: ids[2], number: 'SO-3', result: 'done' },
      ],
    },
  })
  t.match((await user.get(`${sent.location}?format=csv`)).body, /number,id,result,code,message\r\nSO-2,/)
  t.notMatch((await user.get(`${sent.location}?result=done`)).body, /SO-2</)

  const other = await db.transaction().execute(async (trx) => {
    const row = {
      email: 'x@shop.test',
      name: 'Xaver',
      role: 'user',
      organisation_id: shop.organisation_id,
    } as const
    const made = await trx.insertInto('users').values(row).returning('id').executeTakeFirstOrThrow()
    const { organisation_id } = shop
    await trx.insertInto('user_organisations').values({ user_id: made.id, organisation_id }).execute()
    return made.id
  })
  const stranger = await Visitor.signedIn(app, other)
  t.equal((await stranger.get(sent.location)).status, 404, 'nobody else sees it')
  t.equal((await stranger.post(`${sent.location}/retries`, {})).status, 404)
  t.notMatch(
    (await stranger.get(`/orders?selected=${id}`)).body,
    / checked>/,
    'nor has anything ticked by it',
  )
  t.equal((await admin.get(sent.location)).status, 200, 'but an admin')
  t.match(await admin.post(`${sent.location}/retries`, {}, json), { status: 409, body: /Ute Weber/ })

  await db.updateTable('customer_orders').set({ status: 'created' }).where('number', '=', 'SO-2').execute()
  t.match(await user.json('/batches'), {
    status: 200,
    body: {
      items: [{ id, action: 'approve', state: 'finished', done: 2, refused: 1 }],
      next: null,
      total: 1,
    },
  })
  t.match((await user.get('/batches')).body, /2 orders approved, 1 not/)
  t.match(
    (await user.get('/batches')).body,
    /href="\/orders"[^>]* aria-current="true"/,
    'receipts stand under orders',
  )
  t.match((await stranger.json('/batches')).body, { items: [], total: 0 })
  t.match((await stranger.get('/batches')).body, /Tick orders or drafts of invoices in their lists/)
  t.match((await admin.json('/batches')).body, { items: [{ id, created_by: { name: 'Ute Weber' } }] })
  t.match(
    (await user.get('/batches?format=csv')).body,
    /id,action,state,created_at,created_by,total,done,refused,pending\r\n/,
  )
  const retried = await user.post(`${sent.location}/retries`, { idempotency_key: 'r' })
  t.match((await user.get(retried.location)).body, /1 order approved</)
  t.equal((await user.post(`${sent.location}/retries`, { idempotency_key: 'r' })).location, retried.location)
})

t.test('an admin learns nothing of orders of an organisation they do not work in', async (t) => {
  const { db, user, admin, shop, ids } = await openShop(t, 1)
  const sent = await user.post('/orders/batches', [['action', 'approve'], ...ids.map(ticked)])
  await db
    .updateTable('users')
    .set({ organisation_id: shop.other_organisation_id })
    .where('id', '=', shop.admin_id)
    .execute()
  await db
    .deleteFrom('user_organisations')
    .where('user_id', '=', shop.admin_id)
    .where('organisation_id', '=', shop.organisation_id)
    .execute()
  const page = await admin.get(sent.location)
  t.equal(page.status, 200)
  t.notMatch(page.body, /SO-1|Maintenance/)
  t.match(page.body, /An order of another organisation/)
  t.match((await admin.json(sent.location)).body, { items: [{ id: null, number: null, result: 'done' }] })
})

t.test('what is missing is said on the list, which keeps its ticks', async (t) => {
  const { user, ids } = await openShop(t, 2)
  const none = await user.post('/orders/batches', { action: 'approve', list: '' })
  t.match(none, { status: 422, body: /Tick at least one order\./ })
  t.match(none.body, /<title>Error: /)
  const toWhom = await user.post('/orders/batches', [
    ['action', 'assign'],
    ['list', 'sort=number'],
    ticked(ids[1] ?? ''),
  ])
  t.match(toWhom, { status: 422, body: /href="#bulk-assigned-to">Choose who gets the ticked orders/ })
  t.match(toWhom.body, new RegExp(`value="${ids[1]}"[^>]* checked>`))
  t.match(toWhom.body, /id="bulk-assigned-to"[^>]*aria-invalid="true"/)
  for (const [field, form] of [
    ['action', { 'ids[]': ids[0] ?? '' }],
    ['action', { action: 'finalize', 'ids[]': ids[0] ?? '' }],
    ['action', { action: 'cancel', count: '2' }],
    ['ids[]', { action: 'approve', 'ids[]': 'nonsense' }],
    ['count', { action: 'approve', count: 'many' }],
    ['status', { action: 'approve', count: '2', status: 'aproved' }],
    ['state', { action: 'approve', count: '2', state: 'created' }],
    ['assigned_to_id', { action: 'assign', 'ids[]': ids[0] ?? '', assigned_to_id: 'x' }],
  ] as const) {
    const answer = await user.post('/orders/batches', form, json)
    t.match(answer, { status: 422, body: new RegExp(`"field":"${field.replace('[]', '\\[\\]')}"`) }, field)
  }
})

t.test(
  'all that match are taken by their filters and their number, else the person is asked again',
  async (t) => {
    const { db, shop, user } = await openShop(t, 60)
    await db
      .updateTable('customer_orders')
      .set({ assigned_to_id: shop.admin_id })
      .where('number', 'in', ['SO-1', 'SO-2'])
      .execute()
    t.match((await user.get('/orders')).body, /name="count" value="60"/)
    t.notMatch(
      (await user.get('/orders?assigned_to_id=nobody&limit=500')).body,
      /name="count"/,
      'one page has no further',
    )
    const list = `status=created&assigned_to_id=${shop.admin_id}`
    const asked = await user.post('/orders/batches', { action: 'approve', list, count: '5' })
    t.equal(asked.status, 422)
    t.match(asked.body, /Nothing was done: 2 orders match by now, not 5\./)
    t.match(asked.body, /name="count" value="2"/)
    t.match(asked.body, />Approve 2 orders</)
    t.match(await user.post('/orders/batches', { action: 'approve', list, count: '5' }, json), {
      status: 422,
      body: /"field":"count".*"count":2/,
    })
    t.equal(await countApproved(db), 0)
    const flat = { action: 'approve', status: 'created', assigned_to_id: shop.admin_id, count: '2' }
    const done = await user.post('/orders/batches', flat)
    t.match((await user.json(done.location)).body, { done: 2, refused: 0 }, 'filters as fields of their own')
    const rest = await user.post('/orders/batches', {
      action: 'approve',
      list: 'status=created',
      count: '58',
    })
    const receipt = await finished(user, rest.location)
    t.match(receipt, { done: 58, refused: 0, total: 58 })
    t.equal(await countApproved(db), 60)
    const gone = await user.post('/orders/batches', {
      action: 'approve',
      list: 'status=created',
      count: '58',
    })
    t.match(gone, { status: 422, body: /no order matches by now/ })
  },
)

t.test('orders are given to somebody, in the words of the receipt', async (t) => {
  const { user, admin, shop, ids } = await openShop(t, 2)
  const form: [string, string][] = [
    ['action', 'assign'],
    ['assigned_to_id', shop.admin_id],
    ...ids.map(ticked),
  ]
  const sent = await user.post('/orders/batches', form)
  t.match((await user.get(sent.location)).body, /<h1[^>]*>2 orders assigned to Anna Kern<\/h1>/)
  const away: [string, string][] = [['action', 'assign'], ['assigned_to_id', 'nobody'], ...ids.map(ticked)]
  const back = await admin.post('/orders/batches', away)
  t.match((await admin.get(back.location)).body, /2 orders assigned to nobody/)
  t.match((await user.get(`/orders/${ids[0]}/history`)).body, /Anna Kern/)
})

t.test('one form is one batch, however often it is sent', async (t) => {
  const { user, ids } = await openShop(t, 2)
  const form = { action: 'approve', 'ids[]': ids[0] ?? '', idempotency_key: 'k' }
  const [first, second] = await Promise.all([
    user.post('/orders/batches', form),
    user.post('/orders/batches', form),
  ])
  t.equal(first.location, second.location)
  const other = await user.post('/orders/batches', { ...form, 'ids[]': ids[1] ?? '' })
  t.match(other, { status: 409, body: new RegExp(`href="${first.location}"`) })
  t.match(await user.post('/orders/batches', { ...form, 'ids[]': ids[1] ?? '' }, json), {
    status: 409,
    body: /"code":"sent_before"/,
  })
})

t.test('a batch that was cut off is told on the list, and goes on when asked to', async (t) => {
  const { db, user, admin, shop, ids } = await openShop(t, 3)
  const batch = await db
    .insertInto('batches')
    .values({
      action: 'approve',
      assigned_to_id: null,
      list: '',
      retried_batch_id: null,
      created_by: shop.user_id,
      heartbeat_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('batch_items')
    .values(
      ids.map((document_id, at) => ({
        batch_id: batch.id,
        position: at + 1,
        document_id,
        organisation_id: shop.organisation_id,
        number: `SO-${at + 1}`,
      })),
    )
    .execute()
  const at = `/batches/${batch.id}`
  t.match((await user.get('/orders')).body, new RegExp(`cut off after 0 of 3 orders.*href="${at}"`, 's'))
  t.notMatch((await admin.get('/orders')).body, /cut off/)
  t.match((await user.get(at)).body, /Go on with the rest \(3\)/)
  t.match((await admin.get(at)).body, /Ute Weber started this batch and alone can go on with it\./)
  t.equal((await admin.post(`${at}/continuation`, {})).status, 409)
  t.match(await user.post(`${at}/continuation`, {}), { status: 303, location: at })
  t.match(await finished(user, at), { done: 3, refused: 0 })
  t.notMatch((await user.get('/orders')).body, /cut off/)
  t.match(await user.post(`${at}/retries`, {}, json), { status: 409, body: /nothing_refused/ })
})

t.test('a session that ended loses no tick', async (t) => {
  const { app, db, shop, ids, user } = await openShop(t, 2)
  const form: [string, string][] = [['action', 'approve'], ['list', 'sort=number'], ticked(ids[0] ?? '')]
  const ended = await new Visitor(app).post('/orders/batches', form)
  t.match(ended, { status: 401, body: /name="next" value="\/orders"/ })
  const kept = await insertKeptForm(db, shop.user_id, form)
  const page = await user.get(`/orders?kept=${kept}`)
  t.match(page.body, new RegExp(`value="${ids[0]}"[^>]* checked>`))
  t.match(page.body, /name="list" value="sort=number"/)
})

function ticked(id: string): [string, string] {
  return ['ids[]', id]
}

async function countApproved(db: Database): Promise<number> {
  const rows = await db.selectFrom('customer_orders').select('id').where('status', '=', 'approved').execute()
  return rows.length
}

const receiptSchema = z.looseObject({ state: z.string() })

async function finished(visitor: Visitor, at: string) {
  for (let look = 0; look < 200; look += 1) {
    const receipt = receiptSchema.parse((await visitor.json(at)).body)
    if (receipt.state === 'finished') return receipt
    await pause(50)
  }
  throw new Error(`${at} does not end`)
}
