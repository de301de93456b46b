import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import t from 'tap'
import { expectAccessible } from '../support/browser.ts'
import { temporaryFolder } from '../support/folders.ts'
import { look, openJourney, type Test } from '../support/journey.ts'

const customers = `code,name,contact_name,country,fax
ALFKI,Alfreds Futterkiste,Maria Anders,Germany,030-1
AROUT,Around the Horn,Thomas Hardy,Atlantis,
`

/** Orders enough to be under way for a while. */
const many = 400

t.test('an admin brings in a file with a mistake, corrects it, and undoes it again', async (t) => {
  const { db, shop, page, address, put } = await start(t)
  await page.goto(`${address}/imports`)
  await look(t, page, 'imports-empty')
  await follow(page, 'main a[href="/imports/new"]')
  await page.click('input[value="orders"]')
  t.ok(await isSeen(page, '#lines-file'), 'orders take a second file')
  await page.click('input[value="customers"]')
  t.notOk(await isSeen(page, '#lines-file'))
  await look(t, page, 'import-new')
  await follow(page, '.form-bar .btn-primary')
  t.match(await page.title(), /^Error: /)
  await look(t, page, 'import-new-mistakes')

  await choose(page, '#file', await put('customers.csv', customers))
  await follow(page, '.form-bar .btn-primary')
  await untilDone(page)
  t.match(await textOf(page), /1 mistake: nothing can be imported.*Atlantis.*fax \(not taken\)/s)
  await look(t, page, 'import-mistakes')
  const copy = await page.$eval('a[href*="/mistakes/"]', async (link) =>
    (await fetch(link.getAttribute('href') ?? '')).text(),
  )
  t.match(copy, /^error,code,name/, 'the copy tells what is wrong')

  await choose(page, '#file', await put('corrected.csv', copy.replace(',Atlantis,', ',United Kingdom,')))
  await follow(page, '#mistakes .btn-primary')
  await untilDone(page)
  t.match(await textOf(page), /2 would be made, none is known already.*Not taken.*fax/s)
  await look(t, page, 'import-checked')
  await follow(page, '.page-head-main button')
  await untilDone(page)
  t.match(await textOf(page), /2 were made.*ALFKI/s)
  await look(t, page, 'import-receipt')

  await page.click('.page-head details summary')
  await follow(page, 'a[href$="/undo"]')
  await look(t, page, 'import-undo')
  await follow(page, '.confirm button[type="submit"]')
  t.match(await textOf(page), /The import of “corrected\.csv” is undone\./)
  await look(t, page, 'import-undone')
  t.equal((await db.selectFrom('accounts').select('id').execute()).length, 2)

  await page.goto(`${address}/imports`)
  t.match(await textOf(page), /corrected\.csv.*Undone/s)
  await db.updateTable('users').set({ language: 'fr' }).where('id', '=', shop.admin_id).execute()
  await page.reload()
  await look(t, page, 'imports-fr')
})

t.test('a long check and a long run tell how far they are, and the page follows by itself', async (t) => {
  const { db, page, address, put } = await start(t)
  const numbers = Array.from({ length: many }, (_, at) => `W-${at + 1}`)
  const orders = numbers.map((number) => `${number},CHOP,2026-03-01`)
  const lines = numbers.map((number) => `${number},CHAI,2,18`)
  await page.goto(`${address}/imports/new`)
  await page.click('input[value="orders"]')
  await choose(
    page,
    '#file',
    await put('orders.csv', `number,customer_code,order_date\n${orders.join('\n')}\n`),
  )
  await choose(
    page,
    '#lines-file',
    await put('lines.csv', `order_number,product_code,quantity,unit_price\n${lines.join('\n')}\n`),
  )
  await follow(page, '.form-bar .btn-primary')
  await untilDone(page)
  t.match(await textOf(page), new RegExp(`${many} would be made`))
  await follow(page, '.page-head-main button')
  const url = page.url()
  const seen = await textOf(page)
  if (!/were made/.test(seen)) t.match(seen, /Being imported.*(reading the file|of 400)/s)
  await untilDone(page)
  t.equal(page.url(), url, 'nobody has loaded another page')
  t.match(await textOf(page), /400 were made.*W-50/s)
  t.equal((await db.selectFrom('customer_orders').select('id').execute()).length, many)
})

t.test('all of it works without scripts', async (t) => {
  const { db, page, address, put } = await start(t, { javascript: false })
  await page.goto(`${address}/imports/new`)
  await page.click('input[value="customers"]')
  await choose(page, '#file', await put('customers.csv', customers.replace('Atlantis', 'UK')))
  await follow(page, '.form-bar .btn-primary')
  await refreshed(page)
  await expectAccessible(t, page)
  await follow(page, '.page-head-main button')
  await refreshed(page)
  t.match(await textOf(page), /2 were made/)
  t.equal((await db.selectFrom('accounts').select('id').execute()).length, 4)
  await page.click('.page-head details summary')
  await follow(page, 'a[href$="/undo"]')
  await follow(page, '.confirm button[type="submit"]')
  t.match(await textOf(page), /is undone/)
  t.equal((await db.selectFrom('accounts').select('id').execute()).length, 2)
})

async function start(t: Test, options: { javascript?: boolean } = {}) {
  const journey = await openJourney(t, options)
  const folder = await temporaryFolder(t)
  const put = async (name: string, text: string) => {
    const path = join(folder, name)
    await writeFile(path, text)
    return path
  }
  return { ...journey, put }
}

async function follow(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click(selector)])
}

async function choose(page: Page, selector: string, path: string): Promise<void> {
  const input = await page.$(`input${selector}[type="file"]`)
  if (input === null) throw new Error(`There is no ${selector}.`)
  await input.uploadFile(path)
}

async function untilDone(page: Page): Promise<void> {
  await page.waitForFunction("document.querySelector('[data-running]') === null", { timeout: 60_000 })
}

/** Follows Refresh until nothing is under way any more. */
async function refreshed(page: Page): Promise<void> {
  while ((await page.$('[data-running]')) !== null) await follow(page, '.page-head-actions a')
}

function isSeen(page: Page, selector: string): Promise<boolean> {
  return page.$eval(selector, (element) => element.getClientRects().length > 0)
}

function textOf(page: Page): Promise<string> {
  return page.$eval('main', (main) => main.textContent)
}
