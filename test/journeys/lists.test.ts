import type { Page } from 'puppeteer'
import t from 'tap'
import { expectAccessible, screenshot } from '../support/browser.ts'
import { insertOrder } from '../support/documents.ts'
import { look, openJourney, type Test } from '../support/journey.ts'

t.test('a clerk ticks orders, approves them and reads the receipt', async (t) => {
  const { page, address, db, shop } = await openShop(t, { orders: 60 })
  await db
    .updateTable('customer_orders')
    .set({ status: 'delivered' })
    .where('number', '=', 'SO-059')
    .execute()
  const main = () => page.$eval('main', (element) => element.textContent ?? '')
  const bar = () => page.$eval('[data-ticked]', (element) => element.textContent)
  const inSight = () =>
    page.evaluate(
      `document.querySelector('.bulk .form-bar').getBoundingClientRect().bottom <= innerHeight + 1`,
    )

  await page.goto(`${address}/orders`)
  t.equal(await bar(), 'None ticked')
  t.equal(await inSight(), false, 'nothing ticked: the bar stands below the list')
  await page.click('tbody tr:nth-child(1) [name="ids[]"]')
  t.equal(await bar(), '1 ticked')
  t.equal(await inSight(), true, 'it sticks to the bottom')
  await page.keyboard.press('Enter')
  t.match(page.url(), /\/orders$/, 'Enter in a box sends nothing')
  await page.keyboard.down('Shift')
  await page.click('tbody tr:nth-child(4) [name="ids[]"]')
  await page.keyboard.up('Shift')
  t.equal(await bar(), '4 ticked', 'with Shift all in between')
  await look(t, page, 'orders-ticked')
  await page.click('[data-tick-page]')
  t.equal(await bar(), '50 ticked')
  await page.click('[name="count"]')
  t.equal(await bar(), '60 ticked')
  await page.click('[name="count"]')
  await page.click('[data-tick-page]')
  t.equal(await bar(), 'None ticked')
  for (const key of ['j', 'j', 'x'] as const) await page.keyboard.press(key)
  t.equal(await bar(), '1 ticked', 'by the keyboard too')
  await page.keyboard.press('x')
  t.equal(await bar(), 'None ticked')

  await follow(page, 'button[value="approve"]')
  t.match(await main(), /Tick at least one order\./)
  await look(t, page, 'orders-nothing-ticked')
  for (const row of [1, 2, 3]) await page.click(`tbody tr:nth-child(${row}) [name="ids[]"]`)
  await follow(page, 'button[value="approve"]')
  t.match(await main(), /2 orders approved, 1 not/)
  t.match(await main(), /This order is delivered: it can only be cancelled\./)
  await look(t, page, 'receipt')
  await follow(page, '.page-head-actions a[href*="selected"]')
  t.equal(await bar(), '1 ticked', 'the refused one stays ticked')
  await page.select('#bulk-assigned-to', shop.user_id)
  await follow(page, 'button[value="assign"]')
  t.match(await main(), /1 order assigned to Ute Weber/)

  await follow(page, '.trail a[href="/batches"]')
  t.match(await main(), /1 order assigned to Ute Weber.*2 orders approved, 1 not/s)
  await look(t, page, 'receipts')
  await page.goto(`${address}/orders?status=created`)
  await page.click('[name="count"]')
  await insertOrder(db, shop, 'SO-999')
  await follow(page, 'button[value="approve"]')
  t.match(await main(), /Nothing was done: 58 orders match by now, not 57\./)
  await look(t, page, 'count-changed')
  await follow(page, '.confirm .btn-primary')
  await page.waitForFunction(`/^58 orders approved$/.test(document.querySelector('h1').textContent)`)
  await page.setViewport({ width: 1440, height: 900 })
  await page.goto(`${address}/orders?selected=${page.url().split('/')[4]}`)
  t.equal(await bar(), 'None ticked')
})

t.test('a clerk keeps a list under a name, changes it, and shares it', async (t) => {
  const { page, address, db, shop } = await openShop(t, { orders: 3 })
  const tab = () => page.$eval('.tabs [aria-current]', (element) => element.textContent?.trim())
  const main = () => page.$eval('main', (element) => element.textContent ?? '')

  await page.goto(`${address}/orders`)
  t.equal(await tab(), 'All')
  await follow(page, '.tabs a[href="/orders?status=created"]')
  t.equal(await tab(), 'To approve')
  await page.select('#assigned-to-id', 'nobody')
  await follow(page, '.filters button[type="submit"]')
  // By the keyboard: the tabs’ last one opens, its field is next.
  await page.focus('.tabs summary')
  await page.keyboard.press('Enter')
  await look(t, page, 'view-save')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Unassigned, with a name that is as long as a name may be here')
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
  t.match(await tab(), /^Unassigned, with a name/)
  await look(t, page, 'view-open')
  await page.select('#status', 'approved')
  await follow(page, '.filters button[type="submit"]')
  t.match(await tab(), /^Unassigned/, 'it is the same view, changed')
  await look(t, page, 'view-changed')
  await follow(page, '.tabs form[action^="/views/"] button')
  t.match(await main(), /is changed\./)

  await page.click('.tabs summary')
  await page.type('#view-name', 'unassigned, with a name that is as long as a name may be here')
  await page.click('#view-shared')
  await follow(page, '.tabs form[action="/views"] button')
  t.match(await main(), /Enter another name/)
  await look(t, page, 'view-name-taken')
  await page.$eval('#name', (input) => Reflect.set(input, 'value', 'Free'))
  await follow(page, '.form-bar .btn-primary')
  t.equal(await tab(), 'Free')

  await db
    .insertInto('saved_views')
    .values({
      user_id: shop.user_id,
      list: 'invoices',
      name: 'Of a colleague',
      query: 'status=draft&sort=-gross',
      shared: true,
    })
    .execute()
  await page.goto(`${address}/views`)
  t.match(await main(), /Assigned to: Nobody.*Of a colleague.*Shared by Ute Weber/s)
  await look(t, page, 'views')
  await follow(page, 'a[href$="/edit"]')
  await look(t, page, 'view-edit')
  await page.goBack()
  await follow(page, 'a[href$="/deletion"]')
  await look(t, page, 'view-deletion')
  await follow(page, '.confirm button[type="submit"]')
  t.match(await main(), /is deleted\./)
})

t.test('the same works without scripts, and in French', async (t) => {
  const { page, address, db, shop } = await openShop(t, { orders: 3, javascript: false })
  await db.updateTable('users').set({ language: 'fr' }).where('id', '=', shop.admin_id).execute()
  await page.goto(`${address}/orders?sort=number`)
  await page.click('tbody tr:nth-child(2) [name="ids[]"]')
  await screenshot(page, 'orders-ticked-fr')
  await follow(page, 'button[value="approve"]')
  t.match(await page.$eval('main', (element) => element.textContent ?? ''), /1 commande approuvée/)
  await screenshot(page, 'receipt-fr')
  await expectAccessible(t, page)
  await follow(page, '.page-head-actions a')
  t.match(page.url(), /\/orders\?sort=number$/)

  await page.goto(`${address}/invoices?status=draft&source=recurring`)
  await page.click('.tabs summary')
  await page.type('#view-name', 'À émettre')
  await screenshot(page, 'view-save-fr')
  await follow(page, '.tabs form[action="/views"] button')
  t.match(
    await page.$eval('main', (element) => element.textContent ?? ''),
    /La vue «.À émettre.» est enregistrée/,
  )
  await expectAccessible(t, page)
  await follow(page, '.tabs a[href="/invoices"]')
  await follow(page, '.tabs a[href*="view="]')
  t.match(page.url(), /status=draft&source=recurring$/)
})

/** A shop of this many orders, and a page on which its admin has signed in. */
async function openShop(t: Test, { orders, javascript = true }: { orders: number; javascript?: boolean }) {
  const journey = await openJourney(t, { javascript })
  const { db, shop } = journey
  for (let n = 1; n <= orders; n += 1) await insertOrder(db, shop, `SO-${String(n).padStart(3, '0')}`)
  return journey
}

async function follow(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click(selector)])
}
