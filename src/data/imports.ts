import { sql } from 'kysely'
import type { Address } from '../lib/address.ts'
import type { Database, Trx } from './database.ts'
import type { LineRecord, TaxRecord } from './orders.ts'
import type { NewRow, Row } from './tables.ts'

/** Rows of an import, written and looked up by the thousand. */

type Coded = 'accounts' | 'suppliers' | 'products' | 'users' | 'tax_rates'

/** Which of the codes exist already. */
export async function listCodes(trx: Trx, table: Coded, codes: readonly string[]): Promise<Set<string>> {
  return new Set((await listIdsByCode(trx, table, codes)).keys())
}

export async function listIdsByCode(
  trx: Trx,
  table: Coded,
  codes: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; code: string }>`
    SELECT id, code FROM ${sql.table(table)} WHERE code = ANY(${[...new Set(codes)]}::text[])`.execute(trx)
  return new Map(rows.map((row) => [row.code, row.id]))
}

/** Which of the emails belong to a user, in lower case. */
export async function listEmails(trx: Trx, emails: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ email: string }>`
    SELECT lower(email) AS email FROM users WHERE lower(email) = ANY(${emails.map((email) => email.toLowerCase())}::text[])`.execute(
    trx,
  )
  return new Set(rows.map((row) => row.email))
}

export async function listOrderNumbers(
  trx: Trx,
  organisationId: string,
  numbers: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ number: string }>`
    SELECT number FROM customer_orders WHERE organisation_id = ${organisationId} AND number = ANY(${numbers}::text[])`.execute(
    trx,
  )
  return new Set(rows.map((row) => row.number))
}

export type ImportedAccount = Address & {
  id: string
  code: string
  legal_name: string
  shipping_address: Address | null
  contact_id: string | null
}

/** Accounts by code, each with its first contact. */
export async function listImportedAccounts(
  trx: Trx,
  codes: readonly string[],
): Promise<Map<string, ImportedAccount>> {
  const { rows } = await sql<ImportedAccount>`
    SELECT a.id, a.code, a.name, a.legal_name, a.street, a.street_2, a.street_3, a.postal_code, a.city, a.region, a.country, a.shipping_address,
      (SELECT c.id FROM contacts c WHERE c.account_id = a.id AND c.archived_at IS NULL ORDER BY c.id LIMIT 1) AS contact_id
    FROM accounts a WHERE a.code = ANY(${[...new Set(codes)]}::text[])`.execute(trx)
  return new Map(rows.map((row) => [row.code, row]))
}

export type ImportedProduct = {
  id: string
  code: string
  name: string
  unit_code: string
  kind: 'goods' | 'service'
}

export async function listImportedProducts(
  trx: Trx,
  codes: readonly string[],
): Promise<Map<string, ImportedProduct>> {
  const { rows } = await sql<ImportedProduct>`
    SELECT id, code, name, unit_code, kind FROM products WHERE code = ANY(${[...new Set(codes)]}::text[])`.execute(
    trx,
  )
  return new Map(rows.map((row) => [row.code, row]))
}

/** Told after every thousand rows how many are written. */
type OnWritten = (written: number) => void

/** Returns the ids by code. */
export async function insertAccounts(
  trx: Trx,
  accounts: readonly NewRow<'accounts'>[],
  onWritten: OnWritten,
): Promise<Map<string, string>> {
  return inParts(accounts, onWritten, (part) =>
    trx.insertInto('accounts').values(part).returning(['id', 'code']).execute(),
  )
}

export async function insertContacts(
  trx: Trx,
  contacts: readonly NewRow<'contacts'>[],
): Promise<{ id: string; account_id: string }[]> {
  const made: { id: string; account_id: string }[] = []
  for (const part of parts(contacts)) {
    made.push(...(await trx.insertInto('contacts').values(part).returning(['id', 'account_id']).execute()))
  }
  return made
}

/** Returns the ids by code. */
export async function insertSuppliers(
  trx: Trx,
  suppliers: readonly NewRow<'suppliers'>[],
  onWritten: OnWritten,
): Promise<Map<string, string>> {
  return inParts(suppliers, onWritten, (part) =>
    trx.insertInto('suppliers').values(part).returning(['id', 'code']).execute(),
  )
}

export type NewProduct = Omit<NewRow<'products'>, 'archived_at'> & {
  supplier_id: string | null
  archived: boolean
}

/** Products, each with its one supplier as the preferred one. Returns the ids by code. */
export async function insertProducts(
  trx: Trx,
  products: readonly NewProduct[],
  onWritten: OnWritten,
): Promise<Map<string, string>> {
  return inParts(products, onWritten, async (part) => {
    const rows = await trx
      .insertInto('products')
      .values(
        part.map(({ supplier_id, archived, ...product }) => ({
          ...product,
          archived_at: archived ? sql<string>`now()` : null,
        })),
      )
      .returning(['id', 'code', 'currency'])
      .execute()
    const suppliers = new Map(part.map((product) => [product.code, product.supplier_id]))
    const bought = rows.flatMap(({ id, code, currency }) => {
      const supplier_id = suppliers.get(code)
      return supplier_id
        ? [{ product_id: id, supplier_id, currency, purchase_price: null, preferred: true }]
        : []
    })
    if (bought.length > 0) await trx.insertInto('product_suppliers').values(bought).execute()
    return rows
  })
}

/** Returns the ids by code. */
export async function insertUsers(
  trx: Trx,
  users: readonly NewRow<'users'>[],
  onWritten: OnWritten,
): Promise<Map<string, string>> {
  return inParts(users, onWritten, async (part) => {
    const rows = await trx
      .insertInto('users')
      .values(part)
      .returning(['id', 'code', 'organisation_id'])
      .execute()
    await trx
      .insertInto('user_organisations')
      .values(rows.map(({ id, organisation_id }) => ({ user_id: id, organisation_id })))
      .execute()
    return rows
  })
}

export type NewOrder = {
  order: NewRow<'customer_orders'>
  lines: readonly LineRecord[]
  taxes: readonly TaxRecord[]
}

/**
 * New orders of one organisation, each with its lines, its taxes and its first status; they are put together a part at a time, since
 * a hundred thousand of them at once are more than a process should hold. Returns the ids by number.
 */
export async function insertOrders<T>(
  trx: Trx,
  rows: readonly T[],
  orderOf: (row: T) => NewOrder,
  onWritten: OnWritten,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (let at = 0; at < rows.length; at += ordersAtOnce) {
    const part = rows.slice(at, at + ordersAtOnce).map(orderOf)
    const made = await trx
      .insertInto('customer_orders')
      .values(part.map(({ order }) => order))
      .returning(['id', 'number', 'organisation_id'])
      .execute()
    const byNumber = new Map(made.map((row) => [row.number, row]))
    const keyed = part.flatMap((one) => {
      const row = byNumber.get(one.order.number)
      return row === undefined ? [] : [{ ...one, row }]
    })
    const lines = keyed.flatMap(({ row, lines }) =>
      lines.map((line) => ({ ...line, order_id: row.id, organisation_id: row.organisation_id })),
    )
    for (const some of parts(lines)) await trx.insertInto('customer_order_lines').values(some).execute()
    const taxes = keyed.flatMap(({ row, taxes }) => taxes.map((tax) => ({ ...tax, order_id: row.id })))
    for (const some of parts(taxes)) await trx.insertInto('customer_order_taxes').values(some).execute()
    await trx
      .insertInto('order_status_changes')
      .values(
        made.map(({ id }) => ({
          order_id: id,
          from_status: null,
          to_status: 'created' as const,
          changed_by: null,
        })),
      )
      .execute()
    for (const { number, id } of made) ids.set(number, id)
    onWritten(at + part.length)
  }
  return ids
}

/** Pages tell how far an import is after each of these steps. */
const ordersAtOnce = 200

async function inParts<T>(
  rows: readonly T[],
  onWritten: OnWritten,
  write: (part: T[]) => Promise<readonly { id: string; code: string | null }[]>,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  let written = 0
  for (const part of parts(rows)) {
    for (const { id, code } of await write(part)) if (code !== null) ids.set(code, id)
    written += part.length
    onWritten(written)
  }
  return ids
}

// A statement may have 65,535 parameters, and a row has fewer than sixty.
function* parts<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += 1000) yield rows.slice(at, at + 1000)
}

/** Organisations in use, the oldest first. */
export async function listOrganisationsForImport(db: Database): Promise<Row<'organisations'>[]> {
  return db.selectFrom('organisations').selectAll().where('archived_at', 'is', null).orderBy('id').execute()
}
