import { type Kysely, sql } from 'kysely'

/** What is closed stays closed, and exchange rates get the id that records have. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE FUNCTION refuse_reopening() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.closing_date IS NOT NULL AND (NEW.closing_date IS NULL OR NEW.closing_date < OLD.closing_date) THEN
        RAISE EXCEPTION 'Organisation % is closed until %: a closing date only moves forward.', OLD.code, OLD.closing_date
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'organisations_closing_date_forward';
      END IF;
      RETURN NEW;
    END $$`.execute(db)
  await sql`CREATE TRIGGER closing_date BEFORE UPDATE ON organisations
    FOR EACH ROW EXECUTE FUNCTION refuse_reopening()`.execute(db)
  await sql`ALTER TABLE organisations ENABLE ALWAYS TRIGGER closing_date`.execute(db)

  await sql`ALTER TABLE exchange_rates ADD COLUMN id uuid NOT NULL DEFAULT uuidv7() CONSTRAINT exchange_rates_id UNIQUE`.execute(
    db,
  )
  await sql`CREATE INDEX exchange_rates_by_date ON exchange_rates (rate_date DESC, from_currency, to_currency)`.execute(
    db,
  )
}
