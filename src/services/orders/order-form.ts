import {
  type AccountRecord,
  findAccount,
  listAccountsCalled,
  type NamedAccount,
} from '../../data/accounts.ts'
import { listContactsOfAccount } from '../../data/contacts.ts'
import { listCurrencyCodes } from '../../data/currencies.ts'
import type { Database } from '../../data/database.ts'
import { hasOrderDocuments, listOrganisationsByIds } from '../../data/order-references.ts'
import type { Order } from '../../data/orders.ts'
import type { Row } from '../../data/tables.ts'
import { listTreatmentRates, mapTaxRates } from '../../data/tax-rates.ts'
import { listUsersOfOrganisation } from '../../data/users.ts'
import { NotFound } from '../../errors.ts'
import type { FieldError, Message } from '../../languages/catalog.ts'
import { type IsoDate, todayIn } from '../../lib/dates.ts'
import { fitsAmount } from '../../lib/money.ts'
import type { TaxRules } from '../tax-treatments/line-rate.ts'
import { addressesOf, type OrderAddresses, shippingAddressOf } from './addresses.ts'
import { type DocumentLine, filledLines, linesOf, taxedLine } from './document-lines.ts'
import type { OrderInput } from './lines.ts'
import { totalsOf } from './taxes.ts'

/** On whose behalf a form is filled in: the home organisation is preset, the others do not exist. */
export type Author = {
  readonly organisation_id: string
  readonly organisation_ids: readonly string[]
}

export type FilledOrder = {
  input: OrderInput
  account: AccountRecord | undefined
  /** The accounts a typed name may mean, where there are several. */
  account_choices: readonly NamedAccount[]
  contact_id: string | null
  contacts: readonly Row<'contacts'>[]
  customer_order_number: string
  assigned_to_id: string | null
  assignees: readonly { id: string; name: string }[]
  organisation: Row<'organisations'>
  currency: string
  order_date: IsoDate
  addresses: OrderAddresses | undefined
  lines: readonly DocumentLine[]
  totals: ReturnType<typeof totalsOf>
  rules: TaxRules
  errors: readonly FieldError[]
  /** What changed by itself: taxes re-mapped, ended rates replaced. */
  notices: readonly Message[]
}

/**
 * Holds what a form says against the records and fills in what it leaves to presets: accounts and products by code or name, taxes by
 * treatment, prices, totals. Nothing is written; all mistakes are found at once. `before` is the order as it is stored: what it names
 * already may stay, though archived meanwhile.
 */
export async function fillOrder(
  db: Database,
  author: Author,
  input: OrderInput,
  context: { now: Date; before?: Order | undefined },
): Promise<FilledOrder> {
  const { before } = context
  const organisation = await organisationOf(db, author, input, before)
  const found = await accountOf(db, input, before)
  const { account } = found
  const accountChanged = before === undefined || account?.id !== before.account_id
  const order_date =
    input.order_date ?? before?.order_date ?? todayIn(organisation.row.time_zone, context.now)
  const currency = await currencyOf(db, input, {
    preset: (accountChanged ? account?.currency : before?.currency) ?? organisation.row.currency,
  })
  const contact = await contactOf(db, input, account, before)
  const assignee = await assigneeOf(db, input, organisation.row.id, before)
  const rules = {
    rates: await mapTaxRates(db),
    treatments: await listTreatmentRates(db),
  }
  const lines = await filledLines(db, input.lines ?? linesOf(before), before, {
    currency: currency.code,
    order_date,
    treatment: account?.tax_treatment ?? 'domestic',
    default_rate_id: organisation.row.default_tax_rate_id,
    rules,
  })
  const totals = totalsOf(lines.flatMap(taxedLine), currency.code)
  const tooMuch = ![totals.net, totals.gross, ...totals.taxes.map(({ base }) => base)].every(fitsAmount)
  return {
    input,
    account,
    account_choices: found.choices,
    ...contact.filled,
    customer_order_number: input.customer_order_number ?? before?.customer_order_number ?? '',
    ...assignee.filled,
    organisation: organisation.row,
    currency: currency.code,
    order_date,
    addresses: account && (await addressesIn(db, input, account, before)),
    lines,
    totals,
    rules,
    errors: inPageOrder([
      ...input.mistakes,
      ...found.errors,
      ...contact.errors,
      ...(input.quote_id === null ? [] : [mistake('quote_id', 'order_form.quote.unknown')]),
      ...assignee.errors,
      ...organisation.errors,
      ...currency.errors,
      ...lines.flatMap(({ errors }) => errors),
      ...(tooMuch ? [mistake('lines', 'order_form.too_large')] : []),
    ]),
    notices: lines.flatMap(({ notices }) => notices),
  }
}

const headerFields = [
  'subject',
  'account_id',
  'contact_id',
  'customer_order_number',
  'quote_id',
  'assigned_to_id',
  'organisation_id',
  'order_date',
  'currency',
]

const lineFields = [
  'kind',
  'product_code',
  'description',
  'quantity',
  'unit',
  'unit_price',
  'discount_percent',
  'tax_rate_id',
]

/** A summary of mistakes leads through the page from above to below, and along each line. */
function inPageOrder(errors: readonly FieldError[]): FieldError[] {
  const place = ({ field }: FieldError) => {
    const line = /^lines\[(\d+)\]\[(\w+)\]$/.exec(field)
    if (line !== null) return 1000 + Number(line[1]) * 10 + lineFields.indexOf(line[2] ?? '')
    if (field === 'lines') return 900
    const header = headerFields.indexOf(field)
    return header === -1 ? 100_000_000 : header
  }
  return [...errors].sort((a, b) => place(a) - place(b))
}

function mistake(
  field: string,
  key: Message['key'],
  params: Record<string, string | number> = {},
): FieldError {
  return { field, message: { key, params } }
}

async function organisationOf(
  db: Database,
  author: Author,
  input: OrderInput,
  before: Order | undefined,
): Promise<{ row: Row<'organisations'>; errors: FieldError[] }> {
  const rows = await listOrganisationsByIds(db, author.organisation_ids)
  const presetId = before?.organisation_id ?? author.organisation_id
  const preset = rows.find(({ id }) => id === presetId) ?? rows[0]
  if (preset === undefined) throw new NotFound()
  if (input.organisation_id === null || input.organisation_id === preset.id)
    return { row: preset, errors: [] }
  const chosen = rows.find(({ id, archived_at }) => id === input.organisation_id && archived_at === null)
  if (chosen === undefined) {
    return { row: preset, errors: [mistake('organisation_id', 'form.reference.unknown')] }
  }
  if (before !== undefined && (await hasOrderDocuments(db, before.id))) {
    const params = { name: preset.name }
    return { row: preset, errors: [mistake('organisation_id', 'order_form.organisation.stays', params)] }
  }
  return { row: chosen, errors: [] }
}

type FoundAccount = {
  account: AccountRecord | undefined
  choices: readonly NamedAccount[]
  errors: FieldError[]
}

async function accountOf(db: Database, input: OrderInput, before: Order | undefined): Promise<FoundAccount> {
  const { id, text } = input.account
  const none = (key: Message['key'], choices: readonly NamedAccount[] = []): FoundAccount => ({
    account: undefined,
    choices,
    errors: [mistake('account_id', key, { typed: text })],
  })
  const current = before === undefined ? undefined : await findAccount(db, before.account_id)
  const isCurrent = id === null ? names(current, text) : id === before?.account_id
  if (isCurrent && current !== undefined) return { account: current, choices: [], errors: [] }
  if (id === null && text === '') return none('order_form.account.missing')
  const called = id === null ? await listAccountsCalled(db, text) : []
  const offered = called.filter(({ archived_at }) => archived_at === null)
  if (offered.length > 1) return none('order_form.account.several', offered)
  const account = await findAccount(db, id ?? offered[0]?.id ?? called[0]?.id ?? noId)
  if (account === undefined)
    return none(text === '' ? 'order_form.account.gone' : 'order_form.account.unknown')
  if (account.archived_at !== null) {
    return {
      account: undefined,
      choices: [],
      errors: [mistake('account_id', 'order_form.account.archived', { name: account.name })],
    }
  }
  const untaxable = account.tax_treatment === 'eu_business' && account.vat_number === ''
  const params = { name: account.name }
  return {
    account,
    choices: [],
    errors: untaxable ? [mistake('account_id', 'order_form.account.no_vat_number', params)] : [],
  }
}

const noId = '00000000-0000-0000-0000-000000000000'

function names(account: AccountRecord | undefined, text: string): boolean {
  if (account === undefined || text === '') return false
  const typed = text.toLowerCase()
  return account.code.toLowerCase() === typed || account.name.toLowerCase() === typed
}

async function currencyOf(db: Database, input: OrderInput, { preset }: { preset: string }) {
  if (input.currency === null || input.currency === preset) return { code: preset, errors: [] }
  const known = (await listCurrencyCodes(db)).includes(input.currency)
  return known
    ? { code: input.currency, errors: [] }
    : { code: preset, errors: [mistake('currency', 'order_form.currency.unknown')] }
}

async function contactOf(
  db: Database,
  input: OrderInput,
  account: AccountRecord | undefined,
  before: Order | undefined,
) {
  const chosen = input.contact_id
  const stored = before !== undefined && account?.id === before.account_id ? before.contact_id : null
  const all = account === undefined ? [] : await listContactsOfAccount(db, account.id)
  const contacts = all.filter(({ id, archived_at }) => archived_at === null || id === stored)
  const contact_id = chosen === undefined ? stored : chosen
  if (contact_id === null || contacts.some(({ id }) => id === contact_id)) {
    return { filled: { contact_id, contacts }, errors: [] }
  }
  const params = { name: account?.name ?? '' }
  return {
    filled: { contact_id: null, contacts },
    errors: account === undefined ? [] : [mistake('contact_id', 'order_form.contact.elsewhere', params)],
  }
}

async function assigneeOf(
  db: Database,
  input: OrderInput,
  organisationId: string,
  before: Order | undefined,
) {
  const assignees = await listUsersOfOrganisation(db, organisationId, before?.assigned_to_id)
  const assigned_to_id =
    input.assigned_to_id === undefined ? (before?.assigned_to_id ?? null) : input.assigned_to_id
  if (assigned_to_id === null || assignees.some(({ id }) => id === assigned_to_id)) {
    return { filled: { assigned_to_id, assignees }, errors: [] }
  }
  return {
    filled: { assigned_to_id: null, assignees },
    errors: [mistake('assigned_to_id', 'order_form.assigned_to.elsewhere')],
  }
}

async function addressesIn(
  db: Database,
  input: OrderInput,
  account: AccountRecord,
  before: Order | undefined,
): Promise<OrderAddresses> {
  const formerId = input.filled_from_account_id
  const former =
    formerId === null || formerId === account.id || input.shipping_address === null
      ? undefined
      : await findAccount(db, formerId)
  return addressesOf({
    account,
    before,
    accountChanged: before === undefined || before.account_id !== account.id,
    typed: input.shipping_address,
    filledWith: [
      ...(former === undefined ? [] : [shippingAddressOf(former)]),
      ...(before === undefined ? [] : [before.shipping_address]),
    ],
  })
}
