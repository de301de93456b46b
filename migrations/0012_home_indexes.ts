import { type Kysely, sql } from 'kysely'

/** What Home asks each morning, by index: parked periods, the day's periods, and what a person touched last. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE INDEX recurrence_occurrences_parked ON recurrence_occurrences (organisation_id, run_date, order_id)
    WHERE state IN ('held', 'failed')`.execute(db)
  await sql`CREATE INDEX recurrence_occurrences_by_run_date ON recurrence_occurrences (organisation_id, run_date, order_id)`.execute(
    db,
  )
  await sql`CREATE INDEX audit_entries_of_documents ON audit_entries (user_id, id)
    WHERE subject_type IN ('order', 'recurrence', 'invoice')`.execute(db)
}
