import { createHash } from 'node:crypto'
import { insertAudit } from '../../data/audit.ts'
import { insertBankLines, listInvoicesToMatch } from '../../data/bank-lines.ts'
import { insertBankStatement, lockUnreadStatement, setStatementRead } from '../../data/bank-statements.ts'
import type { Database, Trx } from '../../data/database.ts'
import { insertSubmission, type SentForm } from '../../data/submissions.ts'
import { InvalidForm, Refused } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { isNegative, plainDecimal } from '../../lib/money.ts'
import { ImportProblem } from '../imports/problem.ts'
import { readStatement, type StatementFile, type StatementLine } from './read-statement.ts'
import { lackingRoles, type StatementColumns } from './statement-columns.ts'

export type StatementUpload = {
  organisation_id: string
  currency: string
  name: string
  content: Buffer
  sent?: SentForm | undefined
}

const mostMistakes = 10

/**
 * Takes a file of the bank: its lines, where its columns are known by their names, else the file itself until a person has said which
 * is which. Lines known from an earlier file are left as they are.
 * @throws InvalidForm on `file` where it cannot be read; nothing of it is taken then
 */
export async function takeStatement(
  db: Database,
  user: { id: string },
  upload: StatementUpload,
): Promise<{ id: string; read: boolean }> {
  const file = readOrRefuse(upload, upload.currency, undefined, 'file')
  const known = lackingRoles(file.columns).length === 0
  return db.transaction().execute(async (trx) => {
    const { organisation_id, name, currency, content } = upload
    const id = await insertBankStatement(trx, {
      organisation_id,
      name,
      currency,
      content: known ? null : content,
      created_by: user.id,
    })
    if (known) await takeLines(trx, user.id, { id, organisation_id, currency, name }, file.lines)
    if (upload.sent !== undefined) await insertSubmission(trx, upload.sent, id)
    return { id, read: known }
  })
}

/**
 * Reads a file by the columns that a person chose.
 * @throws InvalidForm where they are not enough, or a row cannot be read by them; Refused where the file was read meanwhile
 */
export async function readByColumns(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
  columns: StatementColumns,
): Promise<void> {
  const lacking = lackingRoles(columns)
  if (lacking.length > 0) {
    throw new InvalidForm(lacking.map((role) => ({ field: role, message: { key: 'bank.columns.missing' } })))
  }
  await db.transaction().execute(async (trx) => {
    const statement = await lockUnreadStatement(trx, id, user.organisation_ids)
    if (statement === undefined)
      throw new Refused([{ code: 'read', message: { key: 'bank.refused.read' } }], {
        leadsTo: `/payments/imports/${id}`,
      })
    const file = readOrRefuse(statement, statement.currency, columns, 'date')
    await takeLines(trx, user.id, statement, file.lines)
  })
}

function readOrRefuse(
  file: { name: string; content: Buffer },
  currency: string,
  columns: StatementColumns | undefined,
  field: string,
): StatementFile {
  let read: StatementFile
  try {
    read = readStatement(file, currency, columns)
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error
    throw new InvalidForm(error.mistakes.slice(0, mostMistakes).map(({ message }) => ({ field, message })))
  }
  const known = lackingRoles(read.columns).length === 0
  const errors: FieldError[] = read.mistakes
    .slice(0, mostMistakes)
    .map(({ line, message }) => ({ field, message: { ...message, params: { ...message.params, line } } }))
  if (known && read.lines.length === 0 && errors.length === 0)
    errors.push({ field, message: { key: 'bank.file.empty' } })
  if (errors.length > 0) throw new InvalidForm(errors)
  return read
}

async function takeLines(
  trx: Trx,
  userId: string,
  statement: { id: string; organisation_id: string; currency: string; name: string },
  lines: readonly StatementLine[],
): Promise<void> {
  const { organisation_id, currency } = statement
  const invoices = await listInvoicesToMatch(trx, organisation_id, currency)
  const refunds = new Set(
    invoices.filter(({ open }) => isNegative(open)).map(({ open }) => plainDecimal(open)),
  )
  const seen = new Map<string, number>()
  const rows = lines.map((line) => {
    const said = sayingOf(line)
    const occurrence = (seen.get(said) ?? 0) + 1
    seen.set(said, occurrence)
    // Money that left is no payment of an invoice, unless a customer waits for just that.
    const aside = isNegative(line.amount) && !refunds.has(plainDecimal(line.amount))
    return {
      ...line,
      organisation_id,
      statement_id: statement.id,
      currency,
      key: createHash('sha256').update(`${occurrence} ${said}`).digest(),
      dismissed_at: aside ? new Date().toISOString() : null,
    }
  })
  const taken = await insertBankLines(trx, rows)
  await setStatementRead(trx, statement.id, { taken, known: rows.length - taken })
  await insertAudit(trx, {
    by: { user_id: userId },
    action: 'imported',
    subject_type: 'bank_statement',
    subject_id: statement.id,
    organisation_id,
    changes: { name: statement.name, taken, known: rows.length - taken },
  })
}

/**
 * What makes a line the same in another file: its day, its amount and its words, spaces and signs aside. Of several alike it is the
 * first, the second, and so on, so that two real ones are two, and a file taken twice is taken once.
 */
function sayingOf(line: StatementLine): string {
  const text = [line.label, line.reference, line.counterparty, line.iban]
    .map((part) => part.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, ''))
    .join('|')
  return `${line.booked_date} ${plainDecimal(line.amount)} ${text}`
}
