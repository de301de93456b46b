import { type Kysely, sql } from 'kysely'

/** What a form made, by the key it was sent with: sent twice, it is made once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE submissions (
      user_id uuid NOT NULL CONSTRAINT submissions_user REFERENCES users,
      address text NOT NULL,
      key text NOT NULL CONSTRAINT submissions_key CHECK (length(key) BETWEEN 1 AND 200),
      -- What was sent, hashed: the same key with anything else is a mistake.
      digest text NOT NULL,
      -- The record that was made. No foreign key: it may be deleted, and the form has still been sent.
      made_id uuid NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT submissions_once PRIMARY KEY (user_id, address, key)
    )`.execute(db)
  await sql`CREATE INDEX submissions_by_age ON submissions (created_at)`.execute(db)
  await sql`GRANT SELECT, INSERT, DELETE ON submissions TO comptoir_web`.execute(db)
}
