import { type Kysely, sql } from 'kysely'

/** Tax rates, payment terms, accounts, contacts, suppliers and products: shared by all organisations of the group. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE tax_rates (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      code text NOT NULL CONSTRAINT tax_rates_code_unique UNIQUE,
      name text NOT NULL CONSTRAINT tax_rates_name CHECK (name <> ''),
      -- Duty or tax category of EN 16931 (BT-118).
      category text NOT NULL CONSTRAINT tax_rates_category CHECK (category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')),
      rate numeric(7, 4) NOT NULL CONSTRAINT tax_rates_rate CHECK (rate BETWEEN 0 AND 100),
      exemption_text text NOT NULL DEFAULT '',
      exemption_code text NOT NULL DEFAULT '',
      valid_from date,
      valid_to date,
      successor_id uuid CONSTRAINT tax_rates_successor REFERENCES tax_rates,
      archived_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      version integer NOT NULL DEFAULT 1,
      CONSTRAINT tax_rates_zero_unless_standard CHECK ((category = 'S') = (rate > 0)),
      CONSTRAINT tax_rates_exemption_reason CHECK (category IN ('S', 'Z') OR exemption_text <> ''),
      CONSTRAINT tax_rates_validity CHECK (valid_to >= valid_from),
      CONSTRAINT tax_rates_not_own_successor CHECK (successor_id <> id)
    )`.execute(db)

  // What a treatment makes of a product's rate; domestic and private keep the product's own.
  await sql`
    CREATE TABLE tax_treatment_rates (
      treatment text NOT NULL CONSTRAINT tax_treatment_rates_treatment CHECK (treatment IN ('eu_business', 'export', 'exempt')),
      supply text NOT NULL CONSTRAINT tax_treatment_rates_supply CHECK (supply IN ('goods', 'service')),
      tax_rate_id uuid NOT NULL CONSTRAINT tax_treatment_rates_tax_rate REFERENCES tax_rates,
      PRIMARY KEY (treatment, supply)
    )`.execute(db)

  await sql`
    CREATE TABLE payment_terms (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      code text NOT NULL CONSTRAINT payment_terms_code_unique UNIQUE,
      name text NOT NULL CONSTRAINT payment_terms_name CHECK (name <> ''),
      days integer NOT NULL CONSTRAINT payment_terms_days CHECK (days BETWEEN 0 AND 9999),
      end_of_month text NOT NULL CONSTRAINT payment_terms_end_of_month CHECK (end_of_month IN ('none', 'after', 'before')),
      day_of_month integer CONSTRAINT payment_terms_day_of_month CHECK (day_of_month BETWEEN 1 AND 31),
      -- Printed on documents (BT-20), in the customer's language.
      text_en text NOT NULL DEFAULT '',
      text_fr text NOT NULL DEFAULT '',
      archived_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      version integer NOT NULL DEFAULT 1
    )`.execute(db)

  await sql`ALTER TABLE organisations
    ADD CONSTRAINT organisations_default_tax_rate FOREIGN KEY (default_tax_rate_id) REFERENCES tax_rates,
    ADD CONSTRAINT organisations_default_payment_term FOREIGN KEY (default_payment_term_id) REFERENCES payment_terms`.execute(
    db,
  )

  await sql`
    CREATE TABLE accounts (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      code text NOT NULL CONSTRAINT accounts_code_unique UNIQUE CONSTRAINT accounts_code CHECK (code <> ''),
      name text NOT NULL CONSTRAINT accounts_name CHECK (name <> ''),
      legal_name text NOT NULL DEFAULT '',
      kind text NOT NULL CONSTRAINT accounts_kind CHECK (kind IN ('business', 'public_body', 'private_person')),
      parent_id uuid CONSTRAINT accounts_parent REFERENCES accounts CONSTRAINT accounts_not_own_parent CHECK (parent_id <> id),
      -- BCP 47, such as fr-FR: month names of subjects and the language of documents.
      language text NOT NULL,
      siren text NOT NULL DEFAULT '',
      siret text NOT NULL DEFAULT '',
      vat_number text NOT NULL DEFAULT '',
      electronic_address text NOT NULL DEFAULT '',
      electronic_address_scheme text NOT NULL DEFAULT '',
      buyer_reference text NOT NULL DEFAULT '',
      tax_treatment text NOT NULL
        CONSTRAINT accounts_tax_treatment CHECK (tax_treatment IN ('domestic', 'eu_business', 'export', 'exempt', 'private')),
      payment_term_id uuid CONSTRAINT accounts_payment_term REFERENCES payment_terms,
      currency text NOT NULL CONSTRAINT accounts_currency REFERENCES currencies,
      email text NOT NULL DEFAULT '',
      phone text NOT NULL DEFAULT '',
      website text NOT NULL DEFAULT '',
      invoice_emails text[] NOT NULL DEFAULT '{}',
      street text NOT NULL DEFAULT '',
      street_2 text NOT NULL DEFAULT '',
      street_3 text NOT NULL DEFAULT '',
      postal_code text NOT NULL DEFAULT '',
      city text NOT NULL DEFAULT '',
      region text NOT NULL DEFAULT '',
      country text NOT NULL CONSTRAINT accounts_country CHECK (country ~ '^[A-Z]{2}$'),
      -- Absent: goods go to the invoicing address.
      shipping_address jsonb,
      archived_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      version integer NOT NULL DEFAULT 1,
      search_text text NOT NULL GENERATED ALWAYS AS (searchable(code || ' ' || name || ' ' || legal_name || ' ' || city)) STORED,
      CONSTRAINT accounts_eu_business_has_vat_number CHECK (tax_treatment <> 'eu_business' OR vat_number <> '')
    )`.execute(db)
  await sql`CREATE INDEX accounts_parent_id ON accounts (parent_id)`.execute(db)
  await sql`CREATE INDEX accounts_name ON accounts (name COLLATE "und-x-icu", id)`.execute(db)

  await sql`
    CREATE TABLE contacts (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      account_id uuid NOT NULL CONSTRAINT contacts_account REFERENCES accounts,
      name text NOT NULL CONSTRAINT contacts_name CHECK (name <> ''),
      title text NOT NULL DEFAULT '',
      email text NOT NULL DEFAULT '',
      phone text NOT NULL DEFAULT '',
      archived_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      version integer NOT NULL DEFAULT 1,
      search_text text NOT NULL GENERATED ALWAYS AS (searchable(name || ' ' || email || ' ' || title)) STORED,
      -- Lets an order require that its contact is one of its account's.
      CONSTRAINT contacts_id_account UNIQUE (id, account_id)
    )`.execute(db)
  await sql`CREATE INDEX contacts_account_id ON contacts (account_id)`.execute(db)
  await sql`CREATE INDEX contacts_name ON contacts (name COLLATE "und-x-icu", id)`.execute(db)

  await sql`
    CREATE TABLE suppliers (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      code text NOT NULL CONSTRAINT suppliers_code_unique UNIQUE CONSTRAINT suppliers_code CHECK (code <> ''),
      name text NOT NULL CONSTRAINT suppliers_name CHECK (name <> ''),
      contact_name text NOT NULL DEFAULT '',
      contact_title text NOT NULL DEFAULT '',
      email text NOT NULL DEFAULT '',
      phone text NOT NULL DEFAULT '',
      website text NOT NULL DEFAULT '',
      siren text NOT NULL DEFAULT '',
      vat_number text NOT NULL DEFAULT '',
      language text NOT NULL,
      currency text NOT NULL CONSTRAINT suppliers_currency REFERENCES currencies,
      payment_term_id uuid CONSTRAINT suppliers_payment_term REFERENCES payment_terms,
      street text NOT NULL DEFAULT '',
      street_2 text NOT NULL DEFAULT '',
      street_3 text NOT NULL DEFAULT '',
      postal_code text NOT NULL DEFAULT '',
      city text NOT NULL DEFAULT '',
      region text NOT NULL DEFAULT '',
      country text NOT NULL CONSTRAINT suppliers_country CHECK (country ~ '^[A-Z]{2}$'),
      archived_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      version integer NOT NULL DEFAULT 1,
      search_text text NOT NULL GENERATED ALWAYS AS (searchable(code || ' ' || name || ' ' || contact_name || ' ' || city)) STORED
    )`.execute(db)
  await sql`CREATE INDEX suppliers_name ON suppliers (name COLLATE "und-x-icu", id)`.execute(db)

  await sql`
    CREATE TABLE products (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      code text NOT NULL CONSTRAINT products_code_unique UNIQUE CONSTRAINT products_code CHECK (code <> ''),
      name text NOT NULL CONSTRAINT products_name CHECK (name <> ''),
      description text NOT NULL DEFAULT '',
      kind text NOT NULL CONSTRAINT products_kind CHECK (kind IN ('goods', 'service')),
      -- UN/ECE Recommendation 20 (BT-130).
      unit_code text NOT NULL DEFAULT 'C62' CONSTRAINT products_unit_code CHECK (unit_code ~ '^[A-Z0-9]{2,3}$'),
      unit_price numeric(18, 6) NOT NULL,
      currency text NOT NULL CONSTRAINT products_currency REFERENCES currencies,
      tax_rate_id uuid NOT NULL CONSTRAINT products_tax_rate REFERENCES tax_rates,
      category text NOT NULL DEFAULT '',
      packaging text NOT NULL DEFAULT '',
      gtin text NOT NULL DEFAULT '',
      commodity_code text NOT NULL DEFAULT '',
      origin_country text NOT NULL DEFAULT '',
      archived_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      version integer NOT NULL DEFAULT 1,
      search_text text NOT NULL GENERATED ALWAYS AS (searchable(code || ' ' || name || ' ' || category)) STORED
    )`.execute(db)
  await sql`CREATE INDEX products_code_order ON products (code COLLATE "und-x-icu", id)`.execute(db)
  await sql`CREATE INDEX products_lower_code ON products (lower(code))`.execute(db)

  await sql`
    CREATE TABLE product_suppliers (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      product_id uuid NOT NULL CONSTRAINT product_suppliers_product REFERENCES products,
      supplier_id uuid NOT NULL CONSTRAINT product_suppliers_supplier REFERENCES suppliers,
      supplier_code text NOT NULL DEFAULT '',
      purchase_price numeric(18, 6) CONSTRAINT product_suppliers_price CHECK (purchase_price >= 0),
      currency text NOT NULL CONSTRAINT product_suppliers_currency REFERENCES currencies,
      preferred boolean NOT NULL DEFAULT false,
      CONSTRAINT product_suppliers_once UNIQUE (product_id, supplier_id)
    )`.execute(db)
  await sql`CREATE UNIQUE INDEX product_suppliers_one_preferred ON product_suppliers (product_id) WHERE preferred`.execute(
    db,
  )
  await sql`CREATE INDEX product_suppliers_supplier_id ON product_suppliers (supplier_id)`.execute(db)

  await sql`CREATE EXTENSION IF NOT EXISTS pg_trgm`.execute(db)
  for (const table of ['accounts', 'contacts', 'suppliers', 'products']) {
    await sql`CREATE INDEX ${sql.id(`${table}_search`)} ON ${sql.table(table)} USING gin (search_text gin_trgm_ops)`.execute(
      db,
    )
  }

  await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON tax_rates, tax_treatment_rates, payment_terms, accounts, contacts, suppliers,
    products, product_suppliers TO comptoir_web`.execute(db)
}
