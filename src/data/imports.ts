import { sql } from 'kysely'
import type { Address } from '../lib/address.ts'
import type { Database, Trx } from './database.ts'
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

/** Returns the ids by code. */
export async function insertAccounts(
  trx: Trx,
  accounts: readonly NewRow<'accounts'>[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const part of parts(accounts)) {
    const rows = await trx.insertInto('accounts').values(part).returning(['id', 'code']).execute()
    for (const row of rows) ids.set(row.code, row.id)
  }
  return ids
}

export async function insertContacts(trx: Trx, contacts: readonly NewRow<'contacts'>[]): Promise<void> {
  for (const part of parts(contacts)) await trx.insertInto('contacts').values(part).execute()
}

export async function insertSuppliers(trx: Trx, suppliers: readonly NewRow<'suppliers'>[]): Promise<void> {
  for (const part of parts(suppliers)) await trx.insertInto('suppliers').values(part).execute()
}

export type NewProduct = Omit<NewRow<'products'>, 'archived_at'> & {
  supplier_id: string | null
  archived: boolean
}

/** Products, each with its one supplier as the preferred one. */
export async function insertProducts(trx: Trx, products: readonly NewProduct[]): Promise<void> {
  for (const part of parts(products)) {
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
  }
}

export async function insertUsers(trx: Trx, users: readonly NewRow<'users'>[]): Promise<void> {
  for (const part of parts(users)) {
    const rows = await trx.insertInto('users').values(part).returning(['id', 'organisation_id']).execute()
    await trx
      .insertInto('user_organisations')
      .values(rows.map(({ id, organisation_id }) => ({ user_id: id, organisation_id })))
      .execute()
  }
}

// A statement may have 65,535 parameters, and a row has fewer than sixty.
function* parts<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += 1000) yield rows.slice(at, at + 1000)
}

/** Organisations in use, the oldest first. */
export async function listOrganisationsForImport(db: Database): Promise<Row<'organisations'>[]> {
  return db.selectFrom('organisations').selectAll().where('archived_at', 'is', null).orderBy('id').execute()
}
