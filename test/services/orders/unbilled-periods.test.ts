import t from 'tap'
import { sumOfPeriods, unbilledPeriods } from '../../../src/services/orders/unbilled-periods.ts'

const monthly = {
  enabled: true,
  frequency: 'monthly',
  start_date: '2026-01-31',
  end_date: null,
  last_day: false,
  bill_from: '2026-01-31',
  service_period: 'calendar',
  next_run_date: '2026-02-28',
} as const

t.test('what has come due since the last run is missed, in order', async (t) => {
  const found = unbilledPeriods(monthly, [], '2026-04-30')
  t.same(
    found.missed.map((period) => [period.run_date, period.period_start, period.period_end]),
    [
      ['2026-02-28', '2026-02-01', '2026-02-28'],
      ['2026-03-31', '2026-03-01', '2026-03-31'],
      ['2026-04-30', '2026-04-01', '2026-04-30'],
    ],
  )
  t.equal(sumOfPeriods(found, '254.000', 'EUR'), '762.00')
})

t.test('a period that has a row is not missed, and waits where nobody settled it', async (t) => {
  const period = (month: string, state: string) => ({
    frequency: 'monthly' as const,
    period_start: `2026-${month}-01`,
    period_end: `2026-${month}-28`,
    run_date: `2026-${month}-28`,
    service_start: `2026-${month}-01`,
    service_end: `2026-${month}-28`,
    state,
  })
  const known = [period('01', 'invoiced'), period('02', 'held'), period('03', 'skipped')]
  const found = unbilledPeriods(monthly, known, '2026-04-30')
  t.same(
    found.waiting.map(({ period_start }) => period_start),
    ['2026-02-01'],
  )
  t.same(
    found.missed.map(({ period_start }) => period_start),
    ['2026-04-01'],
  )
})

t.test('a recurrence that is off, ended or absent misses nothing', async (t) => {
  t.same(unbilledPeriods(undefined, [], '2026-04-30'), { waiting: [], missed: [] })
  t.same(unbilledPeriods({ ...monthly, next_run_date: null }, [], '2026-04-30').missed, [])
  t.same(unbilledPeriods({ ...monthly, enabled: false, next_run_date: null }, [], '2026-04-30').missed, [])
  t.same(unbilledPeriods(monthly, [], '2026-02-27').missed, [])
})
