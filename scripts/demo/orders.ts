import {
  addDays,
  addMonths,
  firstDayOfMonth,
  type IsoDate,
  lastDayOfMonth,
  laterOf,
  quarterOf,
  weekdayOf,
  yearOf,
} from '../../src/lib/dates.ts'
import type { DocumentDatePreference, Frequency, OrderStatus } from '../../src/lib/vocabulary.ts'
import { type AccountSpec, accounts, archivedAccount } from './accounts.ts'
import { type Basket, type BasketLine, oneOffBaskets, recurringBaskets, type Wording } from './baskets.ts'
import type { Chance } from './chance.ts'

/** One thing that somebody does to an order on a day. */
export type Deed =
  | { date: IsoDate; does: 'create' }
  | { date: IsoDate; does: 'status'; to: OrderStatus }
  | { date: IsoDate; does: 'recur'; settings: RecurrencePlan }
  | { date: IsoDate; does: 'archive_account' }

/** The form of a recurrence; what is absent takes the form's preset. */
export type RecurrencePlan = {
  enabled: boolean
  frequency: Frequency
  start_date: IsoDate
  end_date?: IsoDate
  bill_from?: IsoDate
  last_day?: boolean
  document_date_preference: DocumentDatePreference
  initial_invoice_status: 'automatically_created' | 'created' | 'approved' | 'sent'
  invoice_subject: string
}

export type OrderPlan = {
  organisation: 'VM' | 'VF'
  account: string
  subject: string
  lines: readonly LinePlan[]
  customer_order_number: string
  /** By deeds.date, the first being `create`. */
  deeds: readonly Deed[]
}

export type LinePlan =
  | { kind: 'section' | 'comment'; description: string }
  | { kind: 'item'; product: string; quantity: string; discount: string }
  | { kind: 'item'; description: string; quantity: string; price: string }

/** Runs of the past year end so many days before today: what has come due since is the first run's, before everybody's eyes. */
export const daysLeftDue = 4

/** All orders of the demo, as of today: about half of them recur. */
export function planOrders(today: IsoDate, chance: Chance): OrderPlan[] {
  return [...newestOrders(today, chance), ...pastOrders(today, chance), ...recurringOrders(today, chance)]
}

/** The first three of every list: complete, approved, of customers anybody would show. */
function newestOrders(today: IsoDate, chance: Chance): OrderPlan[] {
  const yesterday = addDays(today, -1)
  return (
    [
      ['MONTCLAIR', 1],
      ['THERMES', 8],
      ['HELIA-AZ', 3],
    ] as const
  ).map(([code, basket]) => {
    const plan = orderOf(accountOf(code), basketAt(oneOffBaskets, basket), chance)
    return {
      ...plan,
      customer_order_number: `BC-${yearOf(yesterday)}-${chance.whole(1000, 9999)}`,
      deeds: [
        { date: yesterday, does: 'create' },
        { date: yesterday, does: 'status', to: 'approved' },
      ],
    }
  })
}

const pastCount = 69

function pastOrders(today: IsoDate, chance: Chance): OrderPlan[] {
  const buyers = accounts.filter((account) => account.code !== archivedAccount)
  return Array.from({ length: pastCount }, (_, index) => {
    const account = buyers[index % buyers.length] ?? accountOf('MONTCLAIR')
    const basket = chance.pick(oneOffBaskets.filter((one) => suits(one, account)))
    // More of them lately than long ago.
    const age = 3 + Math.round(400 * (index / pastCount) ** 1.4)
    const date = workday(addDays(today, -age))
    return { ...orderOf(account, basket, chance), deeds: lifeOf(date, addDays(today, -1), age, chance) }
  })
}

/** A young order waits for approval or delivery, an old one is done; now and then one is cancelled. */
function lifeOf(date: IsoDate, until: IsoDate, age: number, chance: Chance): Deed[] {
  const deeds: Deed[] = [{ date, does: 'create' }]
  const then = (after: number, to: OrderStatus) => {
    const last = deeds.at(-1)?.date ?? date
    const day = workday(addDays(last, after))
    if (day > until || day < last) return
    deeds.push({ date: day, does: 'status', to })
  }
  if (chance.percent(8)) {
    then(chance.whole(1, 6), 'cancelled')
    return deeds
  }
  if (age < 12 && chance.percent(45)) return deeds
  then(chance.whole(0, 4), 'approved')
  if (chance.percent(4)) then(chance.whole(3, 12), 'cancelled')
  else if (age > 20 && chance.percent(88)) then(chance.whole(4, 18), 'delivered')
  return deeds
}

const preferences: readonly DocumentDatePreference[] = [
  'date_created',
  'first_day_current_period',
  'last_day_current_period',
  'last_day_previous_period',
  'first_day_next_period',
  'last_day_next_period',
]
/** The last day of the next year would look wrong on paper: long periods are billed at once or at their beginning. */
function preferenceOf(frequency: Frequency, index: number): DocumentDatePreference {
  const sensible = { annual: 2, semiannual: 2, quarterly: 4, monthly: 6, weekly: 6, daily: 1 }[frequency]
  return preferences[index % sensible] ?? 'date_created'
}

const statuses = ['created', 'approved', 'automatically_created', 'sent'] as const

const recurringCounts = {
  monthly: 22,
  quarterly: 8,
  weekly: 5,
  semiannual: 4,
  annual: 4,
  daily: 1,
} as const satisfies Record<Frequency, number>

function recurringOrders(today: IsoDate, chance: Chance): OrderPlan[] {
  const billed = new Map<AccountSpec, number>()
  const plans = (Object.entries(recurringCounts) as [Frequency, number][]).flatMap(([frequency, count]) =>
    Array.from({ length: count }, (_, index) => recurringOrder(today, frequency, index, billed, chance)),
  )
  return [...plans, ...tellingOrders(today, chance)]
}

function recurringOrder(
  today: IsoDate,
  frequency: Frequency,
  index: number,
  billed: Map<AccountSpec, number>,
  chance: Chance,
): OrderPlan {
  const baskets = recurringBaskets.filter((one) => one.every?.includes(frequency))
  const basket = basketAt(baskets, index % baskets.length)
  const account = leastBilled(
    accounts.filter((one) => suitsRecurring(one, basket)),
    billed,
    chance,
  )
  const start = startOf(today, frequency, index, chance)
  const settings: RecurrencePlan = {
    enabled: true,
    frequency,
    ...start,
    document_date_preference: preferenceOf(frequency, index),
    initial_invoice_status: statuses[index % statuses.length] ?? 'created',
    invoice_subject: wordsFor(account, basket.invoice ?? basket.subject),
  }
  return recurring(orderOf(account, basket, chance), settings, today, chance)
}

/** One of those with the fewest contracts so far, so that they spread over the customers. */
function leastBilled(
  of: readonly AccountSpec[],
  billed: Map<AccountSpec, number>,
  chance: Chance,
): AccountSpec {
  const fewest = Math.min(...of.map((account) => billed.get(account) ?? 0))
  const account = chance.pick(of.filter((one) => (billed.get(one) ?? 0) === fewest))
  billed.set(account, fewest + 1)
  return account
}

/**
 * Anchors of every kind: the first of the month, the 31st, the last day, the middle, and days of which one is due just now.
 * Monthly: 0 the first, 1 a 31st, 2 the last day of a month of 30, 3 the 15th, 4 to 7 a recent day, and again.
 */
function startOf(
  today: IsoDate,
  frequency: Frequency,
  index: number,
  chance: Chance,
): Pick<RecurrencePlan, 'start_date' | 'end_date' | 'last_day' | 'bill_from'> {
  const recent = addDays(today, -(index % daysLeftDue))
  switch (frequency) {
    case 'daily':
      return { start_date: addDays(today, -12) }
    case 'weekly':
      return { start_date: addDays(recent, -7 * chance.whole(9, 44)) }
    case 'monthly': {
      const back = chance.whole(4, 12)
      const month = firstDayOfMonth(addMonths(today, -back))
      const ended = index % 11 === 3 ? { end_date: addDays(today, -chance.whole(40, 90)) } : {}
      switch (index % 8) {
        case 0:
          return { start_date: month, ...ended }
        case 1:
          return { start_date: anchor31(month) }
        case 2:
          return { start_date: lastDayOfMonth(monthOf30(month)), last_day: true }
        case 3:
          return { start_date: addDays(month, 14), ...ended }
        default:
          return index === 12
            ? { start_date: addMonths(recent, -30), bill_from: addMonths(recent, -6) }
            : { start_date: addMonths(recent, -back), ...ended }
      }
    }
    case 'quarterly':
      return index % 2 === 0
        ? { start_date: addMonths(recent, -12) }
        : { start_date: anchor31(firstDayOfMonth(addMonths(today, -10))) }
    case 'semiannual':
      return { start_date: index % 2 === 0 ? addMonths(recent, -12) : addMonths(recent, -9) }
    case 'annual':
      return { start_date: index % 2 === 0 ? addMonths(recent, -12) : addMonths(recent, -5) }
  }
}

/** Orders with something to see to on the jobs and recurring pages. */
function tellingOrders(today: IsoDate, chance: Chance): OrderPlan[] {
  const monthly = (basket: number, start_date: IsoDate, account: AccountSpec): RecurrencePlan => ({
    enabled: true,
    frequency: 'monthly',
    start_date,
    document_date_preference: 'first_day_current_period',
    initial_invoice_status: 'created',
    invoice_subject: wordsFor(account, basketAt(recurringBaskets, basket).invoice ?? { fr: '', en: '' }),
  })
  const order = (code: string, basket: number) =>
    orderOf(accountOf(code), basketAt(recurringBaskets, basket), chance)

  const garage = accountOf(archivedAccount)
  const parked = recurring(
    order(garage.code, 0),
    monthly(0, addMonths(addDays(today, -6), -7), garage),
    today,
    chance,
  )

  // Monthly so far, quarterly from a day on that lies in a quarter already billed by the month.
  const change = sameQuarter(addDays(today, -5))
  const forest = accountOf('BOISCLAIR')
  const byMonth = monthly(8, addMonths(addDays(change, -2), -6), forest)
  const held = recurring(order(forest.code, 8), byMonth, today, chance)

  const pharmacy = accountOf('PHARMA')
  const paused = monthly(1, addMonths(addDays(today, -70), -5), pharmacy)
  const switchedOff = recurring(order(pharmacy.code, 1), paused, today, chance)

  const winery = accountOf('COMBE')
  const free = recurring(
    order(winery.code, 5),
    monthly(5, addMonths(addDays(today, -2), -2), winery),
    today,
    chance,
  )
  return [
    { ...parked, deeds: [...parked.deeds, { date: addDays(today, -20), does: 'archive_account' }] },
    {
      ...held,
      deeds: [
        ...held.deeds,
        {
          date: addDays(change, -1),
          does: 'recur',
          settings: { ...byMonth, frequency: 'quarterly', start_date: change },
        },
      ],
    },
    {
      ...switchedOff,
      deeds: [
        ...switchedOff.deeds,
        { date: addDays(today, -50), does: 'recur', settings: { ...paused, enabled: false } },
      ],
    },
    {
      ...free,
      subject: `${free.subject}, essai gratuit`,
      lines: free.lines.map((line) => ('product' in line ? { ...line, discount: '100' } : line)),
    },
  ]
}

function recurring(
  order: Omit<OrderPlan, 'deeds'>,
  settings: RecurrencePlan,
  today: IsoDate,
  chance: Chance,
): OrderPlan {
  // Nobody signs a contract on the day on which it is first billed, and no date lies before the demo's beginning.
  const begins = settings.bill_from ?? settings.start_date
  const created = laterOf(workday(addDays(begins, -chance.whole(5, 20))), beginningOf(today))
  const approved = workday(addDays(created, chance.whole(0, 2)))
  const signed: Deed[] =
    approved < created || chance.percent(12) ? [] : [{ date: approved, does: 'status', to: 'approved' }]
  return {
    ...order,
    deeds: [
      { date: created, does: 'create' },
      ...signed,
      { date: laterOf(created, approved), does: 'recur', settings },
    ],
  }
}

/** The day on which the demo's story begins. */
export function beginningOf(today: IsoDate): IsoDate {
  return addDays(today, -420)
}

function orderOf(account: AccountSpec, basket: Basket, chance: Chance): Omit<OrderPlan, 'deeds'> {
  return {
    organisation: basket.of,
    account: account.code,
    subject: wordsFor(account, basket.subject),
    lines: basket.lines.map((line) => lineOf(line, account, chance)),
    customer_order_number:
      account.kind === 'private_person' || chance.percent(35)
        ? ''
        : `${chance.pick(['PO', 'BC', 'CDE'])}-${chance.whole(10_000, 99_999)}`,
  }
}

function lineOf(line: BasketLine, account: AccountSpec, chance: Chance): LinePlan {
  if ('section' in line) return { kind: 'section', description: wordsFor(account, line.section) }
  if ('comment' in line) return { kind: 'comment', description: wordsFor(account, line.comment) }
  if ('text' in line)
    return {
      kind: 'item',
      description: wordsFor(account, line.text),
      quantity: line.quantity,
      price: line.price,
    }
  const quantity = String(chance.whole(line.least, line.most))
  return { kind: 'item', product: line.product, quantity, discount: line.discount ?? '0' }
}

/** In the customer's language where the demo speaks it. */
function wordsFor(account: AccountSpec, words: Wording): string {
  const language = (account.language ?? account.country ?? 'fr').slice(0, 2).toLowerCase()
  if (language === 'fr') return words.fr
  return language === 'de' ? (words.de ?? words.en) : words.en
}

function suits(basket: Basket, account: AccountSpec): boolean {
  const home = account.kind === 'private_person'
  if (basket.for === 'home' ? !home : basket.for === 'business' && home) return false
  return !(account.buys === 'service' && basket.of === 'VF')
}

/** Cleaning and lifts are looked after nearby; what is delivered or supervised from afar goes anywhere. */
function suitsRecurring(account: AccountSpec, basket: Basket): boolean {
  if (account.kind === 'private_person' || account.code === archivedAccount) return false
  const near = account.country === undefined || ['BE', 'CH', 'LU', 'DE'].includes(account.country)
  return near || basket.of === 'VF'
}

function accountOf(code: string): AccountSpec {
  const account = accounts.find((one) => one.code === code)
  if (account === undefined) throw new Error(`The demo has no account ${code}`)
  return account
}

function basketAt(baskets: readonly Basket[], index: number): Basket {
  const basket = baskets[index]
  if (basket === undefined) throw new Error(`There is no basket ${index}`)
  return basket
}

/** The Friday before a weekend. */
function workday(date: IsoDate): IsoDate {
  return addDays(date, -Math.max(0, weekdayOf(date) - 5))
}

/** The 31st of that month, or of the month before it where it has none. */
function anchor31(month: IsoDate): IsoDate {
  const last = lastDayOfMonth(month)
  return last.endsWith('-31') ? last : anchor31(addMonths(month, -1))
}

function monthOf30(month: IsoDate): IsoDate {
  return lastDayOfMonth(month).endsWith('-30') ? month : monthOf30(addMonths(month, -1))
}

/** The day, or one not long before it, whose day before yesterday lies in the same quarter. */
function sameQuarter(date: IsoDate): IsoDate {
  const before = addDays(date, -2)
  return quarterOf(before) === quarterOf(date) ? date : sameQuarter(addDays(date, -1))
}
