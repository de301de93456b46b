import type { Page } from 'puppeteer'
import t from 'tap'
import { addMonths, firstDayOfMonth, lastDayOfMonth, todayIn } from '../../src/lib/dates.ts'
import { insertOrder } from '../support/documents.ts'
import { look, openJourney, type Test } from '../support/journey.ts'
import { runOn } from '../support/runs.ts'

const today = todayIn('Europe/Paris', new Date())
const monthsAgo = (count: number) => firstDayOfMonth(addMonths(today, -count))

async function open(t: Test, options: { javascript?: boolean } = {}) {
  const { db, page, address, shop } = await openJourney(t, options)
  page.on('dialog', (dialog) => void dialog.accept())
  const order = await insertOrder(db, shop)
  return { db, page, address, order, at: `${address}/orders/${order}/recurrence` }
}

const textOf = (page: Page, selector: string) => page.$eval(selector, (element) => element.textContent ?? '')

/** As a person does: what lies under the bar at the bottom is scrolled into sight first. */
async function press(page: Page, selector: string) {
  await page.$eval(selector, (element) => element.scrollIntoView({ block: 'center' }))
  await Promise.all([page.waitForNavigation(), page.click(selector)])
}

async function setDate(page: Page, name: string, date: string) {
  await page.$eval(
    `[name="${name}"]`,
    (input, value) => {
      input.setAttribute('value', value)
      input.dispatchEvent(new Event('input', { bubbles: true }))
    },
    date,
  )
}

t.test('a clerk sees the dates follow the settings, saves them, and settles a missed period', async (t) => {
  const { db, page, address, order, at } = await open(t)
  await page.goto(at)
  await look(t, page, 'recurrence-new')

  const shown = page.waitForResponse((answer) => answer.url().includes('part=preview'))
  await setDate(page, 'start_date', lastDayOfMonth(monthsAgo(3)))
  await shown
  await page.waitForFunction("!document.querySelector('#preview').classList.contains('stale')")
  t.match(await textOf(page, '#preview'), 'The next run will catch up 3 missed periods')
  t.match(await textOf(page, '#live-status'), /^Next run \d.*, 12 dates$/)

  await page.click('[name="invoice_subject"]', { count: 3 })
  await page.keyboard.type('Support ')
  const again = page.waitForResponse((answer) => answer.url().includes('part=preview'))
  await page.evaluate("[...document.querySelectorAll('#variables button')][2].click()")
  await again
  await page.waitForFunction("document.querySelector('#preview').textContent.includes('Support 1')")
  t.equal(
    await page.$eval('[name="invoice_subject"]', (input) => 'value' in input && input.value),
    'Support {MM}',
  )

  await press(page, '.form-bar .btn-primary')
  t.equal(page.url(), at)
  t.match(await textOf(page, 'main'), 'The recurrence is saved. The next run catches up from')
  await look(t, page, 'recurrence-saved')

  await page.select('[name="document_date_preference"]', 'last_day_next_period')
  await page.waitForSelector('#preview del')
  t.match(await textOf(page, '#preview del'), 'before:')
  await look(t, page, 'recurrence-changed')

  await page.goto(`${address}/orders/${order}/occurrences`)
  await look(t, page, 'occurrences')
  await press(page, `a[href$="/occurrences/monthly/${monthsAgo(2)}"]`)
  t.match(await textOf(page, 'main'), 'Missing')
  await look(t, page, 'occurrence-missing')
  await page.type('[name="reason"]', 'Closed for works')
  await press(page, 'form[action$="/skip"] .btn:nth-of-type(1)')
  t.match(await textOf(page, 'main'), 'Skipped: Closed for works')
  await runOn(db, today)
  await page.goto(`${address}/orders/${order}/occurrences/monthly/${monthsAgo(3)}`)
  t.match(await textOf(page, 'main'), 'Invoiced')
  await look(t, page, 'occurrence-invoiced')
  await page.goto(at)
  t.match(await textOf(page, 'main'), 'All periods, 2 of them billed')
})

t.test(
  'without scripts the dates are asked for, a long catch-up is confirmed, and a pause is settled',
  async (t) => {
    const { page, at } = await open(t, { javascript: false })
    await page.goto(at)
    await setDate(page, 'start_date', monthsAgo(14))
    await press(page, 'button[formaction]')
    t.match(page.url(), '/recurrence/preview?')
    t.notMatch(page.url(), '_csrf')
    t.match(await textOf(page, '#preview'), /Yes, bill 1[45] missed periods/)
    await look(t, page, 'recurrence-preview-plain')

    await press(page, '.form-bar .btn-primary')
    t.match(await page.title(), /^Error: /)
    t.match(await textOf(page, '.error-summary'), /Confirm below that 1[45] missed periods/)
    await look(t, page, 'recurrence-confirm')
    await page.click('[name="confirm_catch_up"]')
    await press(page, '.form-bar .btn-primary')
    t.match(await textOf(page, 'main'), 'The recurrence is saved.')

    await page.click('[name="enabled"]')
    await press(page, '.form-bar .btn-primary')
    t.match(await textOf(page, '#preview'), 'The recurrence is off')
    await page.click('[name="enabled"]')
    await press(page, 'button[formaction]')
    t.match(await textOf(page, '#preview'), 'fell into the pause')
    await look(t, page, 'recurrence-pause')
    await press(page, '.form-bar .btn-primary')
    t.match(await textOf(page, 'main'), 'of the pause are left out')
  },
)
