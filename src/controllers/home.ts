import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ActivityFilters, everyActivity, summarizeActivities } from '../data/activities.ts'
import { listDays, type OrganisationDay } from '../data/billing-states.ts'
import type { Database } from '../data/database.ts'
import {
  countRunToday,
  type FirstSteps,
  findFirstSteps,
  findNextRuns,
  listOldestDates,
  listRecentDocuments,
  type Oldest,
  type WaitingKind,
} from '../data/home.ts'
import { everyInvoice, type InvoiceFilters, invoiceAmounts } from '../data/invoice-lists.ts'
import { countParkedOccurrences, listParkedOccurrences } from '../data/occurrences.ts'
import { everyOrder, type OrderFilters, orderAmounts } from '../data/order-lists.ts'
import { type Sums, sumKinds } from '../data/sums.ts'
import { translator } from '../languages/translate.ts'
import { addDays, daysBetween, type IsoDate, todayIn } from '../lib/dates.ts'
import { moneyText } from '../lib/money.ts'
import { sendJson, wantsJson } from '../plugins/answers.ts'
import { type Viewer, viewerOf } from '../plugins/sessions.ts'
import { draftStatuses } from '../services/invoices/statuses.ts'
import { countRedJobs } from '../services/jobs/red-jobs.ts'
import { reasonSentence } from '../services/recurring/occurrence-reasons.ts'
import { countedAtOnce } from './document-list.ts'

/** How many parked periods are named one by one. */
const parkedShown = 5

/** What needs attention today, the most urgent first; what is zero is left out. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const viewer = viewerOf(request)
  const ids = viewer.organisation_ids
  const now = new Date()
  const today = todayIn(viewer.time_zone, now)
  const days = await listDays(db, ids, now)
  const [documents, late, runToday, parked, periods, redJobs, next, recent, steps] = await Promise.all([
    readWaiting(db, viewer, days, today),
    readLateActivities(db, viewer, today),
    countRunToday(db, days, countedAtOnce + 1),
    listParkedOccurrences(db, ids, parkedShown),
    countParkedOccurrences(db, ids),
    viewer.role === 'admin' ? countRedJobs(db, now) : 0,
    findNextRuns(db, days, countedAtOnce),
    listRecentDocuments(db, viewer.id, ids),
    findFirstSteps(db, ids),
  ])
  const waiting = [...documents, ...late]
  const parkedPeriods = periods.held + periods.failed
  if (wantsJson(request)) {
    return sendJson(reply, {
      today,
      red_jobs: redJobs,
      parked: parkedPeriods,
      run_today: runToday,
      waiting: waiting.map(({ kind, count, complete, sums, oldest_date, href }) => ({
        kind,
        count: complete ? count : null,
        sums,
        oldest_date,
        list: href,
      })),
      next:
        next === undefined
          ? null
          : { next_run_date: next.date, count: next.complete ? next.count : null, sums: figures(next).sums },
      recent: recent.map(({ type, id, number, subject, account_name, changed_at }) => ({
        type,
        id,
        number,
        subject,
        account_name,
        changed_at,
      })),
      first_steps: steps.orders ? null : steps,
    })
  }
  const isWorkLeft = redJobs > 0 || waiting.some(({ kind }) => kind !== 'today')
  return reply.page({
    view: 'home/show',
    title: translator(request.language)('frame.home'),
    model: {
      today,
      redJobs,
      parked: parked.map((each) => ({ ...each, reason: reasonSentence(each) })),
      parkedPeriods,
      parkedRow: waiting.find(({ kind }) => kind === 'parked'),
      rows: waiting.filter(({ kind }) => kind !== 'parked'),
      runToday,
      isWorkLeft,
      next:
        next === undefined
          ? null
          : { ...figures(next), date: next.date, tomorrow: next.date === addDays(today, 1) },
      recent,
      steps: steps.orders ? null : stepsFor(viewer, steps),
    },
  })
}

type Kind = WaitingKind | 'today' | 'late_activities'

/** A row of Home: some documents that wait, and the list that shows exactly these. */
type Row = {
  kind: Kind
  count: number
  /** False: there are more, and nobody has counted or added them up. */
  complete: boolean
  sums: { currency: string; net?: string; open?: string }[]
  oldest_date: IsoDate | null
  /** How old the oldest is, on its organisation's own day. */
  days: number | null
  href: string
}

/** The rows in order of urgency, from the very filters of the lists they lead to, so that page and list cannot disagree. */
async function readWaiting(
  db: Database,
  viewer: Viewer,
  days: readonly OrganisationDay[],
  today: IsoDate,
): Promise<Row[]> {
  const orders = (narrowed: Partial<OrderFilters>) =>
    orderAmounts(db, { ...everyOrder, organisation_ids: viewer.organisation_ids, ...narrowed })
  const drafts: InvoiceFilters = {
    ...everyInvoice,
    organisation_ids: viewer.organisation_ids,
    statuses: draftStatuses,
    to: today,
  }
  const overdue: InvoiceFilters = {
    ...everyInvoice,
    organisation_ids: viewer.organisation_ids,
    payment: { state: 'overdue', days },
  }
  const lists = [
    {
      kind: 'parked',
      documents: orders({ billing: { state: 'parked', days } }),
      href: '/orders?billing=parked',
    },
    { kind: 'overdue', documents: invoiceAmounts(db, overdue), href: '/invoices?payment=overdue' },
    { kind: 'due', documents: orders({ billing: { state: 'due', days } }), href: '/orders?billing=due' },
    {
      kind: 'today',
      documents: orders({ billing: { state: 'today', days } }),
      href: '/orders?billing=today',
    },
    { kind: 'drafts', documents: invoiceAmounts(db, drafts), href: `/invoices?status=draft&to=${today}` },
    { kind: 'to_deliver', documents: orders({ status: 'approved' }), href: '/orders?status=approved' },
    { kind: 'to_approve', documents: orders({ status: 'created' }), href: '/orders?status=created' },
  ] as const
  const [sums, oldest] = await Promise.all([
    sumKinds<Kind>(db, lists, countedAtOnce),
    listOldestDates(db, days),
  ])
  return lists.flatMap(({ kind, href }): Row[] => {
    const found = sums.get(kind)
    if (found === undefined) return []
    return [
      {
        kind,
        ...(kind === 'overdue' ? openFigures(found) : figures(found)),
        ...ageOf(
          oldest.filter((each) => each.kind === kind),
          days,
        ),
        href,
      },
    ]
  })
}

/** My own activities that are late, on the list that shows exactly these; none is no row. They come to no amount. */
async function readLateActivities(db: Database, viewer: Viewer, today: IsoDate): Promise<Row[]> {
  const { id, organisation_ids } = viewer
  const filters: ActivityFilters = {
    ...everyActivity,
    organisation_ids,
    today,
    state: 'late',
    assigned_to_id: id,
  }
  const { count, oldest_date } = await summarizeActivities(db, filters)
  if (count === 0) return []
  const days = oldest_date === null ? null : daysBetween(oldest_date, today)
  const href = `/activities?state=late&assigned_to_id=${id}`
  return [{ kind: 'late_activities', count, complete: true, sums: [], oldest_date, days, href }]
}

/** One sum a currency, never a mixed one; none where not everything was added up. */
function figures({ count, complete, sums }: Sums) {
  return {
    count,
    complete,
    sums: complete ? sums.map(({ currency, net }) => ({ currency, net: moneyText(net, currency) })) : [],
  }
}

/** The same of what is still to be paid. */
function openFigures({ count, complete, sums }: Sums) {
  return {
    count,
    complete,
    sums: complete ? sums.map(({ currency, open }) => ({ currency, open: moneyText(open, currency) })) : [],
  }
}

/** The oldest date, and the most days that one waits on its own organisation's day. */
function ageOf(
  oldest: readonly Oldest[],
  days: readonly OrganisationDay[],
): Pick<Row, 'oldest_date' | 'days'> {
  const today = new Map(days.map((day) => [day.id, day.today]))
  const ages = oldest.map(({ organisation_id, oldest_date }) =>
    Math.max(0, daysBetween(oldest_date, today.get(organisation_id) ?? oldest_date)),
  )
  const [first] = oldest.map(({ oldest_date }) => oldest_date).sort()
  return { oldest_date: first ?? null, days: first === undefined ? null : Math.max(...ages) }
}

/** What to begin with while there is no order; each step leads to the page that does it. */
function stepsFor({ role }: Viewer, steps: FirstSteps) {
  const admin = role === 'admin'
  return [
    ...(admin ? [{ key: 'organisation', done: steps.organisation, href: '/organisations' } as const] : []),
    { key: 'account', done: steps.accounts, href: '/accounts/new' } as const,
    { key: 'product', done: steps.products, href: '/products/new' } as const,
    { key: 'order', done: false, href: '/orders/new' } as const,
    ...(admin ? [{ key: 'user', done: steps.users, href: '/users/new' } as const] : []),
  ]
}
