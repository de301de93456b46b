import { accounts } from './accounts.ts'
import { activities } from './activities.ts'
import { bank } from './bank.ts'
import { batches } from './batches.ts'
import { contacts } from './contacts.ts'
import { conversions } from './conversions.ts'
import { credits } from './credits.ts'
import { directory } from './directory.ts'
import { documents } from './documents.ts'
import { exchangeRates } from './exchange-rates.ts'
import { forms } from './forms.ts'
import { frame } from './frame.ts'
import { general } from './general.ts'
import { home } from './home.ts'
import { importPages } from './import-pages.ts'
import { imports } from './imports.ts'
import { invoices } from './invoices.ts'
import { issuePages } from './issue-pages.ts'
import { issuing } from './issuing.ts'
import { jobs } from './jobs.ts'
import { keyboard } from './keyboard.ts'
import { mentions } from './mentions.ts'
import { numbering } from './numbering.ts'
import { occurrences } from './occurrences.ts'
import { orderPages } from './order-pages.ts'
import { orders } from './orders.ts'
import { organisations } from './organisations.ts'
import { payments } from './payments.ts'
import { products } from './products.ts'
import { recurrence } from './recurrence.ts'
import { recurringEngine } from './recurring-engine.ts'
import { rules } from './rules.ts'
import { search } from './search.ts'
import { settings } from './settings.ts'
import { signIn } from './sign-in.ts'
import { suppliers } from './suppliers.ts'
import { uploads } from './uploads.ts'
import { users } from './users.ts'
import { views } from './views.ts'

/** Every sentence of the product, by key. Features add their own file here. */
export const catalog = {
  ...accounts,
  ...activities,
  ...bank,
  ...batches,
  ...contacts,
  ...conversions,
  ...credits,
  ...directory,
  ...documents,
  ...exchangeRates,
  ...forms,
  ...frame,
  ...general,
  ...home,
  ...importPages,
  ...imports,
  ...invoices,
  ...issuePages,
  ...issuing,
  ...products,
  ...jobs,
  ...keyboard,
  ...mentions,
  ...numbering,
  ...occurrences,
  ...orderPages,
  ...orders,
  ...recurrence,
  ...recurringEngine,
  ...rules,
  ...search,
  ...settings,
  ...signIn,
  ...suppliers,
  ...organisations,
  ...payments,
  ...uploads,
  ...users,
  ...views,
} as const

export type SentenceKey = keyof typeof catalog

/** What a rule or a service has to say, before anybody knows in which language. */
export type Message = {
  readonly key: SentenceKey
  readonly params?: Readonly<Record<string, string | number>>
}

/** A mistake in what a person typed: the form field's name as it is posted, and the sentence beside it. */
export type FieldError = { readonly field: string; readonly message: Message }
