import { type Expression, type SelectQueryBuilder, sql } from 'kysely'
import type { TaxTreatment } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'
import { escapeLike, type Keyset, matchesWords, type PageOf, type PageRequest, selectPage } from './keyset.ts'
import { isAmong, isAscending, rowsByRank } from './scans.ts'
import type { DB, NewRow, Row } from './tables.ts'

export type AccountFilters = {
  words: string
  archived: boolean
  tax_treatment: TaxTreatment | undefined
  /** The accounts right below this one. */
  parent_id: string | undefined
}
/** `match` puts the account whose code is the text first, then codes that begin with it, then the others by name. */
export type AccountSort = 'name' | 'code' | 'city' | 'match'
/** How many values a cursor of this list has at most. */
export const accountSortKeys = 3

/** An account with what its references are called. */
export type AccountRecord = Row<'accounts'> & {
  parent_code: string | null
  parent_name: string | null
  payment_term_code: string | null
  payment_term_name: string | null
}

export async function listAccounts(
  db: Database,
  filters: AccountFilters,
  sort: { by: AccountSort; direction: 'asc' | 'desc' },
  page: PageRequest,
): Promise<PageOf<AccountRecord>> {
  const query = filtered(db, filters).selectAll().select(references)
  const keyset =
    sort.by === 'match'
      ? byMatch(filtered(db, filters).select('id'), filters.words, sort.direction)
      : { keys: [sortKey(sort.by), sql`id`], direction: sort.direction }
  return selectPage(query, keyset, page)
}

const references = [
  sql<string | null>`(SELECT p.code FROM accounts AS p WHERE p.id = accounts.parent_id)`.as('parent_code'),
  sql<string | null>`(SELECT p.name FROM accounts AS p WHERE p.id = accounts.parent_id)`.as('parent_name'),
  sql<string | null>`(SELECT t.code FROM payment_terms AS t WHERE t.id = accounts.payment_term_id)`.as(
    'payment_term_code',
  ),
  sql<string | null>`(SELECT t.name FROM payment_terms AS t WHERE t.id = accounts.payment_term_id)`.as(
    'payment_term_name',
  ),
] as const

function sortKey(by: Exclude<AccountSort, 'match'>): Expression<unknown> {
  if (by === 'code') return sql`code`
  if (by === 'city') return sql`city COLLATE "und-x-icu"`
  return sql`name COLLATE "und-x-icu"`
}

/** What a picker asks for at each key. */
function byMatch(
  from: SelectQueryBuilder<DB, 'accounts', { id: string }>,
  words: string,
  direction: 'asc' | 'desc',
): Keyset {
  const typed = words.trim().toLowerCase()
  const isExact = sql<boolean>`(lower(code) = ${typed})`
  const begins = sql<boolean>`(lower(code) LIKE ${`${escapeLike(typed)}%`})`
  const rank = sql`(CASE WHEN ${isExact} THEN 0 WHEN ${begins} THEN 1 ELSE 2 END)`
  const [name, id] = [sql`(name COLLATE "und-x-icu")`, sql`id`]
  return {
    keys: [rank, name, id],
    direction,
    candidates: (page) => {
      const ascending = isAscending(direction, page)
      const scan = { from, ascending, keys: [name, id], beyond: page.cursor?.values, limit: page.limit + 1 }
      return isAmong(id, rowsByRank(scan, [isExact, begins, sql<boolean>`true`]))
    },
  }
}

export async function countAccounts(db: Database, filters: AccountFilters): Promise<number> {
  const row = await filtered(db, filters)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

function filtered(db: Database, filters: AccountFilters) {
  const { words, archived, tax_treatment, parent_id } = filters
  return db
    .selectFrom('accounts')
    .where('archived_at', archived ? 'is not' : 'is', null)
    .$if(words.trim() !== '', (query) => query.where(matchesWords(sql`search_text`, words)))
    .$if(tax_treatment !== undefined, (query) =>
      query.where('tax_treatment', '=', tax_treatment ?? 'domestic'),
    )
    .$if(parent_id !== undefined, (query) => query.where('parent_id', '=', parent_id ?? null))
}

export async function findAccount(db: Database, id: string): Promise<AccountRecord | undefined> {
  return db.selectFrom('accounts').selectAll().select(references).where('id', '=', id).executeTakeFirst()
}

export type NamedAccount = { id: string; code: string; name: string; archived_at: string | null }

/** What a text without scripts may mean: the account of that code, else those of exactly that name; case aside. At most 10. */
export async function listAccountsCalled(db: Database, text: string): Promise<NamedAccount[]> {
  const typed = text.trim()
  const query = db
    .selectFrom('accounts')
    .select(['id', 'code', 'name', 'archived_at'])
    .orderBy(sql`archived_at IS NOT NULL`)
    .orderBy('code')
    .limit(10)
  const byCode = await query.where(sql<boolean>`lower(code) = lower(${typed})`).execute()
  if (byCode.length > 0) return byCode
  return query.where(sql<boolean>`lower(name) = lower(${typed})`).execute()
}

export async function lockAccount(trx: Trx, id: string): Promise<Row<'accounts'> | undefined> {
  return trx.selectFrom('accounts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function insertAccount(trx: Trx, account: NewRow<'accounts'>): Promise<string> {
  const row = await trx.insertInto('accounts').values(account).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function updateAccount(trx: Trx, id: string, account: NewRow<'accounts'>): Promise<void> {
  await trx
    .updateTable('accounts')
    .set({ ...account, updated_at: sql`now()`, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

export async function deleteAccount(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('accounts').where('id', '=', id).execute()
}

/** The codes that begin like `stem`, in capitals. */
export async function listAccountCodes(db: Database, stem: string): Promise<string[]> {
  const rows = await db
    .selectFrom('accounts')
    .select(sql<string>`upper(code)`.as('code'))
    .where(sql<boolean>`starts_with(upper(code), ${stem})`)
    .execute()
  return rows.map((row) => row.code)
}

/**
 * Makes changes of parents wait for one another: two of them at once, each harmless, could close a circle together.
 * Taken before the accounts' rows.
 */
export async function lockAccountParents(trx: Trx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext('accounts.parent_id'))`.execute(trx)
}

/** The account's parent, that one's parent and so on, nearest first; ends where it would repeat itself. */
export async function listAncestorIds(db: Database, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    WITH RECURSIVE above AS (
      SELECT parent_id AS id, 1 AS step FROM accounts WHERE id = ${id} AND parent_id IS NOT NULL
      UNION ALL
      SELECT a.parent_id, above.step + 1 FROM above JOIN accounts AS a ON a.id = above.id WHERE a.parent_id IS NOT NULL
    ) CYCLE id SET is_cycle USING path
    SELECT id FROM above WHERE NOT is_cycle ORDER BY step`.execute(db)
  return rows.map((row) => row.id)
}

export async function listChildAccounts(
  db: Database,
  id: string,
): Promise<(NamedAccount & { city: string })[]> {
  return db
    .selectFrom('accounts')
    .select(['id', 'code', 'name', 'city', 'archived_at'])
    .where('parent_id', '=', id)
    .orderBy(sql`archived_at IS NOT NULL`)
    .orderBy(sql`name COLLATE "und-x-icu"`)
    .orderBy('id')
    .execute()
}

/** Other accounts with the same VAT number or SIREN. */
export async function listAccountsAlike(
  db: Database,
  account: { id: string; vat_number: string; siren: string },
): Promise<(NamedAccount & { vat_number: string; siren: string })[]> {
  const { id, vat_number, siren } = account
  if (vat_number === '' && siren === '') return []
  return db
    .selectFrom('accounts')
    .select(['id', 'code', 'name', 'archived_at', 'vat_number', 'siren'])
    .where('id', '!=', id)
    .where((eb) =>
      eb.or([
        ...(vat_number === '' ? [] : [eb('vat_number', '=', vat_number)]),
        ...(siren === '' ? [] : [eb('siren', '=', siren)]),
      ]),
    )
    .orderBy('code')
    .limit(10)
    .execute()
}

/** What names an account, over all organisations: as long as anything does, it is archived instead of deleted. */
export async function countUsesOfAccount(
  db: Database,
  id: string,
): Promise<{ documents: boolean; contacts: number; children: number }> {
  const { rows } = await sql<{ documents: boolean; contacts: number; children: number }>`
    SELECT
      EXISTS (SELECT FROM customer_orders WHERE account_id = ${id})
        OR EXISTS (SELECT FROM invoices WHERE account_id = ${id} OR order_account_id = ${id}) AS documents,
      (SELECT count(*)::int FROM contacts WHERE account_id = ${id}) AS contacts,
      (SELECT count(*)::int FROM accounts WHERE parent_id = ${id}) AS children`.execute(db)
  return rows[0] ?? { documents: false, contacts: 0, children: 0 }
}

export type RecurringOrder = {
  id: string
  number: string
  subject: string
  net: string
  currency: string
  frequency: Row<'recurrences'>['frequency']
  next_run_date: string | null
}

/** The account's orders that are billed again and again, in these organisations. */
export async function listRecurringOrdersOfAccount(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<RecurringOrder[]> {
  return db
    .selectFrom('customer_orders as o')
    .innerJoin('recurrences as r', 'r.order_id', 'o.id')
    .select(['o.id', 'o.number', 'o.subject', 'o.net', 'o.currency', 'r.frequency', 'r.next_run_date'])
    .where('o.account_id', '=', id)
    .where('o.organisation_id', 'in', [...organisationIds])
    .where('o.status', '!=', 'cancelled')
    .where('r.enabled', '=', true)
    .orderBy('o.number')
    .execute()
}

export async function countOrganisations(db: Database): Promise<number> {
  const row = await db
    .selectFrom('organisations')
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}
