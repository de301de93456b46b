import { type Kysely, sql } from 'kysely'

/**
 * Outgoing mail as it went: what it was composed of, what of it was accepted, its attachments, and the texts that it is made from.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await extendMail(db)
  await makeAttachments(db)
  await makeUnaddressed(db)
  await makeTemplates(db)
}

async function extendMail(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE outgoing_emails
      -- What the mail is about; it stays when an order that nothing came out of is deleted.
      ADD COLUMN document_kind text NOT NULL DEFAULT 'invoice'
        CONSTRAINT outgoing_emails_document_kind CHECK (document_kind IN ('order', 'invoice', 'credit_note')),
      ADD COLUMN document_number text NOT NULL DEFAULT '',
      -- From here on the days count after which a mail that is not taken has failed; a retry begins anew.
      ADD COLUMN queued_at timestamptz NOT NULL DEFAULT now(),
      -- The message's Date, and the rest of what it was composed of: kept, so that each try sends the same and it can be read later.
      ADD COLUMN composed_at timestamptz,
      ADD COLUMN from_address text NOT NULL DEFAULT '',
      ADD COLUMN reply_to text NOT NULL DEFAULT '',
      ADD COLUMN html text NOT NULL DEFAULT '',
      ADD COLUMN text text NOT NULL DEFAULT '',
      -- When the message itself was handed to the server: a try that ends without an answer after that may have gone.
      ADD COLUMN handed_at timestamptz,
      ADD COLUMN accepted_addresses text[] NOT NULL DEFAULT '{}',
      -- [{address, answer}]: for good.
      ADD COLUMN refused_addresses jsonb NOT NULL DEFAULT '[]',
      -- Why it stands where it stands, where that is not the server's word.
      ADD COLUMN reason text NOT NULL DEFAULT '',
      DROP CONSTRAINT outgoing_emails_state,
      ADD CONSTRAINT outgoing_emails_state
        CHECK (state IN ('queued', 'sending', 'sent', 'kept', 'failed', 'unknown', 'cancelled')),
      DROP CONSTRAINT outgoing_emails_order,
      ADD CONSTRAINT outgoing_emails_order FOREIGN KEY (order_id) REFERENCES customer_orders ON DELETE SET NULL`.execute(
    db,
  )
  await sql`CREATE INDEX outgoing_emails_to_decide ON outgoing_emails (organisation_id, created_at)
    WHERE state IN ('failed', 'unknown')`.execute(db)
}

async function makeAttachments(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE outgoing_email_attachments (
      email_id uuid NOT NULL CONSTRAINT outgoing_email_attachments_email REFERENCES outgoing_emails,
      position integer NOT NULL,
      name text NOT NULL CONSTRAINT outgoing_email_attachments_name CHECK (name <> '' AND name !~ '[/\\\\[:cntrl:]]'),
      file_id uuid NOT NULL CONSTRAINT outgoing_email_attachments_file REFERENCES files,
      PRIMARY KEY (email_id, position)
    )`.execute(db)
  await sql`GRANT SELECT, INSERT ON outgoing_email_attachments TO comptoir_web`.execute(db)
}

/** Invoices that were to be mailed at their issue, and nobody had an address. */
async function makeUnaddressed(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE unaddressed_invoices (
      invoice_id uuid PRIMARY KEY CONSTRAINT unaddressed_invoices_invoice REFERENCES invoices,
      organisation_id uuid NOT NULL CONSTRAINT unaddressed_invoices_organisation REFERENCES organisations,
      noted_at timestamptz NOT NULL DEFAULT now()
    )`.execute(db)
  await sql`CREATE INDEX unaddressed_invoices_by_organisation ON unaddressed_invoices (organisation_id)`.execute(
    db,
  )
  await sql`GRANT SELECT, INSERT, DELETE ON unaddressed_invoices TO comptoir_web`.execute(db)
}

/** The product has texts of its own; a row stands where somebody has written another. */
async function makeTemplates(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE email_templates (
      kind text NOT NULL CONSTRAINT email_templates_kind CHECK (kind IN ('order', 'invoice', 'credit_note')),
      language text NOT NULL CONSTRAINT email_templates_language CHECK (language IN ('en', 'fr')),
      subject text NOT NULL CONSTRAINT email_templates_subject CHECK (subject <> ''),
      body text NOT NULL CONSTRAINT email_templates_body CHECK (body <> ''),
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      updated_by uuid CONSTRAINT email_templates_updated_by REFERENCES users,
      PRIMARY KEY (kind, language)
    )`.execute(db)
  await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON email_templates TO comptoir_web`.execute(db)
}
