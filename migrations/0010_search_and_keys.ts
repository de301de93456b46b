import { type Kysely, sql } from 'kysely'

/** Accounts and contacts are found by what people call them up with, too; single-key shortcuts are each user's own choice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // A telephone number is kept as it was typed and found without its spaces, too.
  await sql`
    ALTER TABLE accounts ALTER COLUMN search_text SET EXPRESSION AS (searchable(
      code || ' ' || name || ' ' || legal_name || ' ' || city || ' ' || email || ' ' || vat_number || ' ' || siren || ' ' ||
      phone || ' ' || regexp_replace(phone, '[^0-9]', '', 'g')))`.execute(db)
  await sql`
    ALTER TABLE contacts ALTER COLUMN search_text SET EXPRESSION AS (searchable(
      name || ' ' || email || ' ' || title || ' ' || phone || ' ' || regexp_replace(phone, '[^0-9]', '', 'g')))`.execute(
    db,
  )
  // WCAG 2.1.4: who speaks to a computer, or whose hand slips, can be without them.
  await sql`ALTER TABLE users ADD COLUMN single_keys boolean NOT NULL DEFAULT true`.execute(db)
}
