import { type AliasedExpression, type RawBuilder, sql } from 'kysely'
import type { BatchAction, BatchResult } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'
import { type InvoiceFilters, selectMatchingInvoices } from './invoice-lists.ts'
import { type PageOf, type PageRequest, selectPage } from './keyset.ts'
import { type OrderFilters, selectMatchingOrders } from './order-lists.ts'
import type { NewRow, Row } from './tables.ts'

/** A run gives signs of life every few seconds; after so many without one it was cut off. */
const silentAfterSeconds = 15

export async function insertBatch(trx: Trx, batch: NewRow<'batches'>): Promise<string> {
  const row = await trx
    .insertInto('batches')
    .values({ ...batch, heartbeat_at: sql`now()` })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** The table of what a batch acts on. */
function documentsOf(action: BatchAction) {
  return action === 'issue' ? sql.table('invoices') : sql.table('customer_orders')
}

type NewItems = { batch_id: string; action: BatchAction }

/** One row an id, in their order; a document of other organisations is as unknown as one that does not exist. */
export async function insertItemsOfIds(
  trx: Trx,
  { batch_id, action }: NewItems,
  ids: readonly string[],
  organisationIds: readonly string[],
): Promise<void> {
  await sql`
    INSERT INTO batch_items (batch_id, position, document_id, organisation_id, number)
    SELECT ${batch_id}::uuid, u.position, u.id, o.organisation_id, o.number
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS u (id, position)
    LEFT JOIN ${documentsOf(action)} o ON o.id = u.id AND o.organisation_id = ANY(${organisationIds}::uuid[])`.execute(
    trx,
  )
}

/** One row an order that matches, the newest first. Answers how many. */
export async function insertMatchingOrders(
  trx: Trx,
  batchId: string,
  filters: OrderFilters,
): Promise<number> {
  return insertMatching(trx, batchId, selectMatchingOrders(trx, filters).as('m'))
}

/** The same of invoices. */
export async function insertMatchingInvoices(
  trx: Trx,
  batchId: string,
  filters: InvoiceFilters,
): Promise<number> {
  return insertMatching(trx, batchId, selectMatchingInvoices(trx, filters).as('m'))
}

type Matching = AliasedExpression<
  { id: string; organisation_id: string; number: string | null; position: number },
  'm'
>

async function insertMatching(trx: Trx, batchId: string, matching: Matching): Promise<number> {
  const result = await trx
    .insertInto('batch_items')
    .columns(['batch_id', 'position', 'document_id', 'organisation_id', 'number'])
    .expression(
      trx
        .selectFrom(matching)
        .select([
          sql<string>`${batchId}::uuid`.as('batch_id'),
          'm.position',
          'm.id',
          'm.organisation_id',
          'm.number',
        ]),
    )
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0)
}

/** One row a document that another batch left refused. Answers how many. */
export async function insertItemsRefusedIn(
  trx: Trx,
  { batch_id, action }: NewItems,
  retriedId: string,
  organisationIds: readonly string[],
): Promise<number> {
  const { numAffectedRows } = await sql`
    INSERT INTO batch_items (batch_id, position, document_id, organisation_id, number)
    SELECT ${batch_id}::uuid, row_number() OVER (ORDER BY i.position), i.document_id, o.organisation_id,
      coalesce(o.number, i.number)
    FROM batch_items i
    LEFT JOIN ${documentsOf(action)} o ON o.id = i.document_id AND o.organisation_id = ANY(${organisationIds}::uuid[])
    WHERE i.batch_id = ${retriedId}::uuid AND i.result = 'refused'`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

/** What a run needs of a batch: in whose name it acts, and in which organisations that person works now. */
export type BatchOrder = Pick<Row<'batches'>, 'id' | 'action' | 'assigned_to_id'> & {
  by: { id: string; organisation_ids: string[] }
}

/** Undefined where nothing is left to do. An archived user works nowhere any more. */
export async function findBatchToRun(db: Database, id: string): Promise<BatchOrder | undefined> {
  const row = await db
    .selectFrom('batches as b')
    .innerJoin('users as u', 'u.id', 'b.created_by')
    .where('b.id', '=', id)
    .where('b.finished_at', 'is', null)
    .select([
      'b.id',
      'b.action',
      'b.assigned_to_id',
      'u.id as user_id',
      sql<string[]>`array(SELECT m.organisation_id::text FROM user_organisations m
        WHERE m.user_id = u.id AND u.archived_at IS NULL)`.as('organisation_ids'),
    ])
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { user_id, organisation_ids, ...batch } = row
  return { ...batch, by: { id: user_id, organisation_ids } }
}

/** The next row that nobody has settled, and that no other run of the batch holds; locked until the transaction ends. */
export async function lockPendingItem(
  trx: Trx,
  batchId: string,
): Promise<{ position: number; document_id: string } | undefined> {
  return trx
    .selectFrom('batch_items')
    .select(['position', 'document_id'])
    .where('batch_id', '=', batchId)
    .where('result', '=', 'pending')
    .orderBy('position')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}

/** What nobody has settled yet, in the order it was asked for. */
export async function listPendingDocuments(db: Database, batchId: string, most: number): Promise<string[]> {
  const rows = await db
    .selectFrom('batch_items')
    .select('document_id')
    .where('batch_id', '=', batchId)
    .where('result', '=', 'pending')
    .orderBy('position')
    .limit(most)
    .execute()
  return rows.map((row) => row.document_id)
}

export type Settled = { document_id: string; refusals: readonly unknown[]; number: string | null }

/** What became of many at once; what is settled already stays as it is. */
export async function settleDocuments(
  db: Database,
  batchId: string,
  settled: readonly Settled[],
): Promise<void> {
  if (settled.length === 0) return
  await sql`
    UPDATE batch_items i SET result = CASE WHEN n.refusals = '[]' THEN 'done' ELSE 'refused' END, refusals = n.refusals,
      number = coalesce(n.number, i.number), settled_at = now()
    FROM unnest(${settled.map((row) => row.document_id)}::uuid[], ${settled.map((row) => JSON.stringify(row.refusals))}::jsonb[],
      ${settled.map((row) => row.number)}::text[]) AS n(document_id, refusals, number)
    WHERE i.batch_id = ${batchId} AND i.document_id = n.document_id AND i.result = 'pending'`.execute(db)
}

export async function settleItem(
  db: Database,
  item: { batch_id: string; position: number },
  outcome: { result: Exclude<BatchResult, 'pending'>; refusals: readonly unknown[] },
): Promise<void> {
  await db
    .updateTable('batch_items')
    .set({
      result: outcome.result,
      refusals: JSON.stringify(outcome.refusals),
      settled_at: sql`now()`,
    })
    .where('batch_id', '=', item.batch_id)
    .where('position', '=', item.position)
    .where('result', '=', 'pending')
    .execute()
}

/** A sign of life of whoever works on it; `rest` says that nobody does any more. */
export async function markBatchAlive(db: Database, id: string, sign: 'alive' | 'rest'): Promise<void> {
  await db
    .updateTable('batches')
    .set({ heartbeat_at: sign === 'alive' ? sql`now()` : null })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .execute()
}

/** Finished once no row is left, also where another run settled the last one. */
export async function finishBatch(db: Database, id: string): Promise<void> {
  await db
    .updateTable('batches')
    .set({ finished_at: sql`now()`, heartbeat_at: null })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('batch_items')
            .select('position')
            .where('batch_id', '=', id)
            .where('result', '=', 'pending'),
        ),
      ),
    )
    .execute()
}

export type BatchRecord = Row<'batches'> & {
  created_by_name: string
  assigned_to_name: string | null
  /** Nobody works on it, and it is not finished. */
  interrupted: boolean
  total: number
  done: number
  refused: number
  pending: number
}

export async function findBatch(db: Database, id: string): Promise<BatchRecord | undefined> {
  return batches(db).where('batches.id', '=', id).executeTakeFirst()
}

/** How many values a cursor of the list of batches has. */
export const batchSortKeys = 1

/** The batches of a user, or of everybody (null), the newest first. */
export async function listBatches(
  db: Database,
  userId: string | null,
  page: PageRequest,
): Promise<PageOf<BatchRecord>> {
  const query = userId === null ? batches(db) : batches(db).where('batches.created_by', '=', userId)
  return selectPage(query, { keys: [sql`batches.id`], direction: 'desc' }, page)
}

export async function countBatches(db: Database, userId: string | null): Promise<number> {
  let query = db.selectFrom('batches').select(sql<number>`count(*)::int`.as('count'))
  if (userId !== null) query = query.where('created_by', '=', userId)
  return (await query.executeTakeFirstOrThrow()).count
}

/** The newest one of a user's that was cut off, so that they hear of it. */
export async function findInterruptedBatch(db: Database, userId: string): Promise<BatchRecord | undefined> {
  return batches(db)
    .where('batches.created_by', '=', userId)
    .where('batches.finished_at', 'is', null)
    .where(isSilent, '=', true)
    .orderBy('batches.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

const isSilent = sql<boolean>`(batches.finished_at IS NULL AND coalesce(
  batches.heartbeat_at < now() - make_interval(secs => ${silentAfterSeconds}), true))`

function batches(db: Database) {
  return db
    .selectFrom('batches')
    .selectAll('batches')
    .select([
      isSilent.as('interrupted'),
      sql<string>`(SELECT u.name FROM users u WHERE u.id = batches.created_by)`.as('created_by_name'),
      sql<string | null>`(SELECT u.name FROM users u WHERE u.id = batches.assigned_to_id)`.as(
        'assigned_to_name',
      ),
      itemsOf(sql`true`).as('total'),
      itemsOf(sql`i.result = 'done'`).as('done'),
      itemsOf(sql`i.result = 'refused'`).as('refused'),
      itemsOf(sql`i.result = 'pending'`).as('pending'),
    ])
}

function itemsOf(condition: RawBuilder<unknown>) {
  return sql<number>`(SELECT count(*)::int FROM batch_items i WHERE i.batch_id = batches.id AND ${condition})`
}

/** How many values a cursor of a receipt's rows has. */
export const batchItemSortKeys = 2

export type BatchItem = Pick<Row<'batch_items'>, 'position' | 'result' | 'refusals' | 'settled_at'> & {
  /** Null where the reader may not know the document, or there is none. */
  id: string | null
  number: string | null
  subject: string | null
  /** Whether the reader may know what is told of it. */
  visible: boolean
}

/** A receipt's rows: what was refused first, then what is left, then what was done; each in the order it was asked for. */
export async function listBatchItems(
  db: Database,
  batchId: string,
  reader: { organisation_ids: readonly string[]; result: BatchResult | undefined },
  page: PageRequest,
): Promise<PageOf<BatchItem>> {
  const seen = sql<boolean>`(batch_items.organisation_id IS NULL
    OR batch_items.organisation_id = ANY(${reader.organisation_ids}::uuid[]))`
  const theirs = (column: string) =>
    sql<boolean>`${sql.ref(column)} = ANY(${reader.organisation_ids}::uuid[])`
  let query = db
    .selectFrom('batch_items')
    .leftJoin('customer_orders', (join) =>
      join
        .onRef('customer_orders.id', '=', 'batch_items.document_id')
        .on(theirs('customer_orders.organisation_id')),
    )
    .leftJoin('invoices', (join) =>
      join.onRef('invoices.id', '=', 'batch_items.document_id').on(theirs('invoices.organisation_id')),
    )
    .where('batch_items.batch_id', '=', batchId)
  if (reader.result !== undefined) query = query.where('batch_items.result', '=', reader.result)
  const rank = sql`array_position(array['refused','pending','done'], batch_items.result)`
  return selectPage(
    query.select([
      'batch_items.position',
      'batch_items.result',
      'batch_items.refusals',
      'batch_items.settled_at',
      sql<string | null>`coalesce(customer_orders.id, invoices.id)`.as('id'),
      sql<
        string | null
      >`CASE WHEN ${seen} THEN coalesce(customer_orders.number, invoices.number, batch_items.number) END`.as(
        'number',
      ),
      sql<string | null>`coalesce(customer_orders.subject, invoices.subject)`.as('subject'),
      seen.as('visible'),
    ]),
    { keys: [rank, sql`batch_items.position`], direction: 'asc' },
    page,
  )
}
