import type { Page } from 'puppeteer'
import t from 'tap'
import { startSession } from '../../src/services/users/sessions.ts'
import { expectAccessible, openBrowser, screenshot } from '../support/browser.ts'
import { testDatabase } from '../support/database.ts'
import { insertDraftInvoice, insertOrder } from '../support/documents.ts'
import { makeRecurringOrder, makeShop } from '../support/shop.ts'
import { testApp } from '../support/web.ts'

t.test(
  'a clerk finds an order, takes it through its life, copies, cancels, reopens and deletes',
  async (t) => {
    const { page, address, db, shop } = await openShop(t, true)
    for (let n = 1; n <= 12; n += 1) await insertOrder(db, shop, `SO-2026-${String(n).padStart(4, '0')}`)
    const recurring = await makeRecurringOrder(db, shop, {
      number: 'SO-2026-0100',
      recurrence: { start_date: '2026-01-31' },
    })
    const drafted = await insertOrder(db, shop, 'SO-2026-0101')
    await insertDraftInvoice(db, shop, drafted)
    const look = lookAt(t, page)
    const text = () => page.$eval('main', (main) => main.textContent ?? '')

    await page.goto(`${address}/orders`)
    await look('orders')
    await page.type('#q', '0007')
    await page.select('#status', 'created')
    await follow(page, '.filters button[type="submit"]')
    t.match(page.url(), /q=0007/)
    t.match(await text(), /1 of 1 order/)
    await look('orders-filtered')
    await follow(page, 'td a[href^="/orders/"]')
    t.match(await text(), /1 of 1/)
    await look('order')
    await follow(page, '.page-head-main button')
    t.match(await text(), /SO-2026-0007 is approved\./)
    await follow(page, '.page-head-main button')
    t.match(await text(), /SO-2026-0007 is delivered\./)
    t.equal(await page.$('.page-head-main'), null, 'nothing comes after delivered')
    await follow(page, '.trail a')
    t.equal(
      await page.$eval('#q', (input) => Reflect.get(input, 'value')),
      '0007',
      'the filters are still set',
    )
    await page.goBack()

    await follow(page, 'a[href*="/history"]')
    t.match(await text(), /Status changed.*Anna Kern.*Approved.*Delivered/s)
    await look('order-history')
    await page.click('.page-head details summary')
    await look('order-menu')
    await page.click('.page-head details summary')
    await inMenu(page, 'button[type="submit"]')
    t.match(await text(), /is a copy of SO-2026-0007/)

    await inMenu(page, 'a[href*="/cancellation"]')
    await look('order-cancellation')
    await follow(page, '.confirm button[type="submit"]')
    t.match(await text(), /is cancelled\./)
    await look('order-cancelled')
    await follow(page, '.page-head-main button')
    t.match(await text(), /is open again\./)
    await inMenu(page, 'a[href*="/deletion"]')
    await look('order-deletion')
    await follow(page, '.confirm button[type="submit"]')
    t.match(await text(), /is deleted\./)

    await page.goto(`${address}/orders/${recurring}/cancellation`)
    t.match(await text(), /Its recurrence is turned off/)
    await page.click('input[name="unbilled"][value="keep"]')
    await look('order-cancellation-recurring')
    await follow(page, '.confirm button[type="submit"]')
    t.match(await text(), /stay due: they are billed once the order is reopened/)

    await page.goto(`${address}/orders/${drafted}/cancellation`)
    t.match(await text(), /cannot be cancelled: a draft invoice came out of it/)
    await look('order-not-cancelled')
    await follow(page, 'a.btn[href*="/invoices"]')
    await look('order-invoices')
  },
)

t.test('the same works without scripts', async (t) => {
  const { page, address, db, shop } = await openShop(t, false)
  await insertOrder(db, shop, 'SO-2026-0001')
  const text = () => page.$eval('main', (main) => main.textContent ?? '')
  await page.goto(`${address}/orders`)
  await page.type('#account-code', 'chop')
  await follow(page, '.filters button[type="submit"]')
  t.match(await text(), /1 of 1 order/)
  await follow(page, 'td a[href^="/orders/"]')
  await follow(page, '.page-head-main button')
  t.match(await text(), /is approved\./)
  await inMenu(page, 'a[href*="/cancellation"]')
  await follow(page, '.confirm button[type="submit"]')
  t.match(await text(), /is cancelled\./)
})

type Test = Parameters<typeof openBrowser>[0] &
  Parameters<typeof expectAccessible>[0] & { ok(value: boolean, message: string): unknown }

async function openShop(t: Test, javascript: boolean) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
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

/** Both themes at full width, and a phone. */
function lookAt(t: Test, page: Page) {
  return async (name: string) => {
    for (const theme of ['dark', 'light']) {
      await page.$eval('html', (html, wanted) => html.setAttribute('data-bs-theme', wanted), theme)
      await expectAccessible(t, page)
      await screenshot(page, theme === 'dark' ? `${name}-dark` : name)
    }
    await page.setViewport({ width: 360, height: 740 })
    const wider = await page.$eval('html', (html) => html.scrollWidth - html.clientWidth)
    t.ok(wider <= 0, `${name}: nothing scrolls sideways on a phone`)
    await expectAccessible(t, page)
    await screenshot(page, `${name}-360`)
    await page.setViewport({ width: 1440, height: 900 })
  }
}

async function follow(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click(selector)])
}

async function inMenu(page: Page, selector: string): Promise<void> {
  await page.click('.page-head details summary')
  await follow(page, `.page-head details ${selector}`)
}
