import type { ColumnType, Generated, GeneratedAlways, Insertable, Selectable } from 'kysely'
import type { Address } from '../lib/address.ts'
import type { IsoDate } from '../lib/dates.ts'
import type {
  AccountKind,
  ActivityKind,
  BatchAction,
  BatchResult,
  DocumentDatePreference,
  EmailState,
  EmailTemplateKind,
  EndOfMonthRule,
  Frequency,
  ImportedKind,
  ImportKind,
  ImportPart,
  ImportState,
  InvoiceStatus,
  MappedTreatment,
  OccurrenceState,
  OrderStatus,
  PaymentMethod,
  SavedList,
  ServicePeriod,
  Supply,
  TaxCategory,
  TaxTreatment,
} from '../lib/vocabulary.ts'

/**
 * The tables as they are after the newest migration. Numerics, dates and instants are strings on both sides: decimal text,
 * 'YYYY-MM-DD', and ISO 8601 with offset. A JavaScript number never holds money or a quantity.
 */
export type DB = {
  accounts: AccountTable
  activities: ActivityTable
  audit_entries: AuditEntryTable
  bank_lines: BankLineTable
  bank_statements: BankStatementTable
  batch_items: BatchItemTable
  batches: BatchTable
  contacts: ContactTable
  currencies: { code: string; decimals: number }
  customer_order_lines: CustomerOrderLineTable
  customer_order_taxes: CustomerOrderTaxTable
  customer_orders: CustomerOrderTable
  documents: DocumentTable
  email_templates: EmailTemplateTable
  exchange_rates: ExchangeRateTable
  files: FileTable
  import_files: { import_id: string; part: ImportPart; name: string; content: Buffer }
  import_mistakes: ImportMistakeTable
  import_records: { import_id: string; kind: ImportedKind; line: number; record_id: string }
  imports: ImportTable
  installation: InstallationTable
  invoice_lines: InvoiceLineTable
  invoice_notes: { invoice_id: string; position: number; subject_code: Generated<string>; text: string }
  invoice_taxes: InvoiceTaxTable
  invoices: InvoiceTable
  job_runs: JobRunTable
  kept_forms: KeptFormTable
  kysely_migration: { name: string; timestamp: string }
  number_series: NumberSeriesTable
  order_status_changes: OrderStatusChangeTable
  organisations: OrganisationTable
  outgoing_email_attachments: { email_id: string; position: number; name: string; file_id: string }
  outgoing_emails: OutgoingEmailTable
  payment_terms: PaymentTermTable
  payment_receipts: { id: Generated<string>; created_at: Generated<string>; created_by: string }
  payment_taxes: PaymentTaxTable
  payments: PaymentTable
  product_suppliers: ProductSupplierTable
  products: ProductTable
  recurrence_occurrences: RecurrenceOccurrenceTable
  recurrences: RecurrenceTable
  renderings: RenderingTable
  saved_views: SavedViewTable
  sessions: SessionTable
  sign_in_failures: { id: Generated<string>; email: string; address: string; failed_at: Generated<string> }
  submissions: SubmissionTable
  suppliers: SupplierTable
  tax_rates: TaxRateTable
  tax_treatment_rates: { treatment: MappedTreatment; supply: Supply; tax_rate_id: string }
  unaddressed_invoices: { invoice_id: string; organisation_id: string; noted_at: Generated<string> }
  user_organisations: { user_id: string; organisation_id: string }
  users: UserTable
}

export type InvoiceKind = 'invoice' | 'deposit' | 'credit_note'
export type LineKind = 'item' | 'section' | 'comment'
export type NumberKind = 'order' | 'invoice' | 'credit_note' | 'recurring_invoice'

/** jsonb: an object comes back, its JSON text goes in (an array would otherwise become a PostgreSQL array). */
type Json<T> = ColumnType<T, string, string>
type Versioned = { created_at: Generated<string>; updated_at: Generated<string>; version: Generated<number> }
type Archivable = { archived_at: Generated<string | null> }
type PostalColumns = {
  street: Generated<string>
  street_2: Generated<string>
  street_3: Generated<string>
  postal_code: Generated<string>
  city: Generated<string>
  region: Generated<string>
  country: string
}

type InstallationTable = {
  id: Generated<boolean>
  kind: 'shop' | 'demo'
  ready_at: Generated<string | null>
  created_at: Generated<string>
}

type OrganisationTable = Versioned &
  Archivable &
  PostalColumns & {
    id: Generated<string>
    code: string
    name: string
    legal_name: Generated<string>
    legal_form: Generated<string>
    share_capital: Generated<string>
    siren: Generated<string>
    siret: Generated<string>
    vat_number: Generated<string>
    tax_number: Generated<string>
    register_text: Generated<string>
    contact_name: Generated<string>
    phone: Generated<string>
    email: Generated<string>
    website: Generated<string>
    electronic_address: Generated<string>
    electronic_address_scheme: Generated<string>
    vat_on_debits: Generated<boolean>
    iban: Generated<string>
    bic: Generated<string>
    bank_name: Generated<string>
    note_penalties: Generated<string>
    note_indemnity: Generated<string>
    note_discount: Generated<string>
    note_register: Generated<string>
    note_tax: Generated<string>
    logo_file_id: Generated<string | null>
    time_zone: string
    language: 'en' | 'fr'
    currency: string
    default_tax_rate_id: Generated<string | null>
    default_payment_term_id: Generated<string | null>
    closing_date: Generated<IsoDate | null>
    recurring_series: Generated<boolean>
    late_dates: Generated<'redate' | 'keep'>
  }

type UserTable = Versioned &
  Archivable & {
    id: Generated<string>
    code: Generated<string | null>
    name: string
    title: Generated<string>
    email: Generated<string | null>
    password_hash: Generated<string | null>
    role: 'admin' | 'user'
    organisation_id: string
    language: Generated<'en' | 'fr'>
    theme: Generated<'light' | 'dark' | 'system'>
    single_keys: Generated<boolean>
  }

type SessionTable = {
  token_hash: Buffer
  user_id: string
  flash: ColumnType<unknown, string | null, string | null>
  created_at: Generated<string>
  expires_at: string
}

type KeptFormTable = {
  id: Generated<string>
  user_id: string
  fields: Json<[string, string][]>
  created_at: Generated<string>
}

type SubmissionTable = {
  user_id: string
  address: string
  key: string
  digest: string
  made_id: string
  created_at: Generated<string>
}

type FileTable = {
  id: Generated<string>
  kind: string
  media_type: string
  sha256: Buffer
  size: number
  content: Buffer
  made_at: Generated<string>
}

type AuditEntryTable = {
  id: Generated<string>
  at: Generated<string>
  organisation_id: string | null
  user_id: string | null
  actor: Generated<string>
  action: string
  subject_type: string
  subject_id: string
  changes: Json<unknown>
}

type TaxRateTable = Versioned &
  Archivable & {
    id: Generated<string>
    code: string
    name: string
    category: TaxCategory
    rate: string
    exemption_text: Generated<string>
    exemption_code: Generated<string>
    valid_from: Generated<IsoDate | null>
    valid_to: Generated<IsoDate | null>
    successor_id: Generated<string | null>
  }

type PaymentTermTable = Versioned &
  Archivable & {
    id: Generated<string>
    code: string
    name: string
    days: number
    end_of_month: EndOfMonthRule
    day_of_month: Generated<number | null>
    text_en: Generated<string>
    text_fr: Generated<string>
  }

type AccountTable = Versioned &
  Archivable &
  PostalColumns & {
    id: Generated<string>
    code: string
    name: string
    legal_name: Generated<string>
    kind: AccountKind
    parent_id: Generated<string | null>
    language: string
    siren: Generated<string>
    siret: Generated<string>
    vat_number: Generated<string>
    electronic_address: Generated<string>
    electronic_address_scheme: Generated<string>
    buyer_reference: Generated<string>
    tax_treatment: TaxTreatment
    payment_term_id: Generated<string | null>
    currency: string
    email: Generated<string>
    phone: Generated<string>
    website: Generated<string>
    invoice_emails: Generated<string[]>
    shipping_address: ColumnType<Address | null, string | null | undefined, string | null>
    search_text: GeneratedAlways<string>
  }

type ContactTable = Versioned &
  Archivable & {
    id: Generated<string>
    account_id: string
    name: string
    title: Generated<string>
    email: Generated<string>
    phone: Generated<string>
    search_text: GeneratedAlways<string>
  }

type SupplierTable = Versioned &
  Archivable &
  PostalColumns & {
    id: Generated<string>
    code: string
    name: string
    contact_name: Generated<string>
    contact_title: Generated<string>
    email: Generated<string>
    phone: Generated<string>
    website: Generated<string>
    siren: Generated<string>
    vat_number: Generated<string>
    language: string
    currency: string
    payment_term_id: Generated<string | null>
    search_text: GeneratedAlways<string>
  }

type ProductTable = Versioned &
  Archivable & {
    id: Generated<string>
    code: string
    name: string
    description: Generated<string>
    kind: Supply
    unit_code: Generated<string>
    unit_price: string
    currency: string
    tax_rate_id: string
    category: Generated<string>
    packaging: Generated<string>
    gtin: Generated<string>
    commodity_code: Generated<string>
    origin_country: Generated<string>
    search_text: GeneratedAlways<string>
  }

type ProductSupplierTable = {
  id: Generated<string>
  product_id: string
  supplier_id: string
  supplier_code: Generated<string>
  purchase_price: string | null
  currency: string
  preferred: Generated<boolean>
}

type NumberSeriesTable = {
  organisation_id: string
  kind: NumberKind
  year: number
  format: string
  next_number: Generated<number>
  last_date: Generated<IsoDate | null>
}

type CustomerOrderTable = Versioned & {
  id: Generated<string>
  organisation_id: string
  number: string
  subject: string
  status: Generated<OrderStatus>
  status_before_cancel: Generated<Exclude<OrderStatus, 'cancelled'> | null>
  finalized_at: Generated<string | null>
  finalized_by: Generated<string | null>
  account_id: string
  contact_id: string | null
  customer_order_number: Generated<string>
  contract_reference: Generated<string>
  assigned_to_id: string | null
  currency: string
  order_date: IsoDate
  invoicing_address: Json<Address>
  shipping_address: Json<Address>
  shipping_differs: Generated<boolean>
  net: string
  tax: string
  gross: string
  created_by: string | null
  updated_by: string | null
  search_text: GeneratedAlways<string>
}

/** What an item line has and a section or a comment has not; the columns are null together. */
type ItemColumns = {
  product_id: string | null
  product_code: Generated<string>
  quantity: string | null
  unit_code: string | null
  unit_price: string | null
  discount_percent: string | null
  supply: Supply | null
  tax_rate_id: string | null
  tax_category: TaxCategory | null
  tax_rate: string | null
  exemption_text: Generated<string>
  exemption_code: Generated<string>
  customer_line_reference: Generated<string>
  net: string | null
}

type CustomerOrderLineTable = ItemColumns & {
  id: Generated<string>
  order_id: string
  organisation_id: string
  position: number
  kind: LineKind
  description: string
  delivered_quantity: Generated<string>
  invoiced_quantity: Generated<string>
  drafted_quantity: Generated<string>
}

type TaxColumns = {
  category: TaxCategory
  rate: string
  base: string
  amount: string
  exemption_text: Generated<string>
  exemption_code: Generated<string>
}

type CustomerOrderTaxTable = TaxColumns & { order_id: string }
type InvoiceTaxTable = TaxColumns & { invoice_id: string }

type OrderStatusChangeTable = {
  id: Generated<string>
  order_id: string
  from_status: OrderStatus | null
  to_status: OrderStatus
  changed_at: Generated<string>
  changed_by: string | null
}

type InvoiceTable = Versioned & {
  id: Generated<string>
  organisation_id: string
  number: Generated<string | null>
  kind: InvoiceKind
  status: InvoiceStatus
  issue_as: Generated<'approved' | 'sent' | null>
  source: 'manual' | 'recurring'
  order_id: string | null
  order_version: number | null
  account_id: string
  order_account_id: Generated<string | null>
  contact_id: Generated<string | null>
  subject: string
  customer_order_number: Generated<string>
  contract_reference: Generated<string>
  buyer_reference: Generated<string>
  language: string
  currency: string
  document_date: IsoDate
  due_date: IsoDate
  delivery_date: Generated<IsoDate | null>
  period_start: Generated<IsoDate | null>
  period_end: Generated<IsoDate | null>
  service_start: Generated<IsoDate | null>
  service_end: Generated<IsoDate | null>
  payment_term_id: Generated<string | null>
  payment_term_text: Generated<string>
  vat_currency: Generated<string | null>
  vat_currency_tax: Generated<string | null>
  exchange_rate: Generated<string | null>
  vat_point_code: Generated<'5' | '72' | null>
  billing_mode: Generated<string | null>
  regime: Generated<'business' | 'abroad' | 'private' | null>
  seller: ColumnType<unknown, string | null | undefined, string | null>
  buyer: ColumnType<unknown, string | null | undefined, string | null>
  delivery_address: ColumnType<Address | null, string | null | undefined, string | null>
  net: string
  allowances: Generated<string>
  charges: Generated<string>
  tax: string
  gross: string
  prepaid: Generated<string>
  rounding: Generated<string>
  due: string
  issued_at: Generated<string | null>
  issued_by: Generated<string | null>
  file_id: Generated<string | null>
  idempotency_key: Generated<string | null>
  credited: Generated<string>
  paid: Generated<string>
  open: GeneratedAlways<string>
  redated_from: Generated<IsoDate | null>
  kept_late: Generated<boolean>
  reopens: Generated<boolean>
  credit_reason: Generated<string>
  reissue_of: Generated<string | null>
  created_by: string | null
  updated_by: Generated<string | null>
  search_text: GeneratedAlways<string>
}

type InvoiceLineTable = ItemColumns & {
  id: Generated<string>
  invoice_id: string
  organisation_id: string
  position: number
  kind: LineKind
  order_line_id: string | null
  buyer_code: Generated<string>
  description: string
  note: Generated<string>
  rounding: Generated<string>
  period_start: Generated<IsoDate | null>
  period_end: Generated<IsoDate | null>
  part_quantity: Generated<string | null>
  part_share: Generated<string | null>
  credited_line_id: Generated<string | null>
}

type ExchangeRateTable = {
  id: Generated<string>
  from_currency: string
  to_currency: string
  rate_date: IsoDate
  rate: string
  source: Generated<string>
  created_at: Generated<string>
  created_by: string | null
}

type PaymentTable = {
  id: Generated<string>
  organisation_id: string
  invoice_id: string
  payment_date: IsoDate
  amount: string
  method: PaymentMethod
  reference: Generated<string>
  reverses_id: Generated<string | null>
  reason: Generated<string>
  bank_line_id: Generated<string | null>
  receipt_id: Generated<string | null>
  created_at: Generated<string>
  created_by: string | null
}

type PaymentTaxTable = {
  payment_id: string
  category: TaxCategory
  rate: string
  amount: string
  tax: string
}

type BankStatementTable = {
  id: Generated<string>
  organisation_id: string
  name: string
  currency: string
  content: Buffer | null
  taken: Generated<number>
  known: Generated<number>
  created_at: Generated<string>
  created_by: string | null
}

type BankLineTable = {
  id: Generated<string>
  organisation_id: string
  statement_id: string
  line: number
  booked_date: IsoDate
  amount: string
  currency: string
  label: string
  reference: string
  counterparty: string
  iban: string
  key: Buffer
  matched: Generated<string>
  dismissed_at: Generated<string | null>
  dismissed_by: Generated<string | null>
  dismissed_reason: Generated<string>
}

type RenderingTable = {
  id: Generated<string>
  organisation_id: string
  order_id: string | null
  invoice_id: string | null
  version: number
  state: Generated<'waiting' | 'ready' | 'failed'>
  attempts: Generated<number>
  next_try_at: Generated<string>
  error: Generated<string>
  content: Generated<Buffer | null>
  digest: Generated<Buffer | null>
  requested_at: Generated<string>
  made_at: Generated<string | null>
}

type OutgoingEmailTable = {
  id: Generated<string>
  organisation_id: string
  order_id: string | null
  invoice_id: string | null
  kind: 'automatic' | 'manual'
  document_kind: EmailTemplateKind
  document_number: Generated<string>
  to_addresses: string[]
  cc_addresses: Generated<string[]>
  language: string
  subject: string | null
  body: string | null
  state: Generated<EmailState>
  attempts: Generated<number>
  queued_at: Generated<string>
  next_try_at: Generated<string>
  claimed_at: Generated<string | null>
  handed_at: Generated<string | null>
  composed_at: Generated<string | null>
  from_address: Generated<string>
  reply_to: Generated<string>
  text: Generated<string>
  html: Generated<string>
  accepted_addresses: Generated<string[]>
  refused_addresses: ColumnType<{ address: string; answer: string }[], string | undefined, string>
  sent_at: Generated<string | null>
  answer: Generated<string>
  reason: Generated<string>
  message_id: Generated<string>
  created_at: Generated<string>
  created_by: string | null
  updated_at: Generated<string>
}

type EmailTemplateTable = Versioned & {
  kind: EmailTemplateKind
  language: 'en' | 'fr'
  subject: string
  body: string
  updated_by: string | null
}

type JobRunTable = {
  id: Generated<string>
  job: string
  trigger: 'schedule' | 'person' | 'command'
  scheduled_for: string | null
  as_of: IsoDate | null
  started_by: string | null
  state: Generated<'running' | 'succeeded' | 'failed' | 'lost'>
  done: Generated<number>
  total: number | null
  figures: ColumnType<Record<string, number>, string | undefined, string>
  error: Generated<string | null>
  started_at: Generated<string>
  heartbeat_at: Generated<string>
  finished_at: Generated<string | null>
}

type RecurrenceTable = Versioned & {
  order_id: string
  organisation_id: string
  enabled: boolean
  frequency: Frequency
  start_date: IsoDate
  end_date: IsoDate | null
  last_day: Generated<boolean>
  bill_from: IsoDate
  service_period: ServicePeriod
  payment_term_id: string
  initial_invoice_status: 'automatically_created' | 'created' | 'approved' | 'sent'
  invoice_subject: string
  document_date_preference: DocumentDatePreference
  usage_scope: Generated<'none' | 'invoice_period' | 'previous_period'>
  usage_aggregation: Generated<'period' | 'month'>
  bill_parent: Generated<boolean>
  recipients: Generated<string[]>
  responsible_id: string | null
  next_run_date: IsoDate | null
  disabled_at: string | null
  updated_by: string | null
}

type RecurrenceOccurrenceTable = {
  order_id: string
  frequency: Frequency
  period_start: IsoDate
  period_end: IsoDate
  organisation_id: string
  run_date: IsoDate
  service_start: IsoDate
  service_end: IsoDate
  state: OccurrenceState
  invoice_id: string | null
  reason_code: string | null
  reason_params: ColumnType<Record<string, string | number>, string | undefined, string>
  reason_text: Generated<string>
  overlap_accepted_by: Generated<string | null>
  attempts: Generated<number>
  run_id: string | null
  decided_by: Generated<string | null>
  created_at: Generated<string>
  updated_at: Generated<string>
}

type BatchTable = {
  id: Generated<string>
  action: BatchAction
  assigned_to_id: string | null
  list: string
  retried_batch_id: string | null
  created_by: string
  created_at: Generated<string>
  heartbeat_at: string | null
  finished_at: Generated<string | null>
}

type BatchItemTable = {
  batch_id: string
  position: number
  /** An order or an invoice, as the batch's action says. */
  document_id: string
  organisation_id: string | null
  number: string | null
  result: Generated<BatchResult>
  refusals: ColumnType<unknown, string | undefined, string>
  settled_at: Generated<string | null>
}

type ImportTable = {
  id: Generated<string>
  organisation_id: string
  kind: ImportKind
  state: ImportState
  encoding: Generated<'' | 'windows-1252'>
  made_at: Generated<string>
  made_by: string | null
  actor: Generated<string>
  attempt: Generated<number>
  done: Generated<number>
  total: Generated<number | null>
  heartbeat_at: Generated<string>
  error: Generated<string | null>
  reading: ColumnType<unknown, string | undefined, string>
  created: Generated<number | null>
  known: Generated<number | null>
  notes: ColumnType<unknown, string | undefined, string>
  mistakes: Generated<number>
  imported_at: Generated<string | null>
  imported_by: Generated<string | null>
  undone_at: Generated<string | null>
  undone_by: Generated<string | null>
}

type ImportMistakeTable = {
  import_id: string
  position: number
  part: ImportPart
  line: number
  column_name: string | null
  value: string
  message: Json<unknown>
}

type SavedViewTable = {
  id: Generated<string>
  user_id: string
  list: SavedList
  name: string
  query: string
  shared: Generated<boolean>
  created_at: Generated<string>
  updated_at: Generated<string>
}

/** Whom a document is filed with, or an activity is about: exactly one of them. */
type OwnerColumns = { order_id: string | null; invoice_id: string | null; account_id: string | null }

type DocumentTable = OwnerColumns & {
  id: Generated<string>
  file_id: string
  name: string
  media_type: string
  shared: Generated<boolean>
  uploaded_by: string
  uploaded_at: Generated<string>
}

type ActivityTable = OwnerColumns &
  Versioned & {
    id: Generated<string>
    kind: ActivityKind
    subject: string
    notes: Generated<string>
    due_date: string | null
    assigned_to_id: string | null
    done_at: Generated<string | null>
    done_by: Generated<string | null>
    created_by: string
    updated_by: string
  }

export type Row<T extends keyof DB> = Selectable<DB[T]>
export type NewRow<T extends keyof DB> = Insertable<DB[T]>
