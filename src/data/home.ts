import { type RawBuilder, sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import { type OrganisationDay, oldestRunDate } from './billing-states.ts'
import type { Database } from './database.ts'
import { oldestDueDate } from './payment-states.ts'
import type { Sums } from './sums.ts'

/** The kinds of documents that wait for a person, as Home tells them. */
export type WaitingKind = 'overdue' | 'due' | 'parked' | 'drafts' | 'to_approve' | 'to_deliver'

/** Each organisation's oldest date of each kind; where nothing waits there is none. */
export type Oldest = { kind: WaitingKind; organisation_id: string; oldest_date: IsoDate }

/** Since when things wait, in one statement: each date is found by an index. */
export async function listOldestDates(db: Database, days: readonly OrganisationDay[]): Promise<Oldest[]> {
  const asked: Record<WaitingKind, (day: OrganisationDay) => RawBuilder<unknown>> = {
    overdue: oldestDueDate,
    due: (day) => oldestRunDate('due', day),
    parked: (day) => oldestRunDate('parked', day),
    drafts: ({ id }) =>
      sql`SELECT least((${oldestDraft(id, 'automatically_created')}), (${oldestDraft(id, 'created')}))`,
    to_approve: ({ id }) => oldestOrder(id, 'created'),
    to_deliver: ({ id }) => oldestOrder(id, 'approved'),
  }
  const each = days.flatMap((day) =>
    Object.entries(asked).map(
      ([kind, oldest]) => sql`SELECT ${kind}::text, ${day.id}::uuid, (${oldest(day)})`,
    ),
  )
  const { rows } = await sql<Oldest>`
    SELECT kind, organisation_id, oldest_date FROM (${sql.join(each, sql` UNION ALL `)}) AS asked (kind, organisation_id, oldest_date)
    WHERE oldest_date IS NOT NULL`.execute(db)
  return rows
}

/** What became of the orders whose run date is today: how many were billed, and how many a person must look at. */
export async function countRunToday(
  db: Database,
  days: readonly OrganisationDay[],
  most: number,
): Promise<{ billed: number; parked: number }> {
  const periods = sql.join(
    days.map(
      ({ id, today }) => sql`SELECT order_id, state FROM recurrence_occurrences
        WHERE organisation_id = ${id} AND run_date = ${today}::date AND state <> 'due'`,
    ),
    sql` UNION ALL `,
  )
  const { rows } = await sql<{ billed: number; parked: number }>`
    SELECT count(*) FILTER (WHERE parked)::int AS parked,
      count(*) FILTER (WHERE billed AND NOT parked)::int AS billed
    FROM (SELECT bool_or(state IN ('held', 'failed')) AS parked, bool_or(state IN ('invoiced', 'credited')) AS billed
      FROM (${periods} LIMIT ${most}) AS periods GROUP BY order_id) AS orders`.execute(db)
  return rows[0] ?? { billed: 0, parked: 0 }
}

/** The next day on which recurring orders run, and what they bill then; adds up to `most` of them. */
export async function findNextRuns(
  db: Database,
  days: readonly OrganisationDay[],
  most: number,
): Promise<(Sums & { date: IsoDate }) | undefined> {
  const each = days.map(
    ({ id, today }) => sql`SELECT ${id}::uuid, (SELECT min(next_run_date) FROM recurrences
      WHERE organisation_id = ${id} AND next_run_date > ${today}::date)`,
  )
  const next = await sql<{ id: string; date: IsoDate }>`
    SELECT id, date FROM (${sql.join(each, sql` UNION ALL `)}) AS asked (id, date) WHERE date IS NOT NULL
    ORDER BY date`.execute(db)
  const date = next.rows[0]?.date
  if (date === undefined) return undefined
  const ids = next.rows.filter((row) => row.date === date).map(({ id }) => id)
  const { rows } = await sql<{ currency: string; count: number; net: string; gross: string }>`
    SELECT currency, count(*)::int AS count, sum(net) AS net, sum(gross) AS gross FROM (
      SELECT o.currency, o.net, o.gross FROM recurrences r JOIN customer_orders o ON o.id = r.order_id
      WHERE r.organisation_id = ANY(${ids}::uuid[]) AND r.next_run_date = ${date}::date LIMIT ${most + 1}) AS coming
    GROUP BY currency ORDER BY currency`.execute(db)
  const count = rows.reduce((sum, row) => sum + row.count, 0)
  const sums = rows.map(({ currency, net, gross }) => ({ currency, net, gross, open: '0' }))
  return { date, count: Math.min(count, most), complete: count <= most, sums }
}

/** Which of the first things exist already: where none does, Home says what to begin with. */
export type FirstSteps = {
  organisation: boolean
  accounts: boolean
  products: boolean
  orders: boolean
  users: boolean
}

export async function findFirstSteps(db: Database, organisationIds: readonly string[]): Promise<FirstSteps> {
  const { rows } = await sql<FirstSteps>`
    SELECT NOT EXISTS (SELECT FROM organisations WHERE id = ANY(${organisationIds}::uuid[])
        AND (city = '' OR iban = '' OR (vat_number = '' AND tax_number = ''))) AS organisation,
      EXISTS (SELECT FROM accounts) AS accounts, EXISTS (SELECT FROM products) AS products,
      EXISTS (SELECT FROM customer_orders WHERE organisation_id = ANY(${organisationIds}::uuid[])) AS orders,
      (SELECT count(*) FROM (SELECT FROM users LIMIT 2) AS two) > 1 AS users`.execute(db)
  return rows[0] ?? { organisation: false, accounts: false, products: false, orders: false, users: false }
}

export type RecentDocument = {
  type: 'order' | 'invoice'
  id: string
  number: string | null
  subject: string
  account_name: string
  changed_at: string
}

/** What a user made or changed last, by the audit. */
export async function listRecentDocuments(
  db: Database,
  userId: string,
  organisationIds: readonly string[],
): Promise<RecentDocument[]> {
  const { rows } = await sql<RecentDocument>`
    WITH touched AS (
      SELECT CASE subject_type WHEN 'invoice' THEN 'invoice' ELSE 'order' END AS type, subject_id, max(at) AS changed_at
      FROM (SELECT subject_type, subject_id, at FROM audit_entries
        WHERE user_id = ${userId} AND subject_type IN ('order', 'recurrence', 'invoice') ORDER BY id DESC LIMIT 200) latest
      GROUP BY 1, 2)
    SELECT t.type, o.id, o.number, o.subject, a.name AS account_name, t.changed_at
    FROM touched t JOIN customer_orders o ON o.id = t.subject_id
    JOIN accounts a ON a.id = o.account_id
    WHERE t.type = 'order' AND o.organisation_id = ANY(${organisationIds}::uuid[])
    UNION ALL
    SELECT t.type, i.id, i.number, i.subject, a.name, t.changed_at
    FROM touched t JOIN invoices i ON i.id = t.subject_id
    JOIN accounts a ON a.id = i.account_id
    WHERE t.type = 'invoice' AND i.organisation_id = ANY(${organisationIds}::uuid[])
    ORDER BY changed_at DESC, id DESC LIMIT 10`.execute(db)
  return rows
}

function oldestOrder(organisationId: string, status: 'created' | 'approved'): RawBuilder<unknown> {
  return sql`SELECT order_date FROM customer_orders WHERE organisation_id = ${organisationId} AND status = ${status}
    ORDER BY order_date LIMIT 1`
}

// A status each: together they would have no order in the index.
function oldestDraft(
  organisationId: string,
  status: 'automatically_created' | 'created',
): RawBuilder<unknown> {
  return sql`SELECT document_date FROM invoices WHERE organisation_id = ${organisationId} AND status = ${status}
    ORDER BY document_date LIMIT 1`
}
