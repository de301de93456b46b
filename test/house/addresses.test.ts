import t from 'tap'
import { routes } from '../../src/routes.ts'
import { testDatabase } from '../support/database.ts'
import { makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

/** An address with something in the place of its parameters that can be asked for and does not exist. */
function concrete(url: string): string {
  return url
    .replace(':frequency', 'monthly')
    .replace(':period_start', '2026-01-01')
    .replace(':name', 'recurring-invoices')
    .replace(/:\w+/g, '01990000-0000-7000-8000-000000000000')
}

t.test('every address asks who is there', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const [stranger, user, admin] = [
    new Visitor(app),
    await Visitor.signedIn(app, shop.user_id),
    await Visitor.signedIn(app, shop.admin_id),
  ]

  for (const { method, url, access } of routes) {
    const address = concrete(url)
    const name = `${method} ${url}`
    if (access === 'anybody') continue
    if (method === 'GET') {
      t.match(
        await stranger.get(address),
        { status: 303, location: /^\/login/ },
        `${name}: a stranger is led to sign-in`,
      )
      t.equal(
        (await stranger.get(address, { accept: 'application/json' })).status,
        401,
        `${name}: as JSON 401`,
      )
      if (access === 'admin')
        t.equal((await user.get(address)).status, 404, `${name}: does not exist for a user`)
    } else {
      const forged = { _csrf: 'forged' }
      const answer = await stranger.post(address, { note: 'typed with care' })
      t.match(
        answer,
        { status: 401, body: /typed\+with\+care/ },
        `${name}: a stranger’s text is kept over sign-in`,
      )
      t.equal((await admin.post(address, forged)).status, 403, `${name}: refuses a form without its token`)
      if (access === 'admin')
        t.equal((await user.post(address, {})).status, 404, `${name}: does not exist for a user`)
    }
  }
})

t.test('the address that a form was sent to leads back to the form', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const admin = await Visitor.signedIn(app, shop.admin_id)
  const gets = new Set(routes.filter(({ method }) => method === 'GET').map(({ url }) => url))
  for (const { method, url, form } of routes) {
    if (method === 'GET' || form === undefined || gets.has(url)) continue
    t.match(await admin.get(concrete(url)), { status: 303, location: concrete(form) }, url)
    t.equal((await admin.get(concrete(url), { accept: 'application/json' })).status, 404, `${url} as JSON`)
  }
})

t.test('what does not exist is a page that says so', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const user = await Visitor.signedIn(app, shop.user_id)
  for (const url of ['/nowhere', '/suppliers/not-an-id', concrete('/suppliers/:id')]) {
    const answer = await user.get(url)
    t.equal(answer.status, 404, url)
    t.match(answer.body, /<h1/, `${url} is a whole page`)
  }
})
