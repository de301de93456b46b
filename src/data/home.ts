import { sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { Database } from './database.ts'

/** Some documents that wait: how many, their net by currency, and the day of the oldest. */
export type Waiting = {
  count: number
  sums: { currency: string; net: string }[]
  oldest_date: IsoDate | null
}

/** Orders in a status, of the viewer's organisations. */
export async function findWaitingOrders(
  db: Database,
  organisationIds: readonly string[],
  status: 'created' | 'approved',
): Promise<Waiting> {
  const { rows } = await sql<WaitingRow>`
    SELECT currency, count(*)::int AS count, sum(net) AS net, min(order_date) AS oldest_date
    FROM customer_orders WHERE organisation_id = ANY(${organisationIds}::uuid[]) AND status = ${status}
    GROUP BY currency ORDER BY currency`.execute(db)
  return waitingOf(rows)
}

/** Drafts dated up to a day. */
export async function findWaitingDrafts(
  db: Database,
  organisationIds: readonly string[],
  until: IsoDate,
): Promise<Waiting> {
  const { rows } = await sql<WaitingRow>`
    SELECT currency, count(*)::int AS count, sum(net) AS net, min(document_date) AS oldest_date
    FROM invoices
    WHERE organisation_id = ANY(${organisationIds}::uuid[]) AND issued_at IS NULL AND document_date <= ${until}::date
    GROUP BY currency ORDER BY currency`.execute(db)
  return waitingOf(rows)
}

/** Recurring orders whose next run has come, with what one period of each bills. */
export async function findDueRecurrences(
  db: Database,
  organisationIds: readonly string[],
  today: IsoDate,
): Promise<Waiting> {
  const { rows } = await sql<WaitingRow>`
    SELECT o.currency, count(*)::int AS count, sum(o.net) AS net, min(r.next_run_date) AS oldest_date
    FROM recurrences r JOIN customer_orders o ON o.id = r.order_id
    WHERE r.organisation_id = ANY(${organisationIds}::uuid[]) AND r.next_run_date <= ${today}::date AND o.status <> 'cancelled'
    GROUP BY o.currency ORDER BY o.currency`.execute(db)
  return waitingOf(rows)
}

/** The next day on which recurring orders run, and what they bill then. */
export async function findNextRuns(
  db: Database,
  organisationIds: readonly string[],
  today: IsoDate,
): Promise<Waiting> {
  const { rows } = await sql<WaitingRow>`
    SELECT o.currency, count(*)::int AS count, sum(o.net) AS net, min(r.next_run_date) AS oldest_date
    FROM recurrences r JOIN customer_orders o ON o.id = r.order_id
    WHERE r.organisation_id = ANY(${organisationIds}::uuid[]) AND o.status <> 'cancelled' AND r.next_run_date =
      (SELECT min(n.next_run_date) FROM recurrences n JOIN customer_orders d ON d.id = n.order_id
       WHERE n.organisation_id = ANY(${organisationIds}::uuid[]) AND n.next_run_date > ${today}::date AND d.status <> 'cancelled')
    GROUP BY o.currency ORDER BY o.currency`.execute(db)
  return waitingOf(rows)
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
      SELECT subject_type, subject_id, max(at) AS changed_at FROM (
        SELECT subject_type, subject_id, at FROM audit_entries
        WHERE user_id = ${userId} AND subject_type IN ('order', 'recurrence', 'invoice') ORDER BY id DESC LIMIT 200) latest
      GROUP BY 1, 2)
    SELECT 'order' AS type, o.id, o.number, o.subject, a.name AS account_name, max(t.changed_at) AS changed_at
    FROM touched t JOIN customer_orders o ON o.id = t.subject_id AND t.subject_type IN ('order', 'recurrence')
    JOIN accounts a ON a.id = o.account_id
    WHERE o.organisation_id = ANY(${organisationIds}::uuid[]) GROUP BY o.id, a.name
    UNION ALL
    SELECT 'invoice', i.id, i.number, i.subject, a.name, t.changed_at
    FROM touched t JOIN invoices i ON i.id = t.subject_id AND t.subject_type = 'invoice'
    JOIN accounts a ON a.id = i.account_id
    WHERE i.organisation_id = ANY(${organisationIds}::uuid[])
    ORDER BY changed_at DESC LIMIT 10`.execute(db)
  return rows
}

type WaitingRow = { currency: string; count: number; net: string; oldest_date: IsoDate | null }

function waitingOf(rows: readonly WaitingRow[]): Waiting {
  const dates = rows.flatMap((row) => (row.oldest_date === null ? [] : [row.oldest_date])).sort()
  return {
    count: rows.reduce((sum, row) => sum + row.count, 0),
    sums: rows.map(({ currency, net }) => ({ currency, net })),
    oldest_date: dates[0] ?? null,
  }
}
