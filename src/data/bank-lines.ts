import { sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { InvoiceStatus } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

export type BankLine = Omit<Row<'bank_lines'>, 'key'> & {
  /** What of it is not entered as payments yet. */
  left: string
  statement_name: string
}

const columns = [
  'b.id',
  'b.organisation_id',
  'b.statement_id',
  'b.line',
  'b.booked_date',
  'b.amount',
  'b.currency',
  'b.label',
  'b.reference',
  'b.counterparty',
  'b.iban',
  'b.matched',
  'b.dismissed_at',
  'b.dismissed_by',
  'b.dismissed_reason',
] as const

const left = sql<string>`b.amount - b.matched`

function linesOf(db: Database, organisationIds: readonly string[]) {
  return db
    .selectFrom('bank_lines as b')
    .innerJoin('bank_statements as s', 's.id', 'b.statement_id')
    .select([...columns, left.as('left'), 's.name as statement_name'])
    .where('b.organisation_id', 'in', [...organisationIds])
}

/** Lines that wait to be matched, of one statement or of all, oldest first. */
export async function listLeftLines(
  db: Database,
  organisationIds: readonly string[],
  statementId: string | undefined,
  limit: number,
): Promise<BankLine[]> {
  let query = linesOf(db, organisationIds)
    .where('b.dismissed_at', 'is', null)
    .where(sql<boolean>`b.matched <> b.amount`)
  if (statementId !== undefined) query = query.where('b.statement_id', '=', statementId)
  return query.orderBy('b.booked_date').orderBy('b.id').limit(limit).execute()
}

/** Lines of a statement that are done with: entered as payments, or set aside. */
export async function listSettledLines(
  db: Database,
  statementId: string,
  limit: number,
): Promise<(BankLine & { invoices: { id: string; number: string }[] })[]> {
  return db
    .selectFrom('bank_lines as b')
    .innerJoin('bank_statements as s', 's.id', 'b.statement_id')
    .select([
      ...columns,
      left.as('left'),
      's.name as statement_name',
      sql<{ id: string; number: string }[]>`coalesce((
        SELECT jsonb_agg(jsonb_build_object('id', i.id, 'number', i.number) ORDER BY i.number)
        FROM invoices i WHERE i.id IN (
          SELECT p.invoice_id FROM payments p WHERE p.bank_line_id = b.id
          GROUP BY p.invoice_id HAVING sum(p.amount) <> 0)), '[]')`.as('invoices'),
    ])
    .where('b.statement_id', '=', statementId)
    .where(sql<boolean>`(b.matched <> 0 OR b.dismissed_at IS NOT NULL)`)
    .orderBy('b.line')
    .orderBy('b.id')
    .limit(limit)
    .execute()
}

export type LeftLines = { count: number; sums: { currency: string; amount: string }[] }

/** What waits to be matched, of one statement or of all. */
export async function sumLeftLines(
  db: Database,
  organisationIds: readonly string[],
  statementId?: string,
): Promise<LeftLines> {
  let query = db
    .selectFrom('bank_lines as b')
    .select([
      'b.currency',
      sql<number>`count(*)::int`.as('count'),
      sql<string>`sum(b.amount - b.matched)`.as('amount'),
    ])
    .where('b.organisation_id', 'in', [...organisationIds])
    .where('b.dismissed_at', 'is', null)
    .where(sql<boolean>`b.matched <> b.amount`)
  if (statementId !== undefined) query = query.where('b.statement_id', '=', statementId)
  const rows = await query.groupBy('b.currency').orderBy('b.currency').execute()
  return {
    count: rows.reduce((so_far, { count }) => so_far + count, 0),
    sums: rows.map(({ currency, amount }) => ({ currency, amount })),
  }
}

export async function findBankLine(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<BankLine | undefined> {
  return linesOf(db, organisationIds).where('b.id', '=', id).executeTakeFirst()
}

export async function listBankLines(
  db: Database,
  ids: readonly string[],
  organisationIds: readonly string[],
): Promise<BankLine[]> {
  return linesOf(db, organisationIds)
    .where('b.id', 'in', [...ids])
    .orderBy('b.id')
    .execute()
}

/** The lines, locked until the transaction ends; after the invoices they pay, in the order of their ids. */
export async function lockBankLines(trx: Trx, ids: readonly string[]): Promise<Row<'bank_lines'>[]> {
  return trx
    .selectFrom('bank_lines')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** Lines that are known already, by their key, are left as they are. @returns how many are new */
export async function insertBankLines(trx: Trx, lines: readonly NewRow<'bank_lines'>[]): Promise<number> {
  let taken = 0
  for (let at = 0; at < lines.length; at += 500) {
    const made = await trx
      .insertInto('bank_lines')
      .values(lines.slice(at, at + 500))
      .onConflict((conflict) => conflict.columns(['organisation_id', 'key']).doNothing())
      .returning('id')
      .execute()
    taken += made.length
  }
  return taken
}

export async function addToBankLine(trx: Trx, id: string, amount: string): Promise<void> {
  await sql`UPDATE bank_lines SET matched = matched + ${amount}::numeric WHERE id = ${id}`.execute(trx)
}

/** What an undone payment took is left over on its line again. */
export async function takeFromBankLine(trx: Trx, id: string, amount: string): Promise<void> {
  await sql`UPDATE bank_lines SET matched = matched - ${amount}::numeric WHERE id = ${id}`.execute(trx)
}

export async function setDismissal(
  trx: Trx,
  id: string,
  dismissal: { by: string; reason: string } | null,
): Promise<void> {
  await trx
    .updateTable('bank_lines')
    .set({
      dismissed_at: dismissal === null ? null : sql`now()`,
      dismissed_by: dismissal?.by ?? null,
      dismissed_reason: dismissal?.reason ?? '',
    })
    .where('id', '=', id)
    .execute()
}

/** The customers whose invoices were paid from these IBANs, and still are. */
export async function listPayersOfIbans(
  db: Database,
  organisationId: string,
  ibans: readonly string[],
): Promise<{ iban: string; account_id: string }[]> {
  const { rows } = await sql<{ iban: string; account_id: string }>`
    SELECT DISTINCT b.iban, i.account_id
    FROM bank_lines b JOIN payments p ON p.bank_line_id = b.id JOIN invoices i ON i.id = p.invoice_id
    WHERE b.organisation_id = ${organisationId} AND b.iban = ANY(${[...ibans]}::text[]) AND b.iban <> ''
      AND p.reverses_id IS NULL AND NOT EXISTS (SELECT FROM payments r WHERE r.reverses_id = p.id)`.execute(
    db,
  )
  return rows
}

/** An invoice on which something is open, for matching. */
export type InvoiceToMatch = {
  id: string
  number: string
  account_id: string
  account_code: string
  account_name: string
  /** What the customer is called now and was at issue. */
  names: string[]
  open: string
  due_date: IsoDate
}

export async function listInvoicesToMatch(
  db: Database,
  organisationId: string,
  currency: string,
): Promise<InvoiceToMatch[]> {
  const { rows } = await sql<InvoiceToMatch>`
    SELECT i.id, i.number, i.account_id, a.code AS account_code, a.name AS account_name, i.open, i.due_date,
      ARRAY[a.name, a.legal_name, i.buyer ->> 'name'] AS names
    FROM invoices i JOIN accounts a ON a.id = i.account_id
    WHERE i.organisation_id = ${organisationId} AND i.currency = ${currency}
      AND i.issued_at IS NOT NULL AND i.kind <> 'credit_note' AND (i.gross - i.credited - i.paid) <> 0
    ORDER BY i.due_date, i.id`.execute(db)
  return rows.map((row) => ({ ...row, names: row.names.filter((name) => name !== null && name !== '') }))
}

/** Of numbers without their separators those of invoices on which nothing is open any more. */
export async function listSettledNumbers(
  db: Database,
  organisationId: string,
  bare: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`
    SELECT i.number FROM invoices i
    WHERE i.organisation_id = ${organisationId} AND i.status IN ('approved', 'sent', 'paid') AND i.number IS NOT NULL
      AND upper(translate(i.number, '-_/+', '')) = ANY(${[...bare]}::text[])
      AND i.kind <> 'credit_note' AND i.open = 0
    ORDER BY i.number`.execute(db)
  return rows.map(({ number }) => number)
}

/** Issued invoices of these numbers, in any case. */
export async function listInvoicesNumbered(
  db: Database,
  organisationId: string,
  numbers: readonly string[],
): Promise<{ id: string; number: string }[]> {
  const { rows } = await sql<{ id: string; number: string }>`
    SELECT i.id, i.number FROM invoices i
    WHERE i.organisation_id = ${organisationId} AND i.status IN ('approved', 'sent', 'paid') AND i.number IS NOT NULL
      AND upper(i.number) = ANY(${numbers.map((number) => number.toUpperCase())}::text[])`.execute(db)
  return rows
}

export type ReceivedPayment = {
  id: string
  invoice_id: string
  number: string
  account_name: string
  payment_date: IsoDate
  amount: string
  currency: string
  open: string
  status: InvoiceStatus
  bank_label: string
  undone: boolean
}

/** What was confirmed together, where the viewer works in the organisation of each. */
export async function findReceipt(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<
  { id: string; created_at: string; created_by_name: string; payments: ReceivedPayment[] } | undefined
> {
  const receipt = await db
    .selectFrom('payment_receipts as r')
    .innerJoin('users as u', 'u.id', 'r.created_by')
    .select(['r.id', 'r.created_at', 'u.name as created_by_name'])
    .where('r.id', '=', id)
    .executeTakeFirst()
  if (receipt === undefined) return undefined
  const { rows } = await sql<ReceivedPayment>`
    SELECT p.id, p.invoice_id, i.number, a.name AS account_name, p.payment_date, p.amount, i.currency, i.open, i.status,
      coalesce(b.label, '') AS bank_label, EXISTS (SELECT FROM payments x WHERE x.reverses_id = p.id) AS undone
    FROM payments p JOIN invoices i ON i.id = p.invoice_id JOIN accounts a ON a.id = i.account_id
    LEFT JOIN bank_lines b ON b.id = p.bank_line_id
    WHERE p.receipt_id = ${id} AND p.organisation_id = ANY(${[...organisationIds]}::uuid[])
    ORDER BY p.payment_date, p.id`.execute(db)
  return rows.length === 0 ? undefined : { ...receipt, payments: rows }
}
