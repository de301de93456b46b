import { sql } from 'kysely'
import type { Database } from '../../src/data/database.ts'
import { add, multiply, subtract } from '../../src/lib/money.ts'
import { issueDirectly } from './invoices.ts'
import type { Shop } from './shop.ts'

type IssuedInvoice = {
  number: string
  /** With 20 % of tax: 240.00 is 200.00 and 40.00. */
  gross: string
  account_id?: string
  organisation_id?: string
  document_date?: string
  due_date?: string
  buyer?: string
}

/** An issued invoice of one line at 20 %. */
export async function insertIssuedInvoice(db: Database, shop: Shop, made: IssuedInvoice): Promise<string> {
  const tax = (Math.round((Number(made.gross) / 6) * 100) / 100).toFixed(2)
  const net = subtract(made.gross, tax)
  const document_date = made.document_date ?? '2026-03-01'
  const id = await insertDraft(db, shop, { ...made, kind: 'invoice', net, tax, document_date })
  await issueDirectly(db, id, { number: made.number, ...(made.buyer ? { buyer: made.buyer } : {}) })
  return id
}

/** A credit note of a part of an invoice at 20 %, written as crediting would. */
export async function creditDirectly(
  db: Database,
  shop: Shop,
  invoiceId: string,
  credit: { number: string; net: string; tax: string },
): Promise<string> {
  const [net, tax] = [multiply(credit.net, '-1'), multiply(credit.tax, '-1')]
  const original = await db
    .selectFrom('invoices')
    .selectAll()
    .where('id', '=', invoiceId)
    .executeTakeFirstOrThrow()
  const id = await insertDraft(db, shop, {
    kind: 'credit_note',
    net,
    tax,
    account_id: original.account_id,
    organisation_id: original.organisation_id,
    document_date: '2026-04-02',
  })
  await sql`INSERT INTO invoice_references (invoice_id, preceding_invoice_id, number, document_date)
    VALUES (${id}, ${invoiceId}, ${original.number}, ${original.document_date})`.execute(db)
  await issueDirectly(db, id, { number: credit.number })
  await sql`UPDATE invoices SET credited = credited + ${add(credit.net, credit.tax)}::numeric WHERE id = ${invoiceId}`.execute(
    db,
  )
  return id
}

async function insertDraft(
  db: Database,
  shop: Shop,
  made: Omit<IssuedInvoice, 'number' | 'gross'> & {
    kind: 'invoice' | 'credit_note'
    net: string
    tax: string
    document_date: string
  },
): Promise<string> {
  const organisation_id = made.organisation_id ?? shop.organisation_id
  const gross = add(made.net, made.tax)
  const negative = made.net.startsWith('-')
  return db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto('invoices')
      .values({
        organisation_id,
        kind: made.kind,
        status: 'created',
        source: 'manual',
        account_id: made.account_id ?? shop.accounts.paris,
        subject: 'Maintenance 2026',
        language: 'fr-FR',
        currency: 'EUR',
        document_date: made.document_date,
        due_date: made.due_date ?? made.document_date,
        net: made.net,
        tax: made.tax,
        gross,
        due: gross,
        created_by: shop.user_id,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('invoice_lines')
      .values({
        invoice_id: id,
        organisation_id,
        position: 1,
        kind: 'item',
        description: 'Maintenance',
        quantity: negative ? '-1' : '1',
        unit_code: 'C62',
        unit_price: negative ? multiply(made.net, '-1') : made.net,
        discount_percent: '0',
        supply: 'service',
        tax_rate_id: shop.rates.fr20,
        tax_category: 'S',
        tax_rate: '20',
        net: made.net,
      })
      .execute()
    await trx
      .insertInto('invoice_taxes')
      .values({ invoice_id: id, category: 'S', rate: '20', base: made.net, amount: made.tax })
      .execute()
    return id
  })
}
