import { type Kysely, sql } from 'kysely'

/** Batches issue invoices as well: what a row is about is an order or an invoice, as the batch's action says. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE batches DROP CONSTRAINT batches_action,
    ADD CONSTRAINT batches_action CHECK (action IN ('approve', 'assign', 'issue'))`.execute(db)
  await sql`ALTER TABLE batch_items RENAME COLUMN order_id TO document_id`.execute(db)
}
