import type { Page } from 'puppeteer'
import t from 'tap'
import { saveDraft } from '../../src/services/invoices/save-draft.ts'
import { insertDraftInvoice, insertOrder } from '../support/documents.ts'
import { draftInput, issueDirectly } from '../support/invoices.ts'
import { look, openJourney } from '../support/journey.ts'
import { invoicesOf, occurrencesOf, runOn } from '../support/runs.ts'
import { makeRecurringOrder } from '../support/shop.ts'

t.test('a clerk finds a draft, changes its lines with totals that follow, and deletes another', async (t) => {
  const { page, address, db, shop } = await openJourney(t)
  const order = await makeRecurringOrder(db, shop, {
    number: 'SO-2026-0007',
    lines: [
      { description: 'Hosting', quantity: '2', unit_price: '50' },
      { description: 'Tea', quantity: '3', unit_price: '18', tax_rate_id: shop.rates.fr55 },
    ],
    recurrence: { start_date: '2026-01-31', initial_invoice_status: 'sent' },
  })
  await runOn(db, '2026-03-31')
  const manual = await insertOrder(db, shop, 'SO-2026-0008')
  const issued = await insertDraftInvoice(db, shop, manual)
  await issueDirectly(db, issued, { number: 'FA-2026-0042', status: 'sent' })
  await db
    .updateTable('invoices')
    .set({ subject: `A subject of a hundred letters and more ${'for those who write at length '.repeat(3)}` })
    .where('id', '=', (await invoicesOf(db, order))[0]?.id ?? '')
    .execute()
  const text = () => page.$eval('main', (main) => main.textContent ?? '')

  await page.goto(`${address}/invoices`)
  await look(t, page, 'invoices')
  await page.select('#status', 'draft')
  await page.type('#order-number', '0007')
  await page.waitForSelector('[role="option"]')
  await page.keyboard.press('Enter')
  await follow(page, '.filters button[type="submit"]')
  t.match(page.url(), /status=draft/, 'what was chosen before the order is still chosen')
  t.match(await text(), /1–3 of 3 invoices/)
  await look(t, page, 'invoices-filtered')
  await follow(page, 'td a[href^="/invoices/"]')
  t.match(await text(), /1 of 3/)
  t.match(await text(), /Marked to be issued as sent on 1 Mar 2026/)
  await look(t, page, 'invoice-draft')

  await follow(page, '.page-head-actions a[href*="/edit"]')
  await look(t, page, 'invoice-form')
  await page.click('[name="lines[0][quantity]"]', { count: 3 })
  await page.keyboard.type('4')
  await figure(page, '€296.97')
  await page.click('button[value="add:item"]')
  await page.type('[name="lines[2][product_code]"]', 'CHAI')
  await page.waitForSelector('[role="option"]')
  await page.keyboard.press('Enter')
  await page.keyboard.type('1')
  await figure(page, '€315.96')
  await page.$eval('#document-date', (input) => Reflect.set(input, 'value', '2026-03-10'))
  await follow(page, '.form-bar button[type="submit"]')
  t.match(await text(), /The draft is saved\./)
  t.match(await text(), /9 Apr 2026/)
  t.match(await text(), /€315\.96/)
  await look(t, page, 'invoice-changed')

  await follow(page, '.page-head-actions a[href*="/edit"]')
  await page.$eval('#subject', (input) => Reflect.set(input, 'value', ''))
  await follow(page, '.form-bar button[type="submit"]')
  t.match(await page.title(), /^Error: /)
  await look(t, page, 'invoice-mistakes')
  await page.type('#subject', 'March')
  const ute = { id: shop.user_id, organisation_ids: [shop.organisation_id] }
  const march = (await invoicesOf(db, order))[2]?.id ?? ''
  const hers = draftInput({ subject: 'Hers', customer_order_number: 'PO-1' })
  await saveDraft(db, ute, march, { input: hers, version: null })
  await follow(page, '.form-bar button[type="submit"]')
  t.match(await text(), /Ute Weber saved this draft at.*Taken over:.*PO-1.*Theirs.*Hers.*March/s)
  t.notMatch(await text(), /There is a mistake/)
  t.equal(await page.$eval('#customer-order-number', (input) => Reflect.get(input, 'value')), 'PO-1')
  t.equal(await page.$eval('#subject', (input) => Reflect.get(input, 'value')), 'March')
  await look(t, page, 'invoice-conflict')
  await follow(page, '.form-bar button[type="submit"]')
  t.match(await text(), /The draft is saved\./)

  await page.click('.page-head details summary')
  await follow(page, '.page-head details a[href*="/deletion"]')
  await look(t, page, 'invoice-deletion')
  await page.click('input[name="period"][value="skip"]')
  await follow(page, '.confirm button[type="submit"]')
  t.match(await text(), /Say why the period is not billed/)
  await look(t, page, 'invoice-deletion-mistake')
  await page.type('#reason', 'Closed for works')
  await follow(page, '.confirm button[type="submit"]')
  t.match(await text(), /is deleted\. Its period is not billed\./)
  t.match(await text(), /1–2 of 2 invoices/, 'back in the list as it was')
  t.same(await occurrencesOf(db, order), [
    '2026-01-31 invoiced',
    '2026-02-28 invoiced',
    '2026-03-31 skipped draft_deleted',
  ])

  await page.goto(`${address}/invoices/${issued}`)
  t.match(await text(), /FA-2026-0042 is issued and never changes/)
  await look(t, page, 'invoice-issued')
  await page.click('.page-head details summary')
  await follow(page, '.page-head details a[href*="/credit-notes/new"]')
  await look(t, page, 'credit-note')
  await page.click('input[name="mode"][value="lines"]')
  await page.type('input[name^="quantities["]', '1')
  await page.waitForSelector('[data-example]::-p-text(Then €120.00 is open)')
  await page.waitForSelector('[data-figure="open"]::-p-text(€120.00)')
  await page.type('#reason', 'One hour too many')
  await follow(page, '.form-bar button[type="submit"]')
  t.match(await text(), /A-AN-\d{4}-0001 is issued: it corrects FA-2026-0042/)
  await look(t, page, 'credit-note-issued')
  await page.goto(`${address}/invoices/${issued}`)
  t.match(await text(), /Credit notes.*One hour too many/s)
  await look(t, page, 'invoice-credited')
  await page.goto(`${address}/invoices/${issued}/credit-notes/new?reissue=on`)
  await look(t, page, 'credit-and-reissue')
  await page.goto(`${address}/invoices/${issued}/deletion`)
  await look(t, page, 'invoice-deletion-refused')
  await page.goto(`${address}/invoices?q=nothing+of+it`)
  await look(t, page, 'invoices-no-match')
})

t.test('without scripts a draft is priced, saved and deleted by the same forms', async (t) => {
  const { page, address, db, shop } = await openJourney(t, { javascript: false })
  const order = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-03-31' } })
  await runOn(db, '2026-03-31')
  const id = (await invoicesOf(db, order))[0]?.id ?? ''
  const text = () => page.$eval('main', (main) => main.textContent ?? '')
  await page.goto(`${address}/invoices/${id}/edit`)
  await page.type('[name="lines[1][description]"]', 'Setup')
  await page.type('[name="lines[1][quantity]"]', '1')
  await page.type('[name="lines[1][unit_price]"]', '25.50')
  await follow(page, 'button[value="recalculate"]')
  t.match(await text(), /€150\.60/)
  await follow(page, 'button[value="up:1"]')
  t.equal(await page.$eval('[name="lines[0][description]"]', (field) => field.textContent?.trim()), 'Setup')
  await follow(page, '.form-bar button[type="submit"]')
  t.match(await text(), /The draft is saved\./)
  t.match(await text(), /€150\.60/)
  await page.goto(`${address}/invoices/${id}/deletion`)
  await page.click('input[name="period"][value="free"]')
  await follow(page, '.confirm button[type="submit"]')
  t.match(await text(), /Its period is due: the next run bills it\./)
  t.same(await occurrencesOf(db, order), ['2026-03-31 due'])
})

t.test('an admin sets numbers, rates and a closing date', async (t) => {
  const { page, address, shop } = await openJourney(t)
  const text = () => page.$eval('main', (main) => main.textContent ?? '')
  await page.goto(`${address}/settings/number-series`)
  await look(t, page, 'number-series')
  await page.goto(`${address}/settings/number-series/${shop.organisation_id}/invoice/2031`)
  await page.click('#format', { count: 3 })
  await page.keyboard.type('FA{YYYY}/{number}')
  await page.waitForSelector('[data-example]::-p-text(FA2031/0001, FA2031/0002)')
  await look(t, page, 'number-series-form')
  await follow(page, '.form-bar button[type="submit"]')
  t.match(await text(), /the next number is FA2031\/0001/)
  await page.goto(`${address}/settings/exchange-rates/new`)
  await page.select('#from-currency', 'USD')
  await page.type('#rate', '0.92')
  await page.waitForSelector('[data-example]::-p-text(1 USD = 0.92 EUR)')
  await look(t, page, 'exchange-rate')
  await follow(page, '.form-bar button[type="submit"]')
  await look(t, page, 'exchange-rates')
  await page.goto(`${address}/settings/exchange-rates/imports/new`)
  await look(t, page, 'exchange-rate-import')
  await page.goto(`${address}/organisations/${shop.organisation_id}/closing`)
  await look(t, page, 'closing-date')
})

t.test('a clerk invoices what remains of an order, issues it, and the list issues the rest', async (t) => {
  const { page, address, db, shop } = await openJourney(t)
  const order = await insertOrder(db, shop, 'SO-2026-0009')
  await db.updateTable('customer_orders').set({ status: 'approved' }).where('id', '=', order).execute()
  const rest = await insertDraftInvoice(db, shop, await insertOrder(db, shop, 'SO-2026-0010'))
  const text = () => page.$eval('main', (main) => main.textContent ?? '')
  await page.goto(`${address}/orders/${order}`)
  await follow(page, '.page-head-main a')
  await look(t, page, 'order-invoicing')
  await follow(page, '.confirm button.btn-primary')
  t.match(await text(), /Draft invoice of order SO-2026-0009 created/)
  await follow(page, '.page-head-main a')
  await look(t, page, 'invoice-issue')
  await follow(page, '.confirm button.btn-primary')
  t.match(await text(), /Invoice F-AN-\d{4}-0001 issued\./)
  await look(t, page, 'invoice-issued')
  await page.goto(`${address}/orders/${order}`)
  t.match(await text(), /Invoiced\s*100%/)
  await look(t, page, 'order-invoiced')
  await page.goto(`${address}/invoices?status=draft`)
  await page.click(`input[value="${rest}"]`)
  await look(t, page, 'invoices-ticked')
  await follow(page, 'button[value="issue"]')
  t.match(await text(), /1 invoice issued/)
  await look(t, page, 'invoices-receipt')
})

t.test('an empty list says where invoices come from', async (t) => {
  const { page, address } = await openJourney(t)
  await page.goto(`${address}/invoices`)
  t.match(await page.$eval('main', (main) => main.textContent ?? ''), /Invoices come out of customer orders/)
  await look(t, page, 'invoices-empty')
})

/** Waits until the bar says this gross, as the server answered it. */
async function figure(page: Page, gross: string): Promise<void> {
  await page.waitForSelector(`.order-figures [data-figure="gross"]::-p-text(${gross})`)
}

async function follow(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click(selector)])
}
