import { sql } from 'kysely'
import type { Database, Trx } from '../../src/data/database.ts'
import type { NewRow } from '../../src/data/tables.ts'
import { addDays } from '../../src/lib/dates.ts'
import { lineNet, totals } from '../../src/lib/money.ts'
import type { TaxCategory } from '../../src/lib/vocabulary.ts'
import type { DraftInput } from '../../src/services/invoices/draft-form.ts'
import type { LineInput } from '../../src/services/orders/lines.ts'

/** A draft's form that names nothing but what the test is about. */
export function draftInput(named: Partial<DraftInput> = {}): DraftInput {
  return {
    subject: undefined,
    document_date: undefined,
    due_date: undefined,
    delivery_date: undefined,
    payment_term_id: undefined,
    customer_order_number: undefined,
    contact_id: undefined,
    lines: undefined,
    mistakes: [],
    ...named,
  }
}

/** A line of a form: a free text at a price, unless told. */
export function lineInput(index: number, named: Partial<LineInput> = {}): LineInput {
  return {
    index,
    number: index + 1,
    id: null,
    kind: 'item',
    product: { id: null, text: '' },
    filled_from: null,
    description: `Line ${index + 1}`,
    quantity: '1',
    unit: '',
    unit_price: '100',
    discount_percent: null,
    tax_rate_id: null,
    tax_preset: null,
    wrong: [],
    ...named,
  }
}

/** Makes an issued invoice of a draft, written as the issuing step would. */
export async function issueDirectly(
  db: Database,
  id: string,
  issued: { number: string; status?: 'approved' | 'sent' | 'paid'; buyer?: string },
): Promise<void> {
  const party = {
    name: issued.buyer ?? 'Chop-suey Chinese',
    street: '1 rue Ancienne',
    city: 'Lyon',
    country: 'FR',
  }
  await db
    .updateTable('invoices')
    .set({
      number: issued.number,
      status: issued.status ?? 'approved',
      issue_as: null,
      issued_at: '2026-04-01T10:00:00Z',
      seller: JSON.stringify({ name: 'Atelier Nord SAS', country: 'FR' }),
      buyer: JSON.stringify(party),
    })
    .where('id', '=', id)
    .execute()
  await sql`INSERT INTO number_series AS s (organisation_id, kind, year, format, next_number, last_date)
    SELECT organisation_id, CASE kind WHEN 'credit_note' THEN 'credit_note' ELSE 'invoice' END, extract(year FROM document_date),
      regexp_replace(number, extract(year FROM document_date) || '(.*?)[0-9]{4,}$', '{YYYY}\\1{number}'),
      regexp_replace(number, '^.*?([0-9]{4,})$', '\\1')::int + 1, document_date
    FROM invoices WHERE id = ${id} AND strpos(number, extract(year FROM document_date)::text) > 0
    ON CONFLICT (organisation_id, kind, year) DO UPDATE
      SET next_number = greatest(s.next_number, excluded.next_number), last_date = greatest(s.last_date, excluded.last_date)`.execute(
    db,
  )
}

export type NewDraft = Partial<NewRow<'invoices'>> & {
  organisation_id: string
  account_id: string
  document_date: string
  /** Of its one line, a service of quantity 1. */
  rate: { id: string; category: TaxCategory; rate: string }
  unit_price?: string
  line?: Partial<NewRow<'invoice_lines'>>
}

/** A draft of one line, of 100.00 unless told, due in 30 days; by a person, of no order, unless told. */
export async function makeDraft(db: Database, made: NewDraft): Promise<string> {
  return db.transaction().execute((trx) => makeDraftWithin(trx, made))
}

/** The same in a transaction that goes on. */
export async function makeDraftWithin(trx: Trx, made: NewDraft): Promise<string> {
  const { rate, unit_price = '100', line, ...invoice } = made
  const currency = invoice.currency ?? 'EUR'
  const quantity = line?.quantity ?? '1'
  const net = lineNet({ quantity, unit_price, discount_percent: '0' }, currency)
  const { tax, gross } = totals([{ net, category: rate.category, rate: rate.rate }], currency)
  const { id } = await trx
    .insertInto('invoices')
    .values({
      kind: 'invoice',
      status: 'created',
      source: 'manual',
      order_id: null,
      order_version: null,
      subject: 'Advice',
      language: 'fr-FR',
      currency,
      due_date: addDays(invoice.document_date, 30),
      payment_term_id: null,
      net,
      tax,
      gross,
      due: gross,
      created_by: null,
      ...invoice,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('invoice_lines')
    .values({
      invoice_id: id,
      organisation_id: invoice.organisation_id,
      position: 1,
      kind: 'item',
      order_line_id: null,
      product_id: null,
      description: 'Advice',
      quantity,
      unit_code: 'C62',
      unit_price,
      discount_percent: '0',
      supply: 'service',
      tax_rate_id: rate.id,
      tax_category: rate.category,
      tax_rate: rate.rate,
      net,
      ...line,
    })
    .execute()
  await trx
    .insertInto('invoice_taxes')
    .values({ invoice_id: id, category: rate.category, rate: rate.rate, base: net, amount: tax })
    .execute()
  return id
}

/** Copies of a draft with its lines and taxes, on so many days from its own on; set-wise, so that thousands take moments. */
export async function copyDraft(
  ownerDb: Database,
  id: string,
  { copies, days }: { copies: number; days: number },
): Promise<void> {
  await ownerDb.transaction().execute(async (trx) => {
    await sql`CREATE TEMPORARY TABLE copies ON COMMIT DROP AS
      SELECT n, uuidv7() AS id FROM generate_series(1, ${copies}::int) AS n`.execute(trx)
    await sql`INSERT INTO invoices (id, organisation_id, kind, status, issue_as, source, account_id, subject, language, currency,
        document_date, due_date, payment_term_id, net, tax, gross, due)
      SELECT c.id, organisation_id, kind, status, issue_as, source, account_id, subject, language, currency,
        document_date + c.n % ${days}::int, due_date + c.n % ${days}::int, payment_term_id, net, tax, gross, due
      FROM copies c, invoices i WHERE i.id = ${id}`.execute(trx)
    await sql`INSERT INTO invoice_lines (invoice_id, organisation_id, position, kind, description, quantity, unit_code, unit_price,
        discount_percent, supply, tax_rate_id, tax_category, tax_rate, net)
      SELECT c.id, organisation_id, position, kind, description, quantity, unit_code, unit_price, discount_percent, supply,
        tax_rate_id, tax_category, tax_rate, net
      FROM copies c, invoice_lines l WHERE l.invoice_id = ${id}`.execute(trx)
    await sql`INSERT INTO invoice_taxes (invoice_id, category, rate, base, amount)
      SELECT c.id, category, rate, base, amount FROM copies c, invoice_taxes x WHERE x.invoice_id = ${id}`.execute(
      trx,
    )
  })
  await sql`ANALYZE invoices, invoice_lines, invoice_taxes`.execute(ownerDb)
}
