import t from 'tap'

import { archiveUser } from '../../../src/services/users/archive-user.ts'
import { authenticate } from '../../../src/services/users/authenticate.ts'
import { changePassword } from '../../../src/services/users/change-password.ts'
import { createUser, saveUser, type UserForm } from '../../../src/services/users/save-user.ts'
import { startSession } from '../../../src/services/users/sessions.ts'
import { testDatabase } from '../../support/database.ts'
import { makeShop } from '../../support/shop.ts'

const refusedFor = (codes: string[]) => ({ name: 'Refused', refusals: codes.map((code) => ({ code })) })

async function shopWithUsers(t: { teardown(end: () => unknown): unknown }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const form: UserForm = {
    name: 'Paul Sand',
    title: '',
    email: 'paul@shop.test',
    role: 'user',
    language: 'fr',
    organisation_id: shop.organisation_id,
    organisation_ids: [],
  }
  return { db, shop, form }
}

t.test('a user works at home even where nobody said so, and signs in with the first password', async (t) => {
  const { db, shop, form } = await shopWithUsers(t)
  const id = await createUser(db, shop.admin_id, { form, password: 'a long password' })
  const works = await db.selectFrom('user_organisations').selectAll().where('user_id', '=', id).execute()
  t.same(works, [{ user_id: id, organisation_id: shop.organisation_id }])
  const attempt = { email: 'PAUL@shop.test', password: 'a long password', address: '::1' }
  t.equal(await authenticate(db, attempt), id)
  await t.rejects(createUser(db, shop.admin_id, { form, password: null }), { errors: [{ field: 'email' }] })
})

t.test('the last admin stays one, whoever tries', async (t) => {
  const { db, shop, form } = await shopWithUsers(t)
  const change = { form: { ...form, email: 'admin@shop.test' }, password: null, version: null }
  await t.rejects(saveUser(db, shop.user_id, shop.admin_id, change), { errors: [{ field: 'role' }] })
  await t.rejects(archiveUser(db, shop.user_id, shop.admin_id, true), refusedFor(['last_admin']))
  await t.rejects(archiveUser(db, shop.admin_id, shop.admin_id, true), refusedFor(['yourself', 'last_admin']))
  const second = await createUser(db, shop.admin_id, { form: { ...form, role: 'admin' }, password: null })
  const results = await Promise.allSettled([
    archiveUser(db, second, shop.admin_id, true),
    archiveUser(db, shop.admin_id, second, true),
  ])
  t.same(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected'], 'two admins at each other')
})

t.test('archiving and a new password by the admin end every session', async (t) => {
  const { db, shop, form } = await shopWithUsers(t)
  const id = await createUser(db, shop.admin_id, { form, password: 'a long password' })
  const sessions = () => db.selectFrom('sessions').selectAll().where('user_id', '=', id).execute()
  await startSession(db, id)
  await saveUser(db, shop.admin_id, id, { form, password: 'another password', version: 1 })
  t.equal((await sessions()).length, 0)
  await startSession(db, id)
  await archiveUser(db, shop.admin_id, id, true)
  t.equal((await sessions()).length, 0)
})

t.test('one’s own new password needs the old one, and ends every session', async (t) => {
  const { db, shop, form } = await shopWithUsers(t)
  const id = await createUser(db, shop.admin_id, { form, password: 'a long password' })
  await startSession(db, id)
  const user = { id, email: form.email, address: '192.0.2.1' }
  await t.rejects(changePassword(db, user, { old: 'wrong', next: 'the next password' }), {
    errors: [{ field: 'old_password', message: { key: 'users.password.old.wrong' } }],
  })
  await changePassword(db, user, { old: 'a long password', next: 'the next password' })
  t.same(await db.selectFrom('sessions').selectAll().where('user_id', '=', id).execute(), [])
  for (let guess = 0; guess < 5; guess += 1)
    await t.rejects(changePassword(db, user, { old: `guess ${guess}`, next: 'the next password' }))
  await t.rejects(
    changePassword(db, user, { old: 'the next password', next: 'a long password' }),
    { errors: [{ field: 'old_password', message: { key: 'sign_in.too_many' } }] },
    'and is not guessed there more often than at sign-in',
  )
})
