import { type RawBuilder, sql } from 'kysely'
import t from 'tap'
import { dataChecks, findProblems } from '../../src/data/data-checks.ts'
import type { Database } from '../../src/data/database.ts'
import { testDatabase } from '../support/database.ts'
import { insertDraftInvoice, insertOrder } from '../support/documents.ts'
import { makeShop, type Shop } from '../support/shop.ts'

type Scene = { shop: Shop; order: string; invoice: string }

/** For each check, damage that the product cannot do: the owner has switched triggers and keys off. */
const damages: readonly { check: string; damage: (scene: Scene) => RawBuilder<unknown> }[] = [
  {
    check: 'order lines are quantity × price less discount',
    damage: ({ order }) =>
      sql`UPDATE customer_order_lines SET quantity = 5 WHERE order_id = ${order} AND position = 1`,
  },
  {
    check: 'order taxes are those of the lines',
    damage: ({ order }) =>
      sql`UPDATE customer_order_taxes SET amount = amount + 0.01 WHERE order_id = ${order}`,
  },
  {
    check: 'order totals are those of its taxes',
    damage: ({ order }) => sql`UPDATE customer_orders SET net = net + 1 WHERE id = ${order}`,
  },
  {
    check: 'order amounts have the decimals of their currency',
    damage: ({ order }) => sql`UPDATE customer_orders SET net = net + 0.001 WHERE id = ${order}`,
  },
  {
    check: 'order lines are numbered from 1 without a gap',
    damage: ({ order }) =>
      sql`UPDATE customer_order_lines SET position = 7 WHERE order_id = ${order} AND position = 2`,
  },
  {
    check: 'order lines belong to the organisation of their order',
    damage: ({ shop }) =>
      sql`UPDATE customer_order_lines SET organisation_id = ${shop.other_organisation_id}`,
  },
  {
    check: 'invoice lines are quantity × price less discount',
    damage: ({ invoice }) => sql`UPDATE invoice_lines SET quantity = 5 WHERE invoice_id = ${invoice}`,
  },
  {
    check: 'invoice taxes are those of the lines',
    damage: ({ invoice }) => sql`DELETE FROM invoice_taxes WHERE invoice_id = ${invoice}`,
  },
  {
    check: 'invoice totals are those of its taxes',
    damage: ({ invoice }) =>
      sql`UPDATE invoices SET tax = tax + 1, gross = gross + 1, due = due + 1 WHERE id = ${invoice}`,
  },
  {
    check: 'invoice amounts have the decimals of their currency',
    damage: ({ invoice }) => sql`UPDATE invoices SET currency = 'JPY', net = net + 0.5 WHERE id = ${invoice}`,
  },
  {
    check: 'invoice lines are numbered from 1 without a gap',
    damage: ({ invoice }) => sql`UPDATE invoice_lines SET position = 2 WHERE invoice_id = ${invoice}`,
  },
  {
    check: 'invoice lines belong to the organisation of their invoice',
    damage: ({ shop }) => sql`UPDATE invoice_lines SET organisation_id = ${shop.other_organisation_id}`,
  },
  {
    check: 'orders have the status that their history ends in',
    damage: ({ order }) => sql`UPDATE customer_orders SET status = 'approved' WHERE id = ${order}`,
  },
  {
    check: 'status histories have no jump',
    damage: ({ order }) =>
      sql`INSERT INTO order_status_changes (order_id, from_status, to_status) VALUES (${order}, 'delivered', 'created')`,
  },
  {
    check: 'contacts of orders belong to the account',
    damage: ({ order, shop }) =>
      sql`UPDATE customer_orders SET contact_id = ${shop.contact_id} WHERE id = ${order}`,
  },
  {
    check: 'order numbers lie below the next one of their series',
    damage: ({ shop }) =>
      sql`INSERT INTO number_series (organisation_id, kind, year, format, next_number) VALUES (${shop.organisation_id}, 'order', 2026, 'SO-{YYYY}-{number}', 1)`,
  },
  {
    check: 'occurrences with an invoice name one of their order and period',
    damage: ({
      shop,
      order,
      invoice,
    }) => sql`INSERT INTO recurrence_occurrences (order_id, organisation_id, frequency, period_start, period_end, run_date, service_start, service_end, state, invoice_id)
      VALUES (${order}, ${shop.organisation_id}, 'monthly', '2026-03-01', '2026-03-31', '2026-03-31', '2026-03-01', '2026-03-31', 'invoiced', ${invoice})`,
  },
  {
    check: 'occurrences called invoiced have their invoice',
    damage: ({
      shop,
      order,
    }) => sql`INSERT INTO recurrence_occurrences (order_id, organisation_id, frequency, period_start, period_end, run_date, service_start, service_end, state, invoice_id)
      VALUES (${order}, ${shop.organisation_id}, 'monthly', '2026-03-01', '2026-03-31', '2026-03-31', '2026-03-01', '2026-03-31', 'invoiced', uuidv7())`,
  },
  {
    check: 'recurring invoices stand for an occurrence',
    damage: ({ invoice }) =>
      sql`UPDATE invoices SET source = 'recurring', period_start = '2026-03-01', period_end = '2026-03-31', service_start = '2026-03-01', service_end = '2026-03-31' WHERE id = ${invoice}`,
  },
  {
    check: 'no period is invoiced twice',
    damage: ({
      shop,
      order,
      invoice,
    }) => sql`INSERT INTO recurrence_occurrences (order_id, organisation_id, frequency, period_start, period_end, run_date, service_start, service_end, state, invoice_id)
      VALUES (${order}, ${shop.organisation_id}, 'monthly', '2026-03-01', '2026-03-31', '2026-03-31', '2026-03-01', '2026-03-31', 'invoiced', ${invoice}),
        (${order}, ${shop.organisation_id}, 'quarterly', '2026-01-01', '2026-03-31', '2026-03-31', '2026-01-01', '2026-03-31', 'invoiced', uuidv7())`,
  },
  {
    check: 'recurrences that are on and behind are found by the next run',
    damage: ({ shop, order }) => sql`WITH settings AS (
        INSERT INTO recurrences (order_id, organisation_id, enabled, frequency, start_date, bill_from, service_period, payment_term_id, initial_invoice_status, invoice_subject, document_date_preference, next_run_date)
        VALUES (${order}, ${shop.organisation_id}, true, 'monthly', '2026-01-31', '2026-01-31', 'calendar', ${shop.term_id}, 'created', 'Subscription', 'date_created', '2026-03-31'))
      INSERT INTO recurrence_occurrences (order_id, organisation_id, frequency, period_start, period_end, run_date, service_start, service_end, state, reason_code)
      VALUES (${order}, ${shop.organisation_id}, 'monthly', '2026-03-01', '2026-03-31', '2026-03-31', '2026-03-01', '2026-03-31', 'skipped', 'by_hand')`,
  },
  {
    check: 'invoices belong to the organisation of their order',
    damage: ({ shop, invoice }) =>
      sql`UPDATE invoices SET organisation_id = ${shop.other_organisation_id} WHERE id = ${invoice}`,
  },
  {
    check: 'issued invoices are numbered in one series of their organisation and year',
    damage: ({ invoice }) => issued(invoice, { number: 'X-2026-0001' }),
  },
  {
    check: 'no two issued invoices have the same number',
    damage: ({ invoice }) => sql`DO $$ BEGIN
        ALTER TABLE invoices DROP CONSTRAINT invoices_number_unique;
        INSERT INTO invoices (organisation_id, account_id, kind, status, source, subject, language, currency, document_date,
          due_date, net, tax, gross, due, number, issued_at, seller, buyer)
        SELECT organisation_id, account_id, kind, 'approved', source, subject, language, currency, document_date, due_date,
          0, 0, 0, 0, 'F-2026-0001', now(), '{"name":"S"}', '{"name":"B"}'
        FROM invoices, generate_series(1, 2) WHERE id = ${sql.lit(invoice)};
      END $$`,
  },
  {
    check: 'issued numbers have no gap',
    damage: ({ shop, invoice }) =>
      sql`WITH series AS (${series(shop, { next_number: 3 })}) ${issued(invoice)}`,
  },
  {
    check: 'issued numbers are in order of date, unless a date was kept',
    damage: ({
      shop,
      order,
      invoice,
    }) => sql`WITH series AS (${series(shop, { next_number: 3 })}), second AS (
        INSERT INTO invoices (organisation_id, order_id, account_id, kind, status, source, subject, language, currency, document_date,
          due_date, net, tax, gross, due, number, issued_at, seller, buyer)
        SELECT organisation_id, ${order}, account_id, kind, 'approved', source, subject, language, currency, '2026-02-27', due_date,
          0, 0, 0, 0, 'F-2026-0002', now(), '{"name":"S"}', '{"name":"B"}' FROM invoices)
      ${issued(invoice)}`,
  },
  {
    check: 'series stand at the last date that they gave',
    damage: ({ shop, invoice }) =>
      sql`WITH series AS (${series(shop, { last_date: '2026-02-27' })}) ${issued(invoice)}`,
  },
  {
    check: 'issued invoices keep both parties',
    damage: ({ invoice }) => issued(invoice, { buyer: '{}' }),
  },
  {
    check: 'taxes in a second currency are those of the exchange rate',
    damage: ({ invoice }) =>
      sql`UPDATE invoices SET vat_currency = 'USD', exchange_rate = 1.1, vat_currency_tax = 44.01 WHERE id = ${invoice}`,
  },
  {
    check: 'the progress of order lines is that of their documents',
    damage: ({ order }) =>
      sql`UPDATE customer_order_lines SET drafted_quantity = 1 WHERE order_id = ${order}`,
  },
  {
    check: 'invoices say what their payments come to',
    damage: ({ invoice }) =>
      sql`UPDATE invoices SET status = 'approved', number = 'X-1', issued_at = now(), seller = '{}', buyer = '{}', paid = 5 WHERE id = ${invoice}`,
  },
  {
    check: 'invoices are called paid where they are',
    damage: ({ invoice }) =>
      sql`UPDATE invoices SET status = 'paid', number = 'X-1', issued_at = now(), seller = '{}', buyer = '{}' WHERE id = ${invoice}`,
  },
  {
    check: 'shares of payments add up to them',
    damage: ({
      shop,
      invoice,
    }) => sql`INSERT INTO payments (organisation_id, invoice_id, payment_date, amount, method)
      VALUES (${shop.organisation_id}, ${invoice}, '2026-03-01', 5, 'cash')`,
  },
  {
    check: 'bank lines say what is entered of them',
    damage: ({ shop }) => sql`WITH s AS (
        INSERT INTO bank_statements (organisation_id, name, currency) VALUES (${shop.organisation_id}, 'May', 'EUR') RETURNING id)
      INSERT INTO bank_lines (organisation_id, statement_id, line, booked_date, amount, currency, key, matched)
      SELECT ${shop.organisation_id}::uuid, id, 2, '2026-03-01', 5, 'EUR', 'x', 5 FROM s`,
  },
  {
    check: 'users work in their home organisation',
    damage: ({ shop }) => sql`DELETE FROM user_organisations WHERE user_id = ${shop.user_id}`,
  },
  {
    check: 'no account is its own ancestor',
    damage: ({ shop: { accounts } }) =>
      sql`UPDATE accounts SET parent_id = CASE id WHEN ${accounts.paris} THEN ${accounts.mannheim}::uuid ELSE ${accounts.paris}::uuid END WHERE id IN (${accounts.paris}, ${accounts.mannheim})`,
  },
  {
    check: 'finished batches have settled every order',
    damage: ({ shop, order }) => sql`WITH b AS (
        INSERT INTO batches (action, created_by, finished_at) VALUES ('approve', ${shop.user_id}, now())
        RETURNING id)
      INSERT INTO batch_items (batch_id, position, document_id) SELECT id, 1, ${order}::uuid FROM b`,
  },
  {
    check: 'files hold what their SHA-256 says',
    damage: () =>
      sql`INSERT INTO files (kind, media_type, sha256, size, content) VALUES ('logo', 'image/png', sha256('other'), 3, 'one')`,
  },
  {
    check: 'every constraint is validated',
    damage: () => sql`ALTER TABLE accounts ADD CONSTRAINT accounts_not_checked CHECK (code <> 'x') NOT VALID`,
  },
  {
    check: 'what is credited of an invoice is what its credit notes say',
    damage: ({ invoice }) => issuedWith(invoice, sql`credited = 5`),
  },
  {
    check: 'no invoice is credited beyond what it was',
    damage: ({ invoice }) => issuedWith(invoice, sql`credited = gross + 1`),
  },
  {
    check: 'no line is credited beyond its quantity',
    damage: ({ invoice }) =>
      sql`UPDATE invoice_lines SET credited_line_id = id WHERE invoice_id = ${invoice}`,
  },
  {
    check: 'every credit note names the invoice it corrects',
    damage: ({ invoice }) => issuedWith(invoice, sql`kind = 'credit_note'`),
  },
  { check: 'the locks and sums are on', damage: () => sql`ALTER TABLE invoices ENABLE TRIGGER issued` },
]

function issued(
  invoice: string,
  { number = 'F-2026-0001', buyer = '{"name":"B"}' } = {},
): RawBuilder<unknown> {
  return sql`UPDATE invoices SET status = 'approved', number = ${number}, issued_at = now(), seller = '{"name":"S"}', buyer = ${buyer}
    WHERE id = ${invoice}`
}

function issuedWith(invoice: string, change: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`UPDATE invoices SET status = 'approved', number = 'F-2026-0001', issued_at = now(), seller = '{"name":"S"}',
    buyer = '{"name":"B"}', ${change} WHERE id = ${invoice}`
}

function series(shop: Shop, { next_number = 2, last_date = '2026-02-28' } = {}): RawBuilder<unknown> {
  return sql`INSERT INTO number_series (organisation_id, kind, year, format, next_number, last_date)
    VALUES (${shop.organisation_id}, 'invoice', 2026, 'F-{YYYY}-{number}', ${next_number}, ${last_date}::date)`
}

t.test('a healthy database has no problems', async (t) => {
  const { db, ownerDb } = await testDatabase(t)
  await makeScene(db)
  t.same(await problemsByCheck(ownerDb), {})
})

t.test('each check finds the damage it is there for', async (t) => {
  t.same(
    damages.map(({ check }) => check).sort(),
    dataChecks.map(({ name }) => name).sort(),
    'every check has its damage',
  )
  const { db, ownerDb } = await testDatabase(t)
  const scene = await makeScene(db)
  for (const { check, damage } of damages) {
    await ownerDb
      .transaction()
      .execute(async (trx) => {
        await switchEverythingOff(trx)
        await damage(scene).execute(trx)
        const found = await problemsByCheck(trx)
        t.ok(check in found, check)
        // Every damage has a transaction of its own, which is given up.
        throw new GivenUp()
      })
      .catch((error: unknown) => {
        if (!(error instanceof GivenUp)) throw error
      })
  }
  t.same(await problemsByCheck(ownerDb), {}, 'and nothing of it is left')
})

class GivenUp extends Error {}

async function makeScene(db: Database): Promise<Scene> {
  const shop = await makeShop(db)
  const order = await insertOrder(db, shop)
  return { shop, order, invoice: await insertDraftInvoice(db, shop, order) }
}

async function problemsByCheck(db: Database): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const check of dataChecks) {
    const problems = await findProblems(db, check)
    if (problems.length > 0) found[check.name] = problems
  }
  return found
}

/** ALWAYS triggers become ordinary ones and the keys’ own are passed by: what a superuser could do to a copy. */
async function switchEverythingOff(db: Database): Promise<void> {
  await sql`DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT tgname, tgrelid::regclass AS relation FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A' LOOP
      EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', one.relation, one.tgname);
    END LOOP; END $$`.execute(db)
  await sql`SET LOCAL session_replication_role = replica`.execute(db)
}
