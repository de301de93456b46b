import { sql } from 'kysely'
import type { Database, Trx } from './database.ts'
import { matchesWords, type PageOf, type PageRequest, selectPage } from './keyset.ts'
import type { NewRow, Row } from './tables.ts'

/** A user who may sign in, by email in any case. */
export async function findSignIn(
  db: Database,
  email: string,
): Promise<Pick<Row<'users'>, 'id' | 'password_hash' | 'language'> | undefined> {
  return db
    .selectFrom('users')
    .select(['id', 'password_hash', 'language'])
    .where((eb) => eb(eb.fn('lower', ['email']), '=', email.toLowerCase()))
    .where('archived_at', 'is', null)
    .executeTakeFirst()
}

export async function setPreferences(
  db: Database,
  userId: string,
  preferences: { language: 'en' | 'fr'; theme: 'light' | 'dark' | 'system'; single_keys: boolean },
): Promise<void> {
  await db.updateTable('users').set(preferences).where('id', '=', userId).execute()
}

/** Who can be chosen for a document of the organisation: the users who work in it, and the one already chosen. */
export async function listUsersOfOrganisation(
  db: Database,
  organisationId: string,
  chosenId?: string | null,
): Promise<Pick<Row<'users'>, 'id' | 'name' | 'email' | 'archived_at'>[]> {
  return db
    .selectFrom('users as u')
    .select(['u.id', 'u.name', 'u.email', 'u.archived_at'])
    .where((eb) =>
      eb.or([
        eb.and([
          eb('u.archived_at', 'is', null),
          eb.exists(
            eb
              .selectFrom('user_organisations as m')
              .select('m.user_id')
              .whereRef('m.user_id', '=', 'u.id')
              .where('m.organisation_id', '=', organisationId),
          ),
        ]),
        ...(chosenId ? [eb('u.id', '=', chosenId)] : []),
      ]),
    )
    .orderBy(sql`u.name COLLATE "und-x-icu"`)
    .orderBy('u.id')
    .execute()
}

export type UserFilters = { words: string; archived: boolean }
/** How many values a cursor of this list has. */
export const userSortKeys = 2

/** A user as lists and pages show it: without the hash of the password. */
export type User = Omit<Row<'users'>, 'password_hash'> & {
  organisation_name: string
  organisation_code: string
  organisation_ids: string[]
  has_password: boolean
}

export async function listUsers(
  db: Database,
  filters: UserFilters,
  sort: { by: 'name' | 'email'; direction: 'asc' | 'desc' },
  page: PageRequest,
): Promise<PageOf<User>> {
  const key = sort.by === 'name' ? sql`users.name COLLATE "und-x-icu"` : sql`lower(coalesce(users.email, ''))`
  return selectPage(
    shown(filtered(db, filters)),
    { keys: [key, sql`users.id`], direction: sort.direction },
    page,
  )
}

export async function countUsers(db: Database, filters: UserFilters): Promise<number> {
  const row = await filtered(db, filters)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

export async function findUser(db: Database, id: string): Promise<User | undefined> {
  return shown(users(db).where('users.id', '=', id)).executeTakeFirst()
}

function users(db: Database) {
  return db.selectFrom('users').innerJoin('organisations', 'organisations.id', 'users.organisation_id')
}

function filtered(db: Database, filters: UserFilters) {
  return users(db)
    .where('users.archived_at', filters.archived ? 'is not' : 'is', null)
    .$if(filters.words !== '', (query) =>
      query.where(
        matchesWords(sql`searchable(users.name || ' ' || coalesce(users.email, ''))`, filters.words),
      ),
    )
}

function shown(query: ReturnType<typeof users>) {
  return query.select([
    'users.id',
    'users.code',
    'users.name',
    'users.title',
    'users.email',
    'users.role',
    'users.organisation_id',
    'users.language',
    'users.theme',
    'users.single_keys',
    'users.archived_at',
    'users.created_at',
    'users.updated_at',
    'users.version',
    'organisations.name as organisation_name',
    'organisations.code as organisation_code',
    sql<
      string[]
    >`array(SELECT m.organisation_id::text FROM user_organisations m WHERE m.user_id = users.id)`.as(
      'organisation_ids',
    ),
    sql<boolean>`users.password_hash IS NOT NULL`.as('has_password'),
  ])
}

export async function lockUser(trx: Trx, id: string): Promise<Row<'users'> | undefined> {
  return trx.selectFrom('users').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Locks every admin in use, so that two people cannot each take away the other's last one. */
export async function lockAdmins(trx: Trx): Promise<string[]> {
  const rows = await trx
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('archived_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map((row) => row.id)
}

export async function insertUser(trx: Trx, user: NewRow<'users'>): Promise<string> {
  const row = await trx.insertInto('users').values(user).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function updateUser(trx: Trx, id: string, user: Partial<NewRow<'users'>>): Promise<void> {
  await trx
    .updateTable('users')
    .set({ ...user, updated_at: sql`now()`, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

/** The organisations the user works in, the home one among them: the foreign key of it is checked when the transaction ends. */
export async function replaceOrganisationsOfUser(
  trx: Trx,
  userId: string,
  organisationIds: readonly string[],
): Promise<void> {
  await trx.deleteFrom('user_organisations').where('user_id', '=', userId).execute()
  await trx
    .insertInto('user_organisations')
    .values(organisationIds.map((id) => ({ user_id: userId, organisation_id: id })))
    .execute()
}
