import type { Page } from 'puppeteer'
import t from 'tap'
import { insertDraftInvoice, insertOrder } from '../support/documents.ts'
import { look, openJourney } from '../support/journey.ts'
import { makeRecurringOrder } from '../support/shop.ts'

t.test(
  'a clerk finds an order, takes it through its life, copies, cancels, reopens and deletes',
  async (t) => {
    const { page, address, db, shop } = await openJourney(t)
    for (let n = 1; n <= 12; n += 1) await insertOrder(db, shop, `SO-2026-${String(n).padStart(4, '0')}`)
    const recurring = await makeRecurringOrder(db, shop, {
      number: 'SO-2026-0100',
      recurrence: { start_date: '2026-01-31' },
    })
    const drafted = await insertOrder(db, shop, 'SO-2026-0101')
    await insertDraftInvoice(db, shop, drafted)
    const text = () => page.$eval('main', (main) => main.textContent ?? '')

    await page.goto(`${address}/orders`)
    await look(t, page, 'orders')
    await page.type('#q', '0007')
    await page.select('#status', 'created')
    await follow(page, '.filters button[type="submit"]')
    t.match(page.url(), /q=0007/)
    t.match(await text(), /1 of 1 order/)
    await look(t, page, 'orders-filtered')
    await follow(page, 'td a[href^="/orders/"]')
    t.match(await text(), /1 of 1/)
    await look(t, page, 'order')
    await follow(page, '.page-head-main button')
    t.match(await text(), /SO-2026-0007 is approved\./)
    await follow(page, '.page-head-actions form[action*="/status"] button')
    t.match(await text(), /SO-2026-0007 is delivered\./)
    t.match(
      await page.$eval('.page-head-main', (main) => main.textContent),
      /Create invoice/,
      'it is delivered, and not invoiced',
    )
    await follow(page, '.trail a')
    t.equal(
      await page.$eval('#q', (input) => Reflect.get(input, 'value')),
      '0007',
      'the filters are still set',
    )
    await page.goBack()

    await follow(page, 'a[href*="/history"]')
    t.match(await text(), /Status changed.*Anna Kern.*Approved.*Delivered/s)
    await look(t, page, 'order-history')
    await page.click('.page-head details summary')
    await look(t, page, 'order-menu')
    await page.click('.page-head details summary')
    await inMenu(page, 'button[type="submit"]')
    t.match(await text(), /is a copy of SO-2026-0007/)

    await inMenu(page, 'a[href*="/cancellation"]')
    await look(t, page, 'order-cancellation')
    await follow(page, '.confirm button[type="submit"]')
    t.match(await text(), /is cancelled\./)
    await look(t, page, 'order-cancelled')
    await follow(page, '.page-head-main button')
    t.match(await text(), /is open again\./)
    await inMenu(page, 'a[href*="/deletion"]')
    await look(t, page, 'order-deletion')
    await follow(page, '.confirm button[type="submit"]')
    t.match(await text(), /is deleted\./)

    await page.goto(`${address}/orders/${recurring}/cancellation`)
    t.match(await text(), /Its recurrence is turned off/)
    await page.click('input[name="unbilled"][value="keep"]')
    await look(t, page, 'order-cancellation-recurring')
    await follow(page, '.confirm button[type="submit"]')
    t.match(await text(), /stay due: they are billed once the order is reopened/)

    await page.goto(`${address}/orders/${drafted}/cancellation`)
    t.match(await text(), /cannot be cancelled: a draft invoice came out of it/)
    await look(t, page, 'order-not-cancelled')
    await follow(page, 'a.btn[href*="/invoices"]')
    await look(t, page, 'order-invoices')
  },
)

t.test('the same works without scripts', async (t) => {
  const { page, address, db, shop } = await openJourney(t, { javascript: false })
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

async function follow(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click(selector)])
}

async function inMenu(page: Page, selector: string): Promise<void> {
  await page.click('.page-head details summary')
  await follow(page, `.page-head details ${selector}`)
}
