import { type Kysely, sql } from 'kysely'

/**
 * Roles, shared functions, the installation, organisations, users, sessions, files and the audit.
 *
 * Three roles from the first day: the owner runs migrations, `comptoir_web` is what web and jobs act as (the owner's rights
 * never reach a request), `comptoir_portal` is for the extranet and starts with nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeRoles(db)
  await makeFunctions(db)
  await makeTables(db)
}

async function makeRoles(db: Kysely<unknown>): Promise<void> {
  await sql`
    DO $$
    DECLARE role_name text;
    BEGIN
      FOREACH role_name IN ARRAY ARRAY['comptoir_web', 'comptoir_portal'] LOOP
        BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
          END IF;
        EXCEPTION
          -- Roles belong to the whole server: a migration of another database may have made it meanwhile.
          WHEN duplicate_object OR unique_violation THEN NULL;
          WHEN insufficient_privilege THEN
            RAISE EXCEPTION 'The role % is missing and % may not create it. Ask an administrator of the server to run: CREATE ROLE % NOLOGIN; GRANT % TO %;',
              role_name, current_user, role_name, role_name, current_user;
        END;
        IF NOT pg_has_role(current_user, role_name, 'SET') THEN
          EXECUTE format('GRANT %I TO CURRENT_USER', role_name);
        END IF;
      END LOOP;
      EXECUTE format('GRANT USAGE ON SCHEMA %I TO comptoir_web, comptoir_portal', current_schema());
    END $$`.execute(db)
}

async function makeFunctions(db: Kysely<unknown>): Promise<void> {
  // What searches compare: lower case, without the accents of western European languages. The search term goes through it too.
  await sql`
    CREATE FUNCTION searchable(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN translate(lower(value), 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿœæ’', 'aaaaaaceeeeiiiinooooouuuuyyoa''')`.execute(
    db,
  )

  // The SQL twin of lib/money: numeric round() is half away from zero.
  await sql`
    CREATE FUNCTION line_net(quantity numeric, unit_price numeric, discount_percent numeric, decimals int)
    RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN round(quantity * unit_price * (100 - discount_percent) / 100, decimals)`.execute(db)
  await sql`
    CREATE FUNCTION tax_amount(base numeric, rate numeric, decimals int)
    RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN round(base * rate / 100, decimals)`.execute(db)

  await sql`
    CREATE FUNCTION refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'The table % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END $$`.execute(db)
  await sql`
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'Rows of % are added, never changed or removed.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
    END $$`.execute(db)
}

async function makeTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE installation (
      id boolean PRIMARY KEY DEFAULT true CONSTRAINT installation_one_row CHECK (id),
      kind text NOT NULL CONSTRAINT installation_kind CHECK (kind IN ('shop', 'demo')),
      -- The demo is ready when its data are in and the first run has been made.
      ready_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now()
    )`.execute(db)

  await sql`
    CREATE TABLE currencies (
      code text PRIMARY KEY CONSTRAINT currencies_code CHECK (code ~ '^[A-Z]{3}$'),
      decimals smallint NOT NULL CONSTRAINT currencies_decimals CHECK (decimals BETWEEN 0 AND 3)
    )`.execute(db)
  for (const [decimals, codes] of currencies) {
    await sql`INSERT INTO currencies (code, decimals) SELECT code, ${decimals} FROM unnest(${codes.split(' ')}::text[]) AS code`.execute(
      db,
    )
  }

  await sql`
    CREATE TABLE files (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      kind text NOT NULL,
      media_type text NOT NULL,
      sha256 bytea NOT NULL CONSTRAINT files_sha256_unique UNIQUE CONSTRAINT files_sha256_length CHECK (length(sha256) = 32),
      size integer NOT NULL CONSTRAINT files_size CHECK (size = length(content)),
      content bytea NOT NULL,
      made_at timestamptz NOT NULL DEFAULT now()
    )`.execute(db)
  await appendOnly(db, 'files')

  await sql`
    CREATE TABLE organisations (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      code text NOT NULL CONSTRAINT organisations_code_unique UNIQUE CONSTRAINT organisations_code CHECK (code ~ '^[A-Z0-9-]{1,20}$'),
      name text NOT NULL CONSTRAINT organisations_name CHECK (name <> ''),
      legal_name text NOT NULL DEFAULT '',
      legal_form text NOT NULL DEFAULT '',
      share_capital text NOT NULL DEFAULT '',
      siren text NOT NULL DEFAULT '',
      siret text NOT NULL DEFAULT '',
      vat_number text NOT NULL DEFAULT '',
      tax_number text NOT NULL DEFAULT '',
      register_text text NOT NULL DEFAULT '',
      street text NOT NULL DEFAULT '',
      street_2 text NOT NULL DEFAULT '',
      street_3 text NOT NULL DEFAULT '',
      postal_code text NOT NULL DEFAULT '',
      city text NOT NULL DEFAULT '',
      region text NOT NULL DEFAULT '',
      country text NOT NULL CONSTRAINT organisations_country CHECK (country ~ '^[A-Z]{2}$'),
      contact_name text NOT NULL DEFAULT '',
      phone text NOT NULL DEFAULT '',
      email text NOT NULL DEFAULT '',
      website text NOT NULL DEFAULT '',
      electronic_address text NOT NULL DEFAULT '',
      electronic_address_scheme text NOT NULL DEFAULT '',
      vat_on_debits boolean NOT NULL DEFAULT false,
      iban text NOT NULL DEFAULT '',
      bic text NOT NULL DEFAULT '',
      bank_name text NOT NULL DEFAULT '',
      -- Notes printed on every invoice, by the subject codes of UNTDID 4451: PMD, PMT, AAB, REG, TXD.
      note_penalties text NOT NULL DEFAULT '',
      note_indemnity text NOT NULL DEFAULT '',
      note_discount text NOT NULL DEFAULT '',
      note_register text NOT NULL DEFAULT '',
      note_tax text NOT NULL DEFAULT '',
      logo_file_id uuid CONSTRAINT organisations_logo REFERENCES files,
      time_zone text NOT NULL,
      language text NOT NULL CONSTRAINT organisations_language CHECK (language IN ('en', 'fr')),
      currency text NOT NULL CONSTRAINT organisations_currency REFERENCES currencies,
      default_tax_rate_id uuid,
      default_payment_term_id uuid,
      closing_date date,
      archived_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      version integer NOT NULL DEFAULT 1
    )`.execute(db)

  await sql`
    CREATE TABLE users (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      code text CONSTRAINT users_code_unique UNIQUE,
      name text NOT NULL CONSTRAINT users_name CHECK (name <> ''),
      title text NOT NULL DEFAULT '',
      email text CONSTRAINT users_email CHECK (email <> ''),
      password_hash text,
      role text NOT NULL CONSTRAINT users_role CHECK (role IN ('admin', 'user')),
      organisation_id uuid NOT NULL CONSTRAINT users_organisation REFERENCES organisations,
      language text NOT NULL DEFAULT 'en' CONSTRAINT users_language CHECK (language IN ('en', 'fr')),
      theme text NOT NULL DEFAULT 'light' CONSTRAINT users_theme CHECK (theme IN ('light', 'dark', 'system')),
      archived_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      version integer NOT NULL DEFAULT 1,
      CONSTRAINT users_password_needs_email CHECK (password_hash IS NULL OR email IS NOT NULL)
    )`.execute(db)
  await sql`CREATE UNIQUE INDEX users_email_unique ON users (lower(email))`.execute(db)
  await sql`
    CREATE TABLE user_organisations (
      user_id uuid NOT NULL CONSTRAINT user_organisations_user REFERENCES users,
      organisation_id uuid NOT NULL CONSTRAINT user_organisations_organisation REFERENCES organisations,
      PRIMARY KEY (user_id, organisation_id)
    )`.execute(db)
  // The home organisation is one of those the user works in.
  await sql`
    ALTER TABLE users ADD CONSTRAINT users_home_is_member FOREIGN KEY (id, organisation_id)
    REFERENCES user_organisations (user_id, organisation_id) DEFERRABLE INITIALLY DEFERRED`.execute(db)

  await sql`
    CREATE TABLE sessions (
      -- SHA-256 of the cookie's token: who reads the table cannot sign in with it.
      token_hash bytea PRIMARY KEY,
      user_id uuid NOT NULL CONSTRAINT sessions_user REFERENCES users,
      flash jsonb,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL
    )`.execute(db)
  await sql`CREATE INDEX sessions_user_id ON sessions (user_id)`.execute(db)
  await sql`CREATE INDEX sessions_expires_at ON sessions (expires_at)`.execute(db)

  await sql`
    CREATE TABLE sign_in_failures (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      email text NOT NULL,
      address text NOT NULL,
      failed_at timestamptz NOT NULL DEFAULT now()
    )`.execute(db)
  await sql`CREATE INDEX sign_in_failures_email ON sign_in_failures (email, failed_at)`.execute(db)
  await sql`CREATE INDEX sign_in_failures_address ON sign_in_failures (address, failed_at)`.execute(db)

  // What somebody typed into a form whose session had ended: shown again, once, after signing in.
  await sql`
    CREATE TABLE kept_forms (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      user_id uuid NOT NULL CONSTRAINT kept_forms_user REFERENCES users,
      fields jsonb NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    )`.execute(db)

  await sql`
    CREATE TABLE audit_entries (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      at timestamptz NOT NULL DEFAULT now(),
      organisation_id uuid CONSTRAINT audit_entries_organisation REFERENCES organisations,
      user_id uuid CONSTRAINT audit_entries_user REFERENCES users,
      -- Who acted where no user did: the name of the job or the command.
      actor text NOT NULL DEFAULT '',
      action text NOT NULL,
      subject_type text NOT NULL,
      subject_id uuid NOT NULL,
      changes jsonb NOT NULL DEFAULT '{}'
    )`.execute(db)
  await sql`CREATE INDEX audit_entries_subject ON audit_entries (subject_type, subject_id, id)`.execute(db)
  await appendOnly(db, 'audit_entries')

  // The readiness check compares the schema with the migrations of the running version.
  await sql`GRANT SELECT ON kysely_migration TO comptoir_web`.execute(db)
  await sql`GRANT SELECT ON currencies, installation TO comptoir_web`.execute(db)
  await sql`GRANT INSERT, UPDATE ON installation TO comptoir_web`.execute(db)
  await sql`GRANT SELECT, INSERT ON files, audit_entries TO comptoir_web`.execute(db)
  await sql`GRANT SELECT, INSERT, UPDATE ON organisations, users TO comptoir_web`.execute(db)
  await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON user_organisations, sessions, sign_in_failures, kept_forms TO comptoir_web`.execute(
    db,
  )
}

/** ENABLE ALWAYS, so that not even session_replication_role = replica gets past it. */
async function appendOnly(db: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.table(table)
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

/** ISO 4217 as of 2026: the currencies in use, by the decimals of their minor unit. */
const currencies: readonly (readonly [number, string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'],
  [
    2,
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW',
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
]
