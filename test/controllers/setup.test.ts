import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { testApp, Visitor } from '../support/web.ts'

const form = {
  name: 'Atelier Nord',
  country: 'FR',
  language: 'fr',
  user_name: 'Anna Kern',
  email: 'anna@nord.test',
  password: 'a long password',
  password_again: 'a long password',
}

t.test('an empty installation has one page, which does not exist once it is set up', async (t) => {
  const { db } = await testDatabase(t)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const visitor = new Visitor(app)
  for (const url of ['/', '/login', '/orders?q=x', '/setupx'])
    t.match(await visitor.get(url), { status: 303, location: '/setup' }, url)
  t.equal((await visitor.get('/setup')).status, 200)
  t.equal((await visitor.get('/health/live')).status, 200)

  const wrong = await visitor.post('/setup', {
    ...form,
    country: 'US',
    email: 'anna',
    password_again: 'other',
  })
  t.equal(wrong.status, 422)
  t.match(wrong.body, /value="Anna Kern"/)
  t.notMatch(wrong.body, /a long password/)

  const done = await visitor.post('/setup', form)
  t.match(done, { status: 303, location: /^\/organisations\// })
  const page = await visitor.get(done.location)
  t.match(page, { status: 200, body: /Atelier Nord[\s\S]*Avant la première facture/ }, 'signed in, in French')
  t.equal((await visitor.get('/setup')).status, 404)
  t.equal((await visitor.post('/setup', form)).status, 404)
  t.match((await visitor.json('/organisations')).body, {
    items: [{ currency: 'EUR', time_zone: 'Europe/Paris' }],
  })
})
