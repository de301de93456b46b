import { sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { Frequency, OccurrenceState, OrderStatus } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

export type Recurrence = Row<'recurrences'>

/** What of an order, its account and its organisation decides how it recurs. */
export type RecurringOrder = {
  id: string
  organisation_id: string
  number: string
  subject: string
  status: OrderStatus
  order_date: IsoDate
  currency: string
  /** What each period comes to, as the order is now. */
  net: string
  /** BCP 47 tag of the account's language, for month names in subjects. */
  language: string
  time_zone: string
  contact_email: string
  assigned_to_id: string | null
  account_code: string
  account_archived: boolean
  account_term_id: string | null
  organisation_term_id: string | null
}

export async function findRecurringOrder(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<RecurringOrder | undefined> {
  return recurringOrders(db, id, organisationIds).executeTakeFirst()
}

/** The same with the order's row locked until the transaction ends. */
export async function lockRecurringOrder(
  trx: Trx,
  id: string,
  organisationIds: readonly string[],
): Promise<RecurringOrder | undefined> {
  return recurringOrders(trx, id, organisationIds).forUpdate('o').executeTakeFirst()
}

function recurringOrders(db: Database, id: string, organisationIds: readonly string[]) {
  return db
    .selectFrom('customer_orders as o')
    .innerJoin('accounts as a', 'a.id', 'o.account_id')
    .innerJoin('organisations as g', 'g.id', 'o.organisation_id')
    .leftJoin('contacts as c', 'c.id', 'o.contact_id')
    .where('o.id', '=', id)
    .where(sql<boolean>`o.organisation_id = ANY(${organisationIds}::uuid[])`)
    .select([
      'o.id',
      'o.organisation_id',
      'o.number',
      'o.subject',
      'o.status',
      'o.order_date',
      'o.currency',
      'o.net',
      'o.assigned_to_id',
      'a.language',
      'a.code as account_code',
      sql<boolean>`a.archived_at IS NOT NULL`.as('account_archived'),
      'a.payment_term_id as account_term_id',
      'g.time_zone',
      'g.default_payment_term_id as organisation_term_id',
      sql<string>`coalesce(c.email, '')`.as('contact_email'),
    ])
}

export async function findRecurrence(db: Database, orderId: string): Promise<Recurrence | undefined> {
  return db.selectFrom('recurrences').selectAll().where('order_id', '=', orderId).executeTakeFirst()
}

/** Locked until the transaction ends; a run passes it by meanwhile. */
export async function lockRecurrence(trx: Trx, orderId: string): Promise<Recurrence | undefined> {
  return trx
    .selectFrom('recurrences')
    .selectAll()
    .where('order_id', '=', orderId)
    .forUpdate()
    .executeTakeFirst()
}

export async function insertRecurrence(trx: Trx, recurrence: NewRow<'recurrences'>): Promise<void> {
  await trx.insertInto('recurrences').values(recurrence).execute()
}

export async function updateRecurrence(
  trx: Trx,
  orderId: string,
  recurrence: Omit<NewRow<'recurrences'>, 'order_id' | 'organisation_id'>,
): Promise<void> {
  await trx
    .updateTable('recurrences')
    .set({ ...recurrence, updated_at: sql`now()`, version: sql`version + 1` })
    .where('order_id', '=', orderId)
    .execute()
}

/** Plans anew after a period's row was written or removed: no change of the settings, so the version stays. */
export async function setNextRunDate(trx: Trx, orderId: string, date: IsoDate | null): Promise<void> {
  await trx.updateTable('recurrences').set({ next_run_date: date }).where('order_id', '=', orderId).execute()
}

/** A period that has its row, with the invoice that stands for it. */
export type OccurrenceRecord = Row<'recurrence_occurrences'> & {
  invoice_number: string | null
  invoice_status: Row<'invoices'>['status'] | null
  invoice_net: string | null
}

/** Every row of an order, by run date. */
export async function listOrderOccurrences(db: Database, orderId: string): Promise<OccurrenceRecord[]> {
  return occurrences(db, orderId).orderBy('oc.run_date').orderBy('oc.frequency').execute()
}

/** Periods that have had their invoice, credited ones among them. */
export async function countBilledPeriods(db: Database, orderId: string): Promise<number> {
  const { count } = await db
    .selectFrom('recurrence_occurrences')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('order_id', '=', orderId)
    .where('state', 'in', ['invoiced', 'credited'])
    .executeTakeFirstOrThrow()
  return count
}

/** The same for one period, with who decided and which run wrote it. */
export type OccurrenceEvidence = OccurrenceRecord & {
  invoice_document_date: IsoDate | null
  invoice_due_date: IsoDate | null
  invoice_subject: string | null
  decided_by_name: string | null
  overlap_accepted_by_name: string | null
  run_started_at: string | null
  run_trigger: Row<'job_runs'>['trigger'] | null
}

export async function findOrderOccurrence(
  db: Database,
  orderId: string,
  frequency: Frequency,
  periodStart: IsoDate,
): Promise<OccurrenceEvidence | undefined> {
  return occurrences(db, orderId)
    .leftJoin('users as decided', 'decided.id', 'oc.decided_by')
    .leftJoin('users as accepted', 'accepted.id', 'oc.overlap_accepted_by')
    .leftJoin('job_runs as run', 'run.id', 'oc.run_id')
    .where('oc.frequency', '=', frequency)
    .where('oc.period_start', '=', periodStart)
    .select([
      'i.document_date as invoice_document_date',
      'i.due_date as invoice_due_date',
      'i.subject as invoice_subject',
      'decided.name as decided_by_name',
      'accepted.name as overlap_accepted_by_name',
      'run.started_at as run_started_at',
      'run.trigger as run_trigger',
    ])
    .executeTakeFirst()
}

function occurrences(db: Database, orderId: string) {
  return db
    .selectFrom('recurrence_occurrences as oc')
    .leftJoin('invoices as i', 'i.id', 'oc.invoice_id')
    .where('oc.order_id', '=', orderId)
    .selectAll('oc')
    .select(['i.number as invoice_number', 'i.status as invoice_status', 'i.net as invoice_net'])
}

export type NewOccurrence = Pick<
  Row<'recurrence_occurrences'>,
  'frequency' | 'period_start' | 'period_end' | 'run_date' | 'service_start' | 'service_end'
>

export type Decision = { state: OccurrenceState; reason_code: string | null; reason_text: string }

/** Writes rows of periods that have none, all with one state and reason, in one statement however many they are. */
export async function insertOccurrences(
  trx: Trx,
  order: { id: string; organisation_id: string },
  planned: readonly NewOccurrence[],
  decision: Decision & { decided_by: string },
): Promise<void> {
  if (planned.length === 0) return
  const column = (name: keyof NewOccurrence) => planned.map((each) => each[name])
  await sql`
    INSERT INTO recurrence_occurrences (order_id, organisation_id, frequency, period_start, period_end, run_date, service_start,
      service_end, state, reason_code, reason_text, decided_by)
    SELECT ${order.id}, ${order.organisation_id}, p.*, ${decision.state}, ${decision.reason_code}, ${decision.reason_text},
      ${decision.decided_by}::uuid
    FROM unnest(${column('frequency')}::text[], ${column('period_start')}::date[], ${column('period_end')}::date[],
      ${column('run_date')}::date[], ${column('service_start')}::date[], ${column('service_end')}::date[]) AS p`.execute(
    trx,
  )
}

/** What people decided on one period of an order, newest first. */
export async function listDecisions(db: Database, orderId: string, period: string) {
  return db
    .selectFrom('audit_entries as e')
    .leftJoin('users as u', 'u.id', 'e.user_id')
    .where('e.subject_type', '=', 'occurrence')
    .where('e.subject_id', '=', orderId)
    .where(sql<boolean>`e.changes ->> 'period' = ${period}`)
    .select([
      'e.at',
      'e.action',
      sql<string>`coalesce(u.name, e.actor)`.as('by'),
      sql<string>`coalesce(e.changes ->> 'reason', '')`.as('reason'),
    ])
    .orderBy('e.id', 'desc')
    .limit(50)
    .execute()
}
