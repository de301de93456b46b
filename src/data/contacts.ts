import { type Expression, sql } from 'kysely'
import type { Database, Trx } from './database.ts'
import { matchesWords, type PageOf, type PageRequest, selectPage } from './keyset.ts'
import type { NewRow, Row } from './tables.ts'

export type ContactFilters = { words: string; archived: boolean; account_id: string | undefined }
export type ContactSort = 'name' | 'email'
/** How many values a cursor of this list has. */
export const contactSortKeys = 2

/** A contact with what its account is called. */
export type ContactRecord = Row<'contacts'> & { account_code: string; account_name: string }

export async function listContacts(
  db: Database,
  filters: ContactFilters,
  sort: { by: ContactSort; direction: 'asc' | 'desc' },
  page: PageRequest,
): Promise<PageOf<ContactRecord>> {
  const key: Expression<unknown> = sort.by === 'email' ? sql`lower(email)` : sql`name COLLATE "und-x-icu"`
  const query = filtered(db, filters).selectAll().select(references)
  return selectPage(query, { keys: [key, sql`id`], direction: sort.direction }, page)
}

const references = [
  sql<string>`(SELECT a.code FROM accounts AS a WHERE a.id = contacts.account_id)`.as('account_code'),
  sql<string>`(SELECT a.name FROM accounts AS a WHERE a.id = contacts.account_id)`.as('account_name'),
] as const

export async function countContacts(db: Database, filters: ContactFilters): Promise<number> {
  const row = await filtered(db, filters)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

function filtered(db: Database, filters: ContactFilters) {
  const { words, archived, account_id } = filters
  return db
    .selectFrom('contacts')
    .where('archived_at', archived ? 'is not' : 'is', null)
    .$if(account_id !== undefined, (query) => query.where('account_id', '=', account_id ?? null))
    .$if(words.trim() !== '', (query) => query.where(matchesWords(sql`search_text`, words)))
}

/** All contacts of an account, those in use first. */
export async function listContactsOfAccount(db: Database, accountId: string): Promise<Row<'contacts'>[]> {
  return db
    .selectFrom('contacts')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy(sql`archived_at IS NOT NULL`)
    .orderBy(sql`name COLLATE "und-x-icu"`)
    .orderBy('id')
    .execute()
}

export async function findContact(db: Database, id: string): Promise<ContactRecord | undefined> {
  return db.selectFrom('contacts').selectAll().select(references).where('id', '=', id).executeTakeFirst()
}

export async function lockContact(trx: Trx, id: string): Promise<Row<'contacts'> | undefined> {
  return trx.selectFrom('contacts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function insertContact(trx: Trx, contact: NewRow<'contacts'>): Promise<string> {
  const row = await trx.insertInto('contacts').values(contact).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function updateContact(trx: Trx, id: string, contact: NewRow<'contacts'>): Promise<void> {
  await trx
    .updateTable('contacts')
    .set({ ...contact, updated_at: sql`now()`, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

export async function deleteContact(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('contacts').where('id', '=', id).execute()
}

/** Whether an order or an invoice of any organisation names the contact. */
export async function isContactNamed(db: Database, id: string): Promise<boolean> {
  const { rows } = await sql<{ named: boolean }>`
    SELECT EXISTS (SELECT FROM customer_orders WHERE contact_id = ${id})
      OR EXISTS (SELECT FROM invoices WHERE contact_id = ${id}) AS named`.execute(db)
  return rows[0]?.named ?? false
}
