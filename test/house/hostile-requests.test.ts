import t from 'tap'
import { z } from 'zod'
import { translate } from '../../src/languages/translate.ts'
import { Fields } from '../../src/lib/fields.ts'
import { isEmail, parseFields, text } from '../../src/lib/form-schema.ts'
import { localAddress } from '../../src/lib/local-address.ts'
import { authenticate } from '../../src/services/users/authenticate.ts'
import { hashPassword, longestPassword, passwordMatches } from '../../src/services/users/passwords.ts'
import { testDatabase } from '../support/database.ts'
import { makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

async function party(t: { teardown(end: () => unknown): unknown }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  return { db, shop, app, user: await Visitor.signedIn(app, shop.user_id) }
}

t.test('nobody is led elsewhere by an address that begins here', async (t) => {
  const elsewhere = ['//evil.test', '/\\evil.test', '/\t/evil.test', '/.//evil.test', '/x/..//evil.test']
  for (const address of [...elsewhere, '/%2e//evil.test', 'https://evil.test', 'javascript:alert(1)', '']) {
    t.equal(localAddress(address), '/', JSON.stringify(address))
  }
  t.equal(localAddress('/orders?q=a//b'), '/orders?q=a//b')
  const { user } = await party(t)
  const referer = 'http://localhost:80//evil.test/x'
  const refused = await user.post('/orders', { _csrf: 'forged' }, { referer, host: 'localhost:80' })
  t.equal(refused.status, 403)
  t.notMatch(refused.body, /evil/, 'nor by the way back')
})

t.test('a name turns no sentence around', async (t) => {
  const schema = z.object({ name: text({ max: 20 }), note: text({ max: 20, multiline: true }) })
  const fields = Fields.parse(
    new URLSearchParams({ name: '\u202eBlauer\u2069 See', note: 'a\u202d\nb\u2067' }).toString(),
  )
  t.match(parseFields(schema, fields), { value: { name: 'Blauer See', note: 'a\nb' } })
  t.equal(translate('en', 'views.edit', { name: 'שלום' }), 'Change view “\u2068שלום\u2069”')
  t.equal(translate('en', 'views.edit', { name: 'Été' }), 'Change view “Été”')
})

t.test('what cannot be read is refused with a sentence, and is no failure of ours', async (t) => {
  const { app, user } = await party(t)
  const cursor = (...values: string[]) =>
    Buffer.from(JSON.stringify(['after', ...values])).toString('base64url')
  for (const list of ['orders', 'invoices', 'accounts', 'contacts', 'products', 'suppliers']) {
    for (const values of [
      ['\0', '\0'],
      ['2026-01-01', 'a\0', 'b'],
      ['\ud800', '\udfff'],
      ['infinity', 'x', 'y'],
    ]) {
      const answer = await user.get(`/${list}?cursor=${cursor(...values)}`)
      t.equal(answer.status, 200, `${list} by the cursor ${JSON.stringify(values)}`)
    }
  }
  for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x']) {
    for (const payload of ['--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb', 'nonsense']) {
      for (const url of ['/login', '/accounts']) {
        const answer = await app.inject({ method: 'POST', url, headers: { 'content-type': type }, payload })
        t.equal(answer.statusCode, 400, `${url} takes no ${type} of ${JSON.stringify(payload)}`)
        t.match(answer.body, /could not be read/)
      }
    }
  }
  const lines = Array.from({ length: 12_001 }, (_, at): [string, string] => [`lines[${at}][unit]`, 'x'])
  const many = await user.post('/orders', lines)
  t.equal(many.status, 422, 'more lines than any form takes')
  t.ok(many.body.length < 100_000, 'are not shown again')
  const names = ['__proto__', 'constructor', 'toString', 'lines[0][__proto__]', 'shipping_address[__proto__]']
  for (const url of ['/orders', '/accounts', '/contacts', '/products', '/suppliers']) {
    const answer = await user.post(url, Object.fromEntries(names.map((name) => [name, 'x'])))
    t.equal(answer.status, 422, `${url} with names of an object’s own`)
  }
})

t.test('HEAD answers as GET does, without a session too', async (t) => {
  const { app } = await party(t)
  const answer = await app.inject({ method: 'HEAD', url: '/orders' })
  t.match(answer, { statusCode: 303, headers: { location: '/login?next=%2Forders' } })
})

t.test('a request that never ends holds no connection for ever', async (t) => {
  const { app } = await party(t)
  t.ok(app.server.requestTimeout > 0 && app.server.requestTimeout <= 300_000)
  t.ok(app.server.headersTimeout > 0 && app.server.headersTimeout <= 60_000)
})

t.test('of many attempts at once no more are tried than one after another', async (t) => {
  const { db, shop } = await party(t)
  const password_hash = await hashPassword('the right password')
  await db.updateTable('users').set({ password_hash }).where('id', '=', shop.user_id).execute()
  const attempt = (password: string, email = 'user@shop.test') =>
    authenticate(db, { email, password, address: '192.0.2.1' }).then(
      () => 'in',
      (error: unknown) => (error instanceof Error ? error.message : 'failed'),
    )
  const right = await Promise.all(Array.from({ length: 8 }, () => attempt('the right password')))
  t.ok(
    right.every((answer) => answer === 'in'),
    'the right password many times at once is let in',
  )
  const wrong = await Promise.all(Array.from({ length: 20 }, (_, at) => attempt(`guess ${at}`)))
  t.equal(wrong.filter((answer) => answer.includes('sign_in.wrong')).length, 5)
  t.equal(wrong.filter((answer) => answer.includes('sign_in.too_many')).length, 15)
  const spread = await Promise.all(
    Array.from({ length: 60 }, (_, at) => attempt('guess', `user${at}@shop.test`)),
  )
  t.equal(spread.filter((answer) => answer.includes('sign_in.wrong')).length, 45, 'nor from one address')
  t.match(await attempt('the right password'), /too_many/, 'and who comes then has to wait')
})

t.test('megabytes of a password are no password, and cost nothing', async (t) => {
  const hash = await hashPassword('x'.repeat(longestPassword))
  t.equal(await passwordMatches(hash, 'x'.repeat(longestPassword)), true)
  const begun = performance.now()
  t.equal(await passwordMatches(hash, '\uFDFA'.repeat(2_000_000)), false)
  t.ok(performance.now() - begun < 1000)
  t.equal(
    await passwordMatches(await hashPassword(''), 'x'.repeat(10_000)),
    false,
    'nor do they stand for none',
  )
})

t.test('signing in and a new password give the browser a new session and end the one it had', async (t) => {
  const { app, db, shop, user } = await party(t)
  const password_hash = await hashPassword('the right password')
  await db.updateTable('users').set({ password_hash }).where('id', '=', shop.user_id).execute()
  const sessions = async () =>
    (await db.selectFrom('sessions').select('token_hash').where('user_id', '=', shop.user_id).execute()).map(
      (session) => session.token_hash.toString('hex'),
    )
  const [first, ...none] = await sessions()
  t.same(none, [])
  const signIn = { email: 'user@shop.test', password: 'the right password' }
  t.match(await user.post('/login', signIn), { status: 303, location: '/' })
  const [second, ...further] = await sessions()
  t.same(further, [], 'there is one still')
  t.not(second, first, 'and it is another')
  const next = {
    old_password: 'the right password',
    password: 'the next password',
    password_again: 'the next password',
  }
  t.match(await user.post('/profile/password', next), { status: 303, location: '/profile' })
  t.not((await sessions())[0], second)
  t.match(
    await user.get('/profile'),
    { status: 200, body: /password/i },
    'whoever changed it stays signed in',
  )

  const kept = { ...signIn, password: 'the next password', kept: 'subject=a%00b', next: '/orders/new' }
  t.equal((await new Visitor(app).post('/login', kept)).status, 422, 'a kept form is checked like any other')
})

t.test('an email address is one address in a link too', async (t) => {
  for (const text of ['a@b.test', 'r&d@b.test', "o'neil+x@b-c.test", 'é@münchen.test', 'a_b@x.y.test'])
    t.ok(isEmail(text), text)
  for (const text of [
    'a?bcc=b@c.test',
    'a@b.test?bcc=c',
    'a%0Ab@c.test',
    'a#b@c.test',
    'a@b..test',
    'a@b',
    'a\u202E@b.test',
  ])
    t.notOk(isEmail(text), text)
})
