import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { insertDraftInvoice, insertOrder } from '../support/documents.ts'
import { makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

/** What fits any field and so names none. */
const unnamed =
  /^(Shorten this|Remove the invisible|Enter a value that fits|Choose one of:|Choose one that exists|Enter a date that exists|Enter a number, such as|Enter at most|Enter a smaller number|Enter a whole number|Enter an email address such as|Enter 4 to 10 digits|Enter 0 or leave)/

t.test(
  'every mistake in a summary names its field or its line, in every form, whatever is typed',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const order = await insertOrder(db, shop)
    const draft = await insertDraftInvoice(db, shop, order)
    const supplier = await db
      .insertInto('suppliers')
      .values({ code: 'EXOTIC', name: 'Exotic Liquids', country: 'GB', currency: 'GBP', language: 'en-GB' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const app = await testApp(db)
    t.teardown(() => app.close())
    const admin = await Visitor.signedIn(app, shop.admin_id)
    const forms = [
      '/accounts/new',
      `/accounts/${shop.accounts.paris}/edit`,
      '/contacts/new',
      '/products/new',
      `/products/${shop.products.chai}/edit`,
      '/suppliers/new',
      `/suppliers/${supplier.id}/edit`,
      '/organisations/new',
      `/organisations/${shop.organisation_id}/edit`,
      '/users/new',
      `/users/${shop.user_id}/edit`,
      '/settings/tax-rates/new',
      `/settings/tax-rates/${shop.rates.fr20}/edit`,
      '/settings/payment-terms/new',
      '/settings/tax-treatments',
      '/orders/new',
      `/orders/${order}/edit`,
      `/orders/${order}/recurrence`,
      `/invoices/${draft}/edit`,
      '/profile',
    ]
    let seen = 0
    for (const address of forms) {
      const page = await admin.get(address)
      t.equal(page.status, 200, address)
      const { action, fields } = mainForm(page.body)
      for (const junk of ['x'.repeat(3000), '−', '2026-02-31', '1,2345678', '9'.repeat(20)]) {
        const answer = await admin.post(
          action,
          fields.map(([name, value]): [string, string] => [name, name === 'version' ? value : junk]),
        )
        if (answer.status !== 422) continue
        const entries = summary(answer.body)
        t.not(entries.length, 0, `${address} has a summary`)
        for (const entry of entries) {
          seen += 1
          t.notMatch(entry, unnamed, `${address}: “${entry}”`)
          t.notMatch(entry, /<!--|undefined/, `${address}: nothing is left of what asked for the label`)
        }
      }
    }
    t.ok(seen > 200, `${seen} mistakes were read`)

    const body = (
      await admin.post('/products', {
        code: 'X',
        name: 'X',
        unit_price: 'x',
        'suppliers[1][supplier]': 'EXOTIC',
        'suppliers[1][purchase_price]': 'x',
      })
    ).body
    t.ok(
      summary(body).includes('Supplier 2, Purchase price: Enter a number, such as 2.5.'),
      summary(body).join(' | '),
    )
    const shipping = await admin.post(
      '/accounts',
      { 'shipping_address[city]': 'x'.repeat(3000) },
      { 'accept-language': 'fr' },
    )
    t.ok(
      summary(shipping.body).some((entry) => /^City \(shipping address\): Shorten/.test(entry)),
      summary(shipping.body).join(' | '),
    )
  },
)

/** The form of the page that is sent by POST and holds its fields, with every field's value. */
function mainForm(html: string): { action: string; fields: [string, string][] } {
  const forms = [...html.matchAll(/<form method="post" action="([^"]*)"[^>]*>(.*?)<\/form>/gs)]
  const [, action = '', body = ''] = forms.reduce((a, b) =>
    names(b[2] ?? '').length > names(a[2] ?? '').length ? b : a,
  )
  return {
    action,
    fields: names(body)
      .filter(([name]) => name !== '_csrf')
      .map(([name, value]) => [name, value]),
  }
}

function names(html: string): [string, string][] {
  return [...html.matchAll(/<(?:input|select|textarea)\b[^>]*\bname="([^"]+)"[^>]*>/g)].map((match) => [
    match[1] ?? '',
    /\bvalue="([^"]*)"/.exec(match[0])?.[1] ?? '',
  ])
}

function summary(html: string): string[] {
  const list = /error-summary.*?<ul>(.*?)<\/ul>/s.exec(html)?.[1] ?? ''
  return [...list.matchAll(/<li>(.*?)<\/li>/gs)].map((match) =>
    (match[1] ?? '').replace(/<a [^>]*>|<\/a>/g, '').trim(),
  )
}
