import t from 'tap'
import { issueInvoices } from '../../src/services/invoices/issue-invoices.ts'
import { testDatabase } from '../support/database.ts'
import { makeDraft } from '../support/invoices.ts'
import { makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

const json = { accept: 'application/json' }

/** An issued invoice of 3 × 10.01 at 20 %: gross 36.04. */
async function issuedInvoice(t: { teardown(end: () => unknown): unknown }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const id = await makeDraft(db, {
    organisation_id: shop.organisation_id,
    account_id: shop.accounts.paris,
    document_date: '2026-04-01',
    rate: { id: shop.rates.fr20, category: 'S', rate: '20' },
    unit_price: '10.01',
    line: { quantity: '3' },
  })
  const { outcomes } = await issueInvoices(db, {
    by: { user_id: shop.user_id },
    organisation_ids: [shop.organisation_id],
    ids: [id],
    lacks: () => [],
  })
  if (outcomes[0]?.result !== 'issued') throw new Error(JSON.stringify(outcomes))
  const line = await db
    .selectFrom('invoice_lines')
    .select('id')
    .where('invoice_id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    db,
    shop,
    url: `/invoices/${id}`,
    id,
    line: line.id,
    visitor: await Visitor.signedIn(app, shop.user_id),
  }
}

t.test('the form shows the balance before and after, and reckons what is typed without saving', async (t) => {
  const { db, url, line, visitor } = await issuedInvoice(t)
  const page = await visitor.get(`${url}/credit-notes/new`)
  t.match(
    page.body,
    /all that is left, €36\.04[\s\S]*comes to −€36\.04: net −€30\.03, tax −€6\.01\. Then €0\.00 is open/,
  )
  t.match(page.body, /Before[\s\S]*After[\s\S]*€36\.04/)
  const typed = { mode: 'lines', [`quantities[${line}]`]: '2' }
  const preview = await visitor.post(`${url}/credit-notes/calculation`, typed)
  t.match(preview, { status: 200, body: /value="2"[\s\S]*−€24\.02[\s\S]*Then €12\.02 is open/ })
  const asked = await visitor.json(`${url}/credit-notes/new?mode=amount&amount=10`)
  t.match(asked.body, {
    left: { net: '30.03', gross: '36.04' },
    credit: { net: '-10.00', due: '-12.00' },
    errors: [],
  })
  const wrong = await visitor.post(`${url}/credit-notes/calculation`, { mode: 'amount', amount: '99' })
  t.match(wrong.body, /Enter €30\.03 or less/)
  t.equal((await db.selectFrom('invoices').select('id').execute()).length, 1, 'nothing was written')
})

t.test('a credit note is made once, names what it corrects, and is listed with its signs', async (t) => {
  const { url, id, line, visitor } = await issuedInvoice(t)
  const fields = {
    mode: 'lines',
    [`quantities[${line}]`]: '1',
    reason: 'One came back',
    idempotency_key: 'once',
  }
  const made = await visitor.post(`${url}/credit-notes`, fields)
  t.match(made, { status: 303, location: /^\/invoices\/[0-9a-f-]{36}$/ })
  t.match(await visitor.post(`${url}/credit-notes`, fields), { status: 303, location: made.location })
  t.match(await visitor.post(`${url}/credit-notes`, { ...fields, reason: 'Other' }, json), { status: 409 })
  t.match((await visitor.json(made.location)).body, {
    kind: 'credit_note',
    status: 'approved',
    net: '-10.01',
    gross: '-12.01',
    open: '0.00',
    lines: [{ quantity: '-1', net: '-10.01' }],
    preceding: [{ id, number: 'F-AN-2026-0001' }],
  })
  t.match((await visitor.get(made.location)).body, /It corrects invoice F-AN-2026-0001 of/)
  t.match((await visitor.json(url)).body, {
    open: '24.03',
    credit_notes: [{ gross: '-12.01', reason: 'One came back', reopen: false }],
  })
  const page = await visitor.get(url)
  t.match(page.body, /A-AN-2026-0001[\s\S]*One came back/)
  t.match(page.body, /credit-notes\/new[\s\S]*credit-notes\/new\?reissue=on/)
  const { body } = await visitor.json('/invoices')
  t.match(JSON.stringify(body), /"kind":"credit_note"[\s\S]*"gross":"-12.01"/)

  const tooMany = await visitor.post(
    `${url}/credit-notes`,
    { ...fields, idempotency_key: 'b', [`quantities[${line}]`]: '2.5' },
    json,
  )
  t.match(JSON.parse(tooMany.body), {
    errors: [{ field: `quantities[${line}]`, message: /2 can still be credited/ }],
  })
  const form = await visitor.post(`${url}/credit-notes`, { mode: 'lines', [`quantities[${line}]`]: 'two' })
  t.match(form, { status: 422, body: /value="two"[\s\S]*Enter the quantity as a number/ })
  t.match(await visitor.post(`${url}/credit-notes`, {}, json), {
    status: 422,
    body: /all, lines or an amount/,
  })
  const note = made.location
  t.match(await visitor.post(`${note}/credit-notes`, { mode: 'all' }, json), {
    status: 409,
    body: /credit_note/,
  })
  t.match((await visitor.get(`${note}/credit-notes/new`)).body, /is a credit note/)
})

t.test('whether it is billable again follows the cause, unless a person says', async (t) => {
  const cases: [Record<string, string>, boolean][] = [
    [{ cause: 'error' }, true],
    [{ cause: 'gesture' }, false],
    [{ cause: 'error', reopen: 'off' }, false],
    [{ reopen: 'on' }, true],
    [{}, false],
  ]
  const { db, url, line, visitor } = await issuedInvoice(t)
  for (const [fields, expected] of cases) {
    const made = await visitor.post(`${url}/credit-notes`, {
      mode: 'lines',
      [`quantities[${line}]`]: '0.1',
      ...fields,
    })
    const note = await db
      .selectFrom('invoices')
      .select('reopens')
      .where('id', '=', made.location.slice('/invoices/'.length))
      .executeTakeFirstOrThrow()
    t.equal(note.reopens, expected, JSON.stringify(fields))
  }
})

t.test('crediting and issuing anew leads to the credit note, and on to the draft', async (t) => {
  const { db, url, visitor } = await issuedInvoice(t)
  const asked = await visitor.get(`${url}/credit-notes/new?reissue=on`)
  t.match(asked.body, /name="reissue" value="on"[\s\S]*A draft with the same lines takes its place/)
  const made = await visitor.post(`${url}/credit-notes`, { mode: 'all', reissue: 'on', reason: 'Wrong name' })
  t.equal(made.status, 303)
  const draft = await db
    .selectFrom('invoices')
    .select(['id', 'gross'])
    .where('issued_at', 'is', null)
    .executeTakeFirstOrThrow()
  t.match((await visitor.get(made.location)).body, `/invoices/${draft.id}/edit`)
  t.match((await visitor.get(url)).body, /It is credited; in its place stands/)
  t.match((await visitor.get(`/invoices/${draft.id}`)).body, /It takes the place of F-AN-2026-0001/)
  t.match((await visitor.json(`/invoices/${draft.id}`)).body, { reissue_of: { number: 'F-AN-2026-0001' } })
  t.match((await visitor.get(`${url}/credit-notes/new`)).body, /Nothing is left of F-AN-2026-0001/)
})
