import { setTimeout as pause } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import t from 'tap'
import type { Database } from '../../src/data/database.ts'
import { testDatabase } from '../support/database.ts'
import { insertDraftInvoice, insertOrder } from '../support/documents.ts'
import { makeShop } from '../support/shop.ts'

/** Runs a statement in a transaction of its own and says which constraint, or which message, refused it. */
async function refusalOf(
  db: Database,
  statement: RawBuilder<unknown>,
  options: { replica?: true } = {},
): Promise<string> {
  try {
    await db.transaction().execute(async (trx) => {
      // Ordinary triggers and foreign keys are off then, as a superuser can have it.
      if (options.replica) await sql`SET LOCAL session_replication_role = replica`.execute(trx)
      await statement.execute(trx)
    })
    return 'accepted'
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : error.message
  }
}

t.test('a finalized order never changes, whoever connects', async (t) => {
  const { db, ownerDb } = await testDatabase(t)
  const shop = await makeShop(db)
  const id = await insertOrder(db, shop)
  await sql`UPDATE customer_orders SET finalized_at = now(), finalized_by = ${shop.user_id} WHERE id = ${id}`.execute(
    db,
  )

  for (const [who, connection] of [
    ['the web process', db],
    ['the owner', ownerDb],
  ] as const) {
    const refused = (statement: RawBuilder<unknown>) => refusalOf(connection, statement)
    t.equal(
      await refused(sql`UPDATE customer_orders SET subject = 'Other' WHERE id = ${id}`),
      'finalized_order_locked',
      `${who}: subject`,
    )
    t.equal(
      await refused(
        sql`UPDATE customer_orders SET finalized_at = NULL, finalized_by = NULL WHERE id = ${id}`,
      ),
      'finalized_order_locked',
      `${who}: unlocking`,
    )
    t.equal(
      await refused(sql`DELETE FROM customer_orders WHERE id = ${id}`),
      'finalized_order_locked',
      `${who}: deleting`,
    )
    t.equal(
      await refused(sql`UPDATE customer_order_lines SET quantity = 3 WHERE order_id = ${id}`),
      'finalized_order_locked',
      `${who}: a line`,
    )
    t.equal(
      await refused(sql`DELETE FROM customer_order_lines WHERE order_id = ${id}`),
      'finalized_order_locked',
      `${who}: removing lines`,
    )
    t.equal(
      await refused(sql`INSERT INTO customer_order_lines (order_id, organisation_id, position, kind, description)
        VALUES (${id}, ${shop.organisation_id}, 3, 'comment', 'One more')`),
      'finalized_order_locked',
      `${who}: adding a line`,
    )
    t.equal(
      await refused(sql`UPDATE customer_order_taxes SET amount = 0 WHERE order_id = ${id}`),
      'finalized_order_locked',
      `${who}: taxes`,
    )
    t.equal(
      await refused(sql`UPDATE customer_orders SET status = 'approved' WHERE id = ${id}`),
      'accepted',
      `${who}: the status may change`,
    )
    t.equal(
      await refused(sql`UPDATE customer_order_lines SET delivered_quantity = 1 WHERE order_id = ${id}`),
      'accepted',
      `${who}: progress may change`,
    )
  }
  t.match(
    await refusalOf(ownerDb, sql`TRUNCATE customer_order_lines`),
    /never emptied/,
    'lines are never emptied',
  )
  t.match(
    await refusalOf(ownerDb, sql`TRUNCATE customer_orders CASCADE`),
    /never emptied/,
    'orders are never emptied',
  )
  t.match(
    await refusalOf(db, sql`TRUNCATE customer_order_lines`),
    /permission denied/,
    'the web process may not even try',
  )
  t.equal(
    await refusalOf(
      ownerDb,
      sql`WITH replica AS (SELECT set_config('session_replication_role', 'replica', true)) UPDATE customer_orders SET subject = 'Other' FROM replica WHERE id = ${id}`,
    ),
    'finalized_order_locked',
    'nor does a replica’s role get past the lock',
  )
})

t.test('an order’s totals are those of its lines, at the latest when the transaction ends', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const id = await insertOrder(db, shop)
  const refused = (statement: RawBuilder<unknown>) => refusalOf(db, statement)
  t.equal(
    await refused(sql`UPDATE customer_order_lines SET net = 201 WHERE order_id = ${id} AND position = 1`),
    'customer_order_lines_net',
    'a net that is not quantity × price',
  )
  t.equal(
    await refused(
      sql`UPDATE customer_order_lines SET quantity = 3, net = 300 WHERE order_id = ${id} AND position = 1`,
    ),
    'customer_order_taxes_of_lines',
    'a line without its taxes',
  )
  t.equal(
    await refused(sql`DELETE FROM customer_order_lines WHERE order_id = ${id} AND position = 2`),
    'customer_order_taxes_of_lines',
    'a removed line',
  )
  t.equal(
    await refused(sql`UPDATE customer_order_taxes SET amount = 41 WHERE order_id = ${id} AND rate = 20`),
    'customer_order_taxes_of_lines',
    'a tax that is not base × rate',
  )
  t.equal(
    await refused(sql`UPDATE customer_orders SET gross = 300 WHERE id = ${id}`),
    'customer_orders_totals',
    'a gross that is not net and tax',
  )
  t.equal(
    await refused(sql`UPDATE customer_order_lines SET unit_price = -1 WHERE order_id = ${id}`),
    'customer_order_lines_price',
    'a negative price',
  )
  t.equal(
    await refused(sql`WITH line AS (UPDATE customer_order_lines SET quantity = 3, net = 300 WHERE order_id = ${id} AND position = 1),
      tax AS (UPDATE customer_order_taxes SET base = 300, amount = 60 WHERE order_id = ${id} AND rate = 20)
      UPDATE customer_orders SET net = 354, tax = 62.97, gross = 416.97 WHERE id = ${id}`),
    'accepted',
    'all of it together',
  )
})

t.test('an issued invoice never changes, whoever connects', async (t) => {
  const { db, ownerDb } = await testDatabase(t)
  const shop = await makeShop(db)
  const orderId = await insertOrder(db, shop)
  const id = await insertDraftInvoice(db, shop, orderId)
  const refusedDraft = (statement: RawBuilder<unknown>) => refusalOf(db, statement)
  t.equal(
    await refusedDraft(sql`UPDATE invoices SET status = 'approved' WHERE id = ${id}`),
    'invoices_issued',
    'no status of issue without a number and the parties',
  )
  t.equal(
    await refusedDraft(sql`UPDATE invoices SET gross = 1, due = 1 WHERE id = ${id}`),
    'invoices_totals',
    'a draft’s totals are held too',
  )
  await sql`UPDATE invoices SET status = 'approved', number = 'F-2026-0001', issued_at = now(), issued_by = ${shop.user_id},
    seller = '{}', buyer = '{}' WHERE id = ${id}`.execute(db)

  for (const [who, connection] of [
    ['the web process', db],
    ['the owner', ownerDb],
  ] as const) {
    const refused = (statement: RawBuilder<unknown>) => refusalOf(connection, statement)
    t.equal(
      await refused(sql`UPDATE invoices SET subject = 'Other' WHERE id = ${id}`),
      'issued_invoice_locked',
      `${who}: subject`,
    )
    t.equal(
      await refused(sql`UPDATE invoices SET due_date = '2027-01-01' WHERE id = ${id}`),
      'issued_invoice_locked',
      `${who}: due date`,
    )
    t.equal(
      await refused(sql`DELETE FROM invoices WHERE id = ${id}`),
      'issued_invoice_locked',
      `${who}: deleting`,
    )
    t.equal(
      await refused(sql`UPDATE invoice_lines SET description = 'Other' WHERE invoice_id = ${id}`),
      'issued_invoice_locked',
      `${who}: a line`,
    )
    t.equal(
      await refused(sql`DELETE FROM invoice_lines WHERE invoice_id = ${id}`),
      'issued_invoice_locked',
      `${who}: removing lines`,
    )
    t.equal(
      await refused(sql`DELETE FROM invoice_taxes WHERE invoice_id = ${id}`),
      'issued_invoice_locked',
      `${who}: taxes`,
    )
    t.equal(
      await refused(sql`INSERT INTO invoice_notes (invoice_id, position, text) VALUES (${id}, 1, 'A note')`),
      'issued_invoice_locked',
      `${who}: adding a note`,
    )
    t.equal(
      await refused(sql`UPDATE invoices SET status = 'sent' WHERE id = ${id}`),
      'accepted',
      `${who}: the status goes on`,
    )
  }
  const file = await sql<{ id: string }>`INSERT INTO files (kind, media_type, sha256, size, content)
    VALUES ('invoice', 'application/pdf', sha256('one'), 3, 'one'), ('invoice', 'application/pdf', sha256('two'), 3, 'two') RETURNING id`.execute(
    db,
  )
  t.equal(
    await refusalOf(db, sql`UPDATE invoices SET file_id = ${file.rows[0]?.id} WHERE id = ${id}`),
    'accepted',
    'its file is stored once',
  )
  t.equal(
    await refusalOf(db, sql`UPDATE invoices SET file_id = ${file.rows[1]?.id} WHERE id = ${id}`),
    'issued_invoice_locked',
    'and never replaced',
  )
})

t.test('no part gets into or out of an issued invoice, by whatever way', async (t) => {
  const { db, ownerDb } = await testDatabase(t)
  const shop = await makeShop(db)
  const orderId = await insertOrder(db, shop)
  const [id, draft] = [
    await insertDraftInvoice(db, shop, orderId),
    await insertDraftInvoice(db, shop, orderId),
  ]
  await issueNow(db, id, 'F-2026-0001')
  const comment = (
    invoice: string,
  ) => sql`INSERT INTO invoice_lines (invoice_id, organisation_id, position, kind, description)
    VALUES (${invoice}, ${shop.organisation_id}, 9, 'comment', 'Slipped in')`
  const ways: [string, RawBuilder<unknown>][] = [
    ['a comment', comment(id)],
    [
      'an allowance',
      sql`INSERT INTO invoice_allowances (invoice_id, position, kind, amount, reason, tax_category, tax_rate)
      VALUES (${id}, 1, 'allowance', 0, 'None', 'S', 20)`,
    ],
    [
      'a reference',
      sql`INSERT INTO invoice_references (invoice_id, preceding_invoice_id, number, document_date)
      VALUES (${id}, ${id}, 'F', '2026-01-01')`,
    ],
    [
      'a tax',
      sql`INSERT INTO invoice_taxes (invoice_id, category, rate, base, amount) VALUES (${id}, 'Z', 0, 0, 0)`,
    ],
    [
      'a line moved in',
      sql`UPDATE invoice_lines SET invoice_id = ${id}, position = 9 WHERE invoice_id = ${draft} AND position = 1`,
    ],
    [
      'a line moved out',
      sql`UPDATE invoice_lines SET invoice_id = ${draft}, position = 9 WHERE invoice_id = ${id} AND position = 1`,
    ],
  ]
  for (const [what, statement] of ways) {
    t.equal(await refusalOf(db, statement), 'issued_invoice_locked', `${what}, by the web process`)
    t.equal(
      await refusalOf(ownerDb, statement, { replica: true }),
      'issued_invoice_locked',
      `${what}, by a replica`,
    )
  }
  const changes: [string, RawBuilder<unknown>][] = [
    ['its number', sql`UPDATE invoices SET number = 'F-2026-0002' WHERE id = ${id}`],
    [
      'its way back',
      sql`UPDATE invoices SET status = 'created', number = NULL, issued_at = NULL WHERE id = ${id}`,
    ],
    ['its moving', sql`UPDATE invoices SET redated_from = '2026-01-01' WHERE id = ${id}`],
    ['its deletion', sql`DELETE FROM invoices WHERE id = ${id}`],
  ]
  for (const [what, statement] of changes)
    t.equal(
      await refusalOf(ownerDb, statement, { replica: true }),
      'issued_invoice_locked',
      `${what}, by a replica`,
    )
  const tables = [
    'invoices',
    'invoice_lines',
    'invoice_taxes',
    'invoice_notes',
    'invoice_references',
    'invoice_allowances',
  ]
  for (const table of tables) {
    t.match(await refusalOf(ownerDb, sql`TRUNCATE ${sql.table(table)} CASCADE`), /never emptied/, table)
    t.match(
      await refusalOf(ownerDb, sql`TRUNCATE ${sql.table(table)} CASCADE`, { replica: true }),
      /never emptied/,
      table,
    )
  }
})

t.test('a part that is added while somebody issues comes before or not at all', async (t) => {
  const { db, ownerDb } = await testDatabase(t)
  const shop = await makeShop(db)
  const orderId = await insertOrder(db, shop)
  for (const [who, connection, options] of [
    ['the web process', db, {}],
    ['a replica', ownerDb, { replica: true }],
  ] as const) {
    const id = await insertDraftInvoice(db, shop, orderId)
    const comment = sql`INSERT INTO invoice_lines (invoice_id, organisation_id, position, kind, description)
      VALUES (${id}, ${shop.organisation_id}, 9, 'comment', 'Slipped in')`
    const note = sql`INSERT INTO invoice_notes (invoice_id, position, text) VALUES (${id}, 9, 'Slipped in')`
    const late = await db.transaction().execute(async (trx) => {
      await sql`SELECT FROM invoices WHERE id = ${id} FOR UPDATE`.execute(trx)
      await issueNow(trx, id, `F-${who.length}`)
      // They begin while it is a draft to everybody else, and are answered when it is issued.
      const begun = [comment, note].map((part) => refusalOf(connection, part, options))
      await isWaiting(ownerDb, begun.length)
      return { begun }
    })
    t.same(await Promise.all(late.begun), ['issued_invoice_locked', 'issued_invoice_locked'], who)
  }
})

t.test('what is only added is never changed or removed', async (t) => {
  const { db, ownerDb } = await testDatabase(t)
  const shop = await makeShop(db)
  await sql`INSERT INTO audit_entries (user_id, action, subject_type, subject_id) VALUES (${shop.user_id}, 'created', 'account', ${shop.accounts.paris})`.execute(
    db,
  )
  t.match(
    await refusalOf(db, sql`UPDATE audit_entries SET action = 'x'`),
    /permission denied/,
    'the web process has no right to',
  )
  t.match(
    await refusalOf(ownerDb, sql`UPDATE audit_entries SET action = 'x'`),
    /never changed or removed/,
    'the owner is refused',
  )
  t.match(
    await refusalOf(ownerDb, sql`DELETE FROM audit_entries`),
    /never changed or removed/,
    'removing too',
  )
  t.match(await refusalOf(ownerDb, sql`TRUNCATE audit_entries`), /never emptied/, 'emptying too')
})

t.test('one live invoice an occurrence', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await insertOrder(db, shop)
  const one = sql`INSERT INTO recurrence_occurrences (order_id, organisation_id, frequency, period_start, period_end, run_date, service_start, service_end, state)
    VALUES (${order}, ${shop.organisation_id}, 'monthly', '2026-03-01', '2026-03-31', '2026-03-31', '2026-03-01', '2026-03-31', 'due')`
  t.equal(await refusalOf(db, one), 'accepted')
  t.equal(await refusalOf(db, one), 'recurrence_occurrences_pkey', 'the second one of a period is refused')
  t.equal(
    await refusalOf(db, sql`UPDATE recurrence_occurrences SET state = 'invoiced' WHERE order_id = ${order}`),
    'recurrence_occurrences_invoiced',
    'invoiced needs the invoice',
  )
})

t.test('the web process owns nothing and may not change the schema', async (t) => {
  const { db } = await testDatabase(t)
  t.match(await refusalOf(db, sql`ALTER TABLE invoices DISABLE TRIGGER ALL`), /must be owner/)
  t.match(await refusalOf(db, sql`CREATE TABLE loot (id int)`), /permission denied/)
  t.match(await refusalOf(db, sql`SET session_replication_role = replica`), /permission denied/)
})

async function issueNow(db: Database, id: string, number: string): Promise<void> {
  await sql`UPDATE invoices SET status = 'approved', number = ${number}, issued_at = now(), seller = '{}', buyer = '{}'
    WHERE id = ${id}`.execute(db)
}

/** Comes back when so many connections of this database wait for a lock. */
async function isWaiting(ownerDb: Database, count: number): Promise<void> {
  for (let look = 0; look < 500; look += 1) {
    const { rows } = await sql<{ waiting: number }>`SELECT count(*)::int AS waiting FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(ownerDb)
    if (rows[0]?.waiting === count) return
    await pause(10)
  }
  throw new Error('Nobody waits')
}
