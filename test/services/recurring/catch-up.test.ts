import fc from 'fast-check'
import t from 'tap'
import { addDays, type IsoDate } from '../../../src/lib/dates.ts'
import { frequencies } from '../../../src/lib/vocabulary.ts'
import {
  type Circumstances,
  foresee,
  type KnownOccurrence,
  nextRunDate,
  pausedOccurrences,
} from '../../../src/services/recurring/catch-up.ts'
import {
  daysOfPeriod,
  lastDayOf,
  occurrencesBetween,
  occurrencesFrom,
  periodOf,
  type Schedule,
  sharesADay,
} from '../../../src/services/recurring/periods.ts'
import { planOrder } from '../../../src/services/recurring/plan-batch.ts'
import type { RecurrenceSettings } from '../../../src/services/recurring/schedule.ts'

const monthly: RecurrenceSettings = {
  frequency: 'monthly',
  start_date: '2026-01-31',
  end_date: null,
  last_day: false,
  bill_from: null,
  service_period: 'calendar',
  document_date_preference: 'first_day_current_period',
  payment_term: { days: 30, end_of_month: 'none', day_of_month: null },
  invoice_subject: 'Subscription {MMM} {YYYY}',
  language: 'en-GB',
}
const circumstances: Circumstances = {
  enabled: true,
  known: [],
  net: '400',
  currency: 'EUR',
  account_archived: false,
  today: '2026-05-20',
  disabled_date: null,
  bill_paused: false,
}

function known(
  frequency: KnownOccurrence['frequency'],
  run_date: string,
  state: KnownOccurrence['state'] = 'invoiced',
): KnownOccurrence {
  const period = periodOf(frequency, run_date)
  return { frequency, run_date, state, period_start: period.start, period_end: lastDayOf(period) }
}

const order = { order_id: 'order', net: '400', account_archived: false, account_code: 'CHOP' }
const asStored = (row: KnownOccurrence) => ({
  service_start: row.period_start,
  service_end: row.period_end,
  to_do: false,
  overlap_accepted: false,
})
const essence = (row: {
  run_date: string
  period_start: string
  service_start: string
  service_end: string
  document_date: string | null
  due_date: string | null
  subject: string | null
}) => [
  row.run_date,
  row.period_start,
  row.service_start,
  row.service_end,
  row.document_date,
  row.due_date,
  row.subject,
]

t.test(
  'what was missed since the start is named, counted and summed, and the next twelve follow',
  async (t) => {
    const seen = foresee(monthly, { ...circumstances, known: [known('monthly', '2026-01-31')] })
    t.same(
      seen.missed.listed.map((row) => row.run_date),
      ['2026-02-28', '2026-03-31', '2026-04-30'],
    )
    t.equal(seen.missed.count, 3)
    t.equal(seen.missed.sum, '1200.00')
    t.equal(seen.next_run_date, '2026-02-28')
    t.equal(seen.next_document_date, '2026-02-01')
    t.equal(seen.coming.length, 12)
    t.match(seen.coming[0], { run_date: '2026-05-31', subject: 'Subscription May 2026', moved: false })
    t.match(seen.coming[1], { run_date: '2026-06-30', moved: true })
    t.notOk(seen.needs_confirmation)
  },
)

t.test('what runs today is coming, not missed', async (t) => {
  const seen = foresee(monthly, { ...circumstances, today: '2026-01-31' })
  t.equal(seen.missed.count, 0)
  t.equal(seen.coming[0]?.run_date, '2026-01-31')
})

t.test('more than twelve missed periods ask first; twelve do not', async (t) => {
  const on = (start_date: string) => foresee({ ...monthly, start_date }, circumstances)
  t.notOk(on('2025-05-31').needs_confirmation)
  t.equal(on('2025-05-31').missed.count, 12)
  t.ok(on('2025-04-30').needs_confirmation)
  t.equal(on('2025-04-30').missed.sum, '5200.00')
})

t.test('a mistyped century is counted at once, and only twelve are listed', async (t) => {
  const began = performance.now()
  const seen = foresee({ ...monthly, frequency: 'daily', start_date: '1900-01-01' }, circumstances)
  t.equal(seen.missed.count, 46_160)
  t.equal(seen.missed.listed.length, 12)
  t.equal(seen.missed.sum, '18464000.00')
  t.ok(performance.now() - began < 200)
})

t.test('periods whose days another frequency has billed are held, not billed twice', async (t) => {
  const seen = foresee(
    { ...monthly, frequency: 'quarterly', start_date: '2026-01-31' },
    { ...circumstances, known: [known('monthly', '2026-01-31'), known('monthly', '2026-02-28', 'skipped')] },
  )
  t.equal(seen.missed.count, 1, 'the second quarter')
  t.same(
    seen.held.listed.map((row) => [row.run_date, row.outcome, row.overlaps?.period_start]),
    [['2026-01-31', 'overlap', '2026-01-01']],
  )
})

t.test('a pause begins after the last planned period and ends yesterday', async (t) => {
  const paused = {
    ...circumstances,
    today: '2026-05-31',
    known: [known('monthly', '2026-01-31'), known('monthly', '2026-02-28')],
    disabled_date: '2026-03-15',
  }
  const left = foresee(monthly, paused)
  t.same(
    left.paused.listed.map((row) => [row.run_date, row.outcome]),
    [
      ['2026-03-31', 'paused'],
      ['2026-04-30', 'paused'],
    ],
  )
  t.equal(left.missed.count, 0)
  t.equal(left.next_run_date, '2026-05-31')
  t.same(
    pausedOccurrences(monthly, paused).map((row) => row.period_start),
    ['2026-03-01', '2026-04-01'],
  )
  const billed = foresee(monthly, { ...paused, bill_paused: true })
  t.equal(billed.missed.count, 2)
  t.equal(billed.next_run_date, '2026-03-31')
  t.equal(billed.paused.count, 2, 'the question stays where it was')
  t.same(pausedOccurrences(monthly, { ...paused, bill_paused: true }), [])
})

t.test('a net of zero makes nothing, one below zero is held, and neither is summed', async (t) => {
  const zero = foresee(monthly, { ...circumstances, net: '0.000' })
  t.same([zero.missed.count, zero.missed.sum, zero.coming[0]?.outcome], [0, '0.00', 'nothing_to_bill'])
  t.equal(foresee(monthly, { ...circumstances, net: '-1' }).coming[0]?.outcome, 'below_zero')
  const archived = foresee(monthly, { ...circumstances, account_archived: true })
  t.same([archived.missed.count, archived.coming[0]?.outcome], [0, 'account_archived'])
})

t.test('switched off, nothing comes', async (t) => {
  const seen = foresee(monthly, { ...circumstances, enabled: false })
  t.match(seen, { next_run_date: null, next_document_date: null, coming: [], missed: { count: 0 } })
})

t.test('sets of periods are what walking over every date finds', async (t) => {
  const day = fc.integer({ min: 0, max: 900 }).map((days) => addDays('2024-11-15', days))
  const frequency = fc.constantFrom(...frequencies)
  const rows = fc.array(fc.tuple(frequency, day, fc.constantFrom('invoiced', 'skipped', 'held')), {
    maxLength: 8,
  })
  fc.assert(
    fc.property(
      frequency,
      day,
      fc.option(day),
      fc.option(day),
      rows,
      day,
      fc.boolean(),
      (each, start_date, bill_from, end, rowsMade, today, last) => {
        const end_date = end === null || end < start_date ? null : end
        const last_day = last && !['daily', 'weekly'].includes(each)
        const settings = { ...monthly, frequency: each, start_date, bill_from, end_date, last_day }
        const unique = new Map(
          rowsMade.map(([kind, date, state]) => [
            `${kind} ${periodOf(kind, date).start}`,
            known(kind, date, state),
          ]),
        )
        const list = [...unique.values()]
        const seen = foresee(settings, { ...circumstances, known: list, today })
        const walked = occurrencesBetween(settings, '1900-01-01', addDays(today, -1)).filter(
          ({ run_date }) => !unique.has(`${each} ${periodOf(each, run_date).start}`),
        )
        const held = walked.filter(({ run_date }) =>
          list.some(
            (row) =>
              row.frequency !== each &&
              row.state !== 'skipped' &&
              sharesADay(daysOfPeriod(each, run_date), row),
          ),
        )
        t.equal(seen.held.count, held.length)
        t.equal(seen.missed.count, walked.length - held.length)
        const own = new Set(list.filter((row) => row.frequency === each).map((row) => row.period_start))
        t.equal(nextRunDate(settings, list), nextRunDateStepByStep(settings, '1900-01-01', own))
        t.equal(seen.next_run_date, nextRunDate(settings, list))

        // The run's own planning makes of them what was foreseen, with the same dates and texts.
        const due = { ...settings, ...order, next_run_date: seen.next_run_date }
        const stored = list.map((row) => ({ ...row, ...order, ...asStored(row) }))
        const run = planOrder(due, stored, today, 100_000).rows.filter((row) => row.run_date < today)
        t.equal(run.filter((row) => row.state === 'invoiced').length, seen.missed.count)
        t.equal(run.filter((row) => row.state === 'held').length, seen.held.count)
        const made = run.filter((row) => row.state === 'invoiced').slice(0, 12)
        t.strictSame(made.map(essence), seen.missed.listed.map(essence))
      },
    ),
    { numRuns: 300 },
  )
})

/** The first run date from a day on whose period has no row, as a run comes to it: the counting answer is held to this one. */
function nextRunDateStepByStep(
  schedule: Schedule,
  from: IsoDate,
  periodsWithRow: ReadonlySet<IsoDate>,
): IsoDate | null {
  for (const { run_date } of occurrencesFrom(schedule, from)) {
    if (!periodsWithRow.has(periodOf(schedule.frequency, run_date).start)) return run_date
  }
  return null
}
