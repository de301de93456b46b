import { type Kysely, sql } from 'kysely'

/** Imports: their files while they are of use, what is wrong with them, and what each of them made, so that it can be undone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE imports (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      organisation_id uuid NOT NULL CONSTRAINT imports_organisation REFERENCES organisations,
      kind text NOT NULL CONSTRAINT imports_kind CHECK (kind IN ('customers', 'suppliers', 'products', 'users', 'orders')),
      state text NOT NULL CONSTRAINT imports_state CHECK (state IN
        ('checking', 'refused', 'checked', 'running', 'interrupted', 'failed', 'imported', 'undone')),
      -- What a person said where the bytes do not say it.
      encoding text NOT NULL DEFAULT '' CONSTRAINT imports_encoding CHECK (encoding IN ('', 'windows-1252')),
      made_at timestamptz NOT NULL DEFAULT now(),
      made_by uuid CONSTRAINT imports_made_by REFERENCES users,
      -- Who acted where no user did: the name of the command.
      actor text NOT NULL DEFAULT '',
      -- Counts the checks and runs: one that is not the newest any more, though it still breathes, writes nothing.
      attempt integer NOT NULL DEFAULT 0,
      done integer NOT NULL DEFAULT 0,
      total integer,
      heartbeat_at timestamptz NOT NULL DEFAULT now(),
      error text,
      -- The last check: the files' columns and first rows, and what would be made.
      reading jsonb NOT NULL DEFAULT '[]',
      created integer,
      known integer,
      notes jsonb NOT NULL DEFAULT '[]',
      mistakes integer NOT NULL DEFAULT 0,
      imported_at timestamptz,
      imported_by uuid CONSTRAINT imports_imported_by REFERENCES users,
      undone_at timestamptz,
      undone_by uuid CONSTRAINT imports_undone_by REFERENCES users,
      CONSTRAINT imports_imported CHECK ((state IN ('imported', 'undone')) = (imported_at IS NOT NULL)),
      CONSTRAINT imports_undone CHECK ((state = 'undone') = (undone_at IS NOT NULL)),
      CONSTRAINT imports_counted CHECK (state NOT IN ('checked', 'imported', 'undone') OR num_nulls(created, known) = 0)
    )`.execute(db)
  await sql`CREATE INDEX imports_by_organisation ON imports (organisation_id, id)`.execute(db)

  // Not among the files, which never go away: one with mistakes gives way to the corrected one.
  await sql`
    CREATE TABLE import_files (
      import_id uuid NOT NULL CONSTRAINT import_files_import REFERENCES imports,
      part text NOT NULL CONSTRAINT import_files_part CHECK (part IN ('main', 'lines')),
      name text NOT NULL,
      content bytea NOT NULL,
      PRIMARY KEY (import_id, part)
    )`.execute(db)

  await sql`
    CREATE TABLE import_mistakes (
      import_id uuid NOT NULL CONSTRAINT import_mistakes_import REFERENCES imports,
      position integer NOT NULL,
      part text NOT NULL CONSTRAINT import_mistakes_part CHECK (part IN ('main', 'lines')),
      line integer NOT NULL,
      column_name text,
      value text NOT NULL,
      message jsonb NOT NULL,
      PRIMARY KEY (import_id, position)
    )`.execute(db)

  await sql`
    CREATE TABLE import_records (
      import_id uuid NOT NULL CONSTRAINT import_records_import REFERENCES imports,
      kind text NOT NULL
        CONSTRAINT import_records_kind CHECK (kind IN ('account', 'contact', 'supplier', 'product', 'user', 'order')),
      line integer NOT NULL,
      record_id uuid NOT NULL CONSTRAINT import_records_made_once UNIQUE,
      PRIMARY KEY (import_id, kind, line)
    )`.execute(db)

  await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON imports, import_files, import_mistakes, import_records TO comptoir_web`.execute(
    db,
  )
  // A user whom an import made, and who never did anything, goes with it; foreign keys hold everybody else.
  await sql`GRANT DELETE ON users TO comptoir_web`.execute(db)
}
