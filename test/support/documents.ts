import type { Database, Trx } from '../../src/data/database.ts'
import type { Shop } from './shop.ts'

/** One order of 2 hours of support and 3 boxes of chai: net 254.00, tax 42.97, gross 296.97; written as the database wants it. */
export async function insertOrder(db: Database, shop: Shop, number = 'SO-2026-0001'): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const order = await trx
      .insertInto('customer_orders')
      .values({
        organisation_id: shop.organisation_id,
        number,
        subject: 'Maintenance 2026',
        account_id: shop.accounts.paris,
        contact_id: null,
        assigned_to_id: null,
        currency: 'EUR',
        order_date: '2026-01-31',
        invoicing_address: JSON.stringify(address),
        shipping_address: JSON.stringify(address),
        net: '254',
        tax: '42.97',
        gross: '296.97',
        created_by: shop.user_id,
        updated_by: shop.user_id,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await insertOrderLines(trx, shop, order.id)
    await trx
      .insertInto('customer_order_taxes')
      .values([
        { order_id: order.id, category: 'S', rate: '5.5', base: '54', amount: '2.97' },
        { order_id: order.id, category: 'S', rate: '20', base: '200', amount: '40' },
      ])
      .execute()
    await trx
      .insertInto('order_status_changes')
      .values({ order_id: order.id, from_status: null, to_status: 'created', changed_by: shop.user_id })
      .execute()
    return order.id
  })
}

async function insertOrderLines(trx: Trx, shop: Shop, orderId: string): Promise<void> {
  const line = {
    order_id: orderId,
    organisation_id: shop.organisation_id,
    kind: 'item',
    discount_percent: '0',
    tax_category: 'S',
  } as const
  await trx
    .insertInto('customer_order_lines')
    .values([
      {
        ...line,
        position: 1,
        product_id: shop.products.support,
        product_code: 'SUPPORT',
        description: 'Support',
        quantity: '2',
        unit_code: 'HUR',
        unit_price: '100',
        supply: 'service',
        tax_rate_id: shop.rates.fr20,
        tax_rate: '20',
        net: '200',
      },
      {
        ...line,
        position: 2,
        product_id: shop.products.chai,
        product_code: 'CHAI',
        description: 'Chai',
        quantity: '3',
        unit_code: 'C62',
        unit_price: '18',
        supply: 'goods',
        tax_rate_id: shop.rates.fr55,
        tax_rate: '5.5',
        net: '54',
      },
    ])
    .execute()
}

/** A draft invoice of an order's one line of 200.00 at 20 %. */
export async function insertDraftInvoice(db: Database, shop: Shop, orderId: string): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const invoice = await trx
      .insertInto('invoices')
      .values({
        organisation_id: shop.organisation_id,
        kind: 'invoice',
        status: 'created',
        source: 'manual',
        order_id: orderId,
        order_version: 1,
        account_id: shop.accounts.paris,
        subject: 'Maintenance 2026',
        language: 'fr-FR',
        currency: 'EUR',
        document_date: '2026-02-28',
        due_date: '2026-03-30',
        net: '200',
        tax: '40',
        gross: '240',
        due: '240',
        created_by: shop.user_id,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('invoice_lines')
      .values({
        invoice_id: invoice.id,
        organisation_id: shop.organisation_id,
        position: 1,
        kind: 'item',
        order_line_id: null,
        product_id: shop.products.support,
        product_code: 'SUPPORT',
        description: 'Support',
        quantity: '2',
        unit_code: 'HUR',
        unit_price: '100',
        discount_percent: '0',
        supply: 'service',
        tax_rate_id: shop.rates.fr20,
        tax_category: 'S',
        tax_rate: '20',
        net: '200',
      })
      .execute()
    await trx
      .insertInto('invoice_taxes')
      .values({ invoice_id: invoice.id, category: 'S', rate: '20', base: '200', amount: '40' })
      .execute()
    return invoice.id
  })
}

const address = {
  name: 'Chop-suey Chinese',
  street: '12 rue de la Paix',
  street_2: '',
  street_3: '',
  postal_code: '75002',
  city: 'Paris',
  region: '',
  country: 'FR',
}
