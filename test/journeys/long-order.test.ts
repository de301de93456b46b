import type { Page } from 'puppeteer'
import t from 'tap'
import { parseOrder } from '../../src/controllers/orders/fields.ts'
import { findOrder } from '../../src/data/orders.ts'
import { Fields } from '../../src/lib/fields.ts'
import { createOrder } from '../../src/services/orders/create-order.ts'
import { look, openJourney } from '../support/journey.ts'
import { fieldOf, focusOn, hasFocus, press, retype, textOf } from '../support/line-editor.ts'

t.test('over many lines a box shows those with its words; what is out of sight is saved too', async (t) => {
  const { page, id, db, shop } = await openLong(t)
  t.ok(await page.$('.line-filter:not([hidden])'))
  await page.type('#line-filter', 'chai sec')
  t.equal(await countSays(page), '1 of 24 lines')
  t.same(await linesInSight(page), ['Chai, second'])
  await page.waitForFunction(`document.getElementById('live-status').textContent === '1 of 24 lines'`)
  await look(t, page, 'order-filter')

  await page.keyboard.press('Enter')
  await hasFocus(page, 2, 'product_code')
  await retype(page, fieldOf(2, 'quantity'), '7')
  await page.keyboard.press('Enter')
  await hasFocus(page, 3, 'product_code')
  t.same(await linesInSight(page), ['Chai, second', ''], 'Enter goes on to a new line')
  await press(page, 'Alt', 'Delete')
  await focusOn(page, 2, 'quantity')
  await press(page, 'Alt', 'Delete')
  await page.waitForSelector('.line-undo')
  t.equal((await linesInSight(page)).length, 1, 'the focus is never lost with the last line in sight')
  await page.click('.line-undo button')
  await page.waitForSelector(fieldOf(2, 'quantity'))
  t.equal(await textOf(page, 2, 'quantity'), '7')

  await page.focus('#line-filter')
  await page.keyboard.press('Escape')
  t.equal((await linesInSight(page)).length, 25)
  t.equal(await countSays(page), '')
  await page.type('#line-filter', 'nothing like it')
  t.same(await linesInSight(page), [])
  await Promise.all([page.waitForNavigation(), press(page, 'Control', 's')])
  const order = await findOrder(db, id, [shop.organisation_id])
  t.equal(order?.lines.length, 24)
  t.match(order?.lines[2], { description: 'Chai, second', quantity: '7.000000' })
})

t.test('sections fold; a folded one moves with its lines, and opens for what comes into it', async (t) => {
  const { page, id, db, shop } = await openLong(t)
  const fold = '#order-lines tr[data-kind="section"] .btn-fold'
  await page.click(fold)
  t.equal(await page.$eval(fold, (button) => button.getAttribute('aria-expanded')), 'false')
  t.same((await linesInSight(page)).slice(0, 3), ['First', 'Second', 'Support 0'])
  await look(t, page, 'order-folded')

  // Down: past the whole of its neighbour, with its own lines.
  await focusOn(page, 0, 'description')
  await press(page, 'Alt', 'ArrowDown')
  t.same((await linesInSight(page)).slice(0, 2), ['Second', 'Support 0'])
  t.same((await linesInSight(page)).slice(-3), ['Support 19', 'First', ''])
  await press(page, 'Alt', 'ArrowUp')
  t.same((await linesInSight(page)).slice(0, 2), ['First', 'Second'])
  await press(page, 'Alt', 'ArrowDown')

  // Its line gone, what stood below it is in sight; Undo brings it back open.
  await press(page, 'Alt', 'Delete')
  t.same((await linesInSight(page)).slice(-3), ['Chai, first', 'Chai, second', ''])
  await page.click('.line-undo button')
  await page.waitForSelector(`${fold}[aria-expanded="true"]`)
  t.same((await linesInSight(page)).slice(-4), ['First', 'Chai, first', 'Chai, second', ''])

  // A line that is added to a folded section opens it.
  await foldLast(page)
  t.same((await linesInSight(page)).slice(-2), ['First', ''])
  await page.click('button[value="add:comment"]')
  await page.keyboard.type('Carriage paid')
  t.same((await linesInSight(page)).slice(-3), ['Chai, second', 'Carriage paid', ''])

  // A mistake is shown wherever it is.
  await retype(page, fieldOf(22, 'quantity'), 'many')
  await foldLast(page)
  t.same((await linesInSight(page)).slice(-2), ['First', ''])
  await Promise.all([page.waitForNavigation(), press(page, 'Control', 's')])
  t.match(await page.title(), /^Error: /)
  await foldLast(page)
  await page.click('.error-summary a')
  await hasFocus(page, 22, 'quantity')
  await page.keyboard.type('3')
  await press(page, 'Control', 'a')
  await page.keyboard.type('3')
  await foldLast(page)
  await Promise.all([page.waitForNavigation(), press(page, 'Control', 's')])
  const order = await findOrder(db, id, [shop.organisation_id])
  t.equal(order?.lines.length, 25)
  t.same(
    order?.lines.slice(-4).map(({ description }) => description),
    ['First', 'Chai, first', 'Chai, second', 'Carriage paid'],
  )
})

/** The form of an order of two sections: two lines, then twenty. */
async function openLong(t: Parameters<typeof openJourney>[0]) {
  const { page, address, shop, db } = await openJourney(t)
  const line = (product: string, description: string) => ({ product_id: product, description, quantity: '1' })
  const lines: Record<string, string>[] = [
    { kind: 'section', description: 'First' },
    line(shop.products.chai, 'Chai, first'),
    line(shop.products.chai, 'Chai, second'),
    { kind: 'section', description: 'Second' },
    ...Array.from({ length: 20 }, (_, at) => line(shop.products.support, `Support ${at}`)),
  ]
  const input = parseOrder(
    new Fields([
      ['subject', 'Long'],
      ['account_id', shop.accounts.paris],
      ...lines.flatMap((texts, at) =>
        Object.entries(texts).map(([name, text]): [string, string] => [`lines[${at}][${name}]`, text]),
      ),
    ]),
    'en',
  )
  const author = { organisation_id: shop.organisation_id, organisation_ids: [shop.organisation_id] }
  const { id } = await createOrder(db, { user_id: shop.user_id }, author, { input, now: new Date() })
  await page.goto(`${address}/orders/${id}/edit`)
  await page.waitForSelector('.btn-fold:not([hidden])')
  return { page, id, db, shop }
}

function linesInSight(page: Page): Promise<unknown[]> {
  return page.$$eval('#order-lines tbody tr:not([hidden]) textarea', (fields) =>
    fields.map((field) => Reflect.get(field, 'value')),
  )
}

function countSays(page: Page): Promise<unknown> {
  return page.$eval('.line-filter span', (count) => count.textContent)
}

/** By the keyboard. */
async function foldLast(page: Page) {
  await (await page.$$('#order-lines .btn-fold')).at(-1)?.focus()
  await page.keyboard.press('Enter')
}
