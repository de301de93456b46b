import { type Kysely, sql } from 'kysely'

/** Views of lists that a person keeps under a name. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE saved_views (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      user_id uuid NOT NULL CONSTRAINT saved_views_user REFERENCES users,
      list text NOT NULL CONSTRAINT saved_views_list
        CHECK (list IN ('orders', 'invoices', 'accounts', 'contacts', 'products', 'suppliers')),
      name text NOT NULL CONSTRAINT saved_views_name_length CHECK (length(name) BETWEEN 1 AND 60),
      -- Its filters and its sort as the list's address holds them, in one fixed order; never a page of it.
      query text NOT NULL,
      shared boolean NOT NULL DEFAULT false,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now()
    )`.execute(db)
  await sql`CREATE UNIQUE INDEX saved_views_name ON saved_views (user_id, list, lower(name))`.execute(db)
  await sql`CREATE INDEX saved_views_shared ON saved_views (list) WHERE shared`.execute(db)
  await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON saved_views TO comptoir_web`.execute(db)
}
