import t from 'tap'
import { z } from 'zod'
import { savedListKinds } from '../../src/controllers/saved-lists.ts'
import { savedLists } from '../../src/lib/vocabulary.ts'
import { testDatabase } from '../support/database.ts'
import { insertOrder } from '../support/documents.ts'
import { makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

const json = { accept: 'application/json' }

async function openShop(t: Parameters<typeof testDatabase>[0]) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const user = await Visitor.signedIn(app, shop.user_id)
  const admin = await Visitor.signedIn(app, shop.admin_id)
  return { db, shop, app, user, admin }
}

t.test('every list has its tabs, and the one that is shown is marked', async (t) => {
  const { user, shop } = await openShop(t)
  for (const list of savedLists) {
    const { path } = savedListKinds[list]
    t.match(currentOf((await user.get(path)).body), ['All'], path)
    t.match((await user.get(path)).body, /Set some first/, `${path} without filters makes no view`)
  }
  t.match(currentOf((await user.get('/orders?status=created&sort=-date')).body), ['To approve'])
  t.match(currentOf((await user.get(`/orders?assigned_to_id=${shop.user_id}`)).body), ['Mine'])
  t.match(currentOf((await user.get('/invoices?status=draft')).body), ['Drafts'])
  t.match(currentOf((await user.get('/products?archived=on')).body), ['Archived'])
  t.match(currentOf((await user.get('/orders?status=created&q=x')).body), [], 'none where no tab shows this')
})

t.test(
  'of many views a few are tabs and the others wait in a menu, but for the one that is open',
  async (t) => {
    const { user, db, shop } = await openShop(t)
    const name = (index: number) => `View ${String(index).padStart(2, '0')}`
    const made = Array.from({ length: 60 }, (_, index) => ({
      user_id: shop.user_id,
      list: 'orders' as const,
      name: name(index),
      query: `q=word${index}`,
    }))
    await db.insertInto('saved_views').values(made).execute()
    const { body } = await user.get('/orders')
    t.match(body, /55 more views/)
    t.match(/55 more views.*?<\/details>/s.exec(body)?.[0] ?? '', /View 05.*View 59/s)
    t.match(/<nav class="tabs".*55 more views/s.exec(body)?.[0] ?? '', /View 00.*View 04/s)
    const opened = (await user.get('/orders?q=word40')).body
    t.match(currentOf(opened), ['View 40'])
    t.match(opened, /54 more views/)
  },
)

t.test('a list is kept under a name, changed under it, renamed, shared and deleted', async (t) => {
  const { user, admin } = await openShop(t)
  const query = 'sort=-net&status=created&cursor=abc&colour=red&q='
  const made = await user.post('/views', { list: 'orders', name: ' Big  ones ', query })
  t.match(made, { status: 303, location: /^\/orders\?view=[0-9a-f-]{36}&status=created&sort=-net$/ })
  const opened = await user.get(made.location)
  t.match(opened.body, /The view “Big ones” is saved\./)
  t.match(currentOf(opened.body), ['Big ones'])
  t.notMatch(opened.body, /Save changes to/)
  const id = /view=([0-9a-f-]+)/.exec(made.location)?.[1] ?? ''
  t.match(
    opened.body,
    new RegExp(`<input type="hidden" name="view" value="${id}">`),
    'the filters stay within the view',
  )
  t.notMatch((await admin.get('/orders')).body, /Big ones/)

  const changed = await user.get(`/orders?view=${id}&status=approved`)
  t.match(currentOf(changed.body), ['Big ones'])
  t.match(changed.body, /Save changes to this view/)
  const saved = await user.post(`/views/${id}`, { query: 'status=approved' })
  t.match(saved, { status: 303, location: `/orders?view=${id}&status=approved` })

  t.match(await user.post(`/views/${id}`, { name: 'Approved', shared: 'on' }), {
    status: 303,
    location: '/views',
  })
  const page = await user.get('/views')
  t.match(page.body, /Approved<\/a>/)
  t.match(page.body, /Status: Approved/)
  t.match(page.body, /Yours, for colleagues too/)
  t.match(await user.json('/views?list=orders'), {
    status: 200,
    body: {
      items: [
        {
          id,
          list: 'orders',
          name: 'Approved',
          query: 'status=approved',
          shared: true,
          owner: { name: 'Ute Weber' },
        },
      ],
      next: null,
      total: 1,
    },
  })
  t.match((await user.json('/views?list=invoices')).body, { items: [], total: 0 })
  t.match((await user.get('/views?format=csv')).body, /id,list,name,query,shared,owner\r\n/)
  const shown = await admin.get('/orders?status=approved')
  t.match(shown.body, /Approved <span class="note">\(Ute Weber\)<\/span>/)
  t.match(currentOf(shown.body), [/Approved/], 'a view is marked also where its filters were set by hand')

  t.match(await user.get(`/views/${id}/edit`), { status: 200, body: /value="Approved"/ })
  t.match((await user.json(`/views/${id}/edit`)).body, { id, name: 'Approved' })
  t.match(await user.get(`/views/${id}/deletion`), {
    status: 200,
    body: /for colleagues too; what it shows stays/,
  })
  t.match(await user.post(`/views/${id}/deletion`, {}), { status: 303, location: '/views' })
  t.match(
    (await user.get('/views')).body,
    /The view “Approved” is deleted\..*keeps the filters and the sort/s,
  )
  t.equal((await user.get(made.location)).status, 200, 'its address shows the list still')
})

t.test('a mistake in a name loses nothing', async (t) => {
  const { user } = await openShop(t)
  await user.post('/views', { list: 'products', name: 'Teas', query: 'q=tea' })
  const again = await user.post('/views', {
    list: 'products',
    name: 'teas',
    query: 'q=green+tea&sort=price',
    shared: 'on',
  })
  t.match(again, {
    status: 422,
    body: /href="#name">Enter another name: this list has a view of this name already\./,
  })
  t.match(again.body, /name="query" value="q=green\+tea&amp;sort=price"/)
  t.match(again.body, /value="teas"/)
  t.match(again.body, /name="shared" value="on" checked/)
  t.match(again.body, /Search: green tea · by Unit price, ascending/)
  for (const [field, form] of [
    ['name', { list: 'orders', name: ' ', query: 'q=x' }],
    ['name', { list: 'orders', name: 'x'.repeat(61), query: 'q=x' }],
    ['list', { list: 'users', name: 'x', query: 'q=x' }],
    ['list', { name: 'x' }],
  ] as const) {
    t.match(await user.post('/views', form, json), { status: 422, body: new RegExp(`"field":"${field}"`) })
  }
})

t.test('a colleague’s view is refused with whose it is, a stranger’s does not exist', async (t) => {
  const { db, user, admin, shop } = await openShop(t)
  const shared = viewOf(
    (await admin.post('/views', { list: 'orders', name: 'Ours', query: 'q=x', shared: 'on' })).location,
  )
  const own = viewOf((await admin.post('/views', { list: 'orders', name: 'Mine', query: 'q=y' })).location)
  t.match(await user.post(`/views/${shared}`, { name: 'Taken' }, json), { status: 409, body: /Anna Kern’s/ })
  t.match(await user.post(`/views/${shared}/deletion`, {}, json), { status: 409, body: /not_yours/ })
  t.match(
    (await user.get('/views')).body,
    /aria-disabled="true".*Anna Kern’s: only they or an admin can change it/s,
  )
  t.notMatch((await user.get(`/orders?view=${shared}&q=z`)).body, /Save changes to/)
  for (const url of [`/views/${own}/edit`, `/views/${own}/deletion`])
    t.equal((await user.get(url)).status, 404)
  t.equal((await user.post(`/views/${own}`, { name: 'Taken' })).status, 404)
  t.equal((await user.post(`/views/${own}/deletion`, {})).status, 404)
  const users = await db.selectFrom('saved_views').select(['name', 'user_id']).orderBy('name').execute()
  t.same(users, [
    { name: 'Mine', user_id: shop.admin_id },
    { name: 'Ours', user_id: shop.admin_id },
  ])
})

t.test('a view opens though what it filters by is gone, and its words say the rest', async (t) => {
  const { db, user, shop } = await openShop(t)
  await insertOrder(db, shop, 'SO-1')
  const query = `status=created&assigned_to_id=${shop.admin_id}&account_id=01990000-0000-7000-8000-000000000000`
  const made = await user.post('/views', { list: 'orders', name: 'Anna’s', query })
  await db
    .deleteFrom('user_organisations')
    .where('user_id', '=', shop.admin_id)
    .where('organisation_id', '=', shop.other_organisation_id)
    .execute()
  await db
    .updateTable('users')
    .set({ archived_at: new Date().toISOString() })
    .where('id', '=', shop.admin_id)
    .execute()
  t.equal((await user.get(made.location)).status, 200)
  t.match((await user.get('/views')).body, /Status: Created/)
})

t.test('every list says its views in words', async (t) => {
  const { user, shop } = await openShop(t)
  const queries = {
    orders: ['billing=due&sort=-assigned_to', /by Assigned to, descending/],
    invoices: ['source=recurring&sort=due_date', /Recurring.*by Due/s],
    accounts: [
      `tax_treatment=export&parent_id=${shop.accounts.paris}&archived=on`,
      /Chop-suey Chinese.*Archived/s,
    ],
    contacts: [`account_id=${shop.accounts.mannheim}&sort=email`, /Blauer See.*by Email, ascending/s],
    products: ['kind=goods&sort=-price', /Goods.*by Unit price, descending/s],
    suppliers: ['q=tea&sort=city', /tea.*by City, ascending/s],
    activities: ['kind=call&state=late&sort=-assigned_to', /Call.*Late.*by Assigned to, descending/s],
  } as const
  for (const list of savedLists) {
    const [query, words] = queries[list]
    await user.post('/views', { list, name: `Some ${list}`, query })
    t.match((await user.get(`/views/new?list=${list}&query=${encodeURIComponent(query)}`)).body, words, list)
  }
  const kept = z
    .object({ items: z.array(z.object({ list: z.string(), query: z.string() })) })
    .parse((await user.json('/views')).body)
  t.same(
    kept.items.map(({ list, query }) => [list, query]),
    savedLists.map((list) => [list, queries[list][0]]),
  )
})

/** The words of the tabs that are marked as shown. */
function currentOf(body: string): string[] {
  const tabs = /<nav class="tabs"[^>]*>.*?<\/nav>/s.exec(body)?.[0] ?? ''
  return [...tabs.matchAll(/aria-current="page">([^<]*)/g)].map(([, words = '']) => words.trim())
}

function viewOf(location: string): string {
  return /view=([0-9a-f-]+)/.exec(location)?.[1] ?? ''
}
