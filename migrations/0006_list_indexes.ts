import { type Kysely, sql } from 'kysely'

/**
 * An index for every way that lists are sorted and narrowed, in the order of the list to its last key: a page is read from it as
 * from a telephone book, and nothing is sorted that is not shown. `data/order-sorts.ts` and `data/invoice-sorts.ts` have the same
 * expressions.
 *
 * Orders are written by people, and may have many. Every index of invoices is paid for by each invoice of a run: what runs
 * never write, such as numbers, is indexed apart.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`DROP INDEX customer_orders_by_number, customer_orders_by_customer, customer_orders_by_status,
    customer_orders_by_account, customer_orders_by_assignee, customer_orders_by_net`.execute(db)
  await sql`CREATE INDEX customer_orders_by_status
    ON customer_orders (organisation_id, status, order_date, number COLLATE document_numbers, id)`.execute(db)
  // What a list is narrowed to lies beside its order, so that orders which do not match are passed over unread.
  await sql`CREATE INDEX customer_orders_by_number
    ON customer_orders (organisation_id, status, number COLLATE document_numbers, id)
    INCLUDE (order_date, account_id, assigned_to_id)`.execute(db)
  await sql`CREATE INDEX customer_orders_by_customer ON customer_orders
    (organisation_id, status, (coalesce(invoicing_address ->> 'name', '') COLLATE "und-x-icu"), order_date, id)`.execute(
    db,
  )
  await sql`CREATE INDEX customer_orders_by_net ON customer_orders (organisation_id, status, net, order_date, id)
    INCLUDE (account_id, assigned_to_id)`.execute(db)
  await sql`CREATE INDEX customer_orders_by_account
    ON customer_orders (account_id, organisation_id, status, order_date, number COLLATE document_numbers, id)`.execute(
    db,
  )
  // With a value for nobody: behind a column that is absent an index has no order.
  await sql`CREATE INDEX customer_orders_by_assignee ON customer_orders
    ((coalesce(assigned_to_id, '00000000-0000-0000-0000-000000000000'::uuid)), organisation_id, status, order_date,
      number COLLATE document_numbers, id)`.execute(db)
  await sql`CREATE INDEX customer_orders_lower_number ON customer_orders (lower(number))`.execute(db)
  await sql`CREATE INDEX customer_orders_finalized ON customer_orders (organisation_id) WHERE finalized_at IS NOT NULL`.execute(
    db,
  )

  await sql`DROP INDEX invoices_by_account, invoices_by_due_date`.execute(db)
  await sql`CREATE INDEX invoices_by_status ON invoices (organisation_id, status, document_date, id)`.execute(
    db,
  )
  await sql`CREATE INDEX invoices_by_account ON invoices (account_id, organisation_id, status, document_date, id)`.execute(
    db,
  )
  // Due dates follow the document dates, and amounts do not: with the date beside them, the others of a period are passed over unread.
  await sql`CREATE INDEX invoices_by_due_date
    ON invoices (organisation_id, status, due_date, id) INCLUDE (document_date)`.execute(db)
  await sql`CREATE INDEX invoices_by_gross ON invoices (organisation_id, status, gross, id) INCLUDE (document_date)`.execute(
    db,
  )
  await sql`CREATE INDEX invoices_by_number
    ON invoices (organisation_id, status, number COLLATE document_numbers, document_date, id) WHERE number IS NOT NULL`.execute(
    db,
  )

  await sql`CREATE INDEX invoices_by_hand ON invoices (organisation_id) WHERE source = 'manual'`.execute(db)

  await sql`CREATE INDEX accounts_billed_name
    ON accounts ((coalesce(nullif(legal_name, ''), name)) COLLATE "und-x-icu", id)`.execute(db)
  await sql`CREATE INDEX accounts_lower_code ON accounts (lower(code))`.execute(db)
  await sql`CREATE INDEX accounts_lower_name ON accounts (lower(name))`.execute(db)
  await sql`CREATE INDEX accounts_city ON accounts (city COLLATE "und-x-icu", id)`.execute(db)
  await sql`CREATE INDEX accounts_tax_treatment ON accounts (tax_treatment, name COLLATE "und-x-icu", id)`.execute(
    db,
  )
  await sql`CREATE INDEX contacts_email ON contacts (lower(email), id)`.execute(db)
  await sql`CREATE INDEX suppliers_city ON suppliers (city COLLATE "und-x-icu", id)`.execute(db)
  await sql`CREATE INDEX suppliers_lower_code ON suppliers (lower(code))`.execute(db)
  await sql`CREATE INDEX products_name ON products (name COLLATE "und-x-icu", id)`.execute(db)
  await sql`CREATE INDEX products_lower_name ON products (lower(name))`.execute(db)
  await sql`CREATE INDEX products_price ON products (unit_price, id)`.execute(db)
  await sql`CREATE INDEX products_kind ON products (kind, code COLLATE "und-x-icu", id)`.execute(db)
  await sql`CREATE INDEX products_gtin ON products (gtin) WHERE gtin <> ''`.execute(db)
  for (const table of ['accounts', 'contacts', 'suppliers', 'products']) {
    await sql`CREATE INDEX ${sql.id(`${table}_archived`)} ON ${sql.table(table)} (id) WHERE archived_at IS NOT NULL`.execute(
      db,
    )
  }
}
