import type { Page } from 'puppeteer'
import t from 'tap'
import { addMonths, lastDayOfMonth, todayIn } from '../../src/lib/dates.ts'
import { hashPassword } from '../../src/services/users/passwords.ts'
import { look, openProduct } from '../support/journey.ts'
import { makeShop } from '../support/shop.ts'

// The end of the month before last: whatever the day, exactly its period and the one after it were missed.
const start = lastDayOfMonth(addMonths(todayIn('Europe/Paris', new Date()), -2))

t.test('a clerk signs in, writes an order, bills it every month and reads the invoices', async (t) => {
  const { db, address, visit } = await openProduct(t)
  const shop = await makeShop(db)
  const password_hash = await hashPassword('a long enough password')
  await db.updateTable('users').set({ password_hash }).where('id', '=', shop.admin_id).execute()
  const page = await visit(null)
  const { keyboard } = page

  // She signs in.
  await page.goto(address)
  await look(t, page, 'main-1-sign-in')
  await page.type('#email', 'admin@shop.test')
  await keyboard.press('Tab')
  await keyboard.type('a long enough password')
  await leads(page, () => keyboard.press('Enter'))
  t.equal(page.url(), `${address}/`)
  await look(t, page, 'main-2-home')

  // She writes an order, her hands on the keyboard.
  await page.goto(`${address}/orders/new`)
  await page.focus('#subject')
  await keyboard.type('Tea and care')
  await keyboard.press('Tab')
  await keyboard.type('chop')
  await keyboard.press('Enter')
  await has(page, 'input[name="account_id"]:not([value=""])')
  await page.focus(line(0, 'product_code'))
  await keyboard.type('chai')
  await keyboard.press('Enter')
  await has(page, `${line(0, 'quantity')}:focus`)
  await keyboard.type('10')
  await keyboard.press('Enter')
  await has(page, `${line(1, 'product_code')}:focus`)
  await keyboard.type('Goodwill')
  await keyboard.press('Enter')
  await has(page, `${line(1, 'quantity')}:focus`)
  await keyboard.type('1')
  await keyboard.press('Tab')
  await keyboard.press('Tab')
  await keyboard.type('-30')
  await barSays(page, '€153.90')
  // A slip of the hand takes a line away; the next key brings it back.
  await together(page, 'Alt', 'Delete')
  await barSays(page, '€189.90')
  await together(page, 'Control', 'z')
  await barSays(page, '€153.90')
  await look(t, page, 'main-3-order-form')
  await leads(page, () => together(page, 'Control', 's'))
  t.match(await page.title(), /-0001 · Tea and care/)
  await look(t, page, 'main-4-order')
  await press(page, '.page-head-main .btn-primary')
  t.match(await said(page, 'h1 + *'), 'Approved')
  const order = page.url().replace(/\?.*/, '')

  // She has it billed on each month's last day, and is told beforehand what the next run will make.
  await page.goto(`${order}/recurrence`)
  await page.$eval(
    '#start-date',
    (field, date) => {
      field.setAttribute('value', date)
      field.dispatchEvent(new Event('input', { bubbles: true }))
    },
    start,
  )
  await page.click('[name="last_day"]')
  await page.select('[name="document_date_preference"]', 'last_day_current_period')
  await page.focus('[name="invoice_subject"]')
  await together(page, 'Control', 'a')
  await keyboard.type('Tea {MMM} {YYYY}')
  await page.waitForFunction(
    `/catch up 2 missed periods/.test(document.querySelector('#preview:not(.stale)')?.textContent)`,
  )
  await look(t, page, 'main-5-recurrence')
  await press(page, '.form-bar .btn-primary')
  t.match(await said(page, 'main'), 'The recurrence is saved. The next run catches up from')

  // She runs the job by hand and watches it.
  await page.goto(`${address}/jobs`)
  await press(page, 'form[action="/jobs/recurring-invoices/runs"] button')
  t.match(await said(page, 'main'), 'a run has started')
  const done = `/[23] due, [23] made, 0 parked/.test(document.querySelector('#job-recurring-invoices')?.textContent)`
  await page.waitForFunction(done, { timeout: 15_000 })
  await look(t, page, 'main-6-jobs')

  // She reads what was made.
  await page.goto(`${order}/invoices`)
  t.match(await said(page, 'main'), /Billed [23] periods, next/)
  await look(t, page, 'main-7-invoices')
  await press(page, 'tbody tr:last-child a[href^="/invoices/"]')
  t.match(await said(page, 'h1'), /^Draft of .* · Tea \p{L}+ \d{4}$/u)
  t.match(await said(page, '.totals .gross'), '€153.90')
  await look(t, page, 'main-8-invoice')
})

const line = (row: number, name: string) => `[name="lines[${row}][${name}]"]`

const has = (page: Page, selector: string) => page.waitForSelector(selector, { timeout: 5000 })

const said = (page: Page, selector: string) => page.$eval(selector, ({ textContent }) => textContent ?? '')

const leads = (page: Page, act: () => Promise<unknown>) => Promise.all([page.waitForNavigation(), act()])

const press = (page: Page, selector: string) => leads(page, () => page.click(selector))

async function barSays(page: Page, gross: string) {
  await page.waitForFunction(`document.querySelector('[data-figure="gross"]')?.textContent === '${gross}'`, {
    timeout: 5000,
  })
}

async function together(page: Page, modifier: 'Alt' | 'Control', key: 'Delete' | 'a' | 's' | 'z') {
  await page.keyboard.down(modifier)
  await page.keyboard.press(key)
  await page.keyboard.up(modifier)
}
