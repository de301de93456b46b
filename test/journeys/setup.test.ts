import type { Page } from 'puppeteer'
import t from 'tap'
import { expectAccessible, openBrowser, screenshot } from '../support/browser.ts'
import { testDatabase } from '../support/database.ts'
import { testApp } from '../support/web.ts'

t.test('from an empty installation to the first product, with and without scripts', async (t) => {
  const { db } = await testDatabase(t)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const { newPage } = await openBrowser(t)
  const page = await newPage({ width: 1440, height: 900 })
  // Colours that are still changing are no colours to judge.
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }])

  const look = async (name: string) => {
    await page.setViewport({ width: 360, height: 740 })
    t.equal(await page.evaluate('document.documentElement.scrollWidth'), 360, `${name}: fits a phone`)
    await expectAccessible(t, page)
    await screenshot(page, `${name}-360`)
    await page.setViewport({ width: 1440, height: 900 })
    for (const theme of ['dark', 'light']) {
      await page.evaluate(`document.documentElement.dataset.bsTheme = '${theme}'`)
      await expectAccessible(t, page)
      await screenshot(page, `${name}-${theme}`)
    }
  }

  await page.goto(`${address}/orders`)
  t.equal(new URL(page.url()).pathname, '/setup', 'every page leads here')
  await look('setup')
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
  await look('organisation')

  await page.goto(`${address}/settings/payment-terms/new`)
  await fill(page, { days: '75' })
  await page.waitForFunction('!document.querySelector("[data-warning]").hidden')
  t.match(await text(page), /falls due on .*L441-10/s, 'the example and the warning follow the keys')
  await look('payment-term')

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
  await look('product-form')
  await fill(page, { code: 'CHAI', name: 'Chai', unit_price: '18' })
  await page.type('[name="suppliers[0][supplier]"]', 'exo')
  await page.waitForSelector('[role=option]')
  await page.keyboard.press('Enter')
  await fill(page, { 'suppliers[0][purchase_price]': '9.5' })
  await page.click('[name=preferred][value="0"]')
  await submit(page)
  t.match(await text(page), /Chai is created[\s\S]*Exotic Liquids \(Preferred\)[\s\S]*9\.50/)
  await look('product')
  for (const path of [
    '/products',
    '/settings',
    '/settings/tax-rates',
    '/settings/tax-treatments',
    '/users/new',
    '/profile',
  ]) {
    await page.goto(`${address}${path}`)
    await look(path.slice(1).replaceAll('/', '-'))
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
