import { type Kysely, sql } from 'kysely'

/** Batches: one action on many orders, with a row for each of them that tells what became of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE batches (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      action text NOT NULL CONSTRAINT batches_action CHECK (action IN ('approve', 'assign')),
      -- Whom to assign; nobody where absent. Of other actions always absent.
      assigned_to_id uuid CONSTRAINT batches_assigned_to REFERENCES users,
      -- The query of the list it was started from, for the way back.
      list text NOT NULL DEFAULT '',
      retried_batch_id uuid CONSTRAINT batches_retried_batch REFERENCES batches,
      created_by uuid NOT NULL CONSTRAINT batches_created_by REFERENCES users,
      created_at timestamptz NOT NULL DEFAULT now(),
      -- The last sign of life of whoever works on it; absent while nobody does.
      heartbeat_at timestamptz,
      finished_at timestamptz,
      CONSTRAINT batches_assigned CHECK (action = 'assign' OR assigned_to_id IS NULL)
    )`.execute(db)
  await sql`CREATE INDEX batches_by_user ON batches (created_by, id)`.execute(db)
  await sql`CREATE INDEX batches_unfinished ON batches (created_by) WHERE finished_at IS NULL`.execute(db)

  await sql`
    CREATE TABLE batch_items (
      batch_id uuid NOT NULL CONSTRAINT batch_items_batch REFERENCES batches,
      position integer NOT NULL,
      -- Not a foreign key: what was asked for may not exist, and what was done stays told when the order is deleted.
      order_id uuid NOT NULL,
      -- Both absent where whoever started it cannot see such an order.
      organisation_id uuid,
      number text,
      result text NOT NULL DEFAULT 'pending' CONSTRAINT batch_items_result CHECK (result IN ('pending', 'done', 'refused')),
      -- The reasons: codes with their messages, to be said in the reader's language.
      refusals jsonb NOT NULL DEFAULT '[]',
      settled_at timestamptz,
      PRIMARY KEY (batch_id, position),
      CONSTRAINT batch_items_once UNIQUE (batch_id, order_id),
      CONSTRAINT batch_items_settled CHECK ((result = 'pending') = (settled_at IS NULL)),
      CONSTRAINT batch_items_refused CHECK ((result = 'refused') = (refusals <> '[]'))
    )`.execute(db)
  await sql`CREATE INDEX batch_items_pending ON batch_items (batch_id, position) WHERE result = 'pending'`.execute(
    db,
  )

  await sql`GRANT SELECT, INSERT, UPDATE ON batches, batch_items TO comptoir_web`.execute(db)
}
