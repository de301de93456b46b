import { sql } from 'kysely'
import t from 'tap'
import type { Database } from '../../../src/data/database.ts'
import { findOrder, type OrderRecord } from '../../../src/data/orders.ts'
import { InvalidForm, Refused } from '../../../src/errors.ts'
import { createOrder } from '../../../src/services/orders/create-order.ts'
import { linesOf } from '../../../src/services/orders/document-lines.ts'
import type { OrderInput } from '../../../src/services/orders/lines.ts'
import { OrderConflict, saveOrder } from '../../../src/services/orders/save-order.ts'
import { testDatabase } from '../../support/database.ts'
import { authorOf, item, orderInput } from '../../support/orders.ts'
import { makeShop, type Shop } from '../../support/shop.ts'

const now = new Date('2026-03-12T12:00:00Z')

t.test('saving changes lines in place, removes what is left out and adds what is new', async (t) => {
  const { db, shop, order } = await savedOrder(t)
  const [chai, support] = linesOf(order)
  if (chai === undefined || support === undefined) throw new Error('two lines were made')
  await save(db, shop, order, {
    lines: [
      item({ description: 'Section', kind: 'section' }),
      { ...support, quantity: '5' },
      item({ description: 'New', quantity: '1', unit_price: '1' }),
    ],
  })
  const after = await find(db, shop, order.id)
  t.match(after, { version: 2, net: '501.000', updated_by: shop.user_id })
  t.equal(after.lines.length, 3)
  t.match(after.lines, [
    { kind: 'section', position: 1 },
    { id: support.id, position: 2, quantity: '5.000000' },
    { description: 'New', position: 3 },
  ])
  t.match(after.taxes, [{ rate: '20.0000', base: '501.000' }])
  t.equal(after.taxes.length, 1)
})

t.test(
  'a form that names no lines leaves them, one that names no ids means them in their order',
  async (t) => {
    const { db, shop, order } = await savedOrder(t)
    await save(db, shop, order, { subject: 'Renamed' })
    t.match(await find(db, shop, order.id), {
      subject: 'Renamed',
      lines: order.lines.map(({ id }) => ({ id })),
    })
    await save(db, shop, order, {
      version: null,
      lines: [item({ description: 'First', quantity: '1', unit_price: '3' })],
    })
    t.match(await find(db, shop, order.id), { net: '3.000', lines: [{ id: order.lines[0]?.id }] })
  },
)

t.test(
  'the addresses are the order’s own: they do not follow the account, but a change of account brings others',
  async (t) => {
    const { db, shop, order } = await savedOrder(t)
    await db
      .updateTable('accounts')
      .set({ city: 'Lyon', name: 'Renamed' })
      .where('id', '=', shop.accounts.paris)
      .execute()
    await save(db, shop, order, { subject: 'Again', shipping_address: order.shipping_address })
    t.match(await find(db, shop, order.id), {
      invoicing_address: { city: 'Paris', name: 'Chop-suey Chinese' },
      shipping_address: { city: 'Paris' },
      shipping_differs: false,
    })
    const moved = await find(db, shop, order.id)
    await save(db, shop, moved, {
      account: { id: shop.accounts.mannheim, text: '' },
      shipping_address: moved.shipping_address,
      filled_from_account_id: shop.accounts.paris,
    })
    t.match(await find(db, shop, order.id), {
      invoicing_address: { city: 'Mannheim' },
      shipping_address: { city: 'Mannheim' },
      shipping_differs: false,
    })
  },
)

t.test(
  'a typed shipping address stays, also through a change of account, until its fields are emptied',
  async (t) => {
    const { db, shop, order } = await savedOrder(t)
    const site = { ...order.shipping_address, name: '', street: 'Quai 3', city: 'Marseille' }
    await save(db, shop, order, { shipping_address: site })
    const typed = await find(db, shop, order.id)
    t.match(typed, {
      shipping_differs: true,
      shipping_address: { name: 'Chop-suey Chinese', city: 'Marseille' },
      invoicing_address: { city: 'Paris' },
    })
    await save(db, shop, typed, {
      account: { id: shop.accounts.mannheim, text: '' },
      shipping_address: typed.shipping_address,
    })
    const moved = await find(db, shop, order.id)
    t.match(moved, {
      shipping_differs: true,
      shipping_address: { city: 'Marseille' },
      invoicing_address: { city: 'Mannheim' },
    })
    const empty = Object.fromEntries(Object.keys(site).map((key) => [key, '']))
    await save(db, shop, moved, {
      shipping_address: { ...site, ...empty, name: '', street: '', city: '', postal_code: '' },
    })
    t.match(await find(db, shop, order.id), {
      shipping_differs: false,
      shipping_address: { city: 'Mannheim' },
    })
  },
)

t.test('changing the account re-maps the lines that nobody overruled, and says so', async (t) => {
  const { db, shop, order } = await savedOrder(t)
  const [chai, support] = linesOf(order)
  if (chai === undefined || support === undefined) throw new Error('two lines were made')
  const { notices } = await save(db, shop, order, {
    account: { id: shop.accounts.mannheim, text: '' },
    lines: [
      { ...chai, tax_rate_id: null, tax_preset: shop.rates.fr55 },
      { ...support, tax_rate_id: shop.rates.fr20 },
    ],
  })
  t.match(notices, [
    {
      key: 'order_form.line.tax_changed',
      params: { number: 1, from: 'VAT 5.5 %', to: 'Intra-community supply' },
    },
  ])
  t.equal(notices.length, 1)
  t.match(await find(db, shop, order.id), {
    lines: [{ tax_category: 'K' }, { tax_category: 'S', tax_rate: '20.0000' }],
  })
})

t.test('what was archived meanwhile may stay where it is, and is not taken anew', async (t) => {
  const { db, shop, order } = await savedOrder(t)
  for (const table of ['accounts', 'products', 'tax_rates'] as const) {
    await db.updateTable(table).set({ archived_at: sql`now()` }).execute()
  }
  await save(db, shop, order, { subject: 'Still the same', lines: linesOf(order) })
  t.match(await find(db, shop, order.id), { subject: 'Still the same', version: 2 })
  const [chai] = linesOf(order)
  if (chai === undefined) throw new Error('two lines were made')
  await t.rejects(
    save(db, shop, order, {
      version: null,
      lines: [
        { ...chai, id: null },
        { ...chai, id: null },
      ],
    }),
    InvalidForm,
  )
})

t.test('two people saving at once: one saves, the other gets both texts and the new version', async (t) => {
  const { db, shop, order } = await savedOrder(t)
  const outcomes = await Promise.allSettled([
    save(db, shop, order, { subject: 'From the one' }),
    save(db, shop, order, { subject: 'From the other' }),
  ])
  t.same(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  const rejected = outcomes.find((outcome) => outcome.status === 'rejected')
  const conflict: unknown = rejected?.reason
  if (!(conflict instanceof OrderConflict)) throw new Error('a conflict was due')
  t.match(conflict, { version: 2, saved: { by: 'Ute Weber' } })
  t.match(conflict.merge.conflicts, [{ place: { kind: 'header', key: 'subject' } }])
})

t.test('the second editor’s change is compared with the version that the form was loaded with', async (t) => {
  const { db, shop, order } = await savedOrder(t)
  const [chai, support] = linesOf(order)
  if (chai === undefined || support === undefined) throw new Error('two lines were made')
  await save(db, shop, order, {
    customer_order_number: 'PO-7',
    lines: [{ ...chai, quantity: '20' }, support],
  })
  await save(
    db,
    shop,
    { ...order, version: 2 },
    { customer_order_number: 'PO-7', subject: 'Theirs', lines: [{ ...chai, quantity: '20' }] },
  )
  const conflict = await conflictOf(
    save(db, shop, order, {
      lines: [
        { ...chai, description: 'mine' },
        { ...support, quantity: '3' },
      ],
    }),
  )
  t.equal(conflict.version, 3)
  t.match(conflict.merge.content, {
    header: { subject: 'Theirs', customer_order_number: 'PO-7' },
    lines: [
      { quantity: '20', description: 'mine' },
      { id: '', quantity: '3' },
    ],
  })
  t.match(conflict.merge.conflicts, [{ place: { kind: 'line' }, theirs: undefined }])
  t.equal(conflict.merge.conflicts.length, 1)
  t.equal((await find(db, shop, order.id)).version, 3, 'nothing was written')
})

t.test('saying the same again changes nothing, whatever the version', async (t) => {
  const { db, shop, order } = await savedOrder(t)
  await save(db, shop, order, { subject: 'Twice' })
  await save(db, shop, order, { subject: 'Twice' })
  t.equal((await find(db, shop, order.id)).version, 2)
})

t.test('an absent version is not compared', async (t) => {
  const { db, shop, order } = await savedOrder(t)
  await save(db, shop, order, { subject: 'One' })
  await save(db, shop, order, { version: null, subject: 'Two' })
  t.match(await find(db, shop, order.id), { subject: 'Two', version: 3 })
})

t.test('a cancelled order is reopened before it is changed, a finalized one never changes', async (t) => {
  const { db, shop, order } = await savedOrder(t)
  const set = (values: { status: 'created' | 'cancelled'; status_before_cancel: 'created' | null }) =>
    db.updateTable('customer_orders').set(values).where('id', '=', order.id).execute()
  await set({ status: 'cancelled', status_before_cancel: 'created' })
  t.same(await refusalsOf(save(db, shop, order, { subject: 'No' })), ['cancelled'])
  await set({ status: 'created', status_before_cancel: null })
  await db
    .updateTable('customer_orders')
    .set({ finalized_at: sql`now()`, finalized_by: shop.user_id })
    .where('id', '=', order.id)
    .execute()
  t.same(await refusalsOf(save(db, shop, order, { subject: 'No' })), ['finalized'])
})

t.test('an order moves to another organisation with its lines, and gets a number there', async (t) => {
  const { db, shop, order } = await savedOrder(t)
  const author = {
    organisation_id: shop.organisation_id,
    organisation_ids: [shop.organisation_id, shop.other_organisation_id],
  }
  const input = orderInput(shop, { organisation_id: shop.other_organisation_id })
  const change = { input, version: order.version, now }
  const { number } = await saveOrder(db, { user_id: shop.admin_id }, author, order.id, change)
  t.equal(number, 'SO-MS-2026-0001')
  const moved = await findOrder(db, order.id, author.organisation_ids)
  t.same(
    moved?.lines.map(({ id, net }) => ({ id, net })),
    order.lines.map(({ id, net }) => ({ id, net })),
  )
})

t.test('what changed is recorded, each field from what to what', async (t) => {
  const { db, shop, order } = await savedOrder(t)
  const [chai, support] = linesOf(order)
  if (chai === undefined || support === undefined) throw new Error('two lines were made')
  await save(db, shop, order, { subject: 'Renamed', lines: [chai, { ...support, quantity: '3' }] })
  const entry = await db
    .selectFrom('audit_entries')
    .selectAll()
    .where('action', '=', 'updated')
    .executeTakeFirstOrThrow()
  t.match(entry, {
    user_id: shop.user_id,
    subject_id: order.id,
    changes: {
      version: { from: 1, to: 2 },
      subject: { from: 'Maintenance 2026', to: 'Renamed' },
      lines: {
        from: [{ id: support.id, quantity: '2' }],
        to: [{ id: support.id, quantity: '3', position: 2 }],
      },
    },
  })
})

type Test = Parameters<typeof testDatabase>[0]

async function savedOrder(t: Test): Promise<{ db: Database; shop: Shop; order: OrderRecord }> {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const input = orderInput(shop, {
    lines: [
      item({ product: { id: shop.products.chai, text: '' }, quantity: '12' }),
      item({ product: { id: shop.products.support, text: '' }, quantity: '2' }),
    ],
  })
  const { id } = await createOrder(db, { user_id: shop.user_id }, authorOf(shop), { input, now })
  return { db, shop, order: await find(db, shop, id) }
}

async function find(db: Database, shop: Shop, id: string): Promise<OrderRecord> {
  const order = await findOrder(db, id, [shop.organisation_id])
  if (order === undefined) throw new Error('the order was made')
  return order
}

function save(
  db: Database,
  shop: Shop,
  order: OrderRecord,
  change: Partial<OrderInput> & { version?: number | null },
) {
  const { version = order.version, ...changes } = change
  const account = { id: order.account_id, text: '' }
  const input = orderInput(shop, { account, customer_order_number: undefined, ...changes })
  return saveOrder(db, { user_id: shop.user_id }, authorOf(shop), order.id, { input, version, now })
}

async function conflictOf(saving: Promise<unknown>): Promise<OrderConflict> {
  const error: unknown = await saving.catch((reason: unknown) => reason)
  if (error instanceof OrderConflict) return error
  throw error
}

async function refusalsOf(saving: Promise<unknown>): Promise<string[]> {
  const error: unknown = await saving.catch((reason: unknown) => reason)
  if (error instanceof Refused) return error.refusals.map(({ code }) => code)
  throw error
}
