import { type Kysely, sql } from 'kysely'

/**
 * Invoices with everything an electronic invoice (EN 16931) needs, and the lock of an issued one.
 *
 * An issued invoice is a snapshot: names, addresses, terms, rates and texts are copied, never looked up again, and never edited.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeTables(db)
  await holdTotals(db)
  await lockIssued(db)
}

async function makeTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE invoices (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      organisation_id uuid NOT NULL CONSTRAINT invoices_organisation REFERENCES organisations,
      -- Absent in a draft (BT-1).
      number text CONSTRAINT invoices_number CHECK (number ~ '^[A-Za-z0-9+_/-]{1,35}$'),
      -- BT-3: invoice 380, deposit 386, credit note 381.
      kind text NOT NULL CONSTRAINT invoices_kind CHECK (kind IN ('invoice', 'deposit', 'credit_note')),
      status text NOT NULL
        CONSTRAINT invoices_status CHECK (status IN ('automatically_created', 'created', 'approved', 'sent', 'paid')),
      -- What the issuing step is to make of a draft, once its date has come.
      issue_as text CONSTRAINT invoices_issue_as CHECK (issue_as IN ('approved', 'sent')),
      source text NOT NULL CONSTRAINT invoices_source CHECK (source IN ('manual', 'recurring')),
      order_id uuid,
      order_version integer,
      -- The account that is billed (BG-7), and the order's, where another one pays.
      account_id uuid NOT NULL CONSTRAINT invoices_account REFERENCES accounts,
      order_account_id uuid CONSTRAINT invoices_order_account REFERENCES accounts,
      contact_id uuid CONSTRAINT invoices_contact REFERENCES contacts,
      subject text NOT NULL CONSTRAINT invoices_subject CHECK (subject <> ''),
      customer_order_number text NOT NULL DEFAULT '',
      contract_reference text NOT NULL DEFAULT '',
      buyer_reference text NOT NULL DEFAULT '',
      language text NOT NULL,
      currency text NOT NULL CONSTRAINT invoices_currency REFERENCES currencies,
      document_date date NOT NULL,
      due_date date NOT NULL CONSTRAINT invoices_due_date CHECK (due_date >= document_date),
      delivery_date date,
      period_start date,
      period_end date,
      service_start date,
      service_end date,
      payment_term_id uuid CONSTRAINT invoices_payment_term REFERENCES payment_terms,
      payment_term_text text NOT NULL DEFAULT '',
      -- Tax in the organisation's own currency (BT-6, BT-111), and the rate it was made with.
      vat_currency text CONSTRAINT invoices_vat_currency REFERENCES currencies,
      vat_currency_tax numeric(18, 3),
      exchange_rate numeric(18, 9),
      -- BT-8: 5 on debits, 72 on receipt.
      vat_point_code text CONSTRAINT invoices_vat_point_code CHECK (vat_point_code IN ('5', '72')),
      -- BT-23: goods, services or mixed, with the way it was billed, such as B1, S1, M1.
      billing_mode text CONSTRAINT invoices_billing_mode CHECK (billing_mode ~ '^[BSM][0-9]$'),
      regime text CONSTRAINT invoices_regime CHECK (regime IN ('business', 'abroad', 'private')),
      -- Both parties whole, as they were at issue; absent in a draft, which shows them as they are now.
      seller jsonb,
      buyer jsonb,
      delivery_address jsonb,
      net numeric(18, 3) NOT NULL,
      allowances numeric(18, 3) NOT NULL DEFAULT 0,
      charges numeric(18, 3) NOT NULL DEFAULT 0,
      tax numeric(18, 3) NOT NULL,
      gross numeric(18, 3) NOT NULL,
      prepaid numeric(18, 3) NOT NULL DEFAULT 0,
      rounding numeric(18, 3) NOT NULL DEFAULT 0,
      due numeric(18, 3) NOT NULL,
      issued_at timestamptz,
      issued_by uuid CONSTRAINT invoices_issued_by REFERENCES users,
      file_id uuid CONSTRAINT invoices_file REFERENCES files,
      idempotency_key text,
      created_at timestamptz NOT NULL DEFAULT now(),
      created_by uuid CONSTRAINT invoices_created_by REFERENCES users,
      updated_at timestamptz NOT NULL DEFAULT now(),
      updated_by uuid CONSTRAINT invoices_updated_by REFERENCES users,
      version integer NOT NULL DEFAULT 1,
      search_text text NOT NULL GENERATED ALWAYS AS
        (searchable(coalesce(number, '') || ' ' || subject || ' ' || customer_order_number)) STORED,
      -- An invoice of an order belongs to the order's organisation.
      CONSTRAINT invoices_order FOREIGN KEY (order_id, organisation_id) REFERENCES customer_orders (id, organisation_id),
      CONSTRAINT invoices_number_unique UNIQUE (organisation_id, number),
      CONSTRAINT invoices_idempotency_key_unique UNIQUE (created_by, idempotency_key),
      CONSTRAINT invoices_issued CHECK (
        (status IN ('approved', 'sent', 'paid')) = (issued_at IS NOT NULL)
        AND (issued_at IS NULL) = (number IS NULL)
        AND (issued_at IS NULL OR (seller IS NOT NULL AND buyer IS NOT NULL AND issue_as IS NULL))),
      CONSTRAINT invoices_period CHECK (period_end >= period_start AND num_nulls(period_start, period_end) IN (0, 2)),
      CONSTRAINT invoices_service_period CHECK (service_end >= service_start AND num_nulls(service_start, service_end) IN (0, 2)),
      CONSTRAINT invoices_recurring CHECK (source <> 'recurring' OR num_nulls(order_id, period_start, service_start) = 0),
      CONSTRAINT invoices_due_amount CHECK (due = gross - prepaid + rounding)
    )`.execute(db)
  await sql`CREATE INDEX invoices_by_date ON invoices (organisation_id, document_date DESC, id DESC)`.execute(
    db,
  )
  await sql`CREATE INDEX invoices_by_order ON invoices (order_id, document_date DESC)`.execute(db)
  await sql`CREATE INDEX invoices_by_account ON invoices (account_id, document_date DESC)`.execute(db)
  await sql`CREATE INDEX invoices_by_due_date ON invoices (organisation_id, due_date)`.execute(db)
  await sql`CREATE INDEX invoices_to_issue ON invoices (organisation_id, document_date) WHERE issue_as IS NOT NULL`.execute(
    db,
  )
  await sql`CREATE INDEX invoices_contact_id ON invoices (contact_id) WHERE contact_id IS NOT NULL`.execute(
    db,
  )
  await sql`CREATE INDEX invoices_search ON invoices USING gin (search_text gin_trgm_ops)`.execute(db)

  await sql`
    CREATE TABLE invoice_lines (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      invoice_id uuid NOT NULL CONSTRAINT invoice_lines_invoice REFERENCES invoices,
      organisation_id uuid NOT NULL,
      position integer NOT NULL CONSTRAINT invoice_lines_position CHECK (position >= 1),
      kind text NOT NULL CONSTRAINT invoice_lines_kind CHECK (kind IN ('item', 'section', 'comment')),
      -- The line it bills. An order that is billed anew each period may change meanwhile: no key binds its lines.
      order_line_id uuid,
      product_id uuid CONSTRAINT invoice_lines_product REFERENCES products,
      product_code text NOT NULL DEFAULT '',
      buyer_code text NOT NULL DEFAULT '',
      description text NOT NULL CONSTRAINT invoice_lines_description CHECK (description <> ''),
      note text NOT NULL DEFAULT '',
      quantity numeric(18, 6),
      unit_code text,
      unit_price numeric(18, 6) CONSTRAINT invoice_lines_price CHECK (unit_price >= 0),
      discount_percent numeric(9, 6) CONSTRAINT invoice_lines_discount CHECK (discount_percent BETWEEN 0 AND 100),
      supply text CONSTRAINT invoice_lines_supply CHECK (supply IN ('goods', 'service')),
      tax_rate_id uuid CONSTRAINT invoice_lines_tax_rate REFERENCES tax_rates,
      tax_category text,
      tax_rate numeric(7, 4),
      exemption_text text NOT NULL DEFAULT '',
      exemption_code text NOT NULL DEFAULT '',
      -- A cent by which a part differs from quantity × price: a line allowance or charge (BG-27, BG-28).
      rounding numeric(18, 3) NOT NULL DEFAULT 0,
      net numeric(18, 3),
      customer_line_reference text NOT NULL DEFAULT '',
      period_start date,
      period_end date,
      CONSTRAINT invoice_lines_position_unique UNIQUE (invoice_id, position) DEFERRABLE INITIALLY DEFERRED,
      CONSTRAINT invoice_lines_item CHECK (
        CASE WHEN kind = 'item'
          THEN num_nulls(quantity, unit_code, unit_price, discount_percent, supply, tax_rate_id, tax_category, tax_rate, net) = 0
          ELSE num_nonnulls(quantity, unit_code, unit_price, discount_percent, supply, tax_rate_id, tax_category, tax_rate, net, product_id) = 0
        END)
    )`.execute(db)

  await sql`
    CREATE TABLE invoice_taxes (
      invoice_id uuid NOT NULL CONSTRAINT invoice_taxes_invoice REFERENCES invoices,
      category text NOT NULL,
      rate numeric(7, 4) NOT NULL,
      base numeric(18, 3) NOT NULL,
      amount numeric(18, 3) NOT NULL,
      exemption_text text NOT NULL DEFAULT '',
      exemption_code text NOT NULL DEFAULT '',
      PRIMARY KEY (invoice_id, category, rate)
    )`.execute(db)
  await sql`
    CREATE TABLE invoice_notes (
      invoice_id uuid NOT NULL CONSTRAINT invoice_notes_invoice REFERENCES invoices,
      position integer NOT NULL,
      -- UNTDID 4451 (BT-21), such as PMT, PMD, AAB.
      subject_code text NOT NULL DEFAULT '',
      text text NOT NULL CONSTRAINT invoice_notes_text CHECK (text <> ''),
      PRIMARY KEY (invoice_id, position)
    )`.execute(db)
  await sql`
    CREATE TABLE invoice_references (
      invoice_id uuid NOT NULL CONSTRAINT invoice_references_invoice REFERENCES invoices,
      preceding_invoice_id uuid NOT NULL CONSTRAINT invoice_references_preceding REFERENCES invoices,
      number text NOT NULL,
      document_date date NOT NULL,
      PRIMARY KEY (invoice_id, preceding_invoice_id)
    )`.execute(db)
  await sql`CREATE INDEX invoice_references_preceding ON invoice_references (preceding_invoice_id)`.execute(
    db,
  )
  await sql`
    CREATE TABLE invoice_allowances (
      invoice_id uuid NOT NULL CONSTRAINT invoice_allowances_invoice REFERENCES invoices,
      position integer NOT NULL,
      kind text NOT NULL CONSTRAINT invoice_allowances_kind CHECK (kind IN ('allowance', 'charge')),
      amount numeric(18, 3) NOT NULL CONSTRAINT invoice_allowances_amount CHECK (amount >= 0),
      base numeric(18, 3),
      percent numeric(9, 6),
      reason text NOT NULL,
      reason_code text NOT NULL DEFAULT '',
      tax_category text NOT NULL,
      tax_rate numeric(7, 4) NOT NULL,
      PRIMARY KEY (invoice_id, position)
    )`.execute(db)

  await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON invoices, invoice_lines, invoice_taxes, invoice_notes, invoice_references,
    invoice_allowances TO comptoir_web`.execute(db)
}

/** As for orders: one deferred check an invoice, queued by the invoice's own row or by a later change of its parts. */
async function holdTotals(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE FUNCTION check_invoice_totals() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      header record;
      digits int;
    BEGIN
      SELECT i.net, i.allowances, i.charges, i.tax, i.gross, c.decimals INTO header
        FROM invoices i JOIN currencies c ON c.code = i.currency WHERE i.id = NEW.id;
      IF NOT FOUND THEN RETURN NULL; END IF;
      digits := header.decimals;
      IF EXISTS (SELECT FROM invoice_lines l WHERE l.invoice_id = NEW.id AND l.kind = 'item'
          AND l.net <> line_net(l.quantity, l.unit_price, l.discount_percent, digits) + l.rounding) THEN
        RAISE EXCEPTION 'A line of invoice % is not quantity × price less discount.', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_lines_net';
      END IF;
      IF EXISTS (
        SELECT FROM (
          SELECT category, rate, sum(base) AS base FROM (
            SELECT tax_category AS category, tax_rate AS rate, net AS base FROM invoice_lines WHERE invoice_id = NEW.id AND kind = 'item'
            UNION ALL
            SELECT tax_category, tax_rate, CASE kind WHEN 'charge' THEN amount ELSE -amount END FROM invoice_allowances WHERE invoice_id = NEW.id
          ) parts GROUP BY 1, 2) l
        FULL JOIN (SELECT category, rate, base, amount FROM invoice_taxes WHERE invoice_id = NEW.id) t USING (category, rate)
        WHERE l.base IS DISTINCT FROM t.base OR t.amount IS DISTINCT FROM tax_amount(l.base, rate, digits)
      ) THEN
        RAISE EXCEPTION 'The taxes of invoice % are not those of its lines.', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_taxes_of_lines';
      END IF;
      -- BT-106 is the sum of the lines; the tax bases add up to it less allowances plus charges (BR-CO-13).
      IF (header.net - header.allowances + header.charges, header.tax, header.gross) <> (
        SELECT coalesce(sum(base), 0), coalesce(sum(amount), 0), coalesce(sum(base), 0) + coalesce(sum(amount), 0)
        FROM invoice_taxes WHERE invoice_id = NEW.id
      ) OR header.net <> (SELECT coalesce(sum(net), 0) FROM invoice_lines WHERE invoice_id = NEW.id AND kind = 'item') THEN
        RAISE EXCEPTION 'The totals of invoice % are not those of its lines.', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_totals';
      END IF;
      RETURN NULL;
    END $$`.execute(db)
  await sql`
    CREATE CONSTRAINT TRIGGER totals AFTER INSERT OR UPDATE ON invoices
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_invoice_totals()`.execute(db)
  await sql`ALTER TABLE invoices ENABLE ALWAYS TRIGGER totals`.execute(db)
}

/**
 * An issued invoice never changes, whoever connects. Exempt, by name: the status (approved, sent, paid), the version and the
 * stored file, which is set once. Its lines, taxes, notes, references and allowances are refused any change at all.
 */
async function lockIssued(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE FUNCTION refuse_issued_invoice_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      -- search_text is generated from the others, after this trigger.
      exempt text[] := ARRAY['status', 'version', 'updated_at', 'updated_by', 'file_id', 'search_text'];
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
  await sql`CREATE TRIGGER issued BEFORE UPDATE OR DELETE ON invoices
    FOR EACH ROW EXECUTE FUNCTION refuse_issued_invoice_change()`.execute(db)

  // Set-wise, since runs write thousands of lines in one statement.
  await sql`
    CREATE FUNCTION guard_invoice_parts() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM changed_rows c JOIN invoices i ON i.id = c.invoice_id
                 WHERE i.issued_at IS NOT NULL AND i.issued_at <> now()) THEN
        RAISE EXCEPTION 'The invoice is issued: its % never change.', TG_TABLE_NAME
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'issued_invoice_locked';
      END IF;
      UPDATE invoices i SET version = i.version
      FROM (SELECT DISTINCT invoice_id FROM changed_rows) c WHERE i.id = c.invoice_id AND i.created_at <> now();
      RETURN NULL;
    END $$`.execute(db)
  const parts = [
    'invoice_lines',
    'invoice_taxes',
    'invoice_notes',
    'invoice_references',
    'invoice_allowances',
  ]
  for (const table of parts) {
    const name = sql.table(table)
    await sql`CREATE TRIGGER guard_insert AFTER INSERT ON ${name} REFERENCING NEW TABLE AS changed_rows
      FOR EACH STATEMENT EXECUTE FUNCTION guard_invoice_parts()`.execute(db)
    await sql`CREATE TRIGGER guard_update_old AFTER UPDATE ON ${name} REFERENCING OLD TABLE AS changed_rows
      FOR EACH STATEMENT EXECUTE FUNCTION guard_invoice_parts()`.execute(db)
    await sql`CREATE TRIGGER guard_update_new AFTER UPDATE ON ${name} REFERENCING NEW TABLE AS changed_rows
      FOR EACH STATEMENT EXECUTE FUNCTION guard_invoice_parts()`.execute(db)
    await sql`CREATE TRIGGER guard_delete AFTER DELETE ON ${name} REFERENCING OLD TABLE AS changed_rows
      FOR EACH STATEMENT EXECUTE FUNCTION guard_invoice_parts()`.execute(db)
    for (const trigger of ['guard_insert', 'guard_update_old', 'guard_update_new', 'guard_delete']) {
      await sql`ALTER TABLE ${name} ENABLE ALWAYS TRIGGER ${sql.id(trigger)}`.execute(db)
    }
  }
  await sql`ALTER TABLE invoices ENABLE ALWAYS TRIGGER issued`.execute(db)
  for (const table of ['invoices', ...parts]) {
    const name = sql.table(table)
    await sql`CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ${name} FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate()`.execute(
      db,
    )
    await sql`ALTER TABLE ${name} ENABLE ALWAYS TRIGGER no_truncate`.execute(db)
  }
}
