import t from 'tap'
import type { Database } from '../../../src/data/database.ts'
import { listOrganisationsForImport } from '../../../src/data/imports.ts'
import { Refused } from '../../../src/errors.ts'
import { say } from '../../../src/languages/translate.ts'
import { readCsv } from '../../../src/services/imports/csv.ts'
import { runImport } from '../../../src/services/imports/run-import.ts'
import { undoImport } from '../../../src/services/imports/undo-import.ts'
import { changeOrderStatus } from '../../../src/services/orders/change-status.ts'
import { deleteOrder } from '../../../src/services/orders/delete-order.ts'
import { archiveSupplier } from '../../../src/services/suppliers/archive-supplier.ts'
import { startSession } from '../../../src/services/users/sessions.ts'
import { testDatabase } from '../../support/database.ts'
import { adminOf, customersCsv, importOf, linesCsv, madeImport, ordersCsv } from '../../support/imports.ts'
import { makeShop, type Shop } from '../../support/shop.ts'

async function start(t: { teardown(end: () => unknown): unknown }) {
  const { db, ownerDb } = await testDatabase(t)
  return { db, ownerDb, shop: await makeShop(db) }
}

/** The sentences of what stands in the way. */
async function reasonsAgainst(db: Database, shop: Shop, id: string): Promise<string[]> {
  try {
    await undoImport(db, adminOf(shop), id)
    return []
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return error.refusals.map(({ message }) => say('en', message))
  }
}

async function contentOf(db: Database) {
  return {
    accounts: await db.selectFrom('accounts').selectAll().orderBy('id').execute(),
    contacts: await db.selectFrom('contacts').selectAll().orderBy('id').execute(),
    suppliers: await db.selectFrom('suppliers').selectAll().execute(),
    products: await db.selectFrom('products').selectAll().orderBy('id').execute(),
    bought: await db.selectFrom('product_suppliers').selectAll().execute(),
    users: await db.selectFrom('users').selectAll().orderBy('id').execute(),
    members: await db.selectFrom('user_organisations').selectAll().orderBy('user_id').execute(),
    orders: await db.selectFrom('customer_orders').selectAll().execute(),
    lines: await db.selectFrom('customer_order_lines').selectAll().execute(),
    taxes: await db.selectFrom('customer_order_taxes').selectAll().execute(),
    statuses: await db.selectFrom('order_status_changes').selectAll().execute(),
  }
}

t.test('undoing every kind, the last first, leaves the database as it was', async (t) => {
  const { db, shop } = await start(t)
  const before = await contentOf(db)
  const made = [
    await madeImport(db, shop, 'customers', customersCsv),
    await madeImport(db, shop, 'suppliers', 'code,name,country\nS1,One,FR\n'),
    await madeImport(db, shop, 'products', 'code,name,unit_price,supplier_code\nP1,Pen,1,S1\n'),
    await madeImport(db, shop, 'users', 'code,name\nU1,Nancy\n'),
    await madeImport(
      db,
      shop,
      'orders',
      'number,customer_code,order_date,assigned_to_code\n10248,ALFKI,1996-07-04,U1\n',
      'order_number,product_code,unit_price,quantity\n10248,P1,14.00,12\n',
    ),
  ]
  t.same(
    await Promise.all(made.slice(0, 4).map(({ id }) => reasonsAgainst(db, shop, id))),
    [
      ['1 customer has orders: ALFKI. Undo the import of those orders, or delete them, first.'],
      [
        '1 supplier is named by products: S1. Undo the import of those products, or take the supplier off them, first.',
      ],
      ['1 product stands in orders: P1. Undo the import of those orders, or delete them, first.'],
      ['1 user looks after orders: U1. Undo the import of those orders, or assign them to others, first.'],
    ],
    'what something came out of stays',
  )
  for (const { id } of made.toReversed()) t.same(await reasonsAgainst(db, shop, id), [])
  t.same(await contentOf(db), before)
  t.match(await importOf(db, shop, made[0]?.id ?? ''), {
    state: 'undone',
    undone_by: shop.admin_id,
    created: 2,
  })
  t.same(await db.selectFrom('import_records').selectAll().execute(), [])
  t.match(
    await db
      .selectFrom('audit_entries')
      .selectAll()
      .where('subject_id', '=', made[0]?.id ?? '')
      .where('action', '=', 'undone')
      .execute(),
    [{ user_id: shop.admin_id, changes: { kind: 'customers', removed: { account: 2, contact: 2 } } }],
  )
  t.equal(await undoImport(db, adminOf(shop), made[0]?.id ?? ''), false, 'once is enough')
})

t.test('what somebody changed since is not thrown away, and of the rest nothing', async (t) => {
  const { db, shop } = await start(t)
  const { id } = await madeImport(
    db,
    shop,
    'suppliers',
    'code,name,country\nS1,One,FR\nS2,Two,FR\nS3,Three,FR\n',
  )
  const changed = await db
    .selectFrom('suppliers')
    .select('id')
    .where('code', '=', 'S2')
    .executeTakeFirstOrThrow()
  await archiveSupplier(db, shop.user_id, changed.id, true)
  t.same(await reasonsAgainst(db, shop, id), [
    'Ute Weber changed 1 supplier since: S2. Delete the others one by one.',
  ])
  t.equal((await db.selectFrom('suppliers').select('id').execute()).length, 3)
})

t.test('customers stay with whatever was added to them', async (t) => {
  const { db, shop } = await start(t)
  const { id } = await madeImport(db, shop, 'customers', customersCsv)
  const alfki = await db
    .selectFrom('accounts')
    .select('id')
    .where('code', '=', 'ALFKI')
    .executeTakeFirstOrThrow()
  await db.insertInto('contacts').values({ account_id: alfki.id, name: 'New' }).execute()
  await db.updateTable('accounts').set({ parent_id: alfki.id }).where('code', '=', 'CHOP').execute()
  t.same(await reasonsAgainst(db, shop, id), [
    '1 customer has further contacts: ALFKI. Delete these contacts first.',
    '1 customer is the parent of others: ALFKI. Give those another parent first.',
  ])
})

t.test('an order that is approved or recurs stays; a deleted one is no hindrance', async (t) => {
  const { db, shop } = await start(t)
  await madeImport(db, shop, 'customers', customersCsv)
  const { id } = await madeImport(db, shop, 'orders', ordersCsv, linesCsv)
  const [first, second] = await db.selectFrom('customer_orders').select('id').orderBy('number').execute()
  await changeOrderStatus(db, adminOf(shop), first?.id ?? '', {
    to: 'approved',
    unbilled: 'keep',
    now: new Date(),
  })
  t.same(await reasonsAgainst(db, shop, id), [
    'Anna Kern changed 1 order since: 10248. Delete the others one by one.',
  ])
  await db
    .insertInto('recurrences')
    .values({
      order_id: second?.id ?? '',
      organisation_id: shop.organisation_id,
      enabled: false,
      disabled_at: '2026-01-01T00:00:00Z',
      frequency: 'monthly',
      start_date: '2026-01-01',
      end_date: null,
      bill_from: '2026-01-01',
      service_period: 'calendar',
      payment_term_id: shop.term_id,
      initial_invoice_status: 'created',
      invoice_subject: 'Rent',
      document_date_preference: 'date_created',
      responsible_id: null,
      next_run_date: null,
      updated_by: null,
    })
    .execute()
  t.same(await reasonsAgainst(db, shop, id), [
    '1 order is billed again and again: 10249. Delete these orders one by one, where that is possible.',
    'Anna Kern changed 1 order since: 10248. Delete the others one by one.',
  ])
  await db.deleteFrom('recurrences').execute()
  await deleteOrder(db, adminOf(shop), first?.id ?? '')
  t.same(await reasonsAgainst(db, shop, id), [])
  t.same(
    await db
      .selectFrom('customer_orders')
      .select('id')
      .where('id', '=', second?.id ?? '')
      .execute(),
    [],
  )
})

t.test('a user who can sign in stays', async (t) => {
  const { db, shop } = await start(t)
  const { id } = await madeImport(db, shop, 'users', 'code,name,email\nU1,Nancy,nancy@shop.test\n')
  const user = await db.selectFrom('users').select('id').where('code', '=', 'U1').executeTakeFirstOrThrow()
  await startSession(db, user.id)
  t.same(await reasonsAgainst(db, shop, id), ['1 user can sign in: U1. Archive them instead.'])
})

t.test('what nothing here knows of is held by its foreign key', async (t) => {
  const { db, shop } = await start(t)
  const { id } = await madeImport(db, shop, 'users', 'code,name\nU1,Nancy\n')
  const user = await db.selectFrom('users').select('id').where('code', '=', 'U1').executeTakeFirstOrThrow()
  await db.insertInto('kept_forms').values({ user_id: user.id, fields: '[]' }).execute()
  t.same(await reasonsAgainst(db, shop, id), ['Something else names what was imported. Remove that first.'])
  t.equal((await importOf(db, shop, id)).state, 'imported')
})

t.test('an import of the command is recorded with its file, and can be undone as any', async (t) => {
  const { db, shop } = await start(t)
  const [organisation] = await listOrganisationsForImport(db)
  if (organisation === undefined) throw new Error('the shop has an organisation')
  const file = { name: 'c.csv', bytes: Buffer.from(customersCsv) }
  const run = (dryRun: boolean) =>
    runImport(db, {
      kind: 'customers',
      table: readCsv(file),
      files: [file],
      organisation,
      dryRun,
      actor: 'import',
    })
  await run(true)
  await run(false)
  await run(false)
  const rows = await db.selectFrom('imports').select('id').execute()
  t.equal(rows.length, 1, 'a dry run, and one that brings nothing new, are not recorded')
  const id = rows[0]?.id ?? ''
  t.match(await importOf(db, shop, id), {
    state: 'imported',
    actor: 'import',
    created: 2,
    made_by: null,
    files: [{ name: 'c.csv', size: customersCsv.length }],
  })
  t.same(await reasonsAgainst(db, shop, id), [])
  t.equal((await db.selectFrom('accounts').select('id').execute()).length, 2)
})
