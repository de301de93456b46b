import { type Expression, type SelectQueryBuilder, sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { ActivityKind } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'
import { matchesWords, type PageOf, type PageRequest, selectPage } from './keyset.ts'
import { type Owner, type OwnerNames, ownerColumns, ownerIsAmong, ownerNames } from './owners.ts'
import type { DB, NewRow, Row } from './tables.ts'

export const activityStates = ['open', 'late', 'done'] as const

export type ActivityState = (typeof activityStates)[number]

/** What a list of activities is narrowed to; undefined narrows nothing. */
export type ActivityFilters = {
  /** Those the viewer works in: what is about orders and invoices of the others does not exist. */
  organisation_ids: readonly string[]
  /** Those about accounts belong to no organisation: left out where the list is narrowed to one. */
  accounts: boolean
  words: string
  kind: ActivityKind | undefined
  /** `nobody` for those that nobody has. */
  assigned_to_id: string | undefined
  /** Late: open, and due before `today`. */
  state: ActivityState | undefined
  today: IsoDate
  /** Due dates, both days included. */
  from: IsoDate | undefined
  to: IsoDate | undefined
  owner: Owner | undefined
}

/** The filters of a list that nothing narrows. */
export const everyActivity: Omit<ActivityFilters, 'organisation_ids' | 'today'> = {
  accounts: true,
  words: '',
  kind: undefined,
  assigned_to_id: undefined,
  state: undefined,
  from: undefined,
  to: undefined,
  owner: undefined,
}

export type ActivitySort = 'due_date' | 'subject' | 'assigned_to' | 'created'
/** How many values a cursor of this list has at most. */
export const activitySortKeys = 3

export type Activity = Row<'activities'> &
  OwnerNames & { assigned_to_name: string | null; done_by_name: string | null; updated_by_name: string }

export async function listActivities(
  db: Database,
  filters: ActivityFilters,
  sort: { by: ActivitySort; direction: 'asc' | 'desc' },
  page: PageRequest,
): Promise<PageOf<Activity>> {
  const keys = [...sortKeys[sort.by], sql`activities.id`]
  return selectPage(withNames(filtered(db, filters)), { keys, direction: sort.direction }, page)
}

const assigneeName = sql<string | null>`(SELECT u.name FROM users u WHERE u.id = activities.assigned_to_id)`

/** By date what is open comes before what is done, and what has no date comes last of each. */
const sortKeys: Readonly<Record<ActivitySort, readonly Expression<unknown>[]>> = {
  due_date: [sql`(activities.done_at IS NOT NULL)`, sql`coalesce(activities.due_date, 'infinity')`],
  subject: [sql`activities.subject COLLATE "und-x-icu"`],
  assigned_to: [sql`coalesce(${assigneeName}, '') COLLATE "und-x-icu"`],
  created: [],
}

export async function countActivities(db: Database, filters: ActivityFilters): Promise<number> {
  const row = await filtered(db, filters)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

/** How many match, and the earliest date by which one is due. */
export async function summarizeActivities(
  db: Database,
  filters: ActivityFilters,
): Promise<{ count: number; oldest_date: IsoDate | null }> {
  return filtered(db, filters)
    .select([
      sql<number>`count(*)::int`.as('count'),
      sql<IsoDate | null>`min(activities.due_date)`.as('oldest_date'),
    ])
    .executeTakeFirstOrThrow()
}

/** @returns undefined also where it is about an order or an invoice of an organisation that is not among these */
export async function findActivity(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<Activity | undefined> {
  return withNames(
    db
      .selectFrom('activities')
      .where('activities.id', '=', id)
      .where(ownerIsAmong('activities', organisationIds)),
  ).executeTakeFirst()
}

export async function lockActivity(
  trx: Trx,
  id: string,
  organisationIds: readonly string[],
): Promise<Activity | undefined> {
  await trx.selectFrom('activities').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  return findActivity(trx, id, organisationIds)
}

export async function insertActivity(
  trx: Trx,
  owner: Owner,
  activity: Omit<NewRow<'activities'>, 'order_id' | 'invoice_id' | 'account_id'>,
): Promise<string> {
  const row = await trx
    .insertInto('activities')
    .values({ ...ownerColumns(owner), ...activity })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function updateActivity(
  trx: Trx,
  id: string,
  change: Partial<Pick<Row<'activities'>, 'kind' | 'subject' | 'notes' | 'due_date' | 'assigned_to_id'>> & {
    by: string
    /** Done now, or open again; absent: as it was. */
    done?: boolean
  },
): Promise<void> {
  const { by, done, ...columns } = change
  const doneColumns =
    done === undefined ? {} : { done_at: done ? sql<string>`now()` : null, done_by: done ? by : null }
  await trx
    .updateTable('activities')
    .set({
      ...columns,
      ...doneColumns,
      updated_by: by,
      updated_at: sql`now()`,
      version: sql`version + 1`,
    })
    .where('id', '=', id)
    .execute()
}

export async function deleteActivity(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('activities').where('id', '=', id).execute()
}

/** Who can be given an activity: the users in use of these organisations, and the one who has it. */
export async function listPossibleAssignees(
  db: Database,
  organisationIds: readonly string[],
  chosenId: string | null,
): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('users')
    .select(['users.id', 'users.name'])
    .where(
      sql<boolean>`(users.id = ${chosenId}::uuid OR (users.archived_at IS NULL AND EXISTS (
        SELECT FROM user_organisations m WHERE m.user_id = users.id AND m.organisation_id = ANY(${organisationIds}::uuid[]))))`,
    )
    .orderBy(sql`users.name COLLATE "und-x-icu"`)
    .orderBy('users.id')
    .execute()
}

function filtered(db: Database, filters: ActivityFilters) {
  const { organisation_ids, accounts, words, kind, assigned_to_id, state, today, from, to, owner } = filters
  return db
    .selectFrom('activities')
    .where(ownerIsAmong('activities', organisation_ids, { accounts }))
    .$if(words !== '', (query) => query.where(matchesWords(searched, words)))
    .$if(kind !== undefined, (query) => query.where('activities.kind', '=', kind ?? 'task'))
    .$if(assigned_to_id === 'nobody', (query) => query.where('activities.assigned_to_id', 'is', null))
    .$if(assigned_to_id !== undefined && assigned_to_id !== 'nobody', (query) =>
      query.where('activities.assigned_to_id', '=', assigned_to_id ?? null),
    )
    .$if(state !== undefined, (query) =>
      query.where('activities.done_at', state === 'done' ? 'is not' : 'is', null),
    )
    .$if(state === 'late', (query) => query.where('activities.due_date', '<', today))
    .$if(from !== undefined, (query) => query.where('activities.due_date', '>=', from ?? null))
    .$if(to !== undefined, (query) => query.where('activities.due_date', '<=', to ?? null))
    .$if(owner !== undefined, (query) =>
      query.where(`activities.${owner?.kind ?? 'order'}_id`, '=', owner?.id ?? null),
    )
}

/** Its own words, and what it is about. */
const searched = sql<string>`searchable(concat_ws(' ', activities.subject, activities.notes,
  (SELECT concat_ws(' ', o.number, o.subject, a.name) FROM customer_orders o JOIN accounts a ON a.id = o.account_id
    WHERE o.id = activities.order_id),
  (SELECT concat_ws(' ', i.number, i.subject, a.name) FROM invoices i JOIN accounts a ON a.id = i.account_id
    WHERE i.id = activities.invoice_id),
  (SELECT concat_ws(' ', a.code, a.name) FROM accounts a WHERE a.id = activities.account_id)))`

function withNames(query: SelectQueryBuilder<DB, 'activities', object>) {
  return query
    .selectAll('activities')
    .select(ownerNames('activities'))
    .select([
      assigneeName.as('assigned_to_name'),
      sql<string | null>`(SELECT u.name FROM users u WHERE u.id = activities.done_by)`.as('done_by_name'),
      sql<string>`(SELECT u.name FROM users u WHERE u.id = activities.updated_by)`.as('updated_by_name'),
    ])
}
