import { sql } from 'kysely'
import type { Database, Trx } from './database.ts'
import { linesIn } from './document-lines.ts'
import type { NewRow, Row } from './tables.ts'

export type OrderLine = Row<'customer_order_lines'>
export type OrderTax = Row<'customer_order_taxes'>
export type Order = Row<'customer_orders'> & {
  /** By position. */
  lines: OrderLine[]
  /** Ascending by rate, then category. */
  taxes: OrderTax[]
}

/** An order with what its references are called. */
export type OrderRecord = Order & {
  account_code: string
  account_name: string
  contact_name: string | null
  assigned_to_name: string | null
  organisation_code: string
  organisation_name: string
  created_by_name: string | null
  updated_by_name: string | null
  finalized_by_name: string | null
}

/** What a line holds beside its order and its progress; `id` where the line exists already. Positions are 1, 2, 3 … */
export type LineRecord = Omit<
  OrderLine,
  | 'id'
  | 'order_id'
  | 'organisation_id'
  | 'delivered_quantity'
  | 'invoiced_quantity'
  | 'drafted_quantity'
  | 'customer_line_reference'
> & { id?: string }

export type TaxRecord = Omit<NewRow<'customer_order_taxes'>, 'order_id'>

/** An order of these organisations, with lines, taxes and names. */
export async function findOrder(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<OrderRecord | undefined> {
  const order = await db
    .selectFrom('customer_orders as o')
    .innerJoin('accounts as a', 'a.id', 'o.account_id')
    .innerJoin('organisations as g', 'g.id', 'o.organisation_id')
    .leftJoin('contacts as c', 'c.id', 'o.contact_id')
    .leftJoin('users as assigned', 'assigned.id', 'o.assigned_to_id')
    .leftJoin('users as created', 'created.id', 'o.created_by')
    .leftJoin('users as updated', 'updated.id', 'o.updated_by')
    .leftJoin('users as finalized', 'finalized.id', 'o.finalized_by')
    .where('o.id', '=', id)
    .where(sql<boolean>`o.organisation_id = ANY(${organisationIds}::uuid[])`)
    .selectAll('o')
    .select([
      'a.code as account_code',
      'a.name as account_name',
      'c.name as contact_name',
      'assigned.name as assigned_to_name',
      'g.code as organisation_code',
      'g.name as organisation_name',
      'created.name as created_by_name',
      'updated.name as updated_by_name',
      'finalized.name as finalized_by_name',
    ])
    .executeTakeFirst()
  return order === undefined ? undefined : { ...order, ...(await findParts(db, id)) }
}

/** The order's row, locked until the transaction ends, with lines and taxes. */
export async function lockOrder(
  trx: Trx,
  id: string,
  organisationIds: readonly string[],
): Promise<Order | undefined> {
  const order = await trx
    .selectFrom('customer_orders')
    .selectAll()
    .where('id', '=', id)
    .where(sql<boolean>`organisation_id = ANY(${organisationIds}::uuid[])`)
    .forUpdate()
    .executeTakeFirst()
  return order === undefined ? undefined : { ...order, ...(await findParts(trx, id)) }
}

async function findParts(db: Database, id: string): Promise<{ lines: OrderLine[]; taxes: OrderTax[] }> {
  const lines = await db
    .selectFrom('customer_order_lines')
    .selectAll()
    .where('order_id', '=', id)
    .orderBy('position')
    .execute()
  const taxes = await db
    .selectFrom('customer_order_taxes')
    .selectAll()
    .where('order_id', '=', id)
    .orderBy('rate')
    .orderBy('category')
    .execute()
  return { lines, taxes }
}

/** Writes an order with its lines and taxes; the database checks at the commit that they add up. Returns its id. */
export async function insertOrder(
  trx: Trx,
  order: NewRow<'customer_orders'>,
  lines: readonly LineRecord[],
  taxes: readonly TaxRecord[],
): Promise<string> {
  const { id } = await trx
    .insertInto('customer_orders')
    .values(order)
    .returning('id')
    .executeTakeFirstOrThrow()
  await orderLines.insert(trx, { id, organisation_id: order.organisation_id }, lines)
  await insertTaxes(trx, id, taxes)
  return id
}

/** What an order may change; the version and who changed it last go with it. */
export type OrderChange = Omit<
  NewRow<'customer_orders'>,
  'id' | 'created_at' | 'created_by' | 'updated_at' | 'version'
>

/**
 * Replaces an order's content under its lock. Lines with an id are changed in place, so that their progress and what names them
 * stay; lines left out are removed; the others are added.
 */
export async function updateOrder(
  trx: Trx,
  before: { id: string; organisation_id: string },
  order: OrderChange,
  lines: readonly LineRecord[],
  taxes: readonly TaxRecord[],
): Promise<void> {
  const { id } = before
  const key = { id, organisation_id: order.organisation_id }
  // Lines name the order together with its organisation: they step aside where that changes, and come back under their ids.
  const moves = before.organisation_id !== order.organisation_id
  const kept = moves ? [] : lines.filter((line) => line.id !== undefined)
  await orderLines.deleteAllBut(trx, id, kept)
  await trx.deleteFrom('customer_order_taxes').where('order_id', '=', id).execute()
  await trx
    .updateTable('customer_orders')
    .set({ ...order, updated_at: sql`now()`, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
  await orderLines.update(trx, id, kept)
  await orderLines.insert(
    trx,
    key,
    lines.filter((line) => moves || line.id === undefined),
  )
  await insertTaxes(trx, id, taxes)
}

const orderLines = linesIn('customer_order_lines', 'order_id')

async function insertTaxes(trx: Trx, orderId: string, taxes: readonly TaxRecord[]): Promise<void> {
  if (taxes.length === 0) return
  await trx
    .insertInto('customer_order_taxes')
    .values(taxes.map((tax) => ({ ...tax, order_id: orderId })))
    .execute()
}
