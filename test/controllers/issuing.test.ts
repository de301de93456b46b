import t from 'tap'
import type { Database } from '../../src/data/database.ts'
import { todayIn } from '../../src/lib/dates.ts'
import { testDatabase } from '../support/database.ts'
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
