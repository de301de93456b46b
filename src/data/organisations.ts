import { sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { Database, Trx } from './database.ts'
import { matchesWords, type PageOf, type PageRequest, selectPage } from './keyset.ts'
import type { NewRow, Row } from './tables.ts'

export type OrganisationFilters = { words: string; archived: boolean }
/** How many values a cursor of this list has. */
export const organisationSortKeys = 2

export async function listOrganisations(
  db: Database,
  filters: OrganisationFilters,
  sort: { by: 'name' | 'code'; direction: 'asc' | 'desc' },
  page: PageRequest,
): Promise<PageOf<Row<'organisations'>>> {
  const key = sort.by === 'name' ? sql`name COLLATE "und-x-icu"` : sql`code`
  return selectPage(
    filtered(db, filters).selectAll(),
    { keys: [key, sql`id`], direction: sort.direction },
    page,
  )
}

export async function countOrganisations(db: Database, filters: OrganisationFilters): Promise<number> {
  const row = await filtered(db, filters)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

function filtered(db: Database, filters: OrganisationFilters) {
  return db
    .selectFrom('organisations')
    .where('archived_at', filters.archived ? 'is not' : 'is', null)
    .$if(filters.words !== '', (query) =>
      query.where(
        matchesWords(sql`searchable(code || ' ' || name || ' ' || legal_name || ' ' || city)`, filters.words),
      ),
    )
}

/** What a choice of organisations needs: of these ids, or all; those in use unless archived ones are wanted too. */
export async function listOfferedOrganisations(
  db: Database,
  ids?: readonly string[],
  options: { archived: boolean } = { archived: false },
): Promise<Pick<Row<'organisations'>, 'id' | 'code' | 'name' | 'currency' | 'time_zone'>[]> {
  return db
    .selectFrom('organisations')
    .select(['id', 'code', 'name', 'currency', 'time_zone'])
    .$if(!options.archived, (query) => query.where('archived_at', 'is', null))
    .$if(ids !== undefined, (query) => query.where(sql<boolean>`id = ANY(${[...(ids ?? [])]}::uuid[])`))
    .orderBy(sql`name COLLATE "und-x-icu"`)
    .orderBy('id')
    .execute()
}

export async function findOrganisation(db: Database, id: string): Promise<Row<'organisations'> | undefined> {
  return db.selectFrom('organisations').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Whether there is any: without one the installation is empty and waits for its first set-up. */
export async function hasOrganisation(db: Database): Promise<boolean> {
  const row = await db.selectFrom('organisations').select('id').limit(1).executeTakeFirst()
  return row !== undefined
}

export async function lockOrganisation(trx: Trx, id: string): Promise<Row<'organisations'> | undefined> {
  return trx.selectFrom('organisations').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function insertOrganisation(trx: Trx, organisation: NewRow<'organisations'>): Promise<string> {
  const row = await trx
    .insertInto('organisations')
    .values(organisation)
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function updateOrganisation(
  trx: Trx,
  id: string,
  organisation: Partial<NewRow<'organisations'>>,
): Promise<void> {
  await trx
    .updateTable('organisations')
    .set({ ...organisation, updated_at: sql`now()`, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

/** What stands in the way of archiving an organisation: users at home in it, and orders that it bills again and again. */
export async function countOrganisationUses(
  db: Database,
  id: string,
): Promise<{ users: number; recurrences: number }> {
  const row = await db
    .selectNoFrom((eb) => [
      eb
        .selectFrom('users')
        .select(sql<number>`count(*)::int`.as('n'))
        .where('organisation_id', '=', id)
        .where('archived_at', 'is', null)
        .as('users'),
      eb
        .selectFrom('recurrences')
        .select(sql<number>`count(*)::int`.as('n'))
        .where('organisation_id', '=', id)
        .where('enabled', '=', true)
        .as('recurrences'),
    ])
    .executeTakeFirstOrThrow()
  return { users: row.users ?? 0, recurrences: row.recurrences ?? 0 }
}

/** How many drafts of invoices are dated on or before a day. */
export async function countDraftsUntil(db: Database, id: string, date: IsoDate): Promise<number> {
  const row = await db
    .selectFrom('invoices')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('organisation_id', '=', id)
    .where('issued_at', 'is', null)
    .where('document_date', '<=', date)
    .executeTakeFirstOrThrow()
  return row.count
}

/** Lets a user work in an organisation; nothing where they do already. */
export async function addUserToOrganisation(trx: Trx, userId: string, organisationId: string): Promise<void> {
  await trx
    .insertInto('user_organisations')
    .values({ user_id: userId, organisation_id: organisationId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
