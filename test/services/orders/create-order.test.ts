import { sql } from 'kysely'
import t from 'tap'
import type { Database } from '../../../src/data/database.ts'
import { findOrder } from '../../../src/data/orders.ts'
import { InvalidForm } from '../../../src/errors.ts'
import { createOrder } from '../../../src/services/orders/create-order.ts'
import { testDatabase } from '../../support/database.ts'
import { authorOf, item, orderInput } from '../../support/orders.ts'
import { makeShop, type Shop } from '../../support/shop.ts'

const now = new Date('2026-03-12T12:00:00Z')

t.test('an order takes prices, units, taxes and texts from its products', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const { id, number } = await create(db, shop, {
    account: { id: null, text: 'chop' },
    lines: [
      item({ product: { id: null, text: 'chai' }, quantity: '12' }),
      item({ product: { id: shop.products.support, text: '' }, quantity: '2.5', discount_percent: '10' }),
      item({ description: 'Travel', quantity: '1', unit_price: '33.335' }),
    ],
  })
  const order = await findOrder(db, id, [shop.organisation_id])
  t.equal(number, 'SO-AN-2026-0001', 'two organisations: the code tells their numbers apart')
  t.match(order, {
    status: 'created',
    version: 1,
    currency: 'EUR',
    order_date: '2026-03-12',
    account_name: 'Chop-suey Chinese',
    invoicing_address: { name: 'Chop-suey Chinese', city: 'Paris', country: 'FR' },
    shipping_differs: false,
    net: '474.340',
    tax: '63.550',
    gross: '537.890',
  })
  t.match(
    order?.lines.map(({ description, unit_code, unit_price, tax_rate, supply, net }) => ({
      description,
      unit_code,
      unit_price,
      tax_rate,
      supply,
      net,
    })),
    [
      {
        description: 'Chai',
        unit_code: 'C62',
        unit_price: '18.000000',
        tax_rate: '5.5000',
        supply: 'goods',
        net: '216.000',
      },
      { description: 'Support', unit_code: 'HUR', tax_rate: '20.0000', supply: 'service', net: '225.000' },
      { description: 'Travel', unit_code: 'C62', tax_rate: '20.0000', supply: 'service', net: '33.340' },
    ],
  )
  t.match(order?.taxes, [
    { rate: '5.5000', base: '216.000', amount: '11.880' },
    { rate: '20.0000', base: '258.340', amount: '51.670' },
  ])
  const history = await db.selectFrom('order_status_changes').selectAll().execute()
  t.match(history, [{ from_status: null, to_status: 'created', changed_by: shop.user_id }])
})

t.test('an EU business is charged no tax, with the reason for goods and for services', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const { id } = await create(db, shop, {
    account: { id: shop.accounts.mannheim, text: '' },
    contact_id: shop.contact_id,
    lines: [
      item({ product: { id: shop.products.chai, text: '' }, quantity: '1' }),
      item({ product: { id: shop.products.support, text: '' }, quantity: '1' }),
      item({ product: { id: shop.products.support, text: '' }, quantity: '1', tax_rate_id: shop.rates.fr20 }),
    ],
  })
  const order = await findOrder(db, id, [shop.organisation_id])
  t.match(order?.taxes, [
    { category: 'AE', rate: '0.0000', base: '100.000', amount: '0.000', exemption_code: 'VATEX-EU-AE' },
    { category: 'K', rate: '0.0000', base: '18.000', exemption_text: 'VAT exempt, article 262 ter I CGI' },
    { category: 'S', rate: '20.0000', base: '100.000', amount: '20.000', exemption_text: '' },
  ])
})

t.test('a price below zero moves its sign to the quantity', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const { id } = await create(db, shop, {
    lines: [item({ description: 'Returned', quantity: '2', unit_price: '-5.123456' })],
  })
  const order = await findOrder(db, id, [shop.organisation_id])
  t.match(order?.lines, [{ quantity: '-2.000000', unit_price: '5.123456', net: '-10.250' }])
})

t.test('an order may have no line at all', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const { id } = await create(db, shop, { lines: [] })
  t.match(await findOrder(db, id, [shop.organisation_id]), { net: '0.000', gross: '0.000', lines: [] })
})

t.test('an order of another organisation does not exist', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const { id } = await create(db, shop, {})
  t.equal(await findOrder(db, id, [shop.other_organisation_id]), undefined)
  t.same(await mistakes(db, shop, { organisation_id: shop.other_organisation_id }), [
    'organisation_id form.reference.unknown',
  ])
})

t.test('what is archived is not taken for a new order', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  await db
    .updateTable('products')
    .set({ archived_at: sql`now()` })
    .where('id', '=', shop.products.chai)
    .execute()
  await db.updateTable('contacts').set({ archived_at: sql`now()` }).execute()
  await db
    .updateTable('accounts')
    .set({ archived_at: sql`now()` })
    .where('id', '=', shop.accounts.paris)
    .execute()
  t.same(
    await mistakes(db, shop, {
      account: { id: shop.accounts.mannheim, text: '' },
      contact_id: shop.contact_id,
      lines: [item({ product: { id: shop.products.chai, text: 'CHAI' }, quantity: '1' })],
    }),
    ['contact_id order_form.contact.elsewhere', 'lines[0][product_code] order_form.line.product.archived'],
  )
  t.same(await mistakes(db, shop, {}), ['account_id order_form.account.archived'])
})

t.test('every mistake is found at once, in the order of the page', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  t.same(
    await mistakes(db, shop, {
      account: { id: null, text: 'nobody' },
      quote_id: shop.admin_id,
      assigned_to_id: shop.contact_id,
      currency: 'XXX',
      lines: [
        item({ product: { id: null, text: 'NOTHING' }, quantity: '1' }),
        item({ description: 'No figures' }),
        item({ quantity: '1', unit_price: '1', discount_percent: '101' }),
        item({ description: 'Too much', quantity: '999999999999', unit_price: '999999999999' }),
      ],
    }),
    [
      'account_id order_form.account.unknown',
      'quote_id order_form.quote.unknown',
      'assigned_to_id order_form.assigned_to.elsewhere',
      'currency order_form.currency.unknown',
      'lines order_form.too_large',
      'lines[0][product_code] order_form.line.product.unknown',
      'lines[1][quantity] order_form.line.quantity',
      'lines[1][unit_price] order_form.line.price',
      'lines[2][description] order_form.line.description',
      'lines[2][discount_percent] order_form.line.discount',
      'lines[3][quantity] order_form.line.too_large',
    ],
  )
})

t.test('a product priced in another currency has no price here until one is typed', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const line = item({ product: { id: shop.products.chai, text: '' }, quantity: '1' })
  t.same(await mistakes(db, shop, { currency: 'USD', lines: [line] }), [
    'lines[0][unit_price] order_form.line.price_elsewhere',
  ])
  const { id } = await create(db, shop, { currency: 'USD', lines: [{ ...line, unit_price: '20' }] })
  t.match(await findOrder(db, id, [shop.organisation_id]), { currency: 'USD', net: '20.000' })
})

t.test(
  'an ended rate is replaced by its successor on the order date, and by the one before on an earlier one',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const next = await db
      .insertInto('tax_rates')
      .values({ code: 'FR-6', name: 'VAT 6 %', category: 'S', rate: '6', valid_from: '2026-07-01' })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .updateTable('tax_rates')
      .set({ valid_to: '2026-06-30', successor_id: next.id })
      .where('id', '=', shop.rates.fr55)
      .execute()
    const lines = [item({ product: { id: shop.products.chai, text: '' }, quantity: '1' })]
    const rateOn = async (order_date: string) => {
      const { id } = await create(db, shop, { order_date, lines })
      return (await findOrder(db, id, [shop.organisation_id]))?.lines[0]?.tax_rate
    }
    t.equal(await rateOn('2026-06-30'), '5.5000')
    t.equal(await rateOn('2026-07-01'), '6.0000')
    await db
      .updateTable('products')
      .set({ tax_rate_id: next.id })
      .where('id', '=', shop.products.chai)
      .execute()
    t.equal(await rateOn('2026-06-30'), '5.5000')
    await db.updateTable('tax_rates').set({ valid_to: '2026-12-31' }).where('id', '=', next.id).execute()
    t.same(await mistakes(db, shop, { order_date: '2027-01-01', lines }), [
      'lines[0][tax_rate_id] order_form.line.tax_rate.ended',
    ])
  },
)

t.test(
  'eight people creating orders at once get numbers without gap or double, a year each its own',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        create(db, shop, { order_date: at % 4 === 0 ? '2027-01-01' : '2026-12-31' }),
      ),
    )
    const numbers = made.map(({ number }) => number).sort()
    const expected = [
      ...Array.from({ length: 30 }, (_, at) => `SO-AN-2026-${String(at + 1).padStart(4, '0')}`),
      ...Array.from({ length: 10 }, (_, at) => `SO-AN-2027-${String(at + 1).padStart(4, '0')}`),
    ]
    t.same(numbers, expected)
  },
)

t.test('a number that an import brought is passed over; a new year keeps the format', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  await db
    .insertInto('number_series')
    .values({ organisation_id: shop.organisation_id, kind: 'order', year: 2025, format: 'C{YYYY}/{number}' })
    .execute()
  await createOrder(db, { actor: 'import' }, authorOf(shop), {
    input: orderInput(shop, {}),
    now,
    number: 'C2026/0001',
  })
  t.equal((await create(db, shop, {})).number, 'C2026/0002')
})

t.test('a refused order takes no number', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  await mistakes(db, shop, { currency: 'XXX' })
  t.equal((await create(db, shop, {})).number, 'SO-AN-2026-0001')
})

t.test('ten thousand lines are written and add up', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const lines = Array.from({ length: 10_000 }, (_, index) =>
    item({ index, number: index + 1, description: `Line ${index}`, quantity: '1', unit_price: '0.01' }),
  )
  const { id } = await create(db, shop, { lines })
  t.match(await findOrder(db, id, [shop.organisation_id]), { net: '100.000', tax: '20.000' })
  t.same(
    await mistakes(db, shop, {
      lines: [
        ...lines,
        item({ index: 10_000, number: 10_001, description: 'One more', quantity: '1', unit_price: '1' }),
      ],
    }),
    ['lines[10000][description] order_form.too_many_lines'],
  )
})

function create(db: Database, shop: Shop, changes: Parameters<typeof orderInput>[1]) {
  return createOrder(db, { user_id: shop.user_id }, authorOf(shop), { input: orderInput(shop, changes), now })
}

async function mistakes(
  db: Database,
  shop: Shop,
  changes: Parameters<typeof orderInput>[1],
): Promise<string[]> {
  try {
    await create(db, shop, changes)
  } catch (error) {
    if (error instanceof InvalidForm)
      return error.errors.map(({ field, message }) => `${field} ${message.key}`)
    throw error
  }
  return []
}
