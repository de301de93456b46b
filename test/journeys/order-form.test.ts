import type { Page } from 'puppeteer'
import t from 'tap'
import { findOrder } from '../../src/data/orders.ts'
import { look, openJourney } from '../support/journey.ts'
import { focusOn, hasFocus, press, retype, textOf } from '../support/line-editor.ts'

t.test('a clerk writes an order of several lines without touching the mouse', async (t) => {
  const { shop, db, visit, address } = await openJourney(t)
  const page = await visit(shop.user_id)
  await page.goto(`${address}/orders/new`)
  await look(t, page, 'order-new')

  await page.focus('#subject')
  await page.keyboard.type('Tea for Mannheim')
  await page.keyboard.press('Tab')
  await page.keyboard.type('blau')
  await page.keyboard.press('Enter')
  await page.waitForSelector('#contact-id option:nth-child(2)')
  await page.select('#contact-id', shop.contact_id)

  await focusOn(page, 0, 'product_code')
  await page.keyboard.type('chai') // faster than the list
  await page.keyboard.press('Enter')
  await hasFocus(page, 0, 'quantity')
  await page.keyboard.type('12')
  await page.keyboard.press('Enter')
  await hasFocus(page, 1, 'product_code')
  await page.keyboard.type('SUPPORT')
  await page.keyboard.press('Tab')
  await hasFocus(page, 1, 'quantity')
  await page.keyboard.type('2.5')
  await page.keyboard.press('Enter')
  await hasFocus(page, 2, 'product_code')
  await page.keyboard.type('Travel to Mannheim')
  await page.keyboard.press('Enter')
  await hasFocus(page, 2, 'quantity')
  t.equal(
    await textOf(page, 2, 'description'),
    'Travel to Mannheim',
    'a text that is no product is a free line',
  )
  t.equal(await textOf(page, 2, 'product_code'), '')
  await page.keyboard.type('1')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.type('33.335')
  await page.keyboard.press('Enter')
  await hasFocus(page, 3, 'product_code')
  await barSays(page, '€499.34')
  t.equal(await textOf(page, 0, 'description'), 'Chai')
  t.equal(await textOf(page, 1, 'unit'), 'hour')
  t.match(await page.$eval('[data-tax]', (tax) => tax.textContent), /Reverse charge/)

  await focusOn(page, 2, 'quantity')
  await press(page, 'Alt', 'ArrowUp')
  await hasFocus(page, 1, 'quantity')
  t.equal(await textOf(page, 1, 'description'), 'Travel to Mannheim')
  await press(page, 'Alt', 'Delete')
  await hasFocus(page, 1, 'quantity')
  await barSays(page, '€466.00')
  await page.click('.line-undo button')
  await barSays(page, '€499.34')
  await focusOn(page, 0, 'unit_price')
  await press(page, 'Control', 'a')
  await page.keyboard.type('20')
  await barSays(page, '€523.34')
  await look(t, page, 'order-filled')

  await Promise.all([page.waitForNavigation(), press(page, 'Control', 's')])
  const id = page.url().replace(/.*\/orders\//, '')
  const order = await findOrder(db, id, [shop.organisation_id])
  t.match(order, {
    subject: 'Tea for Mannheim',
    contact_id: shop.contact_id,
    net: '523.340',
    lines: [
      { product_code: 'CHAI', unit_price: '20.000000', tax_category: 'K' },
      { product_id: null, description: 'Travel to Mannheim', tax_category: 'AE' },
      { product_code: 'SUPPORT', quantity: '2.500000' },
    ],
  })
  t.equal(order?.lines.length, 3)

  await page.goto(`${address}/orders/${id}/edit`)
  await look(t, page, 'order-edit')
  await page.goto(`${address}/orders`)
  t.match(page.url(), /\/orders$/, 'leaving an untouched form asks nothing')

  await page.goto(`${address}/orders/${id}/edit`)
  await page.focus('#account-code')
  await press(page, 'Control', 'a')
  await page.keyboard.type('chop')
  await page.keyboard.press('Enter')
  await page.waitForSelector('#order-notices:not([hidden])')
  t.match(
    await page.$eval('#order-notices', (notice) => notice.textContent),
    /Line 1: Intra-community supply becomes VAT 5\.5 %\./,
  )
  await look(t, page, 'order-taxes-changed')

  await focusOn(page, 0, 'quantity')
  await press(page, 'Control', 'a')
  await page.keyboard.type('many')
  await page.focus('#subject')
  await press(page, 'Control', 'a')
  await page.keyboard.press('Delete')
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
  t.match(await page.title(), /^Error: /)
  t.ok(await page.$('.error-summary:focus'), 'the summary has the focus')
  await look(t, page, 'order-mistakes')
  t.equal(await textOf(page, 0, 'quantity'), 'many')
  t.match(
    await page.$eval('[data-figure="state"]', (state) => state.textContent),
    'Without the lines that lack a quantity or a price',
    'the bar does not call a part the whole',
  )
})

t.test('a scanner that is faster than the network gets every line right', async (t) => {
  const { shop, visit, address } = await openJourney(t)
  const page = await visit(shop.user_id)
  await page.goto(`${address}/orders/new`)
  await focusOn(page, 0, 'product_code')
  for (const scanned of ['CHAI', '2', 'SUPPORT', '3', 'chai', '40', 'No such thing', '5']) {
    await page.keyboard.type(scanned)
    await page.keyboard.press('Enter')
  }
  await hasFocus(page, 4, 'product_code')
  await barSays(page, '€1,157.58')
  const rows = [0, 1, 2, 3].map(async (row) =>
    Promise.all(['product_code', 'description', 'quantity'].map((name) => textOf(page, row, name))),
  )
  t.same(await Promise.all(rows), [
    ['CHAI', 'Chai', '2'],
    ['SUPPORT', 'Support', '3'],
    ['CHAI', 'Chai', '40'],
    ['', 'No such thing', '5'],
  ])
})

t.test('what was typed before a crash is offered again, and saved only when the clerk says so', async (t) => {
  const { shop, db, visit, address } = await openJourney(t)
  const page = await visit(shop.user_id)
  page.on('dialog', (dialog) => dialog.accept())
  await page.goto(`${address}/orders/new`)
  await page.type('#subject', 'Half an order')
  await focusOn(page, 0, 'product_code')
  await page.keyboard.type('CHAI')
  await page.keyboard.press('Enter')
  await hasFocus(page, 0, 'quantity')
  await page.keyboard.type('6')
  await barSays(page, '€113.94')
  await page.waitForFunction(`Object.values(localStorage).some((text) => text.includes('"6"'))`)

  await page.goto(`${address}/orders/new`)
  await page.waitForSelector('#unsaved-copy:not([hidden])')
  await pressed(page, '#unsaved-copy button')
  t.equal(await page.$eval('#subject', (input) => Reflect.get(input, 'value')), 'Half an order')
  t.equal(await textOf(page, 0, 'quantity'), '6')
  t.same(await db.selectFrom('customer_orders').select('id').execute(), [])
  await page.focus('#account-code')
  await page.keyboard.type('chop')
  await page.keyboard.press('Enter')
  await page.waitForSelector('input[name="account_id"]:not([value=""])')
  await barSays(page, '€113.94')
  await Promise.all([page.waitForNavigation(), press(page, 'Control', 's')])
  t.match(await page.title(), /Half an order/)
  await page.goto(`${address}/orders/new`)
  t.ok(await page.$('#unsaved-copy[hidden]'), 'what was saved is not offered again')
})

t.test('the same works without scripts, and the second editor is told', async (t) => {
  const { shop, db, visit, address } = await openJourney(t)
  const page = await visit(shop.user_id, { javascript: false })
  await page.goto(`${address}/orders/new`)
  await page.type('#subject', 'Without scripts')
  await page.type('#account-code', 'CHOP')
  await page.type('[name="lines[0][product_code]"]', 'support')
  await page.type('[name="lines[0][quantity]"]', '3')
  await pressed(page, 'button[value="recalculate"]')
  t.match(await page.content(), '€360.00')
  await pressed(page, 'button[value="add:section"]')
  await page.type('[name="lines[1][description]"]', 'Afterwards')
  await pressed(page, 'button[value="up:1"]')
  await page.focus('[name="lines[1][quantity]"]')
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
  const id = page.url().replace(/.*\/orders\//, '')
  t.match(await findOrder(db, id, [shop.organisation_id]), {
    gross: '360.000',
    lines: [{ kind: 'section', description: 'Afterwards' }, { product_code: 'SUPPORT' }],
  })

  const anna = await visit(shop.admin_id)
  await page.goto(`${address}/orders/${id}/edit`)
  await anna.goto(`${address}/orders/${id}/edit`)
  await retype(anna, '#subject', 'Hers')
  await Promise.all([anna.waitForNavigation(), press(anna, 'Control', 's')])
  await retype(page, '#subject', 'Mine')
  await retype(page, '[name="lines[1][quantity]"]', '4')
  await pressed(page, '.form-bar button[type="submit"]')
  t.match(await page.$eval('#conflict-title', (title) => title.textContent), /Anna Kern saved this order at/)
  await look(t, page, 'order-conflict')
  await page.click('input[name="choices[header.subject]"][value="theirs"]')
  await pressed(page, '.form-bar button[type="submit"]')
  t.match(await findOrder(db, id, [shop.organisation_id]), {
    subject: 'Hers',
    version: 3,
    lines: [{}, { quantity: '4.000000' }],
  })
})

t.test('twenty lines with the longest names and the largest amounts fit a desk and a phone', async (t) => {
  const { page, address, shop, db } = await openJourney(t)
  const name =
    'Entretien des espaces verts, tonte, taille des haies, évacuation des déchets verts et passage mensuel, toute la saison'
  await db
    .insertInto('products')
    .values({
      code: 'LONGEST-CODE-0123456789',
      name,
      kind: 'service',
      unit_price: '999999999.99',
      currency: 'EUR',
      tax_rate_id: shop.rates.fr20,
    })
    .execute()
  await page.goto(`${address}/orders/new?account_id=${shop.accounts.paris}`)
  const rows = Array.from({ length: 20 }, (_, at) =>
    at % 4 === 0 ? 'LONGEST-CODE-0123456789;1' : at % 7 === 0 ? 'NOPE;2' : 'CHAI;12',
  )
  await page.$eval('.paste-rows', (details) => details.setAttribute('open', ''))
  await page.$eval('#pasted-rows', (box, text) => Reflect.set(box, 'value', text), rows.join('\n'))
  await page.focus('button[value="paste"]')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.line-undo')
  await barSays(page, '€6,000,002,962.38')
  await look(t, page, 'order-twenty-lines')
})

async function barSays(page: Page, gross: string) {
  const said = `document.querySelector('[data-figure="gross"]')?.textContent === '${gross}'`
  await page.waitForFunction(said, { timeout: 5000 })
}

async function pressed(page: Page, selector: string) {
  // Not below the bar that sticks to the window's bottom.
  await page.$eval(selector, (button) => button.scrollIntoView({ block: 'center' }))
  await Promise.all([page.waitForNavigation(), page.click(selector)])
}
