import { brotliCompressSync, constants } from 'node:zlib'
import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { makeShop, type Shop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

// In kilobytes of 1000 bytes: as browsers get it, with brotli at the quality of plugins/compression.ts, and before.
const budgets = {
  'list of 50 orders': [14, 90],
  'order page': [10, 60],
  'form of 20 lines': [12, 80],
  'form of 300 lines': [45, 700],
} as const

t.test('the pages that clerks open most stay light, in both languages', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const visitor = await Visitor.signedIn(app, shop.admin_id)
  const [short, long] = [await order(visitor, shop, 20), await order(visitor, shop, 300)]
  for (let made = 2; made < 50; made++) await order(visitor, shop, 1 + (made % 3), `Project ${made * 7919}`)
  const pages = {
    'list of 50 orders': '/orders',
    'order page': short,
    'form of 20 lines': `${short}/edit`,
    'form of 300 lines': `${long}/edit`,
  }
  for (const language of ['en', 'fr'] as const) {
    await visitor.post('/preferences', { language, back: '/orders' })
    for (const name of [
      'list of 50 orders',
      'order page',
      'form of 20 lines',
      'form of 300 lines',
    ] as const) {
      const { status, body } = await visitor.get(pages[name])
      t.equal(status, 200)
      const [compressed, raw] = [brotli(body) / 1000, Buffer.byteLength(body) / 1000]
      t.comment(
        `${name}, ${language}: ${compressed.toFixed(1)} KB, ${raw.toFixed(1)} before it is compressed`,
      )
      const [mostCompressed, mostRaw] = budgets[name]
      t.ok(compressed <= mostCompressed, `${name} in ${language}, compressed: ${compressed}`)
      t.ok(raw <= mostRaw, `${name} in ${language}: ${raw}`)
    }
  }
})

/** Saves an order with so many lines, none like another, and gives its address. */
async function order(visitor: Visitor, shop: Shop, lines: number, subject = 'Maintenance'): Promise<string> {
  const answer = await visitor.post('/orders', [
    ['subject', `${subject} of the whole building, ${lines} lines`],
    ['account_id', lines % 2 === 0 ? shop.accounts.mannheim : shop.accounts.paris],
    ['customer_order_number', `PO-${lines * 7919}`],
    ...Array.from({ length: lines }, (_, at): [string, string][] => [
      [`lines[${at}][product_id]`, at % 2 === 0 ? shop.products.chai : shop.products.support],
      [`lines[${at}][description]`, `Delivery ${at * 7919} as offered, with a text of some length`],
      [`lines[${at}][quantity]`, String((at % 13) + 1.5)],
      [`lines[${at}][unit_price]`, String(((at * 7919) % 10_000) / 100)],
      [`lines[${at}][discount_percent]`, at % 3 === 0 ? '5' : ''],
    ]).flat(),
  ])
  if (answer.status !== 303) throw new Error(`${answer.status}: ${answer.body.slice(0, 500)}`)
  return answer.location
}

function brotli(body: string): number {
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).length
}
