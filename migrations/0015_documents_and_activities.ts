import { type Kysely, sql } from 'kysely'

/** What people file with an order, an invoice or an account, and what they have to do about it. Neither changes the record itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeDocuments(db)
  await makeActivities(db)
  await sql`ALTER TABLE saved_views DROP CONSTRAINT saved_views_list`.execute(db)
  await sql`
    ALTER TABLE saved_views ADD CONSTRAINT saved_views_list
      CHECK (list IN ('orders', 'invoices', 'accounts', 'contacts', 'products', 'suppliers', 'activities'))`.execute(
    db,
  )
}

/** Files that people uploaded. Their organisation is that of the order or the invoice; those of an account are everybody's, as it is. */
async function makeDocuments(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE documents (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      order_id uuid CONSTRAINT documents_order REFERENCES customer_orders,
      invoice_id uuid CONSTRAINT documents_invoice REFERENCES invoices,
      account_id uuid CONSTRAINT documents_account REFERENCES accounts,
      file_id uuid NOT NULL CONSTRAINT documents_file REFERENCES files,
      name text NOT NULL CONSTRAINT documents_name CHECK (name <> '' AND name !~ '[/\\\\[:cntrl:]]'),
      -- By its content and its name: the same bytes may be a text here and a table there.
      media_type text NOT NULL,
      shared boolean NOT NULL DEFAULT false,
      uploaded_by uuid NOT NULL CONSTRAINT documents_uploaded_by REFERENCES users,
      uploaded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT documents_owner CHECK (num_nonnulls(order_id, invoice_id, account_id) = 1),
      -- The same file uploaded twice, by a double click or by a colleague, is there once.
      CONSTRAINT documents_once UNIQUE NULLS NOT DISTINCT (order_id, invoice_id, account_id, file_id, name)
    )`.execute(db)
  for (const owner of ['order_id', 'invoice_id', 'account_id']) {
    await sql`CREATE INDEX ${sql.ref(`documents_by_${owner}`)} ON documents (${sql.ref(owner)}, id)
      WHERE ${sql.ref(owner)} IS NOT NULL`.execute(db)
  }
  await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON documents TO comptoir_web`.execute(db)
  // Pictures, PDFs and archives are compressed already, and of a content that is not, a part can be read without the whole.
  await sql`ALTER TABLE files ALTER COLUMN content SET STORAGE EXTERNAL`.execute(db)
}

async function makeActivities(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE activities (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      order_id uuid CONSTRAINT activities_order REFERENCES customer_orders,
      invoice_id uuid CONSTRAINT activities_invoice REFERENCES invoices,
      account_id uuid CONSTRAINT activities_account REFERENCES accounts,
      kind text NOT NULL CONSTRAINT activities_kind CHECK (kind IN ('call', 'meeting', 'task')),
      subject text NOT NULL CONSTRAINT activities_subject CHECK (subject <> ''),
      notes text NOT NULL DEFAULT '',
      due_date date,
      assigned_to_id uuid CONSTRAINT activities_assigned_to REFERENCES users,
      done_at timestamptz,
      done_by uuid CONSTRAINT activities_done_by REFERENCES users,
      created_by uuid NOT NULL CONSTRAINT activities_created_by REFERENCES users,
      updated_by uuid NOT NULL CONSTRAINT activities_updated_by REFERENCES users,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      version integer NOT NULL DEFAULT 1,
      CONSTRAINT activities_owner CHECK (num_nonnulls(order_id, invoice_id, account_id) = 1),
      CONSTRAINT activities_done CHECK ((done_at IS NULL) = (done_by IS NULL))
    )`.execute(db)
  for (const owner of ['order_id', 'invoice_id', 'account_id']) {
    await sql`CREATE INDEX ${sql.ref(`activities_by_${owner}`)} ON activities (${sql.ref(owner)})
      WHERE ${sql.ref(owner)} IS NOT NULL`.execute(db)
  }
  // The list as it is, what is open first; and what one person is late with.
  await sql`CREATE INDEX activities_in_order ON activities ((done_at IS NOT NULL), (coalesce(due_date, 'infinity')), id)`.execute(
    db,
  )
  await sql`CREATE INDEX activities_open ON activities (assigned_to_id, due_date) WHERE done_at IS NULL`.execute(
    db,
  )
  await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON activities TO comptoir_web`.execute(db)
}
