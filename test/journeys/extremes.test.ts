import type { Page } from 'puppeteer'
import t from 'tap'
import type { Database } from '../../src/data/database.ts'
import { expectAccessible, screenshot } from '../support/browser.ts'
import { insertDraftInvoice } from '../support/documents.ts'
import { look, openJourney } from '../support/journey.ts'
import { makeRecurringOrder, type Shop } from '../support/shop.ts'

const unbroken = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten'
  .repeat(2)
  .slice(0, 120)
const spaced = 'The Honourable Company of Merchants Trading into the East Indies and Beyond, '
  .repeat(2)
  .slice(0, 120)
const odd = `<b>&"'</b> 🧾👩‍💻 مرحبا بالعالم שלום`
const code = 'X'.repeat(40)
const email = `${'a'.repeat(60)}@${'b'.repeat(60)}.example.test`

t.test('the longest names, the largest amounts, emoji and right-to-left text', async (t) => {
  const { page, address, db, shop } = await openJourney(t)
  const made = await makeExtremes(db, shop)

  const pages = {
    'extreme-orders': '/orders',
    'extreme-orders-none': `/orders?q=${'x'.repeat(150)}`,
    'extreme-order': `/orders/${made.order}`,
    'extreme-order-form': `/orders/${made.order}/edit`,
    'extreme-recurrence': `/orders/${made.order}/recurrence`,
    'extreme-invoices': '/invoices',
    'extreme-invoice': `/invoices/${made.invoice}`,
    'extreme-account': `/accounts/${made.account}`,
    'extreme-contacts': '/contacts',
    'extreme-products': '/products',
    'extreme-product': `/products/${made.product}`,
    'extreme-supplier': `/suppliers/${made.supplier}`,
    'extreme-user': `/users/${shop.admin_id}`,
    'extreme-views': '/views',
    'extreme-search': '/search?q=donau',
    'extreme-home': '/',
  }
  const judged = new Set(['extreme-orders', 'extreme-order-form', 'extreme-product', 'extreme-user'])
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(address + path)
    await holdsTogether(t, page, name)
    if (judged.has(name)) await expectAccessible(t, page)
  }
  await page.goto(`${address}/orders/${made.odd}`)
  t.match(await page.$eval('main', (main) => main.textContent), odd, 'signs of HTML are signs')
  await look(t, page, 'extreme-odd')
  await page.goto(`${address}/orders/${made.rates}/edit`)
  await page.setViewport({ width: 320, height: 640 })
  const bar = await page.$eval('.form-bar', (element) => element.getBoundingClientRect().height)
  t.ok(bar < 200, 'a bar of many rates leaves most of a phone to the form')
})

t.test('an order of five hundred lines, on the screen and on paper', async (t) => {
  const { page, address, db, shop } = await openJourney(t)
  const lines = Array.from({ length: 500 }, (_, index) => ({
    description: index === 0 ? unbroken : `Line ${index + 1}, with some words to describe it`,
    quantity: '123.123456',
    unit_price: '99999.123456',
    discount_percent: '12.5',
  }))
  const id = await makeRecurringOrder(db, shop, { lines, recurrence: { start_date: '2026-01-31' } })
  await page.goto(`${address}/orders/${id}`)
  await holdsTogether(t, page, 'extreme-lines')

  await page.emulateMediaType('print')
  t.same(await shownOf(page, '.side, .topbar, .tabs, .btn, .page-head-actions, .dropdown-menu'), [])
  t.equal(
    await page.$eval('thead', (head) => head.computedStyleMap().get('display')?.toString()),
    'table-header-group',
  )
  const pages = await paperPages(page)
  t.ok(pages >= 10 && pages <= 30, `its lines fill ${pages} pages`)
  t.equal(
    await page.$eval('.card:has(table)', (card) => card.computedStyleMap().get('break-inside')?.toString()),
    'auto',
    'they begin below the title, not on the second page',
  )

  await page.goto(`${address}/orders/${id}/edit`)
  t.same(await shownOf(page, '.form-bar .btn, .order-lines .btn'), [], 'a form has no buttons on paper')
  t.equal((await shownOf(page, '.form-bar dl')).length, 1, 'but its totals')
  await page.goto(`${address}/orders`)
  t.same(await shownOf(page, '.filters, .tabs, .tick, .form-bar, .btn'), [])
  for (const path of ['/jobs', '/settings']) {
    await page.goto(address + path)
    t.equal(await paperPages(page), 1, `${path} has no empty page behind it`)
  }
  await page.goto(`${address}/jobs`)
  await page.emulateMediaType('print')
  t.same(await shownOf(page, 'details :not(summary, summary *)'), await inDetails(page), 'details are open')
})

/** Nothing scrolls sideways at desks, on paper and on the smallest phone, which is how it leaves the page. */
async function holdsTogether(t: Parameters<typeof look>[0], page: Page, name: string): Promise<void> {
  for (const width of [1400, 1200, 700, 320]) {
    await page.emulateMediaType(width === 700 ? 'print' : 'screen')
    await page.setViewport({ width, height: 640 })
    const wider = await page.$eval('html', (html) => html.scrollWidth - html.clientWidth)
    t.ok(wider <= 0, `${name}: nothing scrolls sideways at ${width} pixels`)
    await screenshot(page, `${name}-${width}`)
  }
  // Setting the medium forgot it.
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }])
}

/** The words of what can be seen of these. */
function shownOf(page: Page, selector: string): Promise<string[]> {
  return page.$$eval(selector, (elements) =>
    elements.filter((element) => element.checkVisibility()).map((element) => element.textContent ?? ''),
  )
}

function inDetails(page: Page): Promise<string[]> {
  return page.$$eval('main details :not(summary, summary *)', (elements) =>
    elements.map((element) => element.textContent ?? ''),
  )
}

async function paperPages(page: Page): Promise<number> {
  const pdf = Buffer.from(await page.pdf({ format: 'A4' })).toString('latin1')
  return [...pdf.matchAll(/\/Type \/Page\b/g)].length
}

async function makeExtremes(db: Database, shop: Shop) {
  const postal = { street: unbroken, street_2: spaced, city: unbroken.slice(0, 100), country: 'FR' }
  await db.updateTable('organisations').set({ name: unbroken, legal_name: spaced }).execute()
  await db
    .updateTable('users')
    .set({ name: spaced, title: unbroken })
    .where('id', '=', shop.user_id)
    .execute()
  const account = await db
    .insertInto('accounts')
    .values(
      [
        {
          ...postal,
          code,
          name: unbroken,
          email,
          website: `https://${email}/`,
          parent_id: shop.accounts.paris,
        },
        { ...postal, code: `<&"'`, name: odd, city: odd },
      ].map((row) => ({
        kind: 'business' as const,
        language: 'fr-FR',
        tax_treatment: 'domestic' as const,
        currency: 'EUR',
        ...row,
      })),
    )
    .returning('id')
    .execute()
  const [long = '', strange = ''] = account.map(({ id }) => id)
  await db.updateTable('accounts').set({ parent_id: long }).where('id', '=', strange).execute()
  await db
    .insertInto('contacts')
    .values(
      [unbroken, spaced, odd].map((name) => ({ account_id: long, name, title: name.slice(0, 100), email })),
    )
    .execute()
  const product = await db
    .insertInto('products')
    .values({
      code,
      name: unbroken,
      description: spaced,
      category: odd,
      kind: 'goods',
      unit_price: '999999999.999999',
      currency: 'EUR',
      tax_rate_id: shop.rates.fr20,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const supplier = await db
    .insertInto('suppliers')
    .values({
      ...postal,
      code,
      name: unbroken,
      contact_name: spaced,
      email,
      language: 'fr-FR',
      currency: 'EUR',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('product_suppliers')
    .values({
      product_id: product.id,
      supplier_id: supplier.id,
      supplier_code: code,
      purchase_price: '999999999.999999',
      currency: 'EUR',
      preferred: true,
    })
    .execute()
  const views = Array.from({ length: 60 }, (_, index) => ({
    user_id: index % 2 === 0 ? shop.admin_id : shop.user_id,
    list: 'orders' as const,
    name: index === 0 ? unbroken.slice(0, 60) : index === 1 ? odd : `View number ${index}`,
    query: `q=word${index}`,
    shared: true,
  }))
  await db.insertInto('saved_views').values(views).execute()

  const recurrence = { start_date: '2026-01-31' }
  const texts = {
    subject: unbroken,
    customer_order_number: unbroken.slice(0, 100),
    contract_reference: code,
    assigned_to_id: shop.user_id,
  }
  const order = await makeRecurringOrder(db, shop, {
    account_id: long,
    order: texts,
    lines: [
      { description: unbroken, unit_price: '999999999.99' },
      { description: spaced, quantity: '0.000001', unit_price: '999999.999999' },
    ],
    recurrence: { ...recurrence, invoice_subject: spaced, recipients: [email] },
  })
  for (const [currency, unit_price, quantity] of [
    ['JPY', '999999999', '3'],
    ['KWD', '999999.999', '1.123456'],
    ['EUR', '999999999.99', '-1'],
    ['EUR', '0', '0'],
  ] as const)
    await makeRecurringOrder(db, shop, {
      account_id: long,
      currency,
      lines: [{ unit_price, quantity }],
      recurrence,
    })
  const oddOrder = await makeRecurringOrder(db, shop, {
    account_id: strange,
    order: { subject: odd },
    lines: [{ description: odd, unit_price: '1' }],
    recurrence,
  })
  const rates = await makeRecurringOrder(db, shop, {
    lines: Object.values(shop.rates).map((tax_rate_id) => ({ tax_rate_id, unit_price: '1234567.89' })),
    recurrence,
  })
  return {
    order,
    odd: oddOrder,
    rates,
    invoice: await insertDraftInvoice(db, shop, order),
    account: long,
    product: product.id,
    supplier: supplier.id,
  }
}
