/**
 * The words that columns hold and rules speak, each list once: the types of the tables, the choices of the forms and the rules take
 * them from here. The database's CHECK constraints know the same.
 */

export const orderStatuses = ['created', 'approved', 'delivered', 'cancelled'] as const

export type OrderStatus = (typeof orderStatuses)[number]

/** The life of an invoice in its order: the first two are drafts, the others issued. */
export const invoiceStatuses = ['automatically_created', 'created', 'approved', 'sent', 'paid'] as const

export type InvoiceStatus = (typeof invoiceStatuses)[number]

export const frequencies = ['daily', 'weekly', 'monthly', 'quarterly', 'semiannual', 'annual'] as const

export type Frequency = (typeof frequencies)[number]

export const servicePeriods = ['calendar', 'from_run_date'] as const

export type ServicePeriod = (typeof servicePeriods)[number]

export const documentDatePreferences = [
  'date_created',
  'last_day_previous_period',
  'first_day_current_period',
  'last_day_current_period',
  'first_day_next_period',
  'last_day_next_period',
] as const

export type DocumentDatePreference = (typeof documentDatePreferences)[number]

export type OccurrenceState = 'invoiced' | 'due' | 'skipped' | 'held' | 'failed' | 'credited'

/** The VAT categories of EN 16931 (UNTDID 5305). */
export const taxCategories = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O'] as const

export type TaxCategory = (typeof taxCategories)[number]

export type Supply = 'goods' | 'service'

/** How an account's sales are taxed: together with goods or service this turns a product's rate into the one that applies. */
export const taxTreatments = ['domestic', 'eu_business', 'export', 'exempt', 'private'] as const

export type TaxTreatment = (typeof taxTreatments)[number]

/** Those that lead to a rate other than the product's own. */
export type MappedTreatment = Exclude<TaxTreatment, 'domestic' | 'private'>

export const accountKinds = ['business', 'public_body', 'private_person'] as const

export type AccountKind = (typeof accountKinds)[number]

export const endOfMonthRules = ['none', 'after', 'before'] as const

export type EndOfMonthRule = (typeof endOfMonthRules)[number]

/** What can be done to many orders at once. Finalizing, cancelling and deleting never are. */
export const orderBatchActions = ['approve', 'assign'] as const

/** What can be done to many invoices at once. */
export const invoiceBatchActions = ['issue'] as const

export type BatchAction = (typeof orderBatchActions)[number] | (typeof invoiceBatchActions)[number]

export const batchResults = ['pending', 'done', 'refused'] as const

export type BatchResult = (typeof batchResults)[number]

/** What a CSV file can bring in. */
export const importKinds = ['customers', 'suppliers', 'products', 'users', 'orders'] as const

export type ImportKind = (typeof importKinds)[number]

/** The files of an import: one, and for orders their lines in a second one. */
export const importParts = ['main', 'lines'] as const

export type ImportPart = (typeof importParts)[number]

/** Records that an import makes; a customer comes with its contact. */
export type ImportedKind = 'account' | 'contact' | 'supplier' | 'product' | 'user' | 'order'

export type ImportState =
  | 'checking'
  | 'refused'
  | 'checked'
  | 'running'
  | 'interrupted'
  | 'failed'
  | 'imported'
  | 'undone'

/** The lists whose views can be kept under a name. */
export const savedLists = [
  'orders',
  'invoices',
  'accounts',
  'contacts',
  'products',
  'suppliers',
  'activities',
] as const

export type SavedList = (typeof savedLists)[number]

/** How money came, on a payment. */
export const paymentMethods = ['transfer', 'direct_debit', 'card', 'cheque', 'cash', 'other'] as const

export type PaymentMethod = (typeof paymentMethods)[number]

/** What documents are filed with and activities are about. */
export const ownerKinds = ['order', 'invoice', 'account'] as const

export type OwnerKind = (typeof ownerKinds)[number]

export const activityKinds = ['call', 'meeting', 'task'] as const

export type ActivityKind = (typeof activityKinds)[number]

/**
 * The life of an outgoing mail. `sent`: the server has taken it; `kept`: there is no server, it stands on its page and in a file;
 * `unknown`: it was handed over and no answer came, so that it may have gone.
 */
export type EmailState = 'queued' | 'sending' | 'sent' | 'kept' | 'failed' | 'unknown' | 'cancelled'

/** What mail is about; each has a text of its own in each language. */
export type EmailTemplateKind = 'order' | 'invoice' | 'credit_note'
