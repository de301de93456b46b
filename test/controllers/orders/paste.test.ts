import t from 'tap'
import { withPastedRows } from '../../../src/controllers/orders/paste.ts'
import { Fields } from '../../../src/lib/fields.ts'
import { testDatabase } from '../../support/database.ts'
import { makeShop } from '../../support/shop.ts'
import { testApp, Visitor } from '../../support/web.ts'

const json = { accept: 'application/json' }
const line = (index: number, texts: Record<string, string>) =>
  Object.entries(texts).map(([name, text]): [string, string] => [`lines[${index}][${name}]`, text])
const codes = (fields: Fields) => fields.rows('lines').map(({ fields: row }) => row.text('product_code'))

t.test('pasted rows fill empty lines and push the others down', async (t) => {
  const form = [
    ...line(2, { product_code: 'A', quantity: '1', discount_percent: '5', tax_rate_id: 'x' }),
    ...line(4, { kind: 'item', product_code: '' }),
    ...line(7, { product_code: 'B' }),
  ]
  const pasted = (at: string) =>
    withPastedRows(new Fields([...form, ['pasted_rows', 'X\nY;8\nZ'], ['pasted_at', at], ['subject', 's']]))
  t.same(codes(pasted('').fields), ['A', '', 'B', 'X', 'Y', 'Z'], 'behind the last line that holds something')
  t.same(pasted('').paste, { at: 3, count: 3, made: [3, 4, 5] })
  t.same(codes(pasted('4').fields), ['A', 'X', 'Y', 'Z', 'B'])
  t.same(pasted('4').paste, { at: 1, count: 3, made: [2, 3] })
  const replaced = pasted('2')
  t.same(codes(replaced.fields), ['X', 'Y', 'Z', 'B'], 'the product of the line itself is replaced')
  t.same(replaced.paste, { at: 0, count: 3, made: [2] })
  const [first] = replaced.fields.rows('lines')
  t.same(first?.fields.values(), { product_code: 'X', quantity: '1', discount_percent: '5' })
  t.same(
    replaced.fields.without('subject').entries.filter(([name]) => !name.startsWith('lines[')),
    [],
  )
})

t.test('without scripts a box below the lines takes the rows', async (t) => {
  const { visitor, shop, db } = await open(t)
  t.match((await visitor.get('/orders/new')).body, /<textarea[^>]* name="pasted_rows"/)
  const form = {
    subject: 'Pasted',
    account_id: shop.accounts.paris,
    'lines[0][product_code]': 'CHAI',
    'lines[0][quantity]': '1',
    'lines[1][product_code]': '',
    pasted_rows: 'code;quantity;price\nSUPPORT;2;99,50\nNOPE;3\nCHAI;1 000',
  }
  const page = await visitor.post('/orders/calculation', { ...form, step: 'paste' })
  t.equal(page.status, 200)
  t.match(page.body, '3 rows pasted; 1 code is unknown: line 3.')
  t.match(page.body, 'Line 3: choose a product, or write “NOPE” as the description')
  t.match(page.body, /name="lines\[2\]\[product_code\]"[^>]* aria-invalid="true"[^>]* value="NOPE"/)
  t.match(page.body, /name="lines\[1\]\[unit_price\]"[^>]* value="99,50"/)
  t.match(page.body, /name="lines\[3\]\[unit_price\]"[^>]* value="18.00"/)

  const refused = await visitor.post('/orders', form)
  t.equal(refused.status, 422, 'rows still in the box count when the order is saved')
  t.match(refused.body, 'value="NOPE"')
  const saved = await visitor.post('/orders', { ...form, pasted_rows: 'SUPPORT;2;99,50' })
  t.equal(saved.status, 303)
  const lines = await db.selectFrom('customer_order_lines').select(['product_code', 'unit_price']).execute()
  t.match(lines, [{ product_code: 'CHAI' }, { product_code: 'SUPPORT', unit_price: '99.500000' }])
})

t.test('five hundred rows are found by one calculation, which tells scripts where they stand', async (t) => {
  const { visitor, shop } = await open(t)
  const rows = Array.from({ length: 500 }, (_, at) => `${at % 50 === 3 ? 'NOPE' : 'chai'}\t${at + 1}`)
  const began = performance.now()
  const answer = await visitor.post(
    '/orders/calculation',
    {
      account_id: shop.accounts.paris,
      pasted_rows: rows.join('\n'),
      pasted_at: '0',
      'lines[0][kind]': 'item',
    },
    json,
  )
  t.comment(`500 rows in ${Math.round(performance.now() - began)} ms`)
  const body = JSON.parse(answer.body)
  t.equal(body.pasted.made.length, 499)
  t.match(body.pasted, {
    at: 0,
    count: 500,
    sentence: '500 rows pasted; 10 codes are unknown: lines 4, 54, 104',
  })
  t.match(body.rows[499], { product_code: 'CHAI', unit_price: '18.00', unit: 'piece', net: '9,000.00' })
  t.equal(body.rows[3].product_code, 'NOPE')
})

t.test('more rows than an order may have stay in their box', async (t) => {
  const { visitor } = await open(t)
  const pasted_rows = 'A\n'.repeat(10_001)
  const page = await visitor.post('/orders/calculation', { pasted_rows, step: 'paste' })
  t.match(page.body, 'Paste at most 10,000 rows at once.')
  const refused = await visitor.post('/orders', { pasted_rows }, json)
  t.equal(refused.status, 422)
  t.match(JSON.parse(refused.body).errors, [{ field: 'pasted_rows' }])
})

async function open(t: Parameters<typeof testDatabase>[0]) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  return { db, shop, visitor: await Visitor.signedIn(app, shop.user_id) }
}
