import fc from 'fast-check'
import t from 'tap'
import { addDays, type IsoDate } from '../../../src/lib/dates.ts'
import { frequencies } from '../../../src/lib/vocabulary.ts'
import { nextRunDate } from '../../../src/services/recurring/catch-up.ts'
import { canRunOnLastDay, lastDayOf, periodOf, runDate } from '../../../src/services/recurring/periods.ts'
import {
  type DueRecurrence,
  firstPeriodOf,
  planOrder,
  type StoredOccurrence,
} from '../../../src/services/recurring/plan-batch.ts'
import { rateOn } from '../../../src/services/recurring/tax-succession.ts'

const base = {
  order_id: 'order',
  net: '100.000',
  account_archived: false,
  account_code: 'CHOP',
  service_period: 'calendar',
  document_date_preference: 'first_day_current_period',
  payment_term: { days: 30, end_of_month: 'none', day_of_month: null },
  invoice_subject: 'Subscription {MMM} {YYYY}',
  language: 'en-GB',
} as const

function stored(row: Partial<StoredOccurrence> & Pick<StoredOccurrence, 'period_start' | 'period_end'>) {
  const { period_start, period_end } = row
  return {
    order_id: 'order',
    frequency: 'monthly',
    run_date: period_start,
    service_start: period_start,
    service_end: period_end,
    state: 'invoiced',
    to_do: false,
    overlap_accepted: false,
    ...row,
  } as const
}

const date = fc.integer({ min: 0, max: 900 }).map((days) => addDays('2023-12-01', days))
const schedules = fc
  .record({
    frequency: fc.constantFrom(...frequencies),
    start_date: date,
    length: fc.option(fc.integer({ min: 0, max: 900 }), { nil: null }),
    last_day: fc.boolean(),
    from: fc.integer({ min: 0, max: 200 }),
  })
  .map(({ frequency, start_date, length, last_day, from }) => ({
    frequency,
    start_date,
    end_date: length === null ? null : addDays(start_date, length),
    last_day: last_day && canRunOnLastDay(frequency),
    bill_from: addDays(start_date, from),
  }))

/** The rule itself, step by step: every occurrence from bill_from to the end that has run by `today`. */
function slowly(schedule: DueRecurrence, today: IsoDate): IsoDate[] {
  const dates: IsoDate[] = []
  for (let k = 0; ; k += 1) {
    const run = runDate(schedule.start_date, schedule.frequency, k, schedule.last_day)
    if (run > today || (schedule.end_date !== null && run > schedule.end_date)) return dates
    if (schedule.bill_from === null || run >= schedule.bill_from) dates.push(run)
  }
}

t.test(
  'whatever the batches and the days of the runs, every due period is planned once and the rest is found again',
  async (t) => {
    t.doesNotThrow(() =>
      fc.assert(
        fc.property(
          schedules,
          fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 40 })), {
            minLength: 1,
            maxLength: 6,
          }),
          fc.array(fc.nat(60), { maxLength: 5 }),
          (schedule, runs, settled) => {
            // Periods that a person has settled beforehand keep their row.
            const rows: StoredOccurrence[] = [...new Set(settled)].map((k) => {
              const run_date = runDate(schedule.start_date, schedule.frequency, k, schedule.last_day)
              const period = periodOf(schedule.frequency, run_date)
              const row = stored({
                period_start: period.start,
                period_end: lastDayOf(period),
                run_date,
                state: 'skipped',
              })
              return { ...row, frequency: schedule.frequency }
            })
            const beforehand = new Set(rows.map((row) => row.run_date))
            let due: DueRecurrence = { ...base, ...schedule, next_run_date: nextRunDate(schedule, rows) }
            let today = addDays(schedule.start_date, -10)
            const planned: IsoDate[] = []
            for (const [days, limit] of runs) {
              today = addDays(today, days)
              for (;;) {
                const from = firstPeriodOf(due, [])
                const known = rows.filter((row) => row.period_end >= from)
                const order = planOrder(due, known, today, limit)
                if (order.rows.length > limit) return false
                for (const row of order.rows) {
                  planned.push(row.run_date)
                  rows.push(stored({ ...row, state: 'invoiced' }))
                }
                due = { ...due, next_run_date: order.next_run_date }
                if (order.rows.length === 0) break
              }
              const expected = slowly(due, today).filter((run) => !beforehand.has(run))
              if (JSON.stringify(planned) !== JSON.stringify(expected)) return false
              if (due.next_run_date !== nextRunDate(schedule, rows)) return false
            }
            return true
          },
        ),
        { numRuns: 300 },
      ),
    )
  },
)

t.test(
  'a period that shares days with one of another frequency is held, once it or the other is billed',
  async (t) => {
    const due: DueRecurrence = {
      ...base,
      frequency: 'quarterly',
      start_date: '2026-01-15',
      end_date: '2026-12-31',
      last_day: false,
      bill_from: null,
      next_run_date: '2026-01-15',
    }
    const march = { period_start: '2026-03-01', period_end: '2026-03-31', run_date: '2026-03-15' }
    const states = (row: StoredOccurrence) =>
      planOrder(due, [row], '2026-06-30', 10).rows.map((each) => `${each.run_date} ${each.state}`)
    t.same(states(stored(march)), ['2026-01-15 held', '2026-04-15 invoiced'])
    t.same(states(stored({ ...march, state: 'held' })), ['2026-01-15 held', '2026-04-15 invoiced'])
    t.same(states(stored({ ...march, state: 'skipped' })), ['2026-01-15 invoiced', '2026-04-15 invoiced'])
    t.same(
      states(stored({ ...march, state: 'due', to_do: true })),
      ['2026-03-15 invoiced', '2026-01-15 held', '2026-04-15 invoiced'],
      'what was freed is billed first',
    )
    const [held] = planOrder(due, [stored(march)], '2026-06-30', 10).rows
    t.same(held?.reason, { code: 'overlap', params: { from_date: '2026-03-01', to_date: '2026-03-31' } })
  },
)

t.test(
  'of two freed periods of different frequencies that share days, the earlier one is billed',
  async (t) => {
    const due: DueRecurrence = {
      ...base,
      frequency: 'monthly',
      start_date: '2026-01-01',
      end_date: '2026-01-31',
      last_day: false,
      bill_from: null,
      next_run_date: null,
    }
    const rows = [
      stored({ period_start: '2026-02-01', period_end: '2026-02-28', state: 'due', to_do: true }),
      stored({
        frequency: 'quarterly',
        period_start: '2026-01-01',
        period_end: '2026-03-31',
        state: 'due',
        to_do: true,
      }),
    ]
    const planned = planOrder(due, rows, '2026-06-30', 10).rows
    t.same(
      planned.map((row) => `${row.frequency} ${row.state}`),
      ['quarterly invoiced', 'monthly held'],
    )
  },
)

t.test('a subject that no form would have taken parks its period, and says why', async (t) => {
  const due: DueRecurrence = {
    ...base,
    invoice_subject: 'Subscription {MOIS}',
    frequency: 'monthly',
    start_date: '2026-01-01',
    end_date: null,
    last_day: false,
    bill_from: null,
    next_run_date: '2026-01-01',
  }
  const order = planOrder(due, [], '2026-01-31', 10)
  t.match(order.rows, [{ run_date: '2026-01-01', state: 'failed', reason: { code: 'cannot_plan' } }])
  t.equal(order.next_run_date, '2026-02-01', 'and does not hold up those that follow')
})

t.test('the rate on a day is the rate, or the first of its successors that has not ended', async (t) => {
  const rate = (id: string, valid_to: IsoDate | null, successor_id: string | null) =>
    [id, { id, valid_to, successor_id }] as const
  const rates = new Map([
    rate('R19', '2013-12-31', 'R20'),
    rate('R20', '2026-06-30', 'R21'),
    rate('R21', null, null),
    rate('ALONE', '2013-12-31', null),
    rate('ROUND', '2013-12-31', 'ABOUT'),
    rate('ABOUT', '2013-12-31', 'ROUND'),
  ])
  t.equal(rateOn(rates, 'R19', '2013-12-31'), 'R19')
  t.equal(rateOn(rates, 'R19', '2014-01-01'), 'R20')
  t.equal(rateOn(rates, 'R19', '2026-07-01'), 'R21')
  t.equal(rateOn(rates, 'ALONE', '2014-01-01'), undefined)
  t.equal(rateOn(rates, 'ROUND', '2014-01-01'), undefined, 'a circle ends')
})
