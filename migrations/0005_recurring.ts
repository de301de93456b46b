import { type Kysely, sql } from 'kysely'

/** Recurrences, the occurrences that hold "one live invoice a period", and the runs of the jobs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE job_runs (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      job text NOT NULL,
      trigger text NOT NULL CONSTRAINT job_runs_trigger CHECK (trigger IN ('schedule', 'person', 'command')),
      -- Several processes may keep the schedule: the first to write this row makes the run.
      scheduled_for timestamptz,
      as_of date,
      started_by uuid CONSTRAINT job_runs_started_by REFERENCES users,
      state text NOT NULL DEFAULT 'running'
        CONSTRAINT job_runs_state CHECK (state IN ('running', 'succeeded', 'failed', 'lost')),
      done integer NOT NULL DEFAULT 0,
      total integer,
      figures jsonb NOT NULL DEFAULT '{}',
      error text,
      started_at timestamptz NOT NULL DEFAULT now(),
      heartbeat_at timestamptz NOT NULL DEFAULT now(),
      finished_at timestamptz,
      CONSTRAINT job_runs_once_scheduled UNIQUE (job, scheduled_for),
      CONSTRAINT job_runs_finished CHECK ((state = 'running') = (finished_at IS NULL))
    )`.execute(db)
  await sql`CREATE INDEX job_runs_by_job ON job_runs (job, started_at DESC)`.execute(db)

  await sql`
    CREATE TABLE recurrences (
      order_id uuid PRIMARY KEY,
      organisation_id uuid NOT NULL,
      enabled boolean NOT NULL,
      frequency text NOT NULL
        CONSTRAINT recurrences_frequency CHECK (frequency IN ('daily', 'weekly', 'monthly', 'quarterly', 'semiannual', 'annual')),
      start_date date NOT NULL,
      end_date date CONSTRAINT recurrences_end_date CHECK (end_date >= start_date),
      last_day boolean NOT NULL DEFAULT false,
      bill_from date NOT NULL,
      service_period text NOT NULL CONSTRAINT recurrences_service_period CHECK (service_period IN ('calendar', 'from_run_date')),
      payment_term_id uuid NOT NULL CONSTRAINT recurrences_payment_term REFERENCES payment_terms,
      initial_invoice_status text NOT NULL CONSTRAINT recurrences_initial_invoice_status
        CHECK (initial_invoice_status IN ('automatically_created', 'created', 'approved', 'sent')),
      invoice_subject text NOT NULL CONSTRAINT recurrences_invoice_subject CHECK (invoice_subject <> ''),
      document_date_preference text NOT NULL CONSTRAINT recurrences_document_date_preference CHECK (document_date_preference IN
        ('date_created', 'last_day_previous_period', 'first_day_current_period', 'last_day_current_period',
         'first_day_next_period', 'last_day_next_period')),
      usage_scope text NOT NULL DEFAULT 'none'
        CONSTRAINT recurrences_usage_scope CHECK (usage_scope IN ('none', 'invoice_period', 'previous_period')),
      usage_aggregation text NOT NULL DEFAULT 'period'
        CONSTRAINT recurrences_usage_aggregation CHECK (usage_aggregation IN ('period', 'month')),
      bill_parent boolean NOT NULL DEFAULT false,
      recipients text[] NOT NULL DEFAULT '{}',
      responsible_id uuid CONSTRAINT recurrences_responsible REFERENCES users,
      -- The first run date not yet planned; absent when none is left or the recurrence is off. The run's only way in.
      next_run_date date,
      disabled_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      updated_by uuid CONSTRAINT recurrences_updated_by REFERENCES users,
      version integer NOT NULL DEFAULT 1,
      CONSTRAINT recurrences_order FOREIGN KEY (order_id, organisation_id) REFERENCES customer_orders (id, organisation_id),
      CONSTRAINT recurrences_off_never_runs CHECK (enabled OR next_run_date IS NULL),
      CONSTRAINT recurrences_disabled CHECK (enabled = (disabled_at IS NULL)),
      CONSTRAINT recurrences_last_day CHECK (NOT last_day OR frequency NOT IN ('daily', 'weekly'))
    )`.execute(db)
  await sql`CREATE INDEX recurrences_due ON recurrences (organisation_id, next_run_date, order_id) WHERE next_run_date IS NOT NULL`.execute(
    db,
  )
  await sql`CREATE INDEX recurrences_responsible_id ON recurrences (responsible_id)`.execute(db)

  await sql`
    CREATE TABLE recurrence_occurrences (
      order_id uuid NOT NULL,
      frequency text NOT NULL
        CONSTRAINT recurrence_occurrences_frequency CHECK (frequency IN ('daily', 'weekly', 'monthly', 'quarterly', 'semiannual', 'annual')),
      period_start date NOT NULL,
      period_end date NOT NULL,
      organisation_id uuid NOT NULL,
      run_date date NOT NULL,
      service_start date NOT NULL,
      service_end date NOT NULL,
      state text NOT NULL CONSTRAINT recurrence_occurrences_state
        CHECK (state IN ('invoiced', 'due', 'skipped', 'held', 'failed', 'credited')),
      invoice_id uuid CONSTRAINT recurrence_occurrences_invoice REFERENCES invoices,
      -- Why it stands without an invoice: a code with its figures, or a person's own words.
      reason_code text,
      reason_params jsonb NOT NULL DEFAULT '{}',
      reason_text text NOT NULL DEFAULT '',
      overlap_accepted_by uuid CONSTRAINT recurrence_occurrences_overlap_accepted_by REFERENCES users,
      attempts integer NOT NULL DEFAULT 0,
      run_id uuid CONSTRAINT recurrence_occurrences_run REFERENCES job_runs,
      decided_by uuid CONSTRAINT recurrence_occurrences_decided_by REFERENCES users,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      -- One live invoice an occurrence: whoever writes the second one fails, and the invoice with it.
      PRIMARY KEY (order_id, frequency, period_start),
      CONSTRAINT recurrence_occurrences_order FOREIGN KEY (order_id, organisation_id) REFERENCES customer_orders (id, organisation_id),
      CONSTRAINT recurrence_occurrences_period CHECK (run_date BETWEEN period_start AND period_end),
      CONSTRAINT recurrence_occurrences_service CHECK (service_end >= service_start),
      CONSTRAINT recurrence_occurrences_invoiced CHECK ((state IN ('invoiced', 'credited')) = (invoice_id IS NOT NULL)),
      CONSTRAINT recurrence_occurrences_reason CHECK (state IN ('invoiced', 'due', 'credited') OR reason_code IS NOT NULL)
    )`.execute(db)
  await sql`CREATE INDEX recurrence_occurrences_invoice_id ON recurrence_occurrences (invoice_id)`.execute(db)
  await sql`CREATE INDEX recurrence_occurrences_to_do ON recurrence_occurrences (organisation_id, run_date, order_id)
    WHERE state IN ('due', 'failed')`.execute(db)

  await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON job_runs, recurrences, recurrence_occurrences TO comptoir_web`.execute(
    db,
  )
}
