import { sql } from 'kysely'
import type { Database } from '../../src/data/database.ts'
import { copyDraft, makeDraft } from '../../test/support/invoices.ts'
import { makeLawful, makeShop } from '../../test/support/shop.ts'
import { asOwner, type BenchDatabase } from '../server.ts'

/** A shop with so many issued invoices of so many lines, none of which has a PDF. */
export async function fillIssued(
  database: BenchDatabase,
  { invoices, lines }: { invoices: number; lines: number },
): Promise<void> {
  await asOwner(database, async (db) => {
    const shop = await makeShop(db)
    await makeLawful(db)
    const id = await makeDraft(db, {
      organisation_id: shop.organisation_id,
      account_id: shop.accounts.paris,
      document_date: '2026-03-01',
      rate: { id: shop.rates.fr20, category: 'S', rate: '20' },
      unit_price: '18.5',
    })
    await lengthen(db, id, lines)
    if (invoices > 1) await copyDraft(db, id, { copies: invoices - 1, days: 28 })
    await issueAll(db)
  })
}

export async function anInvoice(db: Database): Promise<string> {
  return (await db.selectFrom('invoices').select('id').limit(1).executeTakeFirstOrThrow()).id
}

async function lengthen(db: Database, id: string, lines: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`
      INSERT INTO invoice_lines (invoice_id, organisation_id, position, kind, description, quantity, unit_code, unit_price,
        discount_percent, supply, tax_rate_id, tax_category, tax_rate, net)
      SELECT invoice_id, organisation_id, n, kind,
        CASE WHEN n % 4 = 0 THEN 'Maintenance of the heating system, travel included, with a written report within five working days'
          ELSE 'Chai tea, 250 g, number ' || n END,
        quantity, unit_code, unit_price, discount_percent, supply, tax_rate_id, tax_category, tax_rate, net
      FROM invoice_lines, generate_series(2, ${lines}::int) AS n WHERE invoice_id = ${id} AND position = 1`.execute(
      trx,
    )
    await sql`
      UPDATE invoice_taxes SET base = base * ${lines}::int, amount = tax_amount(base * ${lines}::int, rate, 2)
      WHERE invoice_id = ${id}`.execute(trx)
    await sql`
      UPDATE invoices i SET net = x.base, tax = x.amount, gross = x.base + x.amount, due = x.base + x.amount
      FROM invoice_taxes x WHERE x.invoice_id = i.id AND i.id = ${id}`.execute(trx)
  })
}

async function issueAll(db: Database): Promise<void> {
  await sql`
    UPDATE invoices i SET status = 'approved', issued_at = now(),
      number = 'F-2026-' || lpad((SELECT count(*) FROM invoices o WHERE o.id <= i.id)::text, 4, '0'),
      seller = jsonb_build_object('name', g.legal_name, 'siren', g.siren, 'street', g.street, 'postal_code', g.postal_code,
        'city', g.city, 'country', g.country, 'iban', 'FR1420041010050500013M02606', 'bic', 'PSSTFRPPLIL'),
      buyer = jsonb_build_object('name', a.name, 'code', a.code, 'street', a.street, 'postal_code', a.postal_code,
        'city', a.city, 'country', a.country)
    FROM organisations g, accounts a WHERE g.id = i.organisation_id AND a.id = i.account_id`.execute(db)
}
