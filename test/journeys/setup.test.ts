import type { Page } from 'puppeteer'
import t from 'tap'
import { look, openProduct } from '../support/journey.ts'

t.test('from an empty installation to the first product, with and without scripts', async (t) => {
  const { db, address, visit } = await openProduct(t)
  const page = await visit(null)

  await page.goto(`${address}/orders`)
  t.equal(new URL(page.url()).pathname, '/setup', 'every page leads here')
  await look(t, page, 'setup')
  await submit(page)
  t.match(await page.title(), /^Error: /)
  t.equal(
    await page.evaluate('document.activeElement.classList.contains("error-summary")'),
    true,
    'the summary has the focus',
  )
  await fill(page, {
    name: 'Atelier Nord',
    user_name: 'Anna Kern',
    email: 'anna@nord.test',
    password: 'a long password',
    password_again: 'a long password',
  })
  await page.select('main [name=country]', 'FR')
  await submit(page)
  t.match(await text(page), /Atelier Nord is set up/)
  await look(t, page, 'organisation')

  await page.goto(`${address}/settings/payment-terms/new`)
  await fill(page, { days: '75' })
  await page.waitForFunction('!document.querySelector("[data-warning]").hidden')
  t.match(await text(page), /falls due on .*L441-10/s, 'the example and the warning follow the keys')
  await look(t, page, 'payment-term')

  await page.setJavaScriptEnabled(false)
  await page.goto(`${address}/settings/payment-terms/new`)
  await fill(page, { code: '10', name: 'Ten days', days: '10' })
  await Promise.all([page.waitForNavigation(), page.click('[formaction$="/example"]')])
  t.match(await text(page), /falls due on/, 'without scripts by its button')
  await submit(page)
  t.match(await text(page), /Ten days is created/)
  await page.setJavaScriptEnabled(true)

  await db
    .insertInto('suppliers')
    .values({ code: 'EXOTIC', name: 'Exotic Liquids', language: 'en-GB', currency: 'GBP', country: 'GB' })
    .execute()
  await page.goto(`${address}/products/new`)
  await look(t, page, 'product-form')
  await fill(page, { code: 'CHAI', name: 'Chai', unit_price: '18' })
  await page.type('[name="suppliers[0][supplier]"]', 'exo')
  await page.waitForSelector('[role=option]')
  await page.keyboard.press('Enter')
  await fill(page, { 'suppliers[0][purchase_price]': '9.5' })
  await page.click('[name=preferred][value="0"]')
  await submit(page)
  t.match(await text(page), /Chai is created[\s\S]*Exotic Liquids \(Preferred\)[\s\S]*9\.50/)
  await look(t, page, 'product')
  for (const path of [
    '/products',
    '/settings',
    '/settings/tax-rates',
    '/settings/tax-treatments',
    '/users/new',
    '/profile',
  ]) {
    await page.goto(`${address}${path}`)
    await look(t, page, path.slice(1).replaceAll('/', '-'))
  }
})

async function submit(page: Page): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click('main .btn-primary')])
}

async function fill(page: Page, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = `main [name="${name}"]`
    await page.click(field, { count: 3 })
    await page.type(field, value)
  }
}

function text(page: Page): Promise<string> {
  return page.$eval('main', (main) => main.textContent ?? '')
}
