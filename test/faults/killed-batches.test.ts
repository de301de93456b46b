import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import t from 'tap'
import { findBatch } from '../../src/data/batches.ts'
import { startBatch } from '../../src/services/batches/start-batch.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { bareEnvironment } from '../support/processes.ts'
import { copyOrder, sessionsEnd } from '../support/runs.ts'
import { makeRecurringOrder, makeShop } from '../support/shop.ts'

const program = `
  import { openDatabase } from '${new URL('../../src/data/database.ts', import.meta.url)}'
  import { runBatch } from '${new URL('../../src/services/batches/run-batch.ts', import.meta.url)}'
  const db = openDatabase(process.env.DATABASE_URL, { name: 'batch', role: 'comptoir_web' })
  await runBatch(db, process.env.BATCH)
  await db.destroy()`

t.test(
  'a batch killed at any point has done just what its receipt says, and goes on with the rest',
  async (t) => {
    const shop = await testDatabase(t)
    const orders = 200
    const id = await batchOf(shop, orders)
    let midway = 0
    for (let round = 0; round < 4; round += 1) {
      const before = await settled(shop, id)
      if (before === orders) break
      // Two at once, as by two processes whose person pressed the button twice.
      const runs = [startRun(shop, id), startRun(shop, id)]
      const ends = runs.map((run) => once(run, 'exit'))
      for (let look = 0; look < 1500 && (await settled(shop, id)) < before + 20; look += 1) await pause(5)
      for (const run of runs) run.kill('SIGKILL')
      await Promise.all(ends)
      await sessionsEnd(shop.ownerDb, 'batch')
      const after = await settled(shop, id)
      if (after > before && after < orders) midway += 1
      t.same(await approvedOrders(shop), after, `round ${round}: as many are approved as the receipt says`)
    }
    t.ok(midway >= 2, `the kills hit runs midway (${midway} times)`)
    await shop.db
      .updateTable('batches')
      .set({ heartbeat_at: new Date(0).toISOString() })
      .where('id', '=', id)
      .execute()
    t.match(await findBatch(shop.db, id), { interrupted: true, finished_at: null })
    await once(startRun(shop, id), 'exit')
    t.match(await findBatch(shop.db, id), { interrupted: false, done: orders, refused: 0, pending: 0 })
    const { rows } = await sql<Record<string, number>>`SELECT
    (SELECT count(*)::int FROM customer_orders WHERE status = 'approved' AND version = 2) AS orders,
    (SELECT count(*)::int FROM order_status_changes WHERE to_status = 'approved') AS changes,
    (SELECT count(*)::int FROM audit_entries WHERE changes ->> 'batch_id' = ${id}) AS entries`.execute(
      shop.ownerDb,
    )
    t.same(rows, [{ orders, changes: orders, entries: orders }], 'each of them once')
  },
)

async function batchOf({ db, ownerDb }: TestDatabase, orders: number): Promise<string> {
  const shop = await makeShop(db)
  const order = await makeRecurringOrder(db, shop, {
    status: 'created',
    recurrence: { start_date: '2026-01-31' },
  })
  await copyOrder(ownerDb, order, orders - 1)
  const found = await db.selectFrom('customer_orders').select('id').execute()
  return startBatch(
    db,
    { id: shop.user_id, organisation_ids: [shop.organisation_id] },
    {
      action: 'approve',
      assigned_to_id: null,
      selection: { ids: found.map((row) => row.id) },
      list: '',
    },
  )
}

function startRun({ url }: TestDatabase, batch: string): ChildProcess {
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...bareEnvironment(), DATABASE_URL: url, BATCH: batch },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

async function settled({ ownerDb }: TestDatabase, id: string): Promise<number> {
  const rows = await ownerDb
    .selectFrom('batch_items')
    .select('position')
    .where('batch_id', '=', id)
    .where('result', '<>', 'pending')
    .execute()
  return rows.length
}

async function approvedOrders({ ownerDb }: TestDatabase): Promise<number> {
  const rows = await ownerDb
    .selectFrom('customer_orders')
    .select('id')
    .where('status', '=', 'approved')
    .execute()
  return rows.length
}
