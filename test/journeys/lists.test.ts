import type { Page } from 'puppeteer'
import t from 'tap'
import { startSession } from '../../src/services/users/sessions.ts'
import { expectAccessible, openBrowser, screenshot } from '../support/browser.ts'
import { testDatabase } from '../support/database.ts'
import { insertOrder } from '../support/documents.ts'
import { makeShop } from '../support/shop.ts'
import { testApp } from '../support/web.ts'

t.test('a clerk ticks orders, approves them and reads the receipt', async (t) => {
  const { page, address, db, shop } = await openShop(t, { orders: 60 })
  await db
    .updateTable('customer_orders')
    .set({ status: 'delivered' })
    .where('number', '=', 'SO-059')
    .execute()
  const look = lookAt(t, page)
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
  await look('orders-ticked')
  await page.click('[data-tick-page]')
  t.equal(await bar(), '50 ticked')
  await page.click('[name="count"]')
  t.equal(await bar(), '60 ticked')
  await page.click('[name="count"]')
  await page.click('[data-tick-page]')
  t.equal(await bar(), 'None ticked')

  await follow(page, 'button[value="approve"]')
  t.match(await main(), /Tick at least one order\./)
  await look('orders-nothing-ticked')
  for (const row of [1, 2, 3]) await page.click(`tbody tr:nth-child(${row}) [name="ids[]"]`)
  await follow(page, 'button[value="approve"]')
  t.match(await main(), /2 orders approved, 1 not/)
  t.match(await main(), /This order is delivered: it can only be cancelled\./)
  await look('receipt')
  await follow(page, '.page-head-actions a[href*="selected"]')
  t.equal(await bar(), '1 ticked', 'the refused one stays ticked')
  await page.select('#bulk-assigned-to', shop.user_id)
  await follow(page, 'button[value="assign"]')
  t.match(await main(), /1 order assigned to Ute Weber/)

  await page.goto(`${address}/orders?status=created`)
  await page.click('[name="count"]')
  await insertOrder(db, shop, 'SO-999')
  await follow(page, 'button[value="approve"]')
  t.match(await main(), /Nothing was done: 58 orders match by now, not 57\./)
  await look('count-changed')
  await follow(page, '.confirm .btn-primary')
  await page.waitForFunction(`/^59 orders approved$/.test(document.querySelector('h1').textContent)`)
  await page.setViewport({ width: 1440, height: 900 })
  await page.goto(`${address}/orders?selected=${page.url().split('/')[4]}`)
  t.equal(await bar(), 'None ticked')
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
})

type Test = Parameters<typeof openBrowser>[0] &
  Parameters<typeof expectAccessible>[0] & { ok(value: boolean, message: string): unknown }

async function openShop(t: Test, { orders, javascript = true }: { orders: number; javascript?: boolean }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  for (let n = 1; n <= orders; n += 1) await insertOrder(db, shop, `SO-${String(n).padStart(3, '0')}`)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const { newPage } = await openBrowser(t)
  const page = await newPage({ width: 1440, height: 900, javascript })
  // Colours that are still changing are no colours to judge.
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }])
  const value = await startSession(db, shop.admin_id)
  await page.browserContext().setCookie({ name: 'comptoir_session', value, domain: '127.0.0.1', path: '/' })
  return { page, address, db, shop }
}

/** Both themes at full width, and phones. */
function lookAt(t: Test, page: Page) {
  return async (name: string) => {
    for (const theme of ['dark', 'light']) {
      await page.$eval('html', (html, wanted) => html.setAttribute('data-bs-theme', wanted), theme)
      await expectAccessible(t, page)
      await screenshot(page, theme === 'dark' ? `${name}-dark` : name)
    }
    for (const width of [390, 320]) {
      await page.setViewport({ width, height: 740 })
      const wider = await page.$eval('html', (html) => html.scrollWidth - html.clientWidth)
      t.ok(wider <= 0, `${name}: nothing scrolls sideways at ${width}`)
      await screenshot(page, `${name}-${width}`)
    }
    await expectAccessible(t, page)
    await page.setViewport({ width: 1440, height: 900 })
  }
}

async function follow(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click(selector)])
}
