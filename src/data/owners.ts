import { type RawBuilder, sql } from 'kysely'
import type { OwnerKind } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'

/** The order, the invoice or the account that documents are filed with and activities are about. */
export type Owner = { kind: OwnerKind; id: string }

export type OwnerRecord = Owner & {
  /** Null for an account, which all organisations share. */
  organisation_id: string | null
  /** The order's or the invoice's number, the account's code; null for a draft. */
  number: string | null
  subject: string
}

/** Its columns in `documents` and `activities`. */
export function ownerColumns({ kind, id }: Owner) {
  return {
    order_id: kind === 'order' ? id : null,
    invoice_id: kind === 'invoice' ? id : null,
    account_id: kind === 'account' ? id : null,
  }
}

export function ownerOf(row: {
  order_id: string | null
  invoice_id: string | null
  account_id: string | null
}): Owner {
  if (row.order_id !== null) return { kind: 'order', id: row.order_id }
  if (row.invoice_id !== null) return { kind: 'invoice', id: row.invoice_id }
  return { kind: 'account', id: row.account_id ?? '' }
}

/** @returns undefined also where it belongs to an organisation that is not among these */
export async function findOwner(
  db: Database,
  owner: Owner,
  organisationIds: readonly string[],
): Promise<OwnerRecord | undefined> {
  const row = await ownerQuery(db, owner, organisationIds).executeTakeFirst()
  return row === undefined ? undefined : { ...owner, ...row }
}

/**
 * The same, kept from being deleted until the transaction ends. Weaker than any lock of an update: whoever edits the order or issues
 * the invoice meanwhile does not wait, and a finalized one takes it as well.
 */
export async function holdOwner(
  trx: Trx,
  owner: Owner,
  organisationIds: readonly string[],
): Promise<OwnerRecord | undefined> {
  const row = await ownerQuery(trx, owner, organisationIds).forKeyShare().executeTakeFirst()
  return row === undefined ? undefined : { ...owner, ...row }
}

function ownerQuery(db: Database, { kind, id }: Owner, organisationIds: readonly string[]) {
  const tables = {
    order: {
      table: 'customer_orders',
      number: 'number',
      subject: 'subject',
      organisation: 'organisation_id',
    },
    invoice: { table: 'invoices', number: 'number', subject: 'subject', organisation: 'organisation_id' },
    account: { table: 'accounts', number: 'code', subject: 'name', organisation: null },
  } as const
  const { table, number, subject, organisation } = tables[kind]
  const organisationId: RawBuilder<string | null> = organisation === null ? sql`NULL` : sql.ref(organisation)
  const known = sql<boolean>`${organisation === null ? sql`true` : sql`${organisationId} = ANY(${organisationIds}::uuid[])`}`
  return db
    .selectFrom(table)
    .select([
      organisationId.as('organisation_id'),
      sql<string | null>`${sql.ref(number)}`.as('number'),
      sql<string>`${sql.ref(subject)}`.as('subject'),
    ])
    .where('id', '=', id)
    .where(known)
}

/**
 * The condition that a row of this table may be seen by whoever works in these organisations: its order or invoice is of one of them,
 * or it is an account's, unless only one organisation's are wanted.
 */
export function ownerIsAmong(
  table: 'documents' | 'activities',
  organisationIds: readonly string[],
  options: { accounts: boolean } = { accounts: true },
): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  const ids = sql`${organisationIds}::uuid[]`
  return sql<boolean>`CASE
    WHEN ${column('account_id')} IS NOT NULL THEN ${options.accounts ? sql`true` : sql`false`}
    WHEN ${column('order_id')} IS NOT NULL
      THEN (SELECT o.organisation_id = ANY(${ids}) FROM customer_orders o WHERE o.id = ${column('order_id')})
    ELSE (SELECT i.organisation_id = ANY(${ids}) FROM invoices i WHERE i.id = ${column('invoice_id')}) END`
}

/** What an owner is called, for the rows of a list: subqueries, which run for the rows of one page alone. */
export function ownerNames(table: 'documents' | 'activities') {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  const account = sql`coalesce(${column('account_id')},
    (SELECT o.account_id FROM customer_orders o WHERE o.id = ${column('order_id')}),
    (SELECT i.account_id FROM invoices i WHERE i.id = ${column('invoice_id')}))`
  return [
    sql<string | null>`coalesce((SELECT o.number FROM customer_orders o WHERE o.id = ${column('order_id')}),
      (SELECT i.number FROM invoices i WHERE i.id = ${column('invoice_id')}),
      (SELECT a.code FROM accounts a WHERE a.id = ${column('account_id')}))`.as('owner_number'),
    sql<string>`coalesce((SELECT o.subject FROM customer_orders o WHERE o.id = ${column('order_id')}),
      (SELECT i.subject FROM invoices i WHERE i.id = ${column('invoice_id')}),
      (SELECT a.name FROM accounts a WHERE a.id = ${column('account_id')}))`.as('owner_subject'),
    sql<string>`${account}`.as('owner_account_id'),
    sql<string>`(SELECT a.name FROM accounts a WHERE a.id = ${account})`.as('owner_account_name'),
  ] as const
}

export type OwnerNames = {
  /** The order's or the invoice's number, the account's code; null for a draft. */
  owner_number: string | null
  owner_subject: string
  /** The customer: the account itself, or that of the order or the invoice. */
  owner_account_id: string
  owner_account_name: string
}

/** What stands in an owner's tabs, and in the way of deleting it. */
export type OwnerCounts = { documents: number; activities: number; late: number }

/** `today` is the day before which an open activity is late. */
export async function countOfOwner(db: Database, owner: Owner, today: string): Promise<OwnerCounts> {
  const column = sql.ref(`${owner.kind}_id`)
  const { rows } = await sql<OwnerCounts>`
    SELECT (SELECT count(*)::int FROM documents WHERE ${column} = ${owner.id}) AS documents,
      count(*)::int AS activities, count(*) FILTER (WHERE done_at IS NULL AND due_date < ${today}::date)::int AS late
    FROM activities WHERE ${column} = ${owner.id}`.execute(db)
  return rows[0] ?? { documents: 0, activities: 0, late: 0 }
}

/** The orders or invoices of exactly this number, in any case: a number is one's in each organisation. */
export async function listOwnersNumbered(
  db: Database,
  kind: Exclude<OwnerKind, 'account'>,
  number: string,
  organisationIds: readonly string[],
): Promise<{ id: string; number: string; subject: string }[]> {
  return db
    .selectFrom(kind === 'order' ? 'customer_orders' : 'invoices')
    .select(['id', sql<string>`number`.as('number'), 'subject'])
    .where('organisation_id', 'in', [...organisationIds])
    .where(sql<boolean>`lower(number) = lower(${number})`)
    .orderBy('id')
    .limit(20)
    .execute()
}
