import type { Page } from 'puppeteer'
import t from 'tap'
import { saveAccount } from '../../src/services/accounts/save-account.ts'
import { startSession } from '../../src/services/users/sessions.ts'
import { expectAccessible, openBrowser, screenshot } from '../support/browser.ts'
import { testDatabase } from '../support/database.ts'
import { accountForm } from '../support/directory.ts'
import { makeRecurringOrder, makeShop } from '../support/shop.ts'
import { testApp } from '../support/web.ts'

t.test('a clerk makes a customer with its people, finds both, and archives the customer', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  await makeRecurringOrder(db, shop, { number: 'SO-2026-0001', recurrence: { start_date: '2026-01-31' } })
  const app = await testApp(db)
  t.teardown(() => app.close())
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const { newPage } = await openBrowser(t)
  const page = await newPage({ width: 1440, height: 900 })
  // Colours that are still changing are no colours to judge.
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }])
  const token = await startSession(db, shop.admin_id)
  await page
    .browserContext()
    .setCookie({ name: 'comptoir_session', value: token, domain: '127.0.0.1', path: '/' })

  /** Both themes at full width, and a phone. */
  const look = async (name: string) => {
    await themed(page, 'dark')
    await expectAccessible(t, page)
    await screenshot(page, `${name}-dark`)
    await themed(page, 'light')
    await expectAccessible(t, page)
    await screenshot(page, name)
    await page.setViewport({ width: 360, height: 740 })
    const wider = await page.$eval('html', (html) => html.scrollWidth - html.clientWidth)
    t.ok(wider <= 0, `${name}: nothing scrolls sideways on a phone`)
    await screenshot(page, `${name}-360`)
    await page.setViewport({ width: 1440, height: 900 })
  }
  const submit = () =>
    Promise.all([
      page.waitForNavigation(),
      page.click('.form-bar button[type="submit"], .confirm button[type="submit"]'),
    ])

  await page.goto(`${address}/accounts`)
  await look('accounts')

  await page.goto(`${address}/accounts/new`)
  await look('account-new')
  await page.type('#name', 'Käserei am See')
  await page.type('#parent-code', 'blau')
  await page.waitForSelector('[role="option"]')
  await page.keyboard.press('Enter')
  t.equal(await page.$eval('#parent-code', (input) => input.getAttribute('value') ?? ''), '')
  await page.click('input[name="tax_treatment"][value="eu_business"]')
  await page.type('#siren', '123456789')
  await submit()
  t.match(await page.title(), /^Error: /)
  await look('account-mistakes')
  t.equal(
    await page.$eval('input[name="parent_id"]', (input) => Reflect.get(input, 'value')),
    shop.accounts.mannheim,
  )

  await page.type('#vat-number', 'DE 129273398')
  await page.$eval('#siren', (input) => Reflect.set(input, 'value', ''))
  await page.type('#invoice-emails', 'bills@kaeserei.test')
  await page.type('#street', 'Uferweg 1')
  await page.type('#city', 'Konstanz')
  await page.select('#country', 'DE')
  await page.click('details.card summary')
  await page.type('#shipping-address-city', 'Singen')
  await page.select('#shipping-address-country', 'DE')
  await submit()
  t.match(await page.$eval('.page-title', (title) => title.textContent), /Käserei am See/)
  await look('account')

  await Promise.all([page.waitForNavigation(), page.click('a[href^="/contacts/new"].btn')])
  await page.type('#name', 'Jo Brand')
  await page.type('#email', 'jo@kaeserei.test')
  await look('contact-new')
  await submit()
  t.match(await page.$eval('main', (main) => main.textContent), /Käserei am See/)
  await look('contact')
  await page.goto(`${address}/contacts?q=brand`)
  t.match(await page.$eval('table', (table) => table.textContent), /Jo Brand/)
  await look('contacts')

  // Somebody else saves the account while its form is open here.
  await page.goto(`${address}/accounts/${shop.accounts.mannheim}/edit`)
  const form = accountForm({
    code: 'BLAUER',
    name: 'Blauer See GmbH',
    city: 'Mannheim',
    country: 'DE',
    phone: '+49 621 1',
  })
  await saveAccount(db, shop.user_id, shop.accounts.mannheim, { form, version: 1 })
  await page.type('#phone', '+49 621 2')
  await submit()
  t.match(await page.$eval('#version', (section) => section.textContent), /Ute Weber saved this on/)
  t.equal(await page.$eval('#name', (input) => Reflect.get(input, 'value')), 'Blauer See GmbH')
  t.equal(await page.$eval('#phone', (input) => Reflect.get(input, 'value')), '+49 621 2')
  await look('account-conflict')
  await submit()
  t.match(await page.$eval('main', (main) => main.textContent), /Blauer See GmbH is saved/)

  await page.goto(`${address}/accounts/${shop.accounts.paris}/orders`)
  await look('account-orders')
  await page.goto(`${address}/accounts/${shop.accounts.paris}/archival`)
  await look('account-archival')
  await submit()
  t.match(await page.$eval('main', (main) => main.textContent), /SO-2026-0001 stays on/)
  await look('account-archived')

  await page.goto(`${address}/suppliers/new`)
  await page.type('#name', 'Exotic Liquids')
  await look('supplier-new')
  await submit()
  await look('supplier')
  await page.goto(`${address}/suppliers`)
  await look('suppliers')
})

t.test('without scripts the same forms work', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const { newPage } = await openBrowser(t)
  const page = await newPage({ javascript: false })
  const token = await startSession(db, shop.user_id)
  await page
    .browserContext()
    .setCookie({ name: 'comptoir_session', value: token, domain: '127.0.0.1', path: '/' })
  await page.goto(`${address}/contacts/new`)
  await page.type('#name', 'Lise Roux')
  await page.type('#account-code', 'Chop-suey Chinese')
  await Promise.all([page.waitForNavigation(), page.click('.form-bar button[type="submit"]')])
  const contact = await db
    .selectFrom('contacts')
    .select('account_id')
    .where('name', '=', 'Lise Roux')
    .executeTakeFirstOrThrow()
  t.equal(contact.account_id, shop.accounts.paris)
})

async function themed(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.$eval('html', (html, wanted) => html.setAttribute('data-bs-theme', wanted), theme)
}
