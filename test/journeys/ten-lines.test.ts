import type { Page } from 'puppeteer'
import t from 'tap'
import { findOrder } from '../../src/data/orders.ts'
import { openJourney, type Test } from '../support/journey.ts'

/** What a person types into each line, and what stands in the saved order. Texts in the order of the keys pressed. */
const typed: readonly { product: string; next: readonly Step[]; saved: object }[] = [
  { product: 'CHAI', next: ['12', 'Enter'], saved: { product_code: 'CHAI', quantity: '12.000000' } },
  { product: 'suppo', next: ['2.5', 'Enter'], saved: { product_code: 'SUPPORT', quantity: '2.500000' } },
  // The price, two fields on: Enter goes to the next line from there too.
  {
    product: 'T-03',
    next: ['3', 'Tab', 'Tab', '7.25', 'Enter'],
    saved: { product_code: 'T-03', unit_price: '7.250000' },
  },
  {
    product: 'green tea',
    next: ['4', 'Tab', 'Tab', 'Tab', '10', 'Enter'],
    saved: { product_code: 'T-04', discount_percent: '10.000000' },
  },
  // Back to the description, which is changed, and on to the quantity again.
  {
    product: 't-05',
    next: ['Back', 'End', ', gift box', 'Tab', '5', 'Enter'],
    saved: { product_code: 'T-05', description: 'Tea number 5, gift box', quantity: '5.000000' },
  },
  {
    product: 'Travel to Mannheim',
    next: ['1', 'Tab', 'Tab', '33.335', 'Enter'],
    saved: { product_id: null, description: 'Travel to Mannheim', unit_price: '33.335000' },
  },
  { product: 'T-07', next: ['7', 'Enter'], saved: { product_code: 'T-07', quantity: '7.000000' } },
  { product: 'number 8', next: ['8', 'Enter'], saved: { product_code: 'T-08', quantity: '8.000000' } },
  { product: 'T-09', next: ['9', 'Enter'], saved: { product_code: 'T-09', quantity: '9.000000' } },
  { product: 'T-10', next: ['10'], saved: { product_code: 'T-10', quantity: '10.000000' } },
]
type Step = string

const pace = 50

t.test('ten lines by the keyboard alone, over a slow network, at twenty keys a second', async (t) => {
  const { page, address, db, shop } = await openCatalog(t)
  await page.goto(`${address}/orders`)
  await slowDown(page)
  const began = performance.now()
  const say = (what: string) => t.comment(`${((performance.now() - began) / 1000).toFixed(1)} s  ${what}`)

  await Promise.all([page.waitForNavigation(), page.keyboard.press('n')])
  await watch(page)
  await page.focus('#subject')
  await keys(page, ['Tea for Mannheim', 'Tab', 'blauer', 'Enter'])
  await page.waitForSelector('input[name="account_id"]:not([value=""])')
  say('customer chosen')
  await reach(page, '[name$="[product_code]"]')
  for (const [at, { product, next }] of typed.entries()) {
    await keys(page, [product, 'Enter', ...next])
    say(`line ${at + 1}: ${[product, 'Enter', ...next].join(' ')}`)
    t.not(await page.$eval(':focus', (element) => element.tagName), 'BODY')
  }
  const order = await findOrder(db, await saved(page), [shop.organisation_id])
  say('saved')
  t.match(order, { subject: 'Tea for Mannheim', account_id: shop.accounts.mannheim })
  t.equal(order?.lines.length, typed.length)
  for (const [at, line] of typed.entries()) t.match(order?.lines[at], line.saved, `line ${at + 1}`)
  t.same(await seen(page), { mouse: 0, dialogs: 0, lost: 0 })
})

t.test('a scanner types whole codes faster than the network answers, and none is lost', async (t) => {
  const { page, address, db, shop } = await openCatalog(t)
  await page.goto(`${address}/orders/new`)
  await watch(page)
  await page.focus('#subject')
  await keys(page, ['Scanned', 'Tab', 'BLAUER', 'Enter'])
  await page.waitForSelector('input[name="account_id"]:not([value=""])')
  await reach(page, '[name$="[product_code]"]')
  await slowDown(page)
  const codes = ['CHAI', 'T-03', 'T-04', 't-05', 'SUPPORT', 'T-07', 'CHAI', 'T-09', 'T-10', 'T-03']
  const began = performance.now()
  for (const [at, code] of codes.entries()) {
    await keys(page, [code, 'Enter', String(at + 1)], 10)
    if (at < codes.length - 1) await keys(page, ['Enter'], 10)
  }
  t.comment(`typed in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  await settled(page, codes.length)
  t.comment(`found in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  const order = await findOrder(db, await saved(page), [shop.organisation_id])
  t.same(
    order?.lines.map(({ product_code, quantity }) => [product_code, Number(quantity)]),
    codes.map((code, at) => [code.toUpperCase(), at + 1]),
  )
  t.same(await seen(page), { mouse: 0, dialogs: 0, lost: 0 })
})

async function openCatalog(t: Test) {
  const journey = await openJourney(t)
  const { db, shop } = journey
  const products = [3, 4, 5, 6, 7, 8, 9, 10].map((number) => ({
    code: `T-${String(number).padStart(2, '0')}`,
    name: number === 4 ? 'Green tea' : `Tea number ${number}`,
    kind: 'goods' as const,
    unit_price: String(number),
    currency: 'EUR',
    tax_rate_id: shop.rates.fr55,
  }))
  await db.insertInto('products').values(products).execute()
  return journey
}

/** A phone's network in the country: every answer comes 400 ms late. */
async function slowDown(page: Page) {
  await page.emulateNetworkConditions({ download: 200_000, upload: 100_000, latency: 400 })
}

/** Counts what must not happen: mouse events, dialogs, a key while the focus is nowhere. The counts outlive the page. */
async function watch(page: Page) {
  page.on('dialog', (dialog) => {
    dialogs.set(page, (dialogs.get(page) ?? 0) + 1)
    dialog.accept().catch(() => {})
  })
  await page.evaluate(`{
    const count = (name) => sessionStorage.setItem(name, Number(sessionStorage.getItem(name)) + 1)
    // Enter clicks the button by which it sends a form: such a click counts nothing.
    for (const type of ['mousedown', 'pointerdown', 'click'])
      document.addEventListener(type, ({ detail }) => type === 'click' && detail === 0 || count('mouse'), true)
    document.addEventListener('keydown', () => document.activeElement === document.body && count('lost'), true)
  }`)
}
const dialogs = new WeakMap<Page, number>()

async function seen(page: Page) {
  const counted = (name: string) => page.evaluate(`Number(sessionStorage.getItem('${name}'))`)
  return { mouse: await counted('mouse'), dialogs: dialogs.get(page) ?? 0, lost: await counted('lost') }
}

/** Presses keys as a person does; texts letter by letter. `Back` is Shift+Tab. */
async function keys(page: Page, steps: readonly Step[], delay = pace) {
  for (const step of steps) {
    if (step === 'Enter' || step === 'Tab' || step === 'End')
      await page.keyboard.press(step, { delay: delay / 2 })
    else if (step === 'Back') {
      await page.keyboard.down('Shift')
      await page.keyboard.press('Tab')
      await page.keyboard.up('Shift')
    } else await page.keyboard.type(step, { delay })
  }
}

/** Tab by Tab to the first field that the selector means. */
async function reach(page: Page, selector: string) {
  for (let pressed = 0; pressed < 40; pressed++) {
    if ((await page.$(`${selector}:focus`)) !== null) return
    await page.keyboard.press('Tab', { delay: 20 })
  }
  throw new Error(`No Tab leads to ${selector}`)
}

/** Every line has its net: nothing that was typed waits any more. */
async function settled(page: Page, lines: number) {
  await page.waitForFunction(
    `[...document.querySelectorAll('#order-lines tbody .c-net')].filter((net) => net.textContent.trim() !== '').length === ${lines}`,
    { timeout: 30_000 },
  )
}

/** Saves by Ctrl+S; the id of the order. */
async function saved(page: Page): Promise<string> {
  await Promise.all([page.waitForNavigation({ timeout: 60_000 }), save(page)])
  const wrong = await page.$$eval('.error-summary li', (items) => items.map((item) => item.textContent))
  if (wrong.length > 0) throw new Error(wrong.join(' '))
  return page.url().replace(/.*\/orders\//, '')
}

async function save(page: Page) {
  await page.keyboard.down('Control')
  await page.keyboard.press('s')
  await page.keyboard.up('Control')
}
