import { sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { Database, Trx } from './database.ts'
import type { Row } from './tables.ts'

export type BankStatement = Omit<Row<'bank_statements'>, 'content'> & {
  organisation_name: string
  created_by_name: string | null
  /** A person has yet to say which column is which. */
  unread: boolean
  first_date: IsoDate | null
  last_date: IsoDate | null
  lines: number
  /** Lines that wait to be matched. */
  left: number
}

const counted = sql`(SELECT count(*)::int AS lines, min(b.booked_date) AS first_date, max(b.booked_date) AS last_date,
    (count(*) FILTER (WHERE b.dismissed_at IS NULL AND b.matched <> b.amount))::int AS left
  FROM bank_lines b WHERE b.statement_id = s.id)`

/** Statements of these organisations, the newest first. */
export async function listBankStatements(
  db: Database,
  organisationIds: readonly string[],
  limit: number,
): Promise<BankStatement[]> {
  return statementsWhere(db, sql`s.organisation_id = ANY(${[...organisationIds]}::uuid[])`, limit)
}

export async function findBankStatement(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<BankStatement | undefined> {
  const [found] = await statementsWhere(
    db,
    sql`s.id = ${id} AND s.organisation_id = ANY(${[...organisationIds]}::uuid[])`,
    1,
  )
  return found
}

async function statementsWhere(
  db: Database,
  condition: ReturnType<typeof sql>,
  limit: number,
): Promise<BankStatement[]> {
  const { rows } = await sql<BankStatement>`
    SELECT s.id, s.organisation_id, s.name, s.currency, s.taken, s.known, s.created_at, s.created_by,
      s.content IS NOT NULL AS unread, g.name AS organisation_name, u.name AS created_by_name, c.*
    FROM bank_statements s JOIN organisations g ON g.id = s.organisation_id LEFT JOIN users u ON u.id = s.created_by
    CROSS JOIN LATERAL ${counted} AS c
    WHERE ${condition} ORDER BY s.id DESC LIMIT ${limit}`.execute(db)
  return rows
}

export async function insertBankStatement(
  trx: Trx,
  statement: Pick<Row<'bank_statements'>, 'organisation_id' | 'name' | 'currency' | 'content'> & {
    created_by: string
  },
): Promise<string> {
  const { id } = await trx
    .insertInto('bank_statements')
    .values(statement)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** A statement that has not been read yet, with its file, locked; undefined where it has. */
export async function lockUnreadStatement(
  trx: Trx,
  id: string,
  organisationIds: readonly string[],
): Promise<(Row<'bank_statements'> & { content: Buffer }) | undefined> {
  const row = await trx
    .selectFrom('bank_statements')
    .selectAll()
    .where('id', '=', id)
    .where('organisation_id', 'in', [...organisationIds])
    .forUpdate()
    .executeTakeFirst()
  return row?.content === null || row === undefined ? undefined : { ...row, content: row.content }
}

export async function findContentOfStatement(db: Database, id: string): Promise<Buffer | undefined> {
  const row = await db.selectFrom('bank_statements').select('content').where('id', '=', id).executeTakeFirst()
  return row?.content ?? undefined
}

/** The lines hold what the file said: it is not kept beside them. */
export async function setStatementRead(
  trx: Trx,
  id: string,
  read: { taken: number; known: number },
): Promise<void> {
  await trx
    .updateTable('bank_statements')
    .set({ ...read, content: null })
    .where('id', '=', id)
    .execute()
}
