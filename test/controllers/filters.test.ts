import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { insertOrder } from '../support/documents.ts'
import { makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

/** Every list with each of its filters of known values. */
const wrong = [
  '/orders?status=bogus',
  '/orders?assigned_to_id=bogus',
  '/orders?organisation_id=bogus',
  '/orders?from=yesterday',
  '/orders?to=31/02/2026',
  '/orders?finalized=maybe',
  '/orders?recurring=maybe',
  '/orders?billing=bogus',
  '/invoices?status=bogus',
  '/invoices?organisation_id=bogus',
  '/invoices?source=bogus',
  '/invoices?from=yesterday',
  '/accounts?tax_treatment=bogus',
  '/accounts?archived=bogus',
  '/contacts?archived=bogus',
  '/products?kind=bogus',
  '/products?archived=bogus',
  '/suppliers?archived=bogus',
  '/users?archived=bogus',
  '/organisations?archived=bogus',
  '/settings/tax-rates?archived=bogus',
  '/settings/payment-terms?archived=bogus',
]

t.test(
  'a list with a wrong filter is refused to programs and files, and shown to people with the mistake',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    await insertOrder(db, shop)
    const app = await testApp(db)
    t.teardown(() => app.close())
    const admin = await Visitor.signedIn(app, shop.admin_id)
    for (const address of wrong) {
      const field = new URL(address, 'http://list').searchParams.keys().next().value
      const json = await admin.json(address)
      t.equal(json.status, 422, `${address} as JSON`)
      t.match(json.body, { errors: [{ field, message: String }] })
      t.equal((await admin.get(`${address}&format=csv`)).status, 422, `${address} as CSV: not the whole list`)
      const page = await admin.get(address)
      t.equal(page.status, 200, address)
      if (!address.startsWith('/settings'))
        t.match(page.body, /this filter was left out\./, 'the page says so beside the field')
    }
    t.match((await admin.json('/orders?status=created')).body, { total: 1 })
    t.match((await admin.json('/orders?from=2026-02-01&to=2026-01-01')).body, { errors: [{ field: 'to' }] })
  },
)
