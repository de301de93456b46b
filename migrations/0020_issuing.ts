import { type Kysely, sql } from 'kysely'

/** What holds the numbers of issued documents: a series that is used goes forward only, and no part slips into an issued invoice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await holdSeries(db)
  await guardParts(db)
}

/** Before its first number a series is a setting. Afterwards its format stands, and its counter and its last date only go up. */
async function holdSeries(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE FUNCTION refuse_series_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.last_date IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
      END IF;
      IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'The % series of % is used and stays.', OLD.kind, OLD.year
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'number_series_used';
      END IF;
      IF (NEW.organisation_id, NEW.kind, NEW.year, NEW.format) IS DISTINCT FROM (OLD.organisation_id, OLD.kind, OLD.year, OLD.format)
        OR NEW.next_number < OLD.next_number OR NEW.last_date IS NULL OR NEW.last_date < OLD.last_date THEN
        RAISE EXCEPTION 'The % series of % is used: its format stands, its number and date only go up.', OLD.kind, OLD.year
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'number_series_used';
      END IF;
      RETURN NEW;
    END $$`.execute(db)
  await sql`CREATE TRIGGER used BEFORE UPDATE OR DELETE ON number_series
    FOR EACH ROW EXECUTE FUNCTION refuse_series_change()`.execute(db)
  await sql`CREATE TRIGGER no_truncate BEFORE TRUNCATE ON number_series
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate()`.execute(db)
  await sql`ALTER TABLE number_series ENABLE ALWAYS TRIGGER used, ENABLE ALWAYS TRIGGER no_truncate`.execute(
    db,
  )
}

/**
 * As before, but the invoice is locked before it is looked at, also where foreign keys are off: whoever issues it at the same moment
 * comes before or after, never in between. Notes and references change no sum, so they queue no check of it.
 */
async function guardParts(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE OR REPLACE FUNCTION guard_invoice_parts() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_TABLE_NAME IN ('invoice_notes', 'invoice_references') THEN
        PERFORM FROM (SELECT DISTINCT invoice_id FROM changed_rows) c CROSS JOIN LATERAL (
          SELECT FROM invoices i WHERE i.id = c.invoice_id AND i.created_at <> now() AND i.issued_at IS NULL FOR KEY SHARE) i;
      ELSE
        UPDATE invoices i SET version = i.version
        FROM (SELECT DISTINCT invoice_id FROM changed_rows) c WHERE i.id = c.invoice_id AND i.created_at <> now();
      END IF;
      -- Row by row from what changed (OFFSET 0 keeps it so): no plan may begin at the issued invoices, of which there are ever more.
      IF EXISTS (SELECT FROM (SELECT DISTINCT invoice_id FROM changed_rows) c CROSS JOIN LATERAL (
                   SELECT issued_at FROM invoices WHERE id = c.invoice_id OFFSET 0) i
                 WHERE i.issued_at IS NOT NULL AND i.issued_at <> now()) THEN
        RAISE EXCEPTION 'The invoice is issued: its % never change.', TG_TABLE_NAME
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'issued_invoice_locked';
      END IF;
      RETURN NULL;
    END $$`.execute(db)
}
