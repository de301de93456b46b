import { type Kysely, sql } from 'kysely'

/**
 * What payments are reported and made from: the tax share of each, the statements of the bank line by line, and the receipts of what
 * was confirmed together.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeStatements(db)
  await extendPayments(db)
  await makeTaxShares(db)
}

async function makeStatements(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE bank_statements (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      organisation_id uuid NOT NULL CONSTRAINT bank_statements_organisation REFERENCES organisations,
      name text NOT NULL,
      currency text NOT NULL CONSTRAINT bank_statements_currency REFERENCES currencies,
      -- The file, until a person has said which of its columns is which; its lines hold it afterwards.
      content bytea,
      -- How many lines were taken, and how many were known from an earlier file.
      taken integer NOT NULL DEFAULT 0,
      known integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT now(),
      created_by uuid CONSTRAINT bank_statements_created_by REFERENCES users
    )`.execute(db)
  await sql`CREATE INDEX bank_statements_by_organisation ON bank_statements (organisation_id, id)`.execute(db)
  await sql`GRANT SELECT, INSERT ON bank_statements TO comptoir_web`.execute(db)
  await sql`GRANT UPDATE (content, taken, known) ON bank_statements TO comptoir_web`.execute(db)

  await sql`
    CREATE TABLE bank_lines (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      organisation_id uuid NOT NULL CONSTRAINT bank_lines_organisation REFERENCES organisations,
      statement_id uuid NOT NULL CONSTRAINT bank_lines_statement REFERENCES bank_statements,
      -- The line of the file.
      line integer NOT NULL,
      booked_date date NOT NULL,
      -- Below zero where money left the account.
      amount numeric(18, 3) NOT NULL CONSTRAINT bank_lines_amount CHECK (amount <> 0),
      currency text NOT NULL CONSTRAINT bank_lines_currency REFERENCES currencies,
      label text NOT NULL DEFAULT '',
      reference text NOT NULL DEFAULT '',
      counterparty text NOT NULL DEFAULT '',
      iban text NOT NULL DEFAULT '',
      -- Date, amount, texts, and which of several alike it is: the same line of another file is known.
      key bytea NOT NULL,
      -- What of it is entered as payments; kept by the transaction that enters or undoes them.
      matched numeric(18, 3) NOT NULL DEFAULT 0,
      -- Set aside by a person, or at once where money left and no customer waits for it: no payment of an invoice.
      dismissed_at timestamptz,
      dismissed_by uuid CONSTRAINT bank_lines_dismissed_by REFERENCES users,
      dismissed_reason text NOT NULL DEFAULT '',
      CONSTRAINT bank_lines_key UNIQUE (organisation_id, key),
      CONSTRAINT bank_lines_matched CHECK (matched = 0 OR (sign(matched) = sign(amount) AND abs(matched) <= abs(amount)))
    )`.execute(db)
  await sql`CREATE INDEX bank_lines_of_statement ON bank_lines (statement_id, line, id)`.execute(db)
  await sql`CREATE INDEX bank_lines_left ON bank_lines (organisation_id, booked_date, id)
    WHERE dismissed_at IS NULL AND matched <> amount`.execute(db)
  await sql`CREATE INDEX bank_lines_iban ON bank_lines (organisation_id, iban) WHERE iban <> ''`.execute(db)
  // What the bank said never changes; what becomes of it does.
  await sql`GRANT SELECT, INSERT ON bank_lines TO comptoir_web`.execute(db)
  await sql`GRANT UPDATE (matched, dismissed_at, dismissed_by, dismissed_reason) ON bank_lines TO comptoir_web`.execute(
    db,
  )
}

async function extendPayments(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE payment_receipts (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      created_at timestamptz NOT NULL DEFAULT now(),
      created_by uuid NOT NULL CONSTRAINT payment_receipts_created_by REFERENCES users
    )`.execute(db)
  await appendOnly(db, 'payment_receipts')
  await sql`
    ALTER TABLE payments
      ADD COLUMN bank_line_id uuid CONSTRAINT payments_bank_line REFERENCES bank_lines,
      ADD COLUMN receipt_id uuid CONSTRAINT payments_receipt REFERENCES payment_receipts`.execute(db)
  await sql`CREATE INDEX payments_bank_line_id ON payments (bank_line_id) WHERE bank_line_id IS NOT NULL`.execute(
    db,
  )
  await sql`CREATE INDEX payments_receipt_id ON payments (receipt_id) WHERE receipt_id IS NOT NULL`.execute(
    db,
  )

  // On most invoices nothing is open: known to the planner, it takes the index of those on which something is.
  await sql`CREATE STATISTICS invoices_open_share ON (gross - credited - paid) FROM invoices`.execute(db)

  // What an invoice says is paid is what its entries come to, whoever writes them.
  await sql`
    CREATE FUNCTION check_paid() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT i.paid FROM invoices i WHERE i.id = NEW.invoice_id)
        IS DISTINCT FROM (SELECT sum(p.amount) FROM payments p WHERE p.invoice_id = NEW.invoice_id) THEN
        RAISE EXCEPTION 'What is paid of invoice % is not what its payments come to.', NEW.invoice_id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_add_up';
      END IF;
      RETURN NULL;
    END $$`.execute(db)
  await sql`CREATE CONSTRAINT TRIGGER payments_add_up AFTER INSERT ON payments DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION check_paid()`.execute(db)
  await sql`ALTER TABLE payments ENABLE ALWAYS TRIGGER payments_add_up`.execute(db)
}

/** For whoever owes the tax when money comes in, and reports it by rate. */
async function makeTaxShares(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE payment_taxes (
      payment_id uuid NOT NULL CONSTRAINT payment_taxes_payment REFERENCES payments,
      category text NOT NULL,
      rate numeric(7, 4) NOT NULL,
      -- What of the payment falls to this rate, tax included; all rates together are the payment.
      amount numeric(18, 3) NOT NULL,
      -- The tax in it.
      tax numeric(18, 3) NOT NULL,
      PRIMARY KEY (payment_id, category, rate)
    )`.execute(db)
  await appendOnly(db, 'payment_taxes')
}

async function appendOnly(db: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.table(table)
  await sql`GRANT SELECT, INSERT ON ${name} TO comptoir_web`.execute(db)
  await sql`CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${name} FOR EACH ROW EXECUTE FUNCTION refuse_change()`.execute(
    db,
  )
  await sql`CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ${name} FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate()`.execute(
    db,
  )
  await sql`ALTER TABLE ${name} ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER no_truncate`.execute(
    db,
  )
}
