import t from 'tap'
import type { Database } from '../../src/data/database.ts'
import { type Cursor, decodeCursor } from '../../src/data/keyset.ts'
import {
  countOrdersBefore,
  everyOrder,
  findNeighboursOfOrder,
  findOrderSortKeys,
  listOrders,
  type OrderFilters,
  orderSortKeys,
  sumOrders,
} from '../../src/data/order-lists.ts'
import { testDatabase } from '../support/database.ts'
import { insertOrder } from '../support/documents.ts'
import { makeShop, type Shop } from '../support/shop.ts'

const everything = (shop: Shop): OrderFilters => ({
  ...everyOrder,
  organisation_ids: [shop.organisation_id],
})

/** Orders with many equal dates, customers, statuses and assignees, and numbers of different length. */
async function insertOrders(db: Database, shop: Shop, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) {
    const id = await insertOrder(db, shop, `SO-2026-${n + 95}`)
    const status = (['created', 'approved', 'delivered', 'created'] as const)[n % 4]
    const address = { name: ['Érable', 'eau', 'Zèbre'][n % 3], street: '', postal_code: '', city: '' }
    await db
      .updateTable('customer_orders')
      .set({
        order_date: `2026-0${(n % 3) + 1}-15`,
        ...(status === undefined ? {} : { status }),
        assigned_to_id: n % 5 === 0 ? null : n % 2 === 0 ? shop.user_id : shop.admin_id,
        currency: n % 4 === 3 ? 'USD' : 'EUR',
        invoicing_address: JSON.stringify(address),
      })
      .where('id', '=', id)
      .execute()
    ids.push(id)
  }
  return ids
}

t.test('whatever the order, the pages forward and back show every order once', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const ids = await insertOrders(db, shop, 23)
  const filters = everything(shop)
  for (const by of ['date', 'number', 'customer', 'status', 'net', 'assigned_to', 'match'] as const) {
    for (const direction of ['asc', 'desc'] as const) {
      const sort = { by, direction }
      const whole = (await listOrders(db, filters, sort, { cursor: undefined, limit: 100 })).rows
      t.same(whole.map(({ id }) => id).sort(), [...ids].sort(), `${by} ${direction} is complete`)

      const forward: string[][] = []
      let cursor: Cursor | undefined
      for (;;) {
        const page = await listOrders(db, filters, sort, { cursor, limit: 5 })
        forward.push(page.rows.map(({ id }) => id))
        cursor = page.next === null ? undefined : decodeCursor(page.next, orderSortKeys)
        if (cursor === undefined) {
          cursor = page.previous === null ? undefined : decodeCursor(page.previous, orderSortKeys)
          break
        }
      }
      t.same(
        forward.flat(),
        whole.map(({ id }) => id),
        `${by} ${direction} forward`,
      )

      const back: string[][] = []
      while (cursor !== undefined) {
        const page = await listOrders(db, filters, sort, { cursor, limit: 5 })
        back.unshift(page.rows.map(({ id }) => id))
        cursor = page.previous === null ? undefined : decodeCursor(page.previous, orderSortKeys)
      }
      t.same(back, forward.slice(0, -1), `${by} ${direction} back`)
    }
  }
})

t.test('numbers sort as people read them, names as the alphabet has them', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  await insertOrders(db, shop, 12)
  const all = { cursor: undefined, limit: 100 }
  const numbers = await listOrders(db, everything(shop), { by: 'number', direction: 'asc' }, all)
  t.same(
    numbers.rows.map(({ number }) => number),
    Array.from({ length: 12 }, (_, n) => `SO-2026-${n + 95}`),
  )
  const names = await listOrders(db, everything(shop), { by: 'customer', direction: 'asc' }, all)
  t.same([...new Set(names.rows.map((row) => row.invoicing_address.name))], ['eau', 'Érable', 'Zèbre'])
  const statuses = await listOrders(db, everything(shop), { by: 'status', direction: 'asc' }, all)
  t.same([...new Set(statuses.rows.map(({ status }) => status))], ['created', 'approved', 'delivered'])
})

t.test('amounts are added up a currency each, and counting stops where it would be slow', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  await insertOrders(db, shop, 8)
  t.same(await sumOrders(db, everything(shop), 100), {
    count: 8,
    complete: true,
    sums: [
      { currency: 'EUR', net: '1524.000', gross: '1781.820', open: '0' },
      { currency: 'USD', net: '508.000', gross: '593.940', open: '0' },
    ],
  })
  t.match(await sumOrders(db, everything(shop), 5), { count: 5, complete: false })
  t.match(await sumOrders(db, everything(shop), null), { count: 8, complete: true })
})

t.test('an order knows its place in a list and its neighbours', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  await insertOrders(db, shop, 9)
  const filters = everything(shop)
  const sort = { by: 'customer', direction: 'asc' } as const
  const { rows } = await listOrders(db, filters, sort, { cursor: undefined, limit: 100 })
  for (const [index, { id }] of rows.entries()) {
    const keys = await findOrderSortKeys(db, filters, sort, id)
    t.equal(await countOrdersBefore(db, filters, sort, keys ?? []), index)
    t.same(await findNeighboursOfOrder(db, filters, sort, keys ?? []), {
      previous: rows[index - 1]?.id,
      next: rows[index + 1]?.id,
    })
  }
  const elsewhere = { ...filters, organisation_ids: [shop.other_organisation_id] }
  t.equal(await findOrderSortKeys(db, elsewhere, sort, rows[0]?.id ?? ''), undefined)
})
