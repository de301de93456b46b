import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { insertDraftInvoice, insertOrder } from '../support/documents.ts'
import { fieldsOf } from '../support/forms.ts'
import { makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

const json = { accept: 'application/json' }

/** A draft that Anna has changed while Ute's form was open: its address, Ute's form with changes of her own, and Ute. */
async function draftOfTwo(t: { teardown(end: () => unknown): unknown }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const draft = await insertDraftInvoice(db, shop, await insertOrder(db, shop))
  const app = await testApp(db)
  t.teardown(() => app.close())
  const [ute, anna] = [await Visitor.signedIn(app, shop.user_id), await Visitor.signedIn(app, shop.admin_id)]
  const address = `/invoices/${draft}`
  const [mine, hers] = [
    Object.fromEntries(fieldsOf(await ute.get(`${address}/edit`))),
    Object.fromEntries(fieldsOf(await anna.get(`${address}/edit`))),
  ]
  const saved = await anna.post(address, {
    ...hers,
    subject: 'Hers',
    customer_order_number: 'PO-9',
    payment_term_id: shop.term_id,
    'lines[0][quantity]': '7',
  })
  return {
    saved,
    address,
    ute,
    line: mine['lines[0][id]'],
    form: { ...mine, subject: 'Mine', 'lines[0][quantity]': '9' },
    record: async () => (await ute.json(address)).body,
  }
}

t.test('a save over somebody else’s draft names the fields of both as the form does', async (t) => {
  const { saved, address, ute, form } = await draftOfTwo(t)
  t.equal(saved.status, 303)
  const answer = await ute.post(address, form, json)
  t.equal(answer.status, 422)
  t.match(JSON.parse(answer.body), {
    version: 2,
    by: 'Anna Kern',
    errors: [{ field: 'version' }, { field: 'subject' }, { field: 'lines[0][quantity]' }],
    conflicts: [
      { field: 'subject', theirs: 'Hers', yours: 'Mine' },
      { field: 'lines[0][quantity]', theirs: '7', yours: '9' },
    ],
    taken: [{ field: 'customer_order_number', theirs: 'PO-9', yours: '' }, { field: 'payment_term_id' }],
  })
})

t.test('the second editor of a draft chooses between both texts, and nothing typed is lost', async (t) => {
  const { address, ute, form, line, record } = await draftOfTwo(t)
  const page = await ute.post(address, form)
  t.equal(page.status, 422)
  t.match(
    page.body,
    /<h2 id="conflict-title">Anna Kern saved this draft at \d\d:\d\d\. Choose what to keep below; nothing of yours is lost\./,
  )
  t.notMatch(page.body, /There is a mistake on this page/, 'the heading says what happened')
  t.match(page.body, 'Payment term: 30 days')
  t.match(page.body, 'Save with these choices')
  const merged = Object.fromEntries(fieldsOf(page))
  t.match(merged, {
    version: '2',
    subject: 'Mine',
    customer_order_number: 'PO-9',
    'lines[0][quantity]': '9',
    'choices[header.subject]': 'yours',
  })
  const answer = await ute.post(address, { ...merged, [`choices[line.${line}.quantity]`]: 'theirs' })
  t.equal(answer.status, 303)
  t.match(await record(), {
    version: 3,
    subject: 'Mine',
    customer_order_number: 'PO-9',
    lines: [{ quantity: '7' }],
  })
})

t.test('theirs can be taken for the header too', async (t) => {
  const { address, ute, form, record } = await draftOfTwo(t)
  const merged = Object.fromEntries(fieldsOf(await ute.post(address, form)))
  const answer = await ute.post(address, { ...merged, 'choices[header.subject]': 'theirs' })
  t.equal(answer.status, 303)
  t.match(await record(), { subject: 'Hers', lines: [{ quantity: '9' }] })
})
