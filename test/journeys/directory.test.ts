import t from 'tap'
import { saveAccount } from '../../src/services/accounts/save-account.ts'
import { accountForm } from '../support/directory.ts'
import { look, openJourney } from '../support/journey.ts'
import { makeRecurringOrder } from '../support/shop.ts'

t.test('a clerk makes a customer with its people, finds both, and archives the customer', async (t) => {
  const { db, shop, address, page } = await openJourney(t)
  await makeRecurringOrder(db, shop, { number: 'SO-2026-0001', recurrence: { start_date: '2026-01-31' } })
  const submit = () =>
    Promise.all([
      page.waitForNavigation(),
      page.click('.form-bar button[type="submit"], .confirm button[type="submit"]'),
    ])

  await page.goto(`${address}/accounts`)
  await look(t, page, 'accounts')

  await page.goto(`${address}/accounts/new`)
  await look(t, page, 'account-new')
  await page.type('#name', 'Käserei am See')
  await page.type('#parent-code', 'blau')
  await page.waitForSelector('[role="option"]')
  await page.keyboard.press('Enter')
  t.equal(await page.$eval('#parent-code', (input) => input.getAttribute('value') ?? ''), '')
  await page.click('input[name="tax_treatment"][value="eu_business"]')
  await page.type('#siren', '123456789')
  await submit()
  t.match(await page.title(), /^Error: /)
  await look(t, page, 'account-mistakes')
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
  await look(t, page, 'account')

  await Promise.all([page.waitForNavigation(), page.click('a[href^="/contacts/new"].btn')])
  await page.type('#name', 'Jo Brand')
  await page.type('#email', 'jo@kaeserei.test')
  await look(t, page, 'contact-new')
  await submit()
  t.match(await page.$eval('main', (main) => main.textContent), /Käserei am See/)
  await look(t, page, 'contact')
  await page.goto(`${address}/contacts?q=brand`)
  t.match(await page.$eval('table', (table) => table.textContent), /Jo Brand/)
  await look(t, page, 'contacts')

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
  t.match(await page.$eval('#error-summary-title', (title) => title.textContent), /Ute Weber saved this on/)
  t.match(await page.$eval('#version', (section) => section.textContent), /What differs/)
  t.equal(await page.$eval('#name', (input) => Reflect.get(input, 'value')), 'Blauer See GmbH')
  t.equal(await page.$eval('#phone', (input) => Reflect.get(input, 'value')), '+49 621 2')
  await look(t, page, 'account-conflict')
  await submit()
  t.match(await page.$eval('main', (main) => main.textContent), /Blauer See GmbH is saved/)

  await page.goto(`${address}/accounts/${shop.accounts.paris}/orders`)
  await look(t, page, 'account-orders')
  await page.goto(`${address}/accounts/${shop.accounts.paris}/archival`)
  await look(t, page, 'account-archival')
  await submit()
  t.match(await page.$eval('main', (main) => main.textContent), /SO-2026-0001 stays on/)
  await look(t, page, 'account-archived')

  await page.goto(`${address}/suppliers/new`)
  await page.type('#name', 'Exotic Liquids')
  await look(t, page, 'supplier-new')
  await submit()
  await look(t, page, 'supplier')
  await page.goto(`${address}/suppliers`)
  await look(t, page, 'suppliers')
})

t.test('without scripts the same forms work', async (t) => {
  const { db, shop, address, visit } = await openJourney(t)
  const page = await visit(shop.user_id, { javascript: false })
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
