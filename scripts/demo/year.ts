import type { Database } from '../../src/data/database.ts'
import { findFirstRunDate, listOpenInvoices } from '../../src/data/demo.ts'
import { findRecurrence } from '../../src/data/recurrences.ts'
import { addDays, compareDates, type IsoDate, weekdayOf } from '../../src/lib/dates.ts'
import { Fields } from '../../src/lib/fields.ts'
import { lineNet } from '../../src/lib/money.ts'
import { archiveAccount } from '../../src/services/accounts/archive-account.ts'
import { runJob } from '../../src/services/jobs/run-job.ts'
import { changeOrderStatus } from '../../src/services/orders/change-status.ts'
import { createOrder } from '../../src/services/orders/create-order.ts'
import type { LineInput, OrderInput } from '../../src/services/orders/lines.ts'
import { payRest } from '../../src/services/payments/pay-rest.ts'
import { parseRecurrence } from '../../src/services/recurring/recurrence-form.ts'
import { saveRecurrence } from '../../src/services/recurring/save-recurrence.ts'
import { products } from './catalogue.ts'
import { type Company, idOf } from './company.ts'
import type { Directory } from './directory.ts'
import type { History } from './history.ts'
import {
  beginningOf,
  type Deed,
  daysLeftDue,
  type LinePlan,
  type OrderPlan,
  type RecurrencePlan,
} from './orders.ts'

export type Year = {
  db: Database
  company: Company
  directory: Directory
  history: History
  today: IsoDate
  plans: readonly OrderPlan[]
  signal: AbortSignal
  onProgress: (done: number, total: number) => void
}

/**
 * Lives through the year day by day: orders are written and taken through their life by the product's own services, and the real job
 * runs as of the days on which something is due. Its last days are left to the first run that everybody sees.
 * Returns how many invoices the runs made.
 */
export async function liveThroughYear(year: Year): Promise<number> {
  const { db, history, today, signal } = year
  const orderIds = new Map<OrderPlan, string>()
  const days = dayByDay(year.plans)
  const total = 1 + (Date.parse(today) - Date.parse(beginningOf(today))) / 86_400_000
  let invoices = 0
  let done = 0
  for (let day = beginningOf(today); day <= today; day = addDays(day, 1)) {
    signal.throwIfAborted()
    for (const { plan, deed } of days.get(day) ?? []) {
      signal.throwIfAborted()
      await act(year, plan, deed, orderIds, await history.now(day))
    }
    if (isRunDay(day, today) && (await isAnythingDue(db, day))) {
      await history.now(day)
      invoices += await runAsOf(db, day, signal)
    }
    if (weekdayOf(day) === 2) await receivePayments(year, day)
    done += 1
    year.onProgress(done, total)
  }
  return invoices
}

/** Once a week the clerk enters what has come: most pay by the due date, some late, and a few not yet. */
async function receivePayments(year: Year, day: IsoDate): Promise<void> {
  const { db, company, history } = year
  const viewer = {
    id: company.sellers[0] ?? company.admin_id,
    organisation_ids: [...company.organisations.values()],
  }
  for (const invoice of await listOpenInvoices(db, addDays(day, 2))) {
    const habit = [...invoice.number].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 10
    if (habit === 0 || day < addDays(invoice.due_date, habit > 7 ? 14 : -2)) continue
    const now = await history.now(day)
    await payRest(db, viewer, invoice.id, {
      paid_date: day,
      method: 'transfer',
      reference: `VIR ${invoice.number}`,
      now,
    })
  }
}

/** Every day of the last two months; before that on Mondays, which saves time and shows in no list. */
function isRunDay(day: IsoDate, today: IsoDate): boolean {
  if (day > addDays(today, -daysLeftDue)) return false
  return day > addDays(today, -60) || weekdayOf(day) === 1
}

async function isAnythingDue(db: Database, day: IsoDate): Promise<boolean> {
  const first = await findFirstRunDate(db)
  return first !== undefined && first <= day
}

type Acted = { plan: OrderPlan; deed: Deed }

/** In the order in which the orders are planned, so that an order exists before anything is done to it. */
function dayByDay(plans: readonly OrderPlan[]): Map<IsoDate, Acted[]> {
  const days = new Map<IsoDate, Acted[]>()
  const all = plans.flatMap((plan) => plan.deeds.map((deed): Acted => ({ plan, deed })))
  for (const acted of all.sort((a, b) => compareDates(a.deed.date, b.deed.date))) {
    const day = days.get(acted.deed.date)
    if (day === undefined) days.set(acted.deed.date, [acted])
    else day.push(acted)
  }
  return days
}

async function act(
  year: Year,
  plan: OrderPlan,
  deed: Deed,
  orderIds: Map<OrderPlan, string>,
  now: Date,
): Promise<void> {
  const { db, company } = year
  const seller = company.sellers[year.plans.indexOf(plan) % company.sellers.length] ?? company.admin_id
  const viewer = { id: seller, organisation_ids: [...company.organisations.values()] }
  if (deed.does === 'create') {
    orderIds.set(plan, await writeOrder(year, plan, seller, now))
    return
  }
  const id = orderIds.get(plan)
  if (id === undefined) throw new Error(`${deed.does} comes before the order ${plan.subject}`)
  if (deed.does === 'status') {
    await changeOrderStatus(db, viewer, id, { to: deed.to, unbilled: 'skip', now })
  } else if (deed.does === 'recur') {
    await recur(year, viewer, id, deed.settings, now)
  } else {
    const account = year.directory.accounts.get(plan.account)
    await archiveAccount(db, viewer, account?.id ?? '', { archived: true, confirmed: true })
  }
}

async function writeOrder(year: Year, plan: OrderPlan, seller: string, now: Date): Promise<string> {
  const { db, company, directory } = year
  const account = directory.accounts.get(plan.account)
  if (account === undefined) throw new Error(`The demo has no account ${plan.account}`)
  const input: OrderInput = {
    subject: plan.subject,
    account: { id: account.id, text: '' },
    contact_id: account.contact_id,
    quote_id: null,
    customer_order_number: plan.customer_order_number,
    assigned_to_id: seller,
    organisation_id: idOf(company.organisations, plan.organisation),
    currency: null,
    order_date: null,
    shipping_address: null,
    filled_from_account_id: null,
    lines: plan.lines.map((line, index) => lineInput(line, index, account.currency, directory)),
    mistakes: [],
  }
  const author = {
    organisation_id: idOf(company.organisations, 'VM'),
    organisation_ids: [...company.organisations.values()],
  }
  const { id } = await createOrder(db, { user_id: seller }, author, { input, now })
  return id
}

/** What the catalog's euros are in another currency, as a seller would put it into a price list. */
const inCurrency: Readonly<Record<string, string>> = { EUR: '1', GBP: '0.86', CHF: '0.95', USD: '1.09' }

function lineInput(line: LinePlan, index: number, currency: string, directory: Directory): LineInput {
  const common = {
    index,
    number: index + 1,
    id: null,
    filled_from: null,
    unit: '',
    tax_rate_id: null,
    tax_preset: null,
    wrong: [],
  }
  const nothing = {
    product: { id: null, text: '' },
    quantity: null,
    unit_price: null,
    discount_percent: null,
  }
  if (line.kind !== 'item') return { ...common, ...nothing, kind: line.kind, description: line.description }
  const { quantity } = line
  if (!('product' in line)) {
    const { description, price } = line
    return {
      ...common,
      ...nothing,
      kind: 'item',
      description,
      quantity,
      unit_price: priceIn(price, currency),
    }
  }
  const listed = products.find((product) => product.code === line.product)
  if (listed === undefined) throw new Error(`The demo has no product ${line.product}`)
  return {
    ...common,
    kind: 'item',
    product: { id: idOf(directory.products, line.product), text: '' },
    description: '',
    quantity,
    unit_price: currency === 'EUR' ? null : priceIn(listed.price, currency),
    discount_percent: line.discount,
  }
}

function priceIn(euros: string, currency: string): string {
  return lineNet(
    { quantity: inCurrency[currency] ?? '1', unit_price: euros, discount_percent: '0' },
    currency,
  )
}

async function recur(
  year: Year,
  viewer: { id: string; organisation_ids: readonly string[] },
  orderId: string,
  settings: RecurrencePlan,
  now: Date,
): Promise<void> {
  const before = await findRecurrence(year.db, orderId)
  const { enabled, last_day = false, end_date = '', bill_from = '', ...rest } = settings
  const fields = new Fields([
    ...Object.entries(rest),
    ['end_date', end_date],
    ['bill_from', bill_from],
    ['responsible_id', viewer.id],
    ['version', String(before?.version ?? 0)],
    ...(enabled ? [['enabled', 'on'] as const] : []),
    ...(last_day ? [['last_day', 'on'] as const] : []),
  ])
  const parsed = parseRecurrence(fields, {})
  if (!parsed.ok) throw new Error(`A recurrence of the demo is wrong: ${JSON.stringify(parsed.errors)}`)
  await saveRecurrence(year.db, viewer, orderId, parsed.value, now)
}

/** A run in which nothing but the parked order was due counts as failed, rightly; any other failure is the demo's. */
async function runAsOf(db: Database, day: IsoDate, signal: AbortSignal): Promise<number> {
  const summary = await runJob(db, { job: 'recurring-invoices', trigger: 'schedule', as_of: day }, { signal })
  signal.throwIfAborted()
  const { invoices, failed } = summary?.figures ?? {}
  if (invoices === undefined || (summary?.error !== null && failed === 0)) {
    throw new Error(`The run as of ${day} failed: ${summary?.error ?? 'nothing ran'}`)
  }
  return invoices
}
