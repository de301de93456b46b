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
