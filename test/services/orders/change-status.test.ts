import { sql } from 'kysely'
import t from 'tap'
import type { Database } from '../../../src/data/database.ts'
import { NotFound } from '../../../src/errors.ts'
import { changeOrderStatus } from '../../../src/services/orders/change-status.ts'
import { deleteOrder } from '../../../src/services/orders/delete-order.ts'
import { duplicateOrder } from '../../../src/services/orders/duplicate-order.ts'
import { testDatabase } from '../../support/database.ts'
import { insertDraftInvoice, insertOrder } from '../../support/documents.ts'
import { makeShop, type Shop } from '../../support/shop.ts'

const now = new Date('2026-04-30T08:00:00Z')
const refusedFor = (codes: string[]) => ({ name: 'Refused', refusals: codes.map((code) => ({ code })) })

async function shopWithOrder(t: { teardown(end: () => unknown): unknown }) {
  const database = await testDatabase(t)
  const shop = await makeShop(database.db)
  const id = await insertOrder(database.db, shop)
  const user = { id: shop.user_id, organisation_ids: [shop.organisation_id] }
  const change = (
    to: 'created' | 'approved' | 'delivered' | 'cancelled',
    unbilled: 'skip' | 'keep' = 'skip',
  ) => changeOrderStatus(database.db, user, id, { to, unbilled, now })
  const order = () =>
    database.db.selectFrom('customer_orders').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return { ...database, shop, id, user, change, order }
}

async function makeMonthly(db: Database, shop: Shop, orderId: string): Promise<void> {
  await db
    .insertInto('recurrences')
    .values({
      order_id: orderId,
      organisation_id: shop.organisation_id,
      enabled: true,
      frequency: 'monthly',
      start_date: '2026-01-31',
      end_date: null,
      bill_from: '2026-01-31',
      service_period: 'calendar',
      payment_term_id: shop.term_id,
      initial_invoice_status: 'created',
      invoice_subject: 'Maintenance {MMM} {YYYY}',
      document_date_preference: 'last_day_current_period',
      recipients: ['books@chop.test'],
      responsible_id: shop.user_id,
      next_run_date: '2026-03-31',
      disabled_at: null,
      updated_by: shop.user_id,
    })
    .execute()
  await db
    .insertInto('recurrence_occurrences')
    .values({
      order_id: orderId,
      organisation_id: shop.organisation_id,
      frequency: 'monthly',
      period_start: '2026-02-01',
      period_end: '2026-02-28',
      run_date: '2026-02-28',
      service_start: '2026-02-01',
      service_end: '2026-02-28',
      state: 'failed',
      invoice_id: null,
      reason_code: 'account_archived',
      run_id: null,
    })
    .execute()
}

t.test('an order is approved, delivered, cancelled and reopened, and each step is kept', async (t) => {
  const { db, id, change, order, user } = await shopWithOrder(t)
  for (const to of ['approved', 'delivered', 'cancelled', 'delivered'] as const) await change(to)
  t.match(await order(), { status: 'delivered', status_before_cancel: null, version: 5, updated_by: user.id })
  const changes = await db
    .selectFrom('order_status_changes')
    .select(['from_status', 'to_status', 'changed_by'])
    .where('order_id', '=', id)
    .orderBy('id')
    .execute()
  t.same(
    changes.map((row) => [row.from_status, row.to_status]),
    [
      [null, 'created'],
      ['created', 'approved'],
      ['approved', 'delivered'],
      ['delivered', 'cancelled'],
      ['cancelled', 'delivered'],
    ],
  )
  t.ok(changes.every((row) => row.changed_by === user.id))
  const audits = await db.selectFrom('audit_entries').select(['action', 'changes']).orderBy('id').execute()
  t.equal(audits.length, 4)
  t.match(audits[0], { action: 'status_changed', changes: { status: { from: 'created', to: 'approved' } } })
})

t.test('a step that is not next is refused, and nothing is written', async (t) => {
  const { db, change, order } = await shopWithOrder(t)
  await t.rejects(change('delivered'), refusedFor(['not_next']))
  await t.rejects(change('created'), refusedFor(['already']))
  await change('cancelled')
  await t.rejects(change('approved'), refusedFor(['reopens_to_another']))
  t.match(await order(), { status: 'cancelled', status_before_cancel: 'created', version: 2 })
  t.equal((await db.selectFrom('audit_entries').select('id').execute()).length, 1)
})

t.test('of two people who approve at once, one does and the other is told', async (t) => {
  const { db, id, change } = await shopWithOrder(t)
  const outcomes = await Promise.allSettled([change('approved'), change('approved'), change('approved')])
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') t.match(outcome.reason, refusedFor(['already']))
  }
  const changes = await db
    .selectFrom('order_status_changes')
    .select('id')
    .where('order_id', '=', id)
    .execute()
  t.equal(changes.length, 2, 'made, and approved once')
})

t.test('an order of an organisation one does not work in does not exist', async (t) => {
  const { db, id, shop } = await shopWithOrder(t)
  const stranger = { id: shop.user_id, organisation_ids: [shop.other_organisation_id] }
  const change = { to: 'approved', unbilled: 'skip', now } as const
  await t.rejects(changeOrderStatus(db, stranger, id, change), NotFound)
  await t.rejects(duplicateOrder(db, stranger, id, now), NotFound)
  await t.rejects(deleteOrder(db, stranger, id), NotFound)
})

t.test('a finalized order still goes through its life', async (t) => {
  const { ownerDb, id, change, order, user } = await shopWithOrder(t)
  await ownerDb
    .updateTable('customer_orders')
    .set({ finalized_at: sql`now()`, finalized_by: user.id })
    .where('id', '=', id)
    .execute()
  await change('approved')
  await change('cancelled')
  await change('approved')
  t.match(await order(), { status: 'approved' })
})

t.test('a draft and an issued invoice stand in the way of cancelling, until they are credited', async (t) => {
  const { db, ownerDb, shop, id, change, order } = await shopWithOrder(t)
  const draft = await insertDraftInvoice(db, shop, id)
  await t.rejects(change('cancelled'), refusedFor(['invoices_draft']))
  const issue = (invoice: string, number: string) =>
    ownerDb
      .updateTable('invoices')
      .set({
        status: 'approved',
        number,
        issued_at: sql`now()`,
        issued_by: shop.user_id,
        seller: '{}',
        buyer: '{}',
      })
      .where('id', '=', invoice)
      .execute()
  await issue(draft, 'FA-2026-0001')
  await t.rejects(change('cancelled'), refusedFor(['invoices_issued']))
  t.match(await order(), { status: 'created' })

  await ownerDb.transaction().execute(async (trx) => {
    await sql`INSERT INTO invoices (organisation_id, number, kind, status, source, order_id, account_id, subject, language, currency,
        document_date, due_date, net, tax, gross, due, issued_at, issued_by, seller, buyer)
      SELECT organisation_id, 'AV-2026-0001', 'credit_note', status, source, order_id, account_id, subject, language, currency,
        document_date, due_date, -net, -tax, -gross, -due, now(), issued_by, seller, buyer FROM invoices WHERE id = ${draft}`.execute(
      trx,
    )
    await sql`INSERT INTO invoice_lines (invoice_id, organisation_id, position, kind, description, quantity, unit_code, unit_price,
        discount_percent, supply, tax_rate_id, tax_category, tax_rate, net)
      SELECT c.id, l.organisation_id, l.position, l.kind, l.description, -l.quantity, l.unit_code, l.unit_price, l.discount_percent,
        l.supply, l.tax_rate_id, l.tax_category, l.tax_rate, -l.net
      FROM invoice_lines l, invoices c WHERE l.invoice_id = ${draft} AND c.kind = 'credit_note'`.execute(trx)
    await sql`INSERT INTO invoice_taxes (invoice_id, category, rate, base, amount)
      SELECT c.id, x.category, x.rate, -x.base, -x.amount
      FROM invoice_taxes x, invoices c WHERE x.invoice_id = ${draft} AND c.kind = 'credit_note'`.execute(trx)
    await sql`INSERT INTO invoice_references (invoice_id, preceding_invoice_id, number, document_date)
      SELECT c.id, i.id, i.number, i.document_date FROM invoices i, invoices c WHERE i.id = ${draft} AND c.kind = 'credit_note'`.execute(
      trx,
    )
  })
  await change('cancelled')
  t.match(await order(), { status: 'cancelled', status_before_cancel: 'created' })
})

t.test('cancelling turns the recurrence off and skips what was not billed', async (t) => {
  const { db, shop, id, change, order } = await shopWithOrder(t)
  await makeMonthly(db, shop, id)
  t.match(await change('cancelled'), { periods: 3, recurring: true })
  const recurrence = await db.selectFrom('recurrences').selectAll().executeTakeFirstOrThrow()
  t.match(recurrence, { enabled: false, next_run_date: null, version: 2 })
  t.ok(recurrence.disabled_at)
  const rows = await db.selectFrom('recurrence_occurrences').selectAll().orderBy('run_date').execute()
  t.same(
    rows.map((row) => [row.run_date, row.state, row.reason_code, row.decided_by]),
    ['2026-02-28', '2026-03-31', '2026-04-30'].map((date) => [
      date,
      'skipped',
      'order_cancelled',
      shop.user_id,
    ]),
  )
  await change('created')
  t.match(await order(), { status: 'created' })
  const after = await db.selectFrom('recurrences').select('enabled').executeTakeFirstOrThrow()
  t.notOk(after.enabled, 'reopening leaves it off')
})

t.test('or keeps what was not billed as due', async (t) => {
  const { db, shop, id, change } = await shopWithOrder(t)
  await makeMonthly(db, shop, id)
  t.match(await change('cancelled', 'keep'), { periods: 3 })
  const rows = await db.selectFrom('recurrence_occurrences').selectAll().orderBy('run_date').execute()
  t.same(
    rows.map((row) => [row.run_date, row.state]),
    [
      ['2026-02-28', 'failed'],
      ['2026-03-31', 'due'],
      ['2026-04-30', 'due'],
    ],
  )
})

t.test(
  'a copy has the lines, taxes and addresses to the letter, and nothing else of the original',
  async (t) => {
    const { db, ownerDb, shop, id, user, change } = await shopWithOrder(t)
    await makeMonthly(db, shop, id)
    await insertDraftInvoice(db, shop, id)
    await change('approved')
    await ownerDb
      .updateTable('customer_orders')
      .set({ customer_order_number: 'PO-1', contract_reference: 'C-7', shipping_differs: true })
      .where('id', '=', id)
      .execute()
    const copy = await duplicateOrder(db, user, id, now)
    t.match(copy, { original: 'SO-2026-0001', archived_products: 0, had_reference: true, recurring: true })
    const read = async (order: string) => ({
      header: await db
        .selectFrom('customer_orders')
        .selectAll()
        .where('id', '=', order)
        .executeTakeFirstOrThrow(),
      lines: await db
        .selectFrom('customer_order_lines')
        .selectAll()
        .where('order_id', '=', order)
        .orderBy('position')
        .execute(),
      taxes: await db
        .selectFrom('customer_order_taxes')
        .selectAll()
        .where('order_id', '=', order)
        .orderBy('rate')
        .execute(),
      recurrence: await db
        .selectFrom('recurrences')
        .selectAll()
        .where('order_id', '=', order)
        .executeTakeFirstOrThrow(),
    })
    const [one, two] = [await read(id), await read(copy.id)]
    const same = (row: object, ...except: string[]) =>
      Object.fromEntries(
        Object.entries(row).filter(([name]) => !['id', 'order_id', ...except].includes(name)),
      )
    t.same(
      two.lines.map((line) => same(line)),
      one.lines.map((line) => same(line)),
    )
    t.same(
      two.taxes.map((tax) => same(tax)),
      one.taxes.map((tax) => same(tax)),
    )
    const own = [
      'number',
      'status',
      'order_date',
      'assigned_to_id',
      'customer_order_number',
      'search_text',
      'version',
    ]
    const stamps = ['created_at', 'updated_at']
    t.same(same(two.header, ...own, ...stamps), same(one.header, ...own, ...stamps))
    t.match(two.header, {
      status: 'created',
      order_date: '2026-04-30',
      assigned_to_id: user.id,
      customer_order_number: '',
      version: 1,
    })
    t.not(two.header.number, one.header.number)
    const off = ['enabled', 'disabled_at', 'next_run_date', 'bill_from', 'version']
    t.same(same(two.recurrence, ...off, ...stamps), same(one.recurrence, ...off, ...stamps))
    t.match(two.recurrence, { enabled: false, next_run_date: null, bill_from: '2026-04-30' })
    t.same(await db.selectFrom('invoices').select('id').where('order_id', '=', copy.id).execute(), [])
    t.same(
      await db
        .selectFrom('recurrence_occurrences')
        .select('run_date')
        .where('order_id', '=', copy.id)
        .execute(),
      [],
    )
    const history = await db
      .selectFrom('order_status_changes')
      .selectAll()
      .where('order_id', '=', copy.id)
      .execute()
    t.match(history, [{ from_status: null, to_status: 'created' }])
  },
)

t.test('an archived account refuses a copy; an archived product comes along and is counted', async (t) => {
  const { db, shop, id, user } = await shopWithOrder(t)
  const archived_at = sql<string>`now()`
  await db.updateTable('products').set({ archived_at }).where('id', '=', shop.products.chai).execute()
  t.match(await duplicateOrder(db, user, id, now), { archived_products: 1 })
  await db.updateTable('accounts').set({ archived_at }).where('id', '=', shop.accounts.paris).execute()
  await t.rejects(duplicateOrder(db, user, id, now), refusedFor(['account_archived']))
})

t.test('deleting leaves nothing behind but the audit, and its number is not given again', async (t) => {
  const { db, shop, id, user } = await shopWithOrder(t)
  const copy = await duplicateOrder(db, user, id, now)
  await makeMonthly(db, shop, copy.id)
  await deleteOrder(db, user, copy.id)
  const tables = [
    'customer_order_lines',
    'customer_order_taxes',
    'order_status_changes',
    'recurrences',
    'recurrence_occurrences',
  ] as const
  for (const table of tables) {
    const rows = await db.selectFrom(table).select('order_id').where('order_id', '=', copy.id).execute()
    t.same(rows, [], table)
  }
  await t.rejects(deleteOrder(db, user, copy.id), NotFound)
  const entry = await db
    .selectFrom('audit_entries')
    .selectAll()
    .where('action', '=', 'deleted')
    .executeTakeFirstOrThrow()
  t.match(entry, { subject_type: 'order', subject_id: copy.id, changes: { number: copy.number } })
  const again = await duplicateOrder(db, user, id, now)
  t.not(again.number, copy.number)
})

t.test('an order out of which an invoice came, and a finalized one, stay', async (t) => {
  const { db, ownerDb, shop, id, user } = await shopWithOrder(t)
  await insertDraftInvoice(db, shop, id)
  await t.rejects(deleteOrder(db, user, id), refusedFor(['invoices']))
  await ownerDb
    .updateTable('customer_orders')
    .set({ finalized_at: sql`now()`, finalized_by: user.id })
    .where('id', '=', id)
    .execute()
  await t.rejects(deleteOrder(db, user, id), refusedFor(['finalized', 'invoices']))
})
