import { type Kysely, sql } from 'kysely'

/** Number series, customer orders with their lines, taxes and status history, and the lock of a finalized order. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeTables(db)
  await holdTotals(db)
  await lockFinalized(db)
}

async function makeTables(db: Kysely<unknown>): Promise<void> {
  // SO-2026-10000 comes after SO-2026-9999, as people read numbers.
  await sql`CREATE COLLATION document_numbers (provider = icu, locale = 'und-u-kn-true')`.execute(db)

  // The counter row of a series: locked by whoever takes a number, so that there is no gap and no double.
  await sql`
    CREATE TABLE number_series (
      organisation_id uuid NOT NULL CONSTRAINT number_series_organisation REFERENCES organisations,
      kind text NOT NULL CONSTRAINT number_series_kind CHECK (kind IN ('order', 'invoice', 'credit_note', 'recurring_invoice')),
      year integer NOT NULL CONSTRAINT number_series_year CHECK (year BETWEEN 1900 AND 2999),
      format text NOT NULL CONSTRAINT number_series_format CHECK (format LIKE '%{YYYY}%{number}%'),
      next_number integer NOT NULL DEFAULT 1 CONSTRAINT number_series_next_number CHECK (next_number >= 1),
      last_date date,
      PRIMARY KEY (organisation_id, kind, year)
    )`.execute(db)

  await sql`
    CREATE TABLE customer_orders (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      organisation_id uuid NOT NULL CONSTRAINT customer_orders_organisation REFERENCES organisations,
      number text NOT NULL CONSTRAINT customer_orders_number CHECK (number <> ''),
      subject text NOT NULL CONSTRAINT customer_orders_subject CHECK (subject <> ''),
      status text NOT NULL DEFAULT 'created'
        CONSTRAINT customer_orders_status CHECK (status IN ('created', 'approved', 'delivered', 'cancelled')),
      status_before_cancel text
        CONSTRAINT customer_orders_status_before_cancel CHECK (status_before_cancel IN ('created', 'approved', 'delivered')),
      finalized_at timestamptz,
      finalized_by uuid CONSTRAINT customer_orders_finalized_by REFERENCES users,
      account_id uuid NOT NULL CONSTRAINT customer_orders_account REFERENCES accounts,
      contact_id uuid,
      customer_order_number text NOT NULL DEFAULT '',
      contract_reference text NOT NULL DEFAULT '',
      assigned_to_id uuid CONSTRAINT customer_orders_assigned_to REFERENCES users,
      currency text NOT NULL CONSTRAINT customer_orders_currency REFERENCES currencies,
      order_date date NOT NULL,
      -- The order keeps its own copy of both addresses: a later change of the account does not rewrite an order.
      invoicing_address jsonb NOT NULL,
      shipping_address jsonb NOT NULL,
      shipping_differs boolean NOT NULL DEFAULT false,
      net numeric(18, 3) NOT NULL,
      tax numeric(18, 3) NOT NULL,
      gross numeric(18, 3) NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      created_by uuid CONSTRAINT customer_orders_created_by REFERENCES users,
      updated_at timestamptz NOT NULL DEFAULT now(),
      updated_by uuid CONSTRAINT customer_orders_updated_by REFERENCES users,
      version integer NOT NULL DEFAULT 1,
      search_text text NOT NULL GENERATED ALWAYS AS
        (searchable(number || ' ' || subject || ' ' || customer_order_number || ' ' || coalesce(invoicing_address ->> 'name', ''))) STORED,
      CONSTRAINT customer_orders_number_unique UNIQUE (organisation_id, number),
      CONSTRAINT customer_orders_contact FOREIGN KEY (contact_id, account_id) REFERENCES contacts (id, account_id),
      CONSTRAINT customer_orders_finalized CHECK ((finalized_at IS NULL) = (finalized_by IS NULL)),
      CONSTRAINT customer_orders_cancelled_from CHECK ((status = 'cancelled') = (status_before_cancel IS NOT NULL)),
      -- Lets whatever comes out of an order require the order's own organisation.
      CONSTRAINT customer_orders_id_organisation UNIQUE (id, organisation_id)
    )`.execute(db)
  // One index for each way the list is sorted by; `data/order-lists.ts` has the same expressions.
  await sql`CREATE INDEX customer_orders_by_date
    ON customer_orders (organisation_id, order_date, number COLLATE document_numbers, id)`.execute(db)
  await sql`CREATE INDEX customer_orders_by_number
    ON customer_orders (organisation_id, number COLLATE document_numbers, order_date, id)`.execute(db)
  await sql`CREATE INDEX customer_orders_by_customer ON customer_orders
    (organisation_id, (coalesce(invoicing_address ->> 'name', '') COLLATE "und-x-icu"), order_date, id)`.execute(
    db,
  )
  await sql`CREATE INDEX customer_orders_by_status ON customer_orders (organisation_id, status, order_date)`.execute(
    db,
  )
  await sql`CREATE INDEX customer_orders_by_account ON customer_orders (account_id, order_date DESC)`.execute(
    db,
  )
  await sql`CREATE INDEX customer_orders_by_contact ON customer_orders (contact_id)`.execute(db)
  await sql`CREATE INDEX customer_orders_by_assignee ON customer_orders (assigned_to_id, order_date DESC)`.execute(
    db,
  )
  await sql`CREATE INDEX customer_orders_by_net ON customer_orders (organisation_id, net, order_date, id)`.execute(
    db,
  )
  await sql`CREATE INDEX customer_orders_search ON customer_orders USING gin (search_text gin_trgm_ops)`.execute(
    db,
  )

  await sql`
    CREATE TABLE customer_order_lines (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      order_id uuid NOT NULL,
      organisation_id uuid NOT NULL,
      position integer NOT NULL CONSTRAINT customer_order_lines_position CHECK (position >= 1),
      kind text NOT NULL CONSTRAINT customer_order_lines_kind CHECK (kind IN ('item', 'section', 'comment')),
      product_id uuid CONSTRAINT customer_order_lines_product REFERENCES products,
      product_code text NOT NULL DEFAULT '',
      description text NOT NULL CONSTRAINT customer_order_lines_description CHECK (description <> ''),
      quantity numeric(18, 6),
      unit_code text,
      -- Never negative (BT-146): a price typed below zero moves its sign to the quantity.
      unit_price numeric(18, 6) CONSTRAINT customer_order_lines_price CHECK (unit_price >= 0),
      discount_percent numeric(9, 6) CONSTRAINT customer_order_lines_discount CHECK (discount_percent BETWEEN 0 AND 100),
      supply text CONSTRAINT customer_order_lines_supply CHECK (supply IN ('goods', 'service')),
      tax_rate_id uuid CONSTRAINT customer_order_lines_tax_rate REFERENCES tax_rates,
      tax_category text,
      tax_rate numeric(7, 4),
      exemption_text text NOT NULL DEFAULT '',
      exemption_code text NOT NULL DEFAULT '',
      customer_line_reference text NOT NULL DEFAULT '',
      net numeric(18, 3),
      -- Kept by the transaction that writes the document, so that lists can filter on progress.
      delivered_quantity numeric(18, 6) NOT NULL DEFAULT 0,
      invoiced_quantity numeric(18, 6) NOT NULL DEFAULT 0,
      CONSTRAINT customer_order_lines_order FOREIGN KEY (order_id, organisation_id) REFERENCES customer_orders (id, organisation_id),
      CONSTRAINT customer_order_lines_position_unique UNIQUE (order_id, position) DEFERRABLE INITIALLY DEFERRED,
      CONSTRAINT customer_order_lines_item CHECK (
        CASE WHEN kind = 'item'
          THEN num_nulls(quantity, unit_code, unit_price, discount_percent, supply, tax_rate_id, tax_category, tax_rate, net) = 0
          ELSE num_nonnulls(quantity, unit_code, unit_price, discount_percent, supply, tax_rate_id, tax_category, tax_rate, net, product_id) = 0
        END)
    )`.execute(db)
  await sql`CREATE INDEX customer_order_lines_product_id ON customer_order_lines (product_id)`.execute(db)

  await sql`
    CREATE TABLE customer_order_taxes (
      order_id uuid NOT NULL CONSTRAINT customer_order_taxes_order REFERENCES customer_orders,
      category text NOT NULL,
      rate numeric(7, 4) NOT NULL,
      base numeric(18, 3) NOT NULL,
      amount numeric(18, 3) NOT NULL,
      exemption_text text NOT NULL DEFAULT '',
      exemption_code text NOT NULL DEFAULT '',
      PRIMARY KEY (order_id, category, rate)
    )`.execute(db)

  await sql`
    CREATE TABLE order_status_changes (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      order_id uuid NOT NULL CONSTRAINT order_status_changes_order REFERENCES customer_orders,
      from_status text,
      to_status text NOT NULL,
      changed_at timestamptz NOT NULL DEFAULT now(),
      changed_by uuid CONSTRAINT order_status_changes_changed_by REFERENCES users
    )`.execute(db)
  await sql`CREATE INDEX order_status_changes_order_id ON order_status_changes (order_id, id)`.execute(db)

  await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON customer_orders, customer_order_lines, customer_order_taxes TO comptoir_web`.execute(
    db,
  )
  await sql`GRANT SELECT, INSERT, UPDATE ON number_series TO comptoir_web`.execute(db)
  // Deleted only together with an order out of which nothing came.
  await sql`GRANT SELECT, INSERT, DELETE ON order_status_changes TO comptoir_web`.execute(db)
}

/**
 * Totals equal their lines, per tax category and rate, at the commit whoever writes.
 *
 * One deferred check an order, not a line. Lines and taxes of an order made in the same transaction (its created_at is that
 * transaction's time) are checked with it; a change of older lines touches its order, which queues the check.
 */
async function holdTotals(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE FUNCTION check_order_totals() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      header record;
      digits int;
    BEGIN
      SELECT o.net, o.tax, o.gross, c.decimals INTO header
        FROM customer_orders o JOIN currencies c ON c.code = o.currency WHERE o.id = NEW.id;
      IF NOT FOUND THEN RETURN NULL; END IF;
      digits := header.decimals;
      IF EXISTS (SELECT FROM customer_order_lines l WHERE l.order_id = NEW.id AND l.kind = 'item'
          AND l.net <> line_net(l.quantity, l.unit_price, l.discount_percent, digits)) THEN
        RAISE EXCEPTION 'A line of order % is not quantity × price less discount.', NEW.number USING ERRCODE = 'check_violation', CONSTRAINT = 'customer_order_lines_net';
      END IF;
      IF EXISTS (
        SELECT FROM (SELECT tax_category AS category, tax_rate AS rate, sum(net) AS base FROM customer_order_lines
                     WHERE order_id = NEW.id AND kind = 'item' GROUP BY 1, 2) l
        FULL JOIN (SELECT category, rate, base, amount FROM customer_order_taxes WHERE order_id = NEW.id) t USING (category, rate)
        WHERE l.base IS DISTINCT FROM t.base OR t.amount IS DISTINCT FROM tax_amount(l.base, rate, digits)
      ) THEN
        RAISE EXCEPTION 'The taxes of order % are not those of its lines.', NEW.number USING ERRCODE = 'check_violation', CONSTRAINT = 'customer_order_taxes_of_lines';
      END IF;
      IF (header.net, header.tax, header.gross) <> (
        SELECT coalesce(sum(base), 0), coalesce(sum(amount), 0), coalesce(sum(base), 0) + coalesce(sum(amount), 0)
        FROM customer_order_taxes WHERE order_id = NEW.id
      ) THEN
        RAISE EXCEPTION 'The totals of order % are not those of its lines.', NEW.number USING ERRCODE = 'check_violation', CONSTRAINT = 'customer_orders_totals';
      END IF;
      RETURN NULL;
    END $$`.execute(db)
  await sql`
    CREATE CONSTRAINT TRIGGER totals AFTER INSERT OR UPDATE ON customer_orders
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_order_totals()`.execute(db)

  await sql`
    CREATE FUNCTION touch_orders_of_new() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE customer_orders o SET version = o.version
      FROM (SELECT DISTINCT order_id FROM changed_rows) c WHERE o.id = c.order_id AND o.created_at <> now();
      RETURN NULL;
    END $$`.execute(db)
  for (const table of ['customer_order_lines', 'customer_order_taxes']) {
    const name = sql.table(table)
    await sql`CREATE TRIGGER totals_insert AFTER INSERT ON ${name} REFERENCING NEW TABLE AS changed_rows
      FOR EACH STATEMENT EXECUTE FUNCTION touch_orders_of_new()`.execute(db)
    await sql`CREATE TRIGGER totals_update AFTER UPDATE ON ${name} REFERENCING NEW TABLE AS changed_rows
      FOR EACH STATEMENT EXECUTE FUNCTION touch_orders_of_new()`.execute(db)
    await sql`CREATE TRIGGER totals_delete AFTER DELETE ON ${name} REFERENCING OLD TABLE AS changed_rows
      FOR EACH STATEMENT EXECUTE FUNCTION touch_orders_of_new()`.execute(db)
  }
}

/**
 * A finalized order never changes again, whoever connects: header, lines and taxes. Exempt, by name, are the status (with what
 * cancelling remembers), the version and who touched it last, and the progress kept on the lines.
 */
async function lockFinalized(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE FUNCTION refuse_finalized_order_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      -- search_text is generated from the others, after this trigger.
      exempt text[] := ARRAY['status', 'status_before_cancel', 'version', 'updated_at', 'updated_by', 'search_text'];
    BEGIN
      IF OLD.finalized_at IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
      END IF;
      IF TG_OP = 'DELETE' OR (to_jsonb(OLD) - exempt) IS DISTINCT FROM (to_jsonb(NEW) - exempt) THEN
        RAISE EXCEPTION 'Order % is finalized and never changes.', OLD.number
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'finalized_order_locked';
      END IF;
      RETURN NEW;
    END $$`.execute(db)
  await sql`
    CREATE FUNCTION refuse_finalized_line_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      exempt text[] := ARRAY['delivered_quantity', 'invoiced_quantity'];
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
  await sql`CREATE TRIGGER finalized BEFORE UPDATE OR DELETE ON customer_orders
    FOR EACH ROW EXECUTE FUNCTION refuse_finalized_order_change()`.execute(db)
  for (const table of ['customer_order_lines', 'customer_order_taxes']) {
    await sql`CREATE TRIGGER finalized BEFORE INSERT OR UPDATE OR DELETE ON ${sql.table(table)}
      FOR EACH ROW EXECUTE FUNCTION refuse_finalized_line_change()`.execute(db)
  }
  for (const table of ['customer_orders', 'customer_order_lines', 'customer_order_taxes']) {
    const name = sql.table(table)
    await sql`CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ${name} FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate()`.execute(
      db,
    )
    await sql`ALTER TABLE ${name} ENABLE ALWAYS TRIGGER finalized, ENABLE ALWAYS TRIGGER no_truncate`.execute(
      db,
    )
  }
  for (const [table, triggers] of [
    ['customer_orders', ['totals']],
    ['customer_order_lines', ['totals_insert', 'totals_update', 'totals_delete']],
    ['customer_order_taxes', ['totals_insert', 'totals_update', 'totals_delete']],
  ] as const) {
    for (const trigger of triggers) {
      await sql`ALTER TABLE ${sql.table(table)} ENABLE ALWAYS TRIGGER ${sql.id(trigger)}`.execute(db)
    }
  }
}
