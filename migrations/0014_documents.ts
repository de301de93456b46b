import { type Kysely, sql } from 'kysely'

/**
 * What makes a document of an invoice: what is still open on it, credit notes and new drafts in an old one's place, payments,
 * exchange rates, the settings of its number, the pictures of documents and the outgoing mail.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await extendInvoices(db)
  await extendSeries(db)
  await makeExchangeRates(db)
  await makePayments(db)
  await makeRenderings(db)
  await makeOutgoingMail(db)
}

async function extendInvoices(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE invoices
      -- Kept by the transaction that credits or pays: what of the gross is credited, and what of it is paid.
      ADD COLUMN credited numeric(18, 3) NOT NULL DEFAULT 0,
      ADD COLUMN paid numeric(18, 3) NOT NULL DEFAULT 0,
      -- The date of the draft, where issuing moved it; and whether it was kept though it lay behind the last of its series.
      ADD COLUMN redated_from date,
      ADD COLUMN kept_late boolean NOT NULL DEFAULT false,
      -- A credit note: whether what it credits is billable again, and why it was made.
      ADD COLUMN reopens boolean NOT NULL DEFAULT false,
      ADD COLUMN credit_reason text NOT NULL DEFAULT '',
      -- A draft, later an invoice, in the place of one that was credited.
      ADD COLUMN reissue_of uuid CONSTRAINT invoices_reissue_of REFERENCES invoices`.execute(db)
  await sql`
    ALTER TABLE invoices
      ADD COLUMN open numeric(18, 3) GENERATED ALWAYS AS
        (CASE WHEN issued_at IS NULL OR kind = 'credit_note' THEN 0 ELSE gross - credited - paid END) STORED,
      ADD CONSTRAINT invoices_credited CHECK (credited = 0 OR (issued_at IS NOT NULL AND kind <> 'credit_note')),
      ADD CONSTRAINT invoices_paid CHECK (paid = 0 OR (issued_at IS NOT NULL AND kind <> 'credit_note')),
      ADD CONSTRAINT invoices_reopens CHECK (kind = 'credit_note' OR NOT reopens)`.execute(db)
  await sql`CREATE INDEX invoices_open ON invoices (organisation_id, due_date, id) INCLUDE (open, currency)
    WHERE issued_at IS NOT NULL AND kind <> 'credit_note' AND (gross - credited - paid) <> 0`.execute(db)
  await sql`CREATE INDEX invoices_without_file ON invoices (issued_at) WHERE issued_at IS NOT NULL AND file_id IS NULL`.execute(
    db,
  )
  await sql`CREATE INDEX invoices_reissue_of ON invoices (reissue_of) WHERE reissue_of IS NOT NULL`.execute(
    db,
  )
  await sql`
    ALTER TABLE invoice_lines
      -- How much of its order's line a line takes: by quantity, or by a share of the whole. Absent where it bills no part.
      ADD COLUMN part_quantity numeric(18, 6),
      ADD COLUMN part_share numeric(18, 12),
      ADD COLUMN credited_line_id uuid CONSTRAINT invoice_lines_credited_line REFERENCES invoice_lines,
      ADD CONSTRAINT invoice_lines_part CHECK (num_nonnulls(part_quantity, part_share) <= (order_line_id IS NOT NULL)::int)`.execute(
    db,
  )
  await sql`CREATE INDEX invoice_lines_parts ON invoice_lines (order_line_id) WHERE num_nonnulls(part_quantity, part_share) = 1`.execute(
    db,
  )
  await sql`CREATE INDEX invoice_lines_credited ON invoice_lines (credited_line_id) WHERE credited_line_id IS NOT NULL`.execute(
    db,
  )
  await sql`ALTER TABLE customer_order_lines ADD COLUMN drafted_quantity numeric(18, 6) NOT NULL DEFAULT 0`.execute(
    db,
  )

  // As before, and what is credited and paid since the issue.
  await sql`
    CREATE OR REPLACE FUNCTION refuse_issued_invoice_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      -- search_text and open are generated from the others, after this trigger.
      exempt text[] := ARRAY['status', 'version', 'updated_at', 'updated_by', 'file_id', 'credited', 'paid', 'open', 'search_text'];
    BEGIN
      IF OLD.issued_at IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
      END IF;
      IF TG_OP = 'DELETE' OR (to_jsonb(OLD) - exempt) IS DISTINCT FROM (to_jsonb(NEW) - exempt)
        OR (OLD.file_id IS NOT NULL AND NEW.file_id IS DISTINCT FROM OLD.file_id) THEN
        RAISE EXCEPTION 'Invoice % is issued and never changes; correct it with a credit note.', OLD.number
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'issued_invoice_locked';
      END IF;
      RETURN NEW;
    END $$`.execute(db)
  await sql`
    CREATE OR REPLACE FUNCTION refuse_finalized_line_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      exempt text[] := ARRAY['delivered_quantity', 'invoiced_quantity', 'drafted_quantity'];
      locked boolean;
    BEGIN
      IF TG_OP = 'UPDATE' AND (to_jsonb(OLD) - exempt) IS NOT DISTINCT FROM (to_jsonb(NEW) - exempt) THEN
        RETURN NEW;
      END IF;
      SELECT bool_or(finalized_at IS NOT NULL) INTO locked FROM customer_orders
        WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.order_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.order_id END);
      IF locked THEN
        RAISE EXCEPTION 'The order is finalized: its lines never change.'
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'finalized_order_locked';
      END IF;
      RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END $$`.execute(db)
}

async function extendSeries(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE organisations
      -- Recurring invoices are numbered in a series of their own.
      ADD COLUMN recurring_series boolean NOT NULL DEFAULT true,
      -- What becomes of a date that lies behind the last one of its series.
      ADD COLUMN late_dates text NOT NULL DEFAULT 'redate' CONSTRAINT organisations_late_dates CHECK (late_dates IN ('redate', 'keep'))`.execute(
    db,
  )
}

async function makeExchangeRates(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE exchange_rates (
      from_currency text NOT NULL CONSTRAINT exchange_rates_from REFERENCES currencies,
      to_currency text NOT NULL CONSTRAINT exchange_rates_to REFERENCES currencies,
      rate_date date NOT NULL,
      -- One unit of the first is so many of the second.
      rate numeric(18, 9) NOT NULL CONSTRAINT exchange_rates_rate CHECK (rate > 0),
      source text NOT NULL DEFAULT '',
      created_at timestamptz NOT NULL DEFAULT now(),
      created_by uuid CONSTRAINT exchange_rates_created_by REFERENCES users,
      PRIMARY KEY (from_currency, to_currency, rate_date),
      CONSTRAINT exchange_rates_pair CHECK (from_currency <> to_currency)
    )`.execute(db)
  await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON exchange_rates TO comptoir_web`.execute(db)
}

/** Entries that are added and never changed: what was entered in error is undone by an entry against it. */
async function makePayments(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE payments (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      organisation_id uuid NOT NULL CONSTRAINT payments_organisation REFERENCES organisations,
      invoice_id uuid NOT NULL CONSTRAINT payments_invoice REFERENCES invoices,
      payment_date date NOT NULL,
      -- In the invoice's currency; below zero where money goes back.
      amount numeric(18, 3) NOT NULL CONSTRAINT payments_amount CHECK (amount <> 0),
      method text NOT NULL CONSTRAINT payments_method
        CHECK (method IN ('transfer', 'direct_debit', 'card', 'cheque', 'cash', 'other')),
      reference text NOT NULL DEFAULT '',
      -- The entry that this one undoes, and why.
      reverses_id uuid CONSTRAINT payments_reverses REFERENCES payments CONSTRAINT payments_reverses_unique UNIQUE,
      reason text NOT NULL DEFAULT '',
      created_at timestamptz NOT NULL DEFAULT now(),
      created_by uuid CONSTRAINT payments_created_by REFERENCES users,
      CONSTRAINT payments_reversal CHECK (reverses_id IS NULL OR reason <> '')
    )`.execute(db)
  await sql`CREATE INDEX payments_invoice_id ON payments (invoice_id, payment_date, id)`.execute(db)
  await sql`GRANT SELECT, INSERT ON payments TO comptoir_web`.execute(db)
  await sql`CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON payments FOR EACH ROW EXECUTE FUNCTION refuse_change()`.execute(
    db,
  )
  await sql`CREATE TRIGGER no_truncate BEFORE TRUNCATE ON payments FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate()`.execute(
    db,
  )
  await sql`ALTER TABLE payments ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER no_truncate`.execute(
    db,
  )
}

/**
 * The work of making PDFs, a row a document and version. An issued invoice's is stored for ever among the files; of what can still
 * change it is kept here, for as long as somebody may want it.
 */
async function makeRenderings(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE renderings (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      organisation_id uuid NOT NULL CONSTRAINT renderings_organisation REFERENCES organisations,
      order_id uuid CONSTRAINT renderings_order REFERENCES customer_orders ON DELETE CASCADE,
      invoice_id uuid CONSTRAINT renderings_invoice REFERENCES invoices ON DELETE CASCADE,
      version integer NOT NULL,
      state text NOT NULL DEFAULT 'waiting' CONSTRAINT renderings_state CHECK (state IN ('waiting', 'ready', 'failed')),
      attempts integer NOT NULL DEFAULT 0,
      next_try_at timestamptz NOT NULL DEFAULT now(),
      error text NOT NULL DEFAULT '',
      content bytea,
      requested_at timestamptz NOT NULL DEFAULT now(),
      made_at timestamptz,
      CONSTRAINT renderings_document CHECK (num_nonnulls(order_id, invoice_id) = 1)
    )`.execute(db)
  await sql`CREATE UNIQUE INDEX renderings_order_version ON renderings (order_id, version) WHERE order_id IS NOT NULL`.execute(
    db,
  )
  await sql`CREATE UNIQUE INDEX renderings_invoice_version ON renderings (invoice_id, version) WHERE invoice_id IS NOT NULL`.execute(
    db,
  )
  await sql`CREATE INDEX renderings_waiting ON renderings (next_try_at) WHERE state = 'waiting'`.execute(db)
  await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON renderings TO comptoir_web`.execute(db)
}

/** Mail is written into the transaction that causes it, and sent by a job. */
async function makeOutgoingMail(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE outgoing_emails (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      organisation_id uuid NOT NULL CONSTRAINT outgoing_emails_organisation REFERENCES organisations,
      order_id uuid CONSTRAINT outgoing_emails_order REFERENCES customer_orders,
      invoice_id uuid CONSTRAINT outgoing_emails_invoice REFERENCES invoices,
      -- By the product itself, once for a document, or by a person, as often as that person wants.
      kind text NOT NULL CONSTRAINT outgoing_emails_kind CHECK (kind IN ('automatic', 'manual')),
      to_addresses text[] NOT NULL CONSTRAINT outgoing_emails_to CHECK (cardinality(to_addresses) > 0),
      cc_addresses text[] NOT NULL DEFAULT '{}',
      language text NOT NULL,
      -- Composed at the first try where a run has queued it.
      subject text,
      body text,
      state text NOT NULL DEFAULT 'queued'
        CONSTRAINT outgoing_emails_state CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'cancelled')),
      attempts integer NOT NULL DEFAULT 0,
      next_try_at timestamptz NOT NULL DEFAULT now(),
      claimed_at timestamptz,
      sent_at timestamptz,
      -- The server's own words at the last try.
      answer text NOT NULL DEFAULT '',
      message_id text NOT NULL DEFAULT '',
      created_at timestamptz NOT NULL DEFAULT now(),
      created_by uuid CONSTRAINT outgoing_emails_created_by REFERENCES users,
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT outgoing_emails_document CHECK (num_nonnulls(order_id, invoice_id) <= 1)
    )`.execute(db)
  await sql`CREATE UNIQUE INDEX outgoing_emails_automatic ON outgoing_emails (invoice_id) WHERE kind = 'automatic'`.execute(
    db,
  )
  await sql`CREATE INDEX outgoing_emails_order_id ON outgoing_emails (order_id) WHERE order_id IS NOT NULL`.execute(
    db,
  )
  await sql`CREATE INDEX outgoing_emails_invoice_id ON outgoing_emails (invoice_id) WHERE invoice_id IS NOT NULL`.execute(
    db,
  )
  await sql`CREATE INDEX outgoing_emails_to_send ON outgoing_emails (next_try_at) WHERE state IN ('queued', 'sending')`.execute(
    db,
  )
  await sql`CREATE INDEX outgoing_emails_by_state ON outgoing_emails (state, created_at DESC, id DESC)`.execute(
    db,
  )
  await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON outgoing_emails TO comptoir_web`.execute(db)
}
