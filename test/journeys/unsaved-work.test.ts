import type { Page } from 'puppeteer'
import t from 'tap'
import { openJourney } from '../support/journey.ts'
import { makeRecurringOrder } from '../support/shop.ts'

t.test('what was typed into any large form before a crash is offered again', async (t) => {
  const { page: first, address, db, shop } = await openJourney(t)
  const order = await makeRecurringOrder(db, shop, {
    number: 'SO-2026-0007',
    recurrence: { start_date: '2026-01-31' },
  })
  const forms = [
    { at: '/accounts/new', field: '#name', saves: false },
    { at: '/products/new', field: '#name', saves: false },
    { at: '/suppliers/new', field: '#name', saves: false },
    { at: `/contacts/new?account_id=${shop.accounts.paris}`, field: '#name', saves: true },
    { at: `/orders/${order}/recurrence`, field: '#invoice-subject', saves: true },
  ]
  let page = first
  for (const { at, field, saves } of forms) {
    await page.goto(address + at)
    t.ok(await page.$('#unsaved-copy[hidden]'), `${at}: nothing is offered at first`)
    await retype(page, field, 'Typed before the crash')
    page = await afterCrash(page)
    await page.goto(address + at)
    await page.waitForSelector('#unsaved-copy:not([hidden])')
    t.not(await textIn(page, field), 'Typed before the crash')
    t.match(
      await page.$eval('#unsaved-copy span', (element) => element.textContent),
      /^Text of \d\d:\d\d was not saved/,
    )
    await page.click('#unsaved-copy button')
    t.equal(await textIn(page, field), 'Typed before the crash', at)
    t.not(await page.$eval(':focus', (element) => element.tagName), 'BODY')
    if (!saves) {
      page = await afterCrash(page)
      await page.goto(address + at)
      await page.waitForSelector('#unsaved-copy:not([hidden])')
      await page.click('#unsaved-copy button:last-of-type')
    } else {
      await Promise.all([page.waitForNavigation(), page.click('.form-bar .btn-primary')])
    }
    await page.goto(address + at)
    t.ok(
      await page.$('#unsaved-copy[hidden]'),
      `${at}: ${saves ? 'saved' : 'discarded'}, it is offered no more`,
    )
  }
})

t.test('an order comes back with the lines that were added, moved and pasted', async (t) => {
  const { page: first, address } = await openJourney(t)
  await first.goto(`${address}/orders/new`)
  await retype(first, '#subject', 'Half an order')
  await paste(first, 0, 'CHAI\t6\nNOPE\t1\nSUPPORT\t2\t99,50')
  await first.waitForSelector('.line-undo')
  await first.focus('button[value="add:section"]')
  await first.keyboard.press('Enter')
  await first.keyboard.type('Afterwards')
  t.same((await lines(first)).at(-1), 'Afterwards')
  const page = await afterCrash(first)
  await page.goto(`${address}/orders/new`)
  await page.waitForSelector('#unsaved-copy:not([hidden])')
  await Promise.all([page.waitForNavigation(), page.click('#unsaved-copy button')])
  t.equal(await textIn(page, '#subject'), 'Half an order')
  t.match(await lines(page), ['CHAI|Chai|6', 'NOPE||1', 'SUPPORT|Support|2', 'Afterwards'])
  t.match(await page.content(), '99,50')
})

t.test('rows of a spreadsheet become lines at once, and one Undo takes them out', async (t) => {
  const { page, address } = await openJourney(t)
  await page.goto(`${address}/orders/new`)
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.type('[name="lines[0][product_code]"]', 'kept')
  await page.keyboard.press('Enter')
  await page.waitForSelector('[name$="[quantity]"]:focus')
  await page.keyboard.press('Enter')
  await paste(page, 1, 'code;quantity;price\nCHAI;12;1 234,50\nNOPE;3\nSUPPORT;1')
  await page.waitForSelector('.line-undo')
  t.match(await said(page), '3 rows pasted; 1 code is unknown: line 3.')
  t.same(await lines(page), ['|kept|', 'CHAI|Chai|12', 'NOPE||3', 'SUPPORT|Support|1'])
  t.match(await page.$eval('.field-error', (error) => error.textContent), /^Line 3: choose a product/)
  t.ok(await page.$('[name="lines[2][product_code]"][aria-invalid="true"]'))
  await page.keyboard.down('Control')
  await page.keyboard.press('z')
  await page.keyboard.up('Control')
  t.same(await lines(page), ['|kept|', '||'])
  t.equal(await page.$('.line-undo'), null)

  asked.length = 0
  const rows = Array.from({ length: 500 }, (_, at) => `CHAI\t${at + 1}`)
  const began = performance.now()
  await paste(page, 1, rows.join('\n'))
  await page.waitForSelector('.line-undo')
  t.comment(`500 rows pasted in ${Math.round(performance.now() - began)} ms`)
  t.match(await said(page), '500 rows pasted.')
  t.equal((await lines(page)).length, 501)
  t.same(
    asked.filter((path) => path !== '/orders/calculation'),
    [],
    'no product is asked for by itself',
  )
  t.equal(asked.length, 1)
  const moving = performance.now()
  await page.focus('#order-lines tbody tr:nth-child(300) [name$="[quantity]"]')
  await page.keyboard.down('Alt')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.up('Alt')
  await page.waitForSelector('#order-lines tbody tr:nth-child(299) [name$="[quantity]"]:focus')
  t.comment(`a line of 501 moved in ${Math.round(performance.now() - moving)} ms`)
})

t.test('rows that cannot be asked for without a connection wait in their box', async (t) => {
  const { page, address } = await openJourney(t)
  await page.goto(`${address}/orders/new`)
  await page.setOfflineMode(true)
  await paste(page, 0, 'CHAI\t1\nCHAI\t2')
  await page.waitForSelector('.paste-rows[open]')
  t.equal(await textIn(page, '#pasted-rows'), 'CHAI\t1\nCHAI\t2')
  await page.setOfflineMode(false)
  await page.click('button[value="paste"]')
  await page.waitForSelector('.line-undo')
  t.same(await lines(page), ['CHAI|Chai|1', 'CHAI|Chai|2'])
})

/** The tab is gone without a word, once the copy was written; another one of the same browser takes its place. */
async function afterCrash(page: Page): Promise<Page> {
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const next = await page.browserContext().newPage()
  next.on('dialog', (dialog) => dialog.accept())
  await page.close({ runBeforeUnload: false })
  return next
}

async function retype(page: Page, selector: string, text: string) {
  await page.$eval(selector, (field) => Reflect.set(field, 'value', ''))
  await page.type(selector, text)
}

function textIn(page: Page, selector: string): Promise<unknown> {
  return page.$eval(selector, (field) => Reflect.get(field, 'value'))
}

/** As Ctrl+V would, into the product of a line. */
async function paste(page: Page, line: number, text: string) {
  const field = `#order-lines tbody tr:nth-child(${line + 1}) [name$="[product_code]"]`
  await page.focus(field)
  await page.evaluate(`{
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', ${JSON.stringify(text)})
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }`)
}

async function said(page: Page): Promise<string> {
  return page.$eval('.line-undo', (offer) => offer.textContent ?? '')
}

/** Product, description and quantity of each line. */
function lines(page: Page): Promise<string[]> {
  const names = ['product_code', 'description', 'quantity'].map((name) => `[name$="[${name}]"]`).join()
  return page.$$eval(
    '#order-lines tbody tr',
    (rows, fields) =>
      rows.map((row) =>
        [...row.querySelectorAll(fields)].map((field) => Reflect.get(field, 'value')).join('|'),
      ),
    names,
  )
}
