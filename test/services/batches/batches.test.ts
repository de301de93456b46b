import { sql } from 'kysely'
import t from 'tap'
import { listUndone } from '../../../src/data/batch-choices.ts'
import { findBatch, listBatchItems } from '../../../src/data/batches.ts'
import type { Database } from '../../../src/data/database.ts'
import { everyOrder, type OrderFilters } from '../../../src/data/order-lists.ts'
import { InvalidForm } from '../../../src/errors.ts'
import { readRefusals } from '../../../src/services/batches/recorded-refusals.ts'
import { runBatch } from '../../../src/services/batches/run-batch.ts'
import { type BatchRequest, startBatch } from '../../../src/services/batches/start-batch.ts'
import { testDatabase } from '../../support/database.ts'
import { insertOrder } from '../../support/documents.ts'
import { makeRecurringOrder, makeShop, type Shop } from '../../support/shop.ts'

async function openShop(t: Parameters<typeof testDatabase>[0]) {
  const { db, ownerDb } = await testDatabase(t)
  const shop = await makeShop(db)
  const user = { id: shop.user_id, organisation_ids: [shop.organisation_id] }
  const admin = { id: shop.admin_id, organisation_ids: [shop.organisation_id, shop.other_organisation_id] }
  return { db, ownerDb, shop, user, admin }
}

t.test(
  'approving a batch does to each order what the single action does, and refuses in its words',
  async (t) => {
    const { db, shop, user } = await openShop(t)
    const [first, second] = [await insertOrder(db, shop, 'SO-1'), await insertOrder(db, shop, 'SO-2')]
    const approved = await insertOrder(db, shop, 'SO-3')
    await setStatus(db, approved, 'approved')
    const foreign = await foreignOrder(db, shop)
    const nobodys = '01990000-0000-7000-8000-000000000000'
    const id = await startBatch(db, user, ask({ ids: [first, second, approved, foreign, nobodys, first] }))
    await runBatch(db, id)

    t.match(await findBatch(db, id), { total: 5, done: 2, refused: 3, pending: 0, interrupted: false })
    t.not((await findBatch(db, id))?.finished_at, null)
    const rows = await rowsOf(db, shop, id)
    t.match(
      rows,
      [
        { number: 'SO-3', result: 'refused', code: 'already' },
        { number: null, result: 'refused', code: 'not_found' },
        { number: null, result: 'refused', code: 'not_found' },
        { number: 'SO-1', result: 'done' },
        { number: 'SO-2', result: 'done' },
      ],
      'the refused first, each in the order it was asked for; what is not theirs is not found',
    )
    t.same(await statuses(db), {
      'SO-1': 'approved',
      'SO-2': 'approved',
      'SO-3': 'approved',
      'SO-FOREIGN': 'created',
    })
    const audit = await db
      .selectFrom('audit_entries')
      .select(['action', 'user_id', 'subject_id', 'changes'])
      .where('subject_type', '=', 'order')
      .orderBy('id')
      .execute()
    t.match(audit, [
      {
        action: 'status_changed',
        user_id: shop.user_id,
        subject_id: first,
        changes: { status: { from: 'created', to: 'approved' }, version: { from: 1, to: 2 }, batch_id: id },
      },
      { action: 'status_changed', user_id: shop.user_id, subject_id: second, changes: { batch_id: id } },
    ])
    t.equal(audit.length, 2, 'what was refused is not recorded as done')
    const history = await db
      .selectFrom('order_status_changes')
      .select('order_id')
      .where('to_status', '=', 'approved')
      .where('changed_by', '=', shop.user_id)
      .execute()
    t.equal(history.length, 2)
    const undone = await listUndone(db, { id, of: 'orders' }, user, 10)
    t.match(undone, [{ id: approved, number: 'SO-3' }], 'what stays ticked are orders one may see')
  },
)

t.test('assigning gives orders to a person of their organisation, or takes them away', async (t) => {
  const { db, ownerDb, shop, user, admin } = await openShop(t)
  const [order, finalized] = [await insertOrder(db, shop, 'SO-1'), await insertOrder(db, shop, 'SO-2')]
  await sql`UPDATE customer_orders SET finalized_at = now(), finalized_by = ${shop.user_id}, status = 'approved' WHERE id = ${finalized}`.execute(
    ownerDb,
  )
  const foreign = await foreignOrder(db, shop)
  const assign = ask({ ids: [order, finalized, foreign] }, { action: 'assign', assigned_to_id: shop.user_id })
  const id = await startBatch(db, admin, assign)
  await runBatch(db, id)
  t.match(await rowsOf(db, shop, id, admin), [
    { number: 'SO-2', result: 'refused', code: 'finalized' },
    { number: 'SO-FOREIGN', result: 'refused', code: 'assigned_elsewhere' },
    { number: 'SO-1', result: 'done' },
  ])
  const entry = await db
    .selectFrom('audit_entries')
    .select(['action', 'changes'])
    .where('subject_id', '=', order)
    .executeTakeFirstOrThrow()
  t.match(entry, {
    action: 'updated',
    changes: { assigned_to_id: { from: null, to: shop.user_id }, version: { from: 1, to: 2 }, batch_id: id },
  })

  const again = await startBatch(
    db,
    user,
    ask({ ids: [order] }, { action: 'assign', assigned_to_id: shop.user_id }),
  )
  await runBatch(db, again)
  t.match(await findBatch(db, again), { done: 1, refused: 0 }, 'who has it already keeps it')
  t.equal(await versionOf(db, order), 2, 'and nothing was written')

  const away = await startBatch(db, user, ask({ ids: [order] }, { action: 'assign' }))
  await runBatch(db, away)
  t.match(await findBatch(db, away), { done: 1 })
  t.equal(await versionOf(db, order), 3)
  const row = await db
    .selectFrom('customer_orders')
    .select('assigned_to_id')
    .where('id', '=', order)
    .execute()
  t.same(row, [{ assigned_to_id: null }])

  const stranger = await strangerOf(db, shop)
  const elsewhere = ask({ ids: [order] }, { action: 'assign', assigned_to_id: stranger })
  await t.rejects(startBatch(db, user, elsewhere), InvalidForm, 'a person of another organisation is unknown')
})

t.test('all that match are taken only where they are as many as were seen', async (t) => {
  const { db, shop, user } = await openShop(t)
  for (let n = 1; n <= 5; n += 1) await insertOrder(db, shop, `SO-${n}`)
  await foreignOrder(db, shop)
  const filters = { ...everything(shop), status: 'created' as const }
  await t.rejects(startBatch(db, user, ask({ filters, count: 4 })), { name: 'CountChanged', count: 5 })
  t.same(await db.selectFrom('batches').selectAll().execute(), [], 'nothing is left of it')
  const id = await startBatch(db, user, ask({ filters, count: 5 }))
  await runBatch(db, id)
  t.match(await findBatch(db, id), { done: 5, refused: 0 })
  t.equal((await statuses(db))['SO-FOREIGN'], 'created')
  await t.rejects(startBatch(db, user, ask({ filters, count: 0 })), InvalidForm, 'none is no batch')
})

t.test('a form that is sent twice at once is one batch', async (t) => {
  const { db, shop, user } = await openShop(t)
  for (let n = 1; n <= 3; n += 1) await insertOrder(db, shop, `SO-${n}`)
  const sent = { user_id: user.id, address: '/orders/batches', key: 'k', digest: 'd' }
  const filters = { ...everything(shop), status: 'created' as const }
  const twice = [1, 2, 3].map(() => startBatch(db, user, ask({ filters, count: 3 }, { sent })))
  const ends = await Promise.allSettled(twice)
  t.same(ends.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected'])
  t.match(
    ends.filter(({ status }) => status === 'rejected'),
    [{ reason: { name: 'SentMeanwhile' } }],
  )
  t.equal((await db.selectFrom('batches').select('id').execute()).length, 1)
  const made = await db.selectFrom('submissions').select('made_id').execute()
  const [id = ''] = made.map(({ made_id }) => made_id)
  await runBatch(db, id)
  await t.rejects(
    startBatch(db, user, ask({ filters, count: 3 }, { sent })),
    { name: 'SentMeanwhile' },
    'also where the filters match others by then',
  )
})

t.test('two batches on the same orders do each of them once', async (t) => {
  const { db, shop, user, admin } = await openShop(t)
  const ids: string[] = []
  for (let n = 1; n <= 30; n += 1) ids.push(await insertOrder(db, shop, `SO-${String(n).padStart(2, '0')}`))
  const batches = [
    await startBatch(db, user, ask({ ids })),
    await startBatch(db, admin, ask({ ids: [...ids].reverse() })),
  ]
  // Each of them run twice at once, as by two processes.
  await Promise.all([...batches, ...batches].map((id) => runBatch(db, id)))
  const found = await Promise.all(batches.map((id) => findBatch(db, id)))
  t.equal(
    found.reduce((sum, batch) => sum + (batch?.done ?? 0), 0),
    30,
  )
  t.equal(
    found.reduce((sum, batch) => sum + (batch?.refused ?? 0), 0),
    30,
  )
  t.ok(found.every((batch) => batch?.finished_at !== null))
  const { rows } = await sql<{ versions: number; changes: number; entries: number }>`SELECT
    (SELECT count(*)::int FROM customer_orders WHERE version = 2 AND status = 'approved') AS versions,
    (SELECT count(*)::int FROM order_status_changes WHERE to_status = 'approved') AS changes,
    (SELECT count(*)::int FROM audit_entries WHERE action = 'status_changed') AS entries`.execute(db)
  t.same(rows, [{ versions: 30, changes: 30, entries: 30 }])
})

t.test('what is stopped midway tells what is done, and goes on with the rest', async (t) => {
  const { db, shop, user } = await openShop(t)
  const ids: string[] = []
  for (let n = 1; n <= 6; n += 1) ids.push(await insertOrder(db, shop, `SO-${n}`))
  const id = await startBatch(db, user, ask({ ids }))
  t.match(await findBatch(db, id), { interrupted: false, pending: 6 }, 'it is about to begin')
  const stop = new AbortController()
  stop.abort()
  await runBatch(db, id, { signal: stop.signal })
  t.match(await findBatch(db, id), { interrupted: true, pending: 6, finished_at: null })
  await runBatch(db, id)
  t.match(await findBatch(db, id), { interrupted: false, done: 6, pending: 0 })
  await runBatch(db, id)
  t.match(await findBatch(db, id), { done: 6 }, 'a finished one is not run again')
})

t.test('an order that fails for a reason of ours costs itself alone, and can be tried again', async (t) => {
  const { db, ownerDb, shop, user } = await openShop(t)
  const ids = [await insertOrder(db, shop, 'SO-1'), await insertOrder(db, shop, 'SO-2')]
  await sql`CREATE FUNCTION break_it() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF NEW.number = 'SO-1' THEN RAISE EXCEPTION 'broken'; END IF; RETURN NEW; END $$`.execute(
    ownerDb,
  )
  await sql`CREATE TRIGGER break_it BEFORE UPDATE ON customer_orders FOR EACH ROW EXECUTE FUNCTION break_it()`.execute(
    ownerDb,
  )
  const heard: string[] = []
  const id = await startBatch(db, user, ask({ ids }))
  await runBatch(db, id, { onFailure: (error) => heard.push(String(error)) })
  t.match(await rowsOf(db, shop, id), [
    { number: 'SO-1', result: 'refused', code: 'failed' },
    { number: 'SO-2', result: 'done' },
  ])
  t.match(heard, [/broken/])
  t.same(await statuses(db), { 'SO-1': 'created', 'SO-2': 'approved' })

  await sql`DROP TRIGGER break_it ON customer_orders`.execute(ownerDb)
  const retry = await startBatch(db, user, ask({ refused_in: id }))
  await runBatch(db, retry)
  t.match(await findBatch(db, retry), { total: 1, done: 1, retried_batch_id: id })
  t.match(await findBatch(db, id), { done: 1, refused: 1 }, 'the first receipt stays as it was')
})

t.test('whoever has lost an organisation since does nothing there', async (t) => {
  const { db, shop, user } = await openShop(t)
  const order = await insertOrder(db, shop, 'SO-1')
  const id = await startBatch(db, user, ask({ ids: [order] }))
  await db.updateTable('users').set({ archived_at: sql`now()` }).where('id', '=', user.id).execute()
  await runBatch(db, id)
  t.match(await rowsOf(db, shop, id), [{ result: 'refused', code: 'not_found' }])
  t.same(await statuses(db), { 'SO-1': 'created' })
})

t.test('a sentence that is known no more becomes a general one', async (t) => {
  t.same(readRefusals([{ code: 'x', message: { key: 'no.such.sentence' } }]), [
    { code: 'x', message: { key: 'batches.refused.before' } },
  ])
  t.same(readRefusals('nonsense'), [])
})

function ask(selection: BatchRequest['selection'], changes: Partial<BatchRequest> = {}): BatchRequest {
  return { action: 'approve', assigned_to_id: null, list: '', selection, ...changes }
}

function everything(shop: Shop): OrderFilters {
  return {
    ...everyOrder,
    organisation_ids: [shop.organisation_id],
  }
}

async function rowsOf(
  db: Database,
  shop: Shop,
  id: string,
  reader = { organisation_ids: [shop.organisation_id] },
) {
  const page = await listBatchItems(
    db,
    id,
    { organisation_ids: reader.organisation_ids, result: undefined },
    { cursor: undefined, limit: 100 },
  )
  return page.rows.map(({ number, result, refusals }) => ({
    number,
    result,
    code: readRefusals(refusals)[0]?.code,
  }))
}

async function statuses(db: Database): Promise<Record<string, string>> {
  const rows = await db.selectFrom('customer_orders').select(['number', 'status']).orderBy('number').execute()
  return Object.fromEntries(rows.map(({ number, status }) => [number, status]))
}

async function setStatus(db: Database, id: string, status: 'approved'): Promise<void> {
  await db.updateTable('customer_orders').set({ status }).where('id', '=', id).execute()
}

async function versionOf(db: Database, id: string): Promise<number> {
  const row = await db
    .selectFrom('customer_orders')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row.version
}

async function foreignOrder(db: Database, shop: Shop): Promise<string> {
  return makeRecurringOrder(db, shop, {
    organisation_id: shop.other_organisation_id,
    number: 'SO-FOREIGN',
    status: 'created',
    recurrence: { start_date: '2026-01-01' },
  })
}

async function strangerOf(db: Database, shop: Shop): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const organisation_id = shop.other_organisation_id
    const { id } = await trx
      .insertInto('users')
      .values({ email: 'stranger@shop.test', name: 'Otto Fremd', role: 'user', organisation_id })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx.insertInto('user_organisations').values({ user_id: id, organisation_id }).execute()
    return id
  })
}
