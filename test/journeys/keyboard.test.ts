import type { Page } from 'puppeteer'
import t from 'tap'
import { insertOrder } from '../support/documents.ts'
import { look, openJourney } from '../support/journey.ts'

t.test('a clerk finds the way by single keys', async (t) => {
  const { page, address, db, shop, visit } = await openJourney(t)
  for (let n = 1; n <= 3; n += 1) await insertOrder(db, shop, `SO-2026-000${n}`)
  const path = () => page.url().slice(address.length)
  const lead = (...keys: string[]) => Promise.all([page.waitForNavigation(), press(page, ...keys)])

  await page.goto(address)
  for (const [key, place] of Object.entries({ o: '/orders', i: '/invoices', j: '/jobs', h: '/' })) {
    await lead('g', key)
    t.equal(path(), place, `g ${key}`)
  }
  await press(page, 'g', 'r', 'g', 'z', 'g', 'x', 'o')
  await stays(page)
  t.equal(path(), '/', 'keys of no page lead nowhere, nor does a way that was left')

  await press(page, '/')
  t.equal(await focused(page), 'search', '/ leads to the search field')
  await press(page, 'g', 'o')
  await stays(page)
  t.match(await textTyped(page), 'go', 'in a field, keys are text')
  await page.$eval('#search', (field) => Reflect.set(field, 'value', 'maint'))
  await lead('Enter')
  t.equal(path(), '/search?q=maint')
  await press(page, '/')
  t.equal(await focused(page), 'q', 'on the search page, to its own')

  await page.goto(`${address}/orders`)
  const current = () => page.evaluate('document.activeElement.textContent')
  await press(page, 'k')
  t.equal(await current(), 'SO-2026-0003', 'k begins at the first row, too')
  await press(page, 'j')
  t.equal(await current(), 'SO-2026-0002')
  await press(page, 'x')
  t.equal(await ticked(page), 1, 'x ticks the row')
  t.equal(await current(), 'SO-2026-0002', 'and the focus stays')
  await press(page, 'x', 'j', 'j', 'j', 'x')
  t.equal(await current(), 'SO-2026-0001', 'there is nothing below the last row')
  t.equal(await ticked(page), 1, 'x takes its tick away again')
  await press(page, 'k')
  await lead('Enter')
  t.match(path(), /^\/orders\/[-0-9a-f]{36}\?list=/, 'Enter opens the row')
  await lead('e')
  t.match(path(), /^\/orders\/[-0-9a-f]{36}\/edit/, 'e edits what the page shows')
  await page.goto(`${address}/accounts`)
  await lead('n')
  t.equal(path(), '/accounts/new', 'n leads to what is new of the list')
  await page.goto(address)
  await press(page, 'n')
  t.equal(await current(), 'New order', 'elsewhere n opens the Create menu')
  await press(page, 'Escape')

  await page.goto(`${address}/orders`)
  await press(page, 'j', 'j', '?')
  const list = await page.waitForSelector('dialog[open]')
  t.match(await list?.evaluate((dialog) => dialog.textContent), /Go to Jobs[\s\S]*Tick the row/)
  t.equal(
    await page.evaluate(`document.activeElement.closest('dialog') !== null`),
    true,
    '? opens the list of keys',
  )
  await look(t, page, 'keyboard-dialog')
  await press(page, 'n', 'g', 'i', 'j')
  await stays(page)
  t.equal(path(), '/orders', 'under which no key acts')
  await press(page, 'Escape')
  t.equal(await page.$('dialog[open]'), null, 'Esc closes it')
  t.equal(await current(), 'SO-2026-0002', 'and one is where one was')
  await press(page, '?')
  await page.waitForSelector('dialog[open]')
  await page.click('dialog button')
  t.equal(await page.$('dialog[open]'), null)

  const clerk = await visit(shop.user_id)
  await clerk.goto(address)
  await press(clerk, 'g', 'j')
  await stays(clerk)
  t.equal(clerk.url(), `${address}/`, 'a clerk has no way to the jobs')
  await clerk.goto(`${address}/keyboard`)
  t.notMatch(await textOf(clerk), 'Go to Jobs')
})

t.test('keys that are held, or belong to something else, do nothing', async (t) => {
  const { page, address, db, shop } = await openJourney(t)
  await insertOrder(db, shop, 'SO-2026-0001')
  await page.goto(`${address}/orders`)
  for (const modifier of ['Control', 'Alt', 'Meta', 'Shift'] as const) {
    await page.keyboard.down(modifier)
    await press(page, 'e', 'g', 'h')
    await page.keyboard.up(modifier)
  }
  await stays(page)
  t.equal(page.url(), `${address}/orders`)
  await page.focus('#status')
  await press(page, 'g', 'i', 'n')
  await stays(page)
  t.equal(page.url(), `${address}/orders`, 'a select looks its choices up by letters')
  await page.$eval('main', (main) =>
    main.insertAdjacentHTML('beforeend', '<p id="note" contenteditable>Note</p>'),
  )
  await page.focus('#note')
  await press(page, 'g', 'i', 'n', '/')
  t.match(await textOf(page), /gin\//)
  // An input method has the key first.
  await page.evaluate(`document.activeElement.blur()
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true, isComposing: true }))`)
  await stays(page)
  t.equal(page.url(), `${address}/orders`)

  await page.goto(`${address}/orders/new`)
  await page.type('#subject', 'g o, n and ?')
  await page.keyboard.press('Escape')
  t.equal(await page.$eval('#subject', (field) => Reflect.get(field, 'value')), 'g o, n and ?')
  t.equal(page.url(), `${address}/orders/new`, 'Esc never leaves the form')
  await page.keyboard.down('Control')
  await Promise.all([page.waitForNavigation(), page.keyboard.press('s')])
  await page.keyboard.up('Control')
  t.match(await textOf(page), /Choose a customer account/, 'Ctrl+S saves it, from within a field')
})

t.test(
  'whoever switches single keys off is rid of them, and finds the list of keys all the same',
  async (t) => {
    const { page, address, db, shop } = await openJourney(t)
    await insertOrder(db, shop, 'SO-2026-0001')
    await page.goto(`${address}/orders`)
    await page.click('.topbar details:last-of-type summary')
    await Promise.all([page.waitForNavigation(), page.click('button[name="single_keys"]')])
    t.equal(page.url(), `${address}/orders`, 'one stays where one was')
    t.equal(await page.$('[aria-keyshortcuts], [data-key]'), null, 'no key is announced')
    await press(page, 'j', 'g', 'i', 'n', '?', '/')
    await stays(page)
    t.equal(page.url(), `${address}/orders`)
    t.equal(await focused(page), '')
    t.equal(await page.$('dialog'), null)
    await page.click('.topbar details:last-of-type summary')
    await Promise.all([page.waitForNavigation(), page.click('a[href="/keyboard"]')])
    t.match(await textOf(page), /Single keys are switched off for you/)

    await page.goto(`${address}/profile`)
    await page.click('#single-keys')
    await Promise.all([page.waitForNavigation(), page.click('main form[action="/profile"] .btn-primary')])
    await Promise.all([page.waitForNavigation(), press(page, 'g', 'o')])
    t.equal(page.url(), `${address}/orders`, 'and has them back')
  },
)

t.test('the search stands on every page, without scripts and on a phone, too', async (t) => {
  const { page, address, db, shop, visit } = await openJourney(t, { javascript: false })
  const order = await insertOrder(db, shop, 'SO-2026-0001')
  await insertOrder(db, shop, 'SO-2026-0002')
  await page.goto(`${address}/suppliers`)
  await page.type('#search', 'maintenance')
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
  t.match(await textOf(page), /2 matches for “maintenance”/)
  await look(t, page, 'search')
  await page.goto(`${address}/search`)
  t.equal(await focused(page), 'q')
  await look(t, page, 'search-empty')
  await page.goto(`${address}/keyboard`)
  t.match(await textOf(page), /Next row/)

  const phone = await visit(shop.user_id, { width: 390, height: 800 })
  await phone.goto(`${address}/suppliers`)
  await press(phone, '/')
  t.equal(await focused(phone), 'menu-search', '/ opens the menu in which the field is')
  await look(t, phone, 'search-menu')
  await phone.keyboard.type('so-2026-0001')
  await Promise.all([phone.waitForNavigation(), phone.keyboard.press('Enter')])
  t.equal(phone.url(), `${address}/orders/${order}`)
})

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    if (key.length === 1) await page.keyboard.type(key)
    else if (key === 'Enter') await page.keyboard.press('Enter')
    else await page.keyboard.press('Escape')
  }
}

/** Long enough to see whether a key led elsewhere: then this throws. */
async function stays(page: Page): Promise<void> {
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 200))')
}

async function focused(page: Page): Promise<unknown> {
  return page.evaluate('document.activeElement.id')
}

async function textTyped(page: Page): Promise<unknown> {
  return page.evaluate('document.activeElement.value')
}

async function ticked(page: Page): Promise<number> {
  return (await page.$$('tbody input[name="ids[]"]:checked')).length
}

async function textOf(page: Page): Promise<string> {
  return page.$eval('main', (main) => main.textContent ?? '')
}
