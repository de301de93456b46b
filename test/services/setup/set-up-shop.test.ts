import t from 'tap'
import { type SetupForm, setUpShop } from '../../../src/services/setup/set-up-shop.ts'
import { authenticate } from '../../../src/services/users/authenticate.ts'
import { testDatabase } from '../../support/database.ts'

const form: SetupForm = {
  organisation: {
    name: 'Atelier Nord',
    legal_name: 'Atelier Nord SAS',
    siren: '732829320',
    vat_number: 'FR44732829320',
    time_zone: 'Europe/Paris',
    language: 'fr',
    currency: 'EUR',
    street: '1 rue du Port',
    street_2: '',
    street_3: '',
    postal_code: '59000',
    city: 'Lille',
    region: '',
    country: 'FR',
  },
  standardRate: null,
  admin: { name: 'Anna Kern', email: 'anna@nord.test', password: 'a long password' },
}

t.test('an empty installation becomes a shop that can bill', async (t) => {
  const { db } = await testDatabase(t)
  const { organisationId, userId } = await setUpShop(db, form)
  const organisation = await db.selectFrom('organisations').selectAll().executeTakeFirstOrThrow()
  t.match(organisation, { id: organisationId, code: 'ATELIER-NORD', note_indemnity: /40\u00a0€/ })
  const rate = await db
    .selectFrom('tax_rates')
    .selectAll()
    .where('id', '=', organisation.default_tax_rate_id)
    .executeTakeFirstOrThrow()
  t.match(rate, { code: 'FR-20', name: 'TVA 20\u00a0%' })
  const term = await db
    .selectFrom('payment_terms')
    .selectAll()
    .where('id', '=', organisation.default_payment_term_id)
    .executeTakeFirstOrThrow()
  t.match(term, { code: '30', name: '30 jours', text_en: '30 days' })
  t.equal((await db.selectFrom('tax_treatment_rates').selectAll().execute()).length, 6)
  t.match(await db.selectFrom('installation').selectAll().executeTakeFirstOrThrow(), { kind: 'shop' })
  const { email, password } = form.admin
  t.equal(await authenticate(db, { email, password, address: '::1' }), userId)
})

t.test('of two who set up at once one wins, and the other is told', async (t) => {
  const { db } = await testDatabase(t)
  const other = { ...form, admin: { ...form.admin, email: 'other@nord.test' } }
  const results = await Promise.allSettled([setUpShop(db, form), setUpShop(db, other)])
  t.same(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  const refused = results.find((result) => result.status === 'rejected')
  t.match(refused?.reason, { name: 'Refused', refusals: [{ code: 'already_set_up' }] })
  t.equal((await db.selectFrom('organisations').selectAll().execute()).length, 1)
  t.equal((await db.selectFrom('users').selectAll().execute()).length, 1)
})

t.test('identifiers that cannot be are mistakes, and nothing is made', async (t) => {
  const { db } = await testDatabase(t)
  const organisation = { ...form.organisation, siren: '732829321', vat_number: '' }
  await t.rejects(setUpShop(db, { ...form, organisation }), { errors: [{ field: 'siren' }] })
  t.equal(await db.selectFrom('organisations').selectAll().executeTakeFirst(), undefined)
})
