import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { insertDraftInvoice, insertOrder } from '../support/documents.ts'
import { insertIssuedInvoice } from '../support/payments.ts'
import { makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

const json = { accept: 'application/json' }

/** Invoices of Chop-suey over 240.00 and 120.00, of Blauer See over 99.60, and a draft; all but the last long overdue. */
async function shopWithInvoices(t: { teardown(end: () => unknown): unknown }) {
  const database = await testDatabase(t)
  const { db } = database
  const shop = await makeShop(db)
  const issued = (number: string, gross: string, account_id = shop.accounts.paris, due_date = '2026-03-31') =>
    insertIssuedInvoice(db, shop, { number, gross, account_id, due_date })
  const invoices = {
    large: await issued('FA-2026-0042', '240.00'),
    small: await issued('FA-2026-0043', '120.00'),
    other: await insertIssuedInvoice(db, shop, {
      number: 'FA-2026-0044',
      gross: '99.60',
      account_id: shop.accounts.mannheim,
      due_date: '2999-01-01',
      buyer: 'Blauer See Delikatessen',
    }),
    draft: await insertDraftInvoice(db, shop, await insertOrder(db, shop)),
  }
  const app = await testApp(db)
  t.teardown(() => app.close())
  const visitor = await Visitor.signedIn(app, shop.user_id)
  const stranger = await Visitor.signedIn(app, shop.admin_id)
  const items = async (url: string): Promise<Record<string, unknown>[]> => {
    const { body } = await visitor.json(url)
    return typeof body === 'object' && body !== null && 'items' in body && Array.isArray(body.items)
      ? body.items
      : []
  }
  return { ...database, shop, app, visitor, stranger, invoices, items }
}

function fieldIn(body: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? ''
}

t.test('a payment is entered on the invoice’s page, once, and undone with a reason', async (t) => {
  const { visitor, invoices, items } = await shopWithInvoices(t)
  const at = `/invoices/${invoices.large}/payments`
  const page = await visitor.get(at)
  t.match(page.body, /Nothing has been paid/)
  t.match(page.body, /value="240\.00"/, 'what is open is proposed')
  const form = {
    payment_date: '2026-04-02',
    amount: '100,50',
    method: 'cheque',
    reference: 'No. 7',
    idempotency_key: fieldIn(page.body, 'idempotency_key'),
  }
  t.match(await visitor.post(at, form), { status: 303, location: at })
  t.match(await visitor.post(at, form), { status: 303, location: at }, 'sent twice it is one payment')
  t.match((await visitor.get(at)).body, /Payment of €100\.50 entered on FA-2026-0042\. €139\.50 is open\./)
  const [payment] = await items(at)
  t.match(payment, {
    payment_date: '2026-04-02',
    amount: '100.50',
    method: 'cheque',
    reference: 'No. 7',
    taxes: [{ category: 'S', rate: '20', amount: '100.50', tax: '16.75' }],
  })
  t.equal((await items(at)).length, 1)
  const wrong = await visitor.post(at, {
    ...form,
    idempotency_key: '',
    amount: '139.51',
    payment_date: '2999-01-01',
  })
  t.equal(wrong.status, 422)
  t.match(wrong.body, /Enter €139\.50 or less/)
  t.match(wrong.body, /Enter a day up to today/)
  t.match(wrong.body, /value="139\.51"/, 'what was typed is still there')
  t.match(await visitor.post(at, { amount: 'lots' }, json), { status: 422, body: /"field":"amount"/ })

  const undo = `${at}/${payment?.['id']}/reversal`
  t.match((await visitor.get(undo)).body, /Open now €139\.50, afterwards €240\.00/)
  t.match(await visitor.post(undo, { reason: '' }), { status: 422, body: /Say why the payment is undone/ })
  t.match(await visitor.post(undo, { reason: 'Cheque came back' }), { status: 303, location: at })
  const after = await visitor.get(at)
  t.match(after.body, /Undoes the payment of 2 Apr 2026: Cheque came back/)
  t.match((await visitor.get(undo)).body, /undone already/)
  t.match((await visitor.get(`/invoices/${invoices.large}`)).body, /Payment undone/, 'the history tells it')
  t.match(await visitor.get(`/invoices/${invoices.draft}/payments`), { status: 200, body: /issue it first/ })
  t.match(await visitor.post(`/invoices/${invoices.draft}/payments`, { amount: '1' }, json), {
    status: 409,
    body: /"code":"draft"/,
  })
})

t.test('the status “paid” enters what is left', async (t) => {
  const { visitor, invoices } = await shopWithInvoices(t)
  const at = `/invoices/${invoices.small}`
  const set = (fields: Record<string, string>) =>
    visitor.post(`${at}/status`, { status: 'paid', ...fields }, json)
  t.match(await set({ paid_date: '2999-01-01' }), { status: 422, body: /"field":"paid_date"/ })
  t.match(await set({ paid_date: '2026-04-05' }), { status: 303, location: at })
  t.match((await visitor.json(at)).body, { status: 'paid', open: '0.00', paid: '120.00' })
  t.match(await set({}), { status: 303 })
  t.match((await visitor.json(`${at}/payments`)).body, {
    items: [{ payment_date: '2026-04-05', amount: '120.00' }],
    total: 1,
  })
})

t.test('invoices are narrowed to open, overdue and paid ones, with what is open in all', async (t) => {
  const { visitor, shop, invoices, items } = await shopWithInvoices(t)
  await visitor.post(`/invoices/${invoices.small}/status`, { status: 'paid' })
  const numbers = async (query: string) =>
    (await items(`/invoices?sort=number&${query}`)).map(({ number }) => number)
  t.same(await numbers('payment=open'), ['FA-2026-0042', 'FA-2026-0044'])
  t.same(await numbers('payment=overdue'), ['FA-2026-0042'])
  t.same(await numbers('payment=paid'), ['FA-2026-0043'])
  t.same(await numbers('payment=overdue&status=draft'), [])
  t.same(await numbers('payment=open&q=blauer'), ['FA-2026-0044'])
  const list = await visitor.get('/invoices?payment=open')
  t.match(list.body, /open €339\.60/)
  t.match(list.body, /days late/)
  t.match((await visitor.json('/')).body, {
    waiting: [
      {
        kind: 'overdue',
        count: 1,
        sums: [{ currency: 'EUR', open: '240.00' }],
        list: '/invoices?payment=overdue',
      },
    ],
  })
  t.match((await visitor.get('/')).body, /1 invoice is overdue/)
  const account = await visitor.get(`/accounts/${shop.accounts.paris}`)
  t.match(account.body, /payment=overdue/)
  t.match(account.body, /1 invoice, €240\.00/)
})

const statement = `Compte;FR76 3000 6000 0112 3456 7890 189
Solde au 31/05/2026;12 345,67

Date opération;Libellé;Débit euros;Crédit euros
02/05/2026;VIR SEPA CHOP-SUEY FA-2026-0042;;240,00
03/05/2026;VIR BLAUER SEE DELIKATESSEN;;99,60
04/05/2026;PRLV EDF;-84,20;
05/05/2026;REMISE CHEQUE;;1 000,00
05/05/2026;REMISE CHEQUE;;1 000,00
`

t.test('a statement is taken in, proposed, confirmed row by row, and never entered twice', async (t) => {
  const { visitor, stranger, invoices, items } = await shopWithInvoices(t)
  const upload = (text: string, encoding: BufferEncoding = 'latin1') =>
    visitor.upload(
      '/payments/imports',
      { currency: 'EUR' },
      { file: { name: 'mai.csv', content: Buffer.from(text, encoding) } },
    )
  t.match(await visitor.post('/payments/imports', {}), { status: 422, body: /Choose the CSV file/ })
  const wrong = await upload('Date;Libellé;Montant\n31/02/2026;X;1,00\n01/03/2026;Y;zwei\n')
  t.match(wrong, { status: 422, body: /Line 2: “31\/02\/2026” is not a date/ })
  t.match(wrong.body, /Line 3: “zwei” is not an amount/)

  const taken = await upload(statement)
  t.match(taken, { status: 303, location: /^\/payments\/imports\// })
  const page = await visitor.get(taken.location)
  t.match(page.body, /5 lines taken/)
  t.match(page.body, /VIR SEPA CHOP-SUEY FA-2026-0042/)
  t.match(page.body, /The number is in the text, and the amount is what is open/)
  t.match(page.body, /Money that left the account/)
  const lines = await items(taken.location)
  t.match(lines, [
    { amount: '240.00', proposals: [{ confidence: 'certain', invoices: [{ number: 'FA-2026-0042' }] }] },
    { amount: '99.60', proposals: [{ confidence: 'likely', reason: 'customer_exact' }] },
    { amount: '1000.00', proposals: [] },
    { amount: '1000.00', proposals: [] },
  ])
  const [first, second, third] = lines.map(({ id }) => String(id))
  t.equal(
    page.body.match(/name="ids\[\]" value="[^"]+" aria-label="[^"]+" checked/g)?.length,
    1,
    'only the certain one is ticked',
  )
  t.match(page.body, new RegExp(`value="${first}" aria-label="[^"]+" checked`))

  const again = await upload(statement.replaceAll('VIR SEPA', 'vir  sepa'))
  t.match(
    (await visitor.get(again.location)).body,
    /No new line, 5 known already/,
    'the same lines are known',
  )

  const choice = (at: number) => {
    const proposals = lines[at]?.['proposals']
    const found: unknown = Array.isArray(proposals) ? proposals[0]?.choice : ''
    return String(found)
  }
  const confirm = (fields: [string, string][]) => visitor.post('/payments/lines', fields)
  t.match(await confirm([]), { status: 422, body: /Tick the lines/ })
  const refused = await confirm([
    ['ids[]', first ?? ''],
    [`choices[${first}]`, choice(0)],
    ['ids[]', third ?? ''],
    [`numbers[${third}]`, 'FA-2026-0099'],
  ])
  t.match(refused, {
    status: 422,
    body: /No issued invoice of this organisation has the number FA-2026-0099/,
  })
  t.same(await items(`/invoices/${invoices.large}/payments`), [], 'nothing of it is entered')

  const done = await confirm([
    ['ids[]', first ?? ''],
    [`choices[${first}]`, choice(0)],
    ['ids[]', second ?? ''],
    [`choices[${second}]`, choice(1)],
    ['ids[]', third ?? ''],
    [`numbers[${third}]`, 'fa-2026-0043'],
  ])
  t.match(done, { status: 303, location: /^\/payments\/receipts\// })
  const receipt = await visitor.get(done.location)
  t.match(receipt.body, /3 payments entered/)
  t.equal((await stranger.get(done.location)).status, 200, 'whoever works there too may read it')
  t.match((await visitor.json(`/invoices/${invoices.large}`)).body, { status: 'paid', open: '0.00' })
  t.match(await items(`/invoices/${invoices.small}/payments`), [
    { payment_date: '2026-05-05', amount: '120.00', method: 'transfer' },
  ])
  t.match(
    await items('/payments/lines'),
    [{ left: '880.00' }, { left: '1000.00' }],
    'what is left over waits',
  )
  const twice = await confirm([
    ['ids[]', first ?? ''],
    [`choices[${first}]`, choice(0)],
  ])
  t.match(twice, { status: 422 }, 'a line is entered once')

  const dismissal = `/payments/lines/${third}/dismissal`
  t.match(await visitor.post(dismissal, { dismissed: 'on' }), {
    status: 422,
    body: /Say why the line is set aside/,
  })
  t.match(await visitor.post(dismissal, { dismissed: 'on', reason: 'A loan' }), { status: 303 })
  t.equal((await items('/payments/lines')).length, 1)
  t.match(await visitor.post(dismissal, { dismissed: '' }), { status: 303 })
  t.equal((await items('/payments/lines')).length, 2)

  const [payment] = await items(`/invoices/${invoices.small}/payments`)
  await visitor.post(`/invoices/${invoices.small}/payments/${payment?.['id']}/reversal`, {
    reason: 'Not theirs',
  })
  t.match(
    await items('/payments/lines'),
    [{ left: '1000.00' }, { left: '1000.00' }],
    'undone, it is left over again',
  )
  t.match(
    (await visitor.get('/payments/imports')).body,
    /2 lines are left over in all statements, €2,000\.00/,
  )
})

t.test('columns that are not known by name are chosen by a person', async (t) => {
  const { visitor, stranger, db, shop, items } = await shopWithInvoices(t)
  const file = {
    name: 'odd.csv',
    content: Buffer.from('When,What,How much\n2026-05-02,FA-2026-0042,240.00\n'),
  }
  const taken = await visitor.upload('/payments/imports', {}, { file })
  const page = await visitor.get(taken.location)
  t.match(page.body, /Which column is which/)
  const columns = `${taken.location}/columns`
  t.match(await visitor.post(columns, { date: '0', label: '1' }), {
    status: 422,
    body: /Choose the column that holds it/,
  })
  t.match(await visitor.post(columns, { date: '1', label: '1', amount: '2' }), {
    status: 422,
    body: /is not a date/,
  })
  t.match(await visitor.post(columns, { date: '0', label: '1', amount: '2' }), {
    status: 303,
    location: taken.location,
  })
  t.match(await items(taken.location), [{ amount: '240.00', proposals: [{ confidence: 'certain' }] }])
  t.match(await visitor.post(columns, { date: '0', label: '1', amount: '2' }, json), { status: 409 })
  // Somebody who works in the other organisation alone.
  await db
    .updateTable('users')
    .set({ organisation_id: shop.other_organisation_id })
    .where('id', '=', shop.admin_id)
    .execute()
  await db
    .deleteFrom('user_organisations')
    .where('user_id', '=', shop.admin_id)
    .where('organisation_id', '=', shop.organisation_id)
    .execute()
  t.equal((await stranger.get(taken.location)).status, 404, 'it belongs to the organisation')
  t.same((await stranger.json('/payments/lines')).body, { items: [], next: null, total: null })
})
