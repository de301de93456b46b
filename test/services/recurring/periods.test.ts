import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { addDays, addMonths, lastDayOfMonth, yearOf } from '../../../src/lib/dates.ts'
import { type Frequency, frequencies, servicePeriods } from '../../../src/lib/vocabulary.ts'
import {
  canRunOnLastDay,
  countOccurrences,
  daysOfPeriod,
  firstOccurrenceOnOrAfter,
  lastDayOf,
  occurrencesBetween,
  occurrencesFrom,
  periodAfter,
  periodBefore,
  periodOf,
  periodsInYear,
  presetServicePeriod,
  runDate,
  type Schedule,
  servicePeriodOf,
  sharesADay,
} from '../../../src/services/recurring/periods.ts'

const runs = (start: string, frequency: Frequency, many: number, lastDay = false) =>
  Array.from({ length: many }, (_, k) => runDate(start, frequency, k, lastDay))

const schedule = (start_date: string, frequency: Frequency, others: Partial<Schedule> = {}): Schedule => ({
  start_date,
  frequency,
  end_date: null,
  last_day: false,
  bill_from: null,
  ...others,
})

const shown = (frequency: Frequency, date: string) => {
  const period = periodOf(frequency, date)
  return `${period.start} to ${lastDayOf(period)}`
}

const anyStart = fc.integer({ min: 0, max: 366 * 12 }).map((days) => addDays('2023-01-01', days))
const anyFrequency = fc.constantFrom(...frequencies)

t.test('a monthly order from the 31st returns to the 31st after February', async (t) => {
  t.strictSame(runs('2026-01-31', 'monthly', 5), [
    '2026-01-31',
    '2026-02-28',
    '2026-03-31',
    '2026-04-30',
    '2026-05-31',
  ])
  t.strictSame(runs('2026-01-30', 'monthly', 3), ['2026-01-30', '2026-02-28', '2026-03-30'])
  t.strictSame(runs('2026-01-28', 'monthly', 3), ['2026-01-28', '2026-02-28', '2026-03-28'])
})

t.test('an annual order from the leap day returns to it', async (t) => {
  t.strictSame(runs('2024-02-29', 'annual', 5), [
    '2024-02-29',
    '2025-02-28',
    '2026-02-28',
    '2027-02-28',
    '2028-02-29',
  ])
})

t.test('the other frequencies step in days, weeks, quarters and half-years', async (t) => {
  t.strictSame(runs('2028-02-28', 'daily', 3), ['2028-02-28', '2028-02-29', '2028-03-01'])
  t.strictSame(runs('2025-12-31', 'weekly', 3), ['2025-12-31', '2026-01-07', '2026-01-14'])
  t.strictSame(runs('2025-11-30', 'quarterly', 3), ['2025-11-30', '2026-02-28', '2026-05-30'])
  t.strictSame(runs('2025-08-31', 'semiannual', 3), ['2025-08-31', '2026-02-28', '2026-08-31'])
})

t.test("with the last day on, every run is on a month's last day, whatever the start", async (t) => {
  t.strictSame(runs('2026-02-28', 'monthly', 3, true), ['2026-02-28', '2026-03-31', '2026-04-30'])
  t.strictSame(runs('2026-01-30', 'monthly', 3, true), ['2026-01-31', '2026-02-28', '2026-03-31'])
  t.strictSame(runs('2027-02-28', 'annual', 2, true), ['2027-02-28', '2028-02-29'])
  t.equal(canRunOnLastDay('monthly'), true)
  t.equal(canRunOnLastDay('weekly'), false)
  t.equal(canRunOnLastDay('daily'), false)
})

t.test('a period is the calendar period that holds the run date', async (t) => {
  t.equal(shown('daily', '2026-03-12'), '2026-03-12 to 2026-03-12')
  t.equal(shown('weekly', '2025-12-31'), '2025-12-29 to 2026-01-04')
  t.equal(shown('monthly', '2028-02-10'), '2028-02-01 to 2028-02-29')
  t.equal(shown('quarterly', '2026-02-10'), '2026-01-01 to 2026-03-31')
  t.equal(shown('semiannual', '2025-08-31'), '2025-07-01 to 2025-12-31')
  t.equal(shown('annual', '2026-08-31'), '2026-01-01 to 2026-12-31')
})

t.test('neighbouring periods touch and do not overlap', async (t) => {
  for (const frequency of frequencies) {
    const period = periodOf(frequency, '2026-01-01')
    t.strictSame(periodAfter(frequency, periodBefore(frequency, period)), period)
    t.equal(periodBefore(frequency, period).until, period.start)
    const [own, next] = [
      daysOfPeriod(frequency, '2026-01-01'),
      daysOfPeriod(frequency, periodAfter(frequency, period).start),
    ]
    t.equal(sharesADay(own, next), false)
    t.equal(sharesADay(next, own), false)
    t.equal(sharesADay(own, own), true)
  }
  t.equal(sharesADay(daysOfPeriod('monthly', '2026-03-15'), daysOfPeriod('quarterly', '2026-01-10')), true)
  t.equal(
    sharesADay(daysOfPeriod('weekly', '2026-03-31'), daysOfPeriod('monthly', '2026-04-10')),
    true,
    'the week of 30 March to 5 April lies in both months',
  )
  t.equal(sharesADay(daysOfPeriod('daily', '2026-03-31'), daysOfPeriod('monthly', '2026-04-10')), false)
})

t.test('the service is billed by the calendar up to quarterly, from the run date above', async (t) => {
  t.strictSame(frequencies.map(presetServicePeriod), [
    'calendar',
    'calendar',
    'calendar',
    'calendar',
    'from_run_date',
    'from_run_date',
  ])
  const annual = schedule('2024-02-29', 'annual')
  t.strictSame(servicePeriodOf(annual, 0, 'from_run_date'), { start: '2024-02-29', until: '2025-02-28' })
  t.strictSame(servicePeriodOf(annual, 4, 'from_run_date'), { start: '2028-02-29', until: '2029-02-28' })
  t.strictSame(servicePeriodOf(annual, 1, 'calendar'), { start: '2025-01-01', until: '2026-01-01' })
  const lastDay = schedule('2026-01-10', 'monthly', { last_day: true })
  t.strictSame(servicePeriodOf(lastDay, 0, 'from_run_date'), { start: '2026-01-31', until: '2026-02-28' })
})

t.test('an occurrence exists while its run date is on or before the end date', async (t) => {
  const ends = (end_date: string) =>
    occurrencesBetween(schedule('2026-01-31', 'monthly', { end_date }), '2026-01-01', '2026-12-31').map(
      (each) => each.run_date,
    )
  t.strictSame(ends('2026-03-31'), ['2026-01-31', '2026-02-28', '2026-03-31'])
  t.strictSame(ends('2026-03-30'), ['2026-01-31', '2026-02-28'])
  t.strictSame(ends('2026-01-31'), ['2026-01-31'])
  t.strictSame(ends('2026-01-30'), [])
})

t.test('bill from leaves out what runs before it and changes no other date', async (t) => {
  const old = schedule('2020-01-31', 'monthly', { bill_from: '2026-02-28' })
  t.strictSame(occurrencesBetween(old, '2020-01-01', '2026-04-15'), [
    { k: 73, run_date: '2026-02-28' },
    { k: 74, run_date: '2026-03-31' },
  ])
  const early = schedule('2026-01-31', 'monthly', { bill_from: '2020-01-01' })
  t.equal(occurrencesFrom(early, '1990-01-01').next().value?.run_date, '2026-01-31')
})

t.test('nothing runs before the start, nor after the last year of the calendar', async (t) => {
  t.strictSame(occurrencesBetween(schedule('2026-06-01', 'monthly'), '2026-01-01', '2026-05-31'), [])
  t.strictSame(
    [...occurrencesFrom(schedule('2026-06-01', 'annual'), '2998-01-01')].map((each) => each.run_date),
    ['2998-06-01', '2999-06-01'],
  )
})

t.test('revenue is compared by the periods of a year', async (t) => {
  t.strictSame(
    frequencies.map((each) => periodsInYear[each]),
    [365, 52, 12, 4, 2, 1],
  )
})

/** Every start day of a leap year and of the next, so that each anchor meets every kind of February. */
const startDays = Array.from({ length: 366 + 365 }, (_, days) => addDays('2024-01-01', days))

t.test(
  'over 40 years, from any start day, periods follow without gap or overlap and hold their run dates',
  async () => {
    for (const frequency of frequencies) {
      const starts = frequency === 'daily' || frequency === 'weekly' ? startDays.slice(0, 8) : startDays
      for (const start of starts) {
        for (let k = 0; k < periodsInYear[frequency] * 40; k += 1) {
          const run = runDate(start, frequency, k, false)
          const period = periodOf(frequency, run)
          const next = periodOf(frequency, runDate(start, frequency, k + 1, false))
          assert.equal(period.until, next.start, `${frequency} from ${start}, ${k}`)
          assert.ok(period.start <= run && run < period.until)
        }
      }
    }
  },
)

t.test(
  'over 40 years, from any start day, a run is on the start day of the month or on the last',
  async () => {
    for (const frequency of frequencies.filter(canRunOnLastDay)) {
      for (const start of startDays) {
        for (let k = 0; k < periodsInYear[frequency] * 40; k += 1) {
          const run = runDate(start, frequency, k, false)
          const onItsDay = run.slice(8) === start.slice(8)
          assert.ok(
            onItsDay || (run === lastDayOfMonth(run) && run.slice(8) < start.slice(8)),
            `${start} ${run}`,
          )
          assert.equal(
            run.slice(0, 7),
            addMonths(`${start.slice(0, 8)}01`, (k * 12) / periodsInYear[frequency]).slice(0, 7),
          )
        }
      }
    }
  },
)

t.test('service periods follow without gap or overlap, by either rule, on the last day or not', async () => {
  const rule = fc.constantFrom(...servicePeriods)
  fc.assert(
    fc.property(
      anyStart,
      anyFrequency,
      fc.boolean(),
      rule,
      fc.nat({ max: 2000 }),
      (start, frequency, lastDay, rule, k) => {
        const settings = schedule(start, frequency, { last_day: lastDay && canRunOnLastDay(frequency) })
        const period = servicePeriodOf(settings, k, rule)
        return period.start < period.until && period.until === servicePeriodOf(settings, k + 1, rule).start
      },
    ),
  )
})

t.test('a run depends on its number alone: neither the end nor the day of asking moves it', async () => {
  fc.assert(
    fc.property(
      anyStart,
      anyFrequency,
      fc.nat({ max: 1500 }),
      fc.nat({ max: 800 }),
      (start, frequency, k, late) => {
        const run = runDate(start, frequency, k, false)
        const settings = schedule(start, frequency, { end_date: addDays(run, late) })
        const found = occurrencesBetween(settings, run, run)
        return found.length === 1 && found[0]?.k === k && found[0].run_date === run
      },
    ),
  )
})

t.test('the first occurrence on or after a day is found, whatever the day', async () => {
  const anyDay = fc.integer({ min: -5000, max: 20_000 })
  fc.assert(
    fc.property(anyStart, anyFrequency, fc.boolean(), anyDay, (start, frequency, lastDay, days) => {
      const settings = { start_date: start, frequency, last_day: lastDay && canRunOnLastDay(frequency) }
      const date = addDays(start, days)
      const k = firstOccurrenceOnOrAfter(settings, date)
      const run = (of: number) => runDate(start, frequency, of, settings.last_day)
      return run(k) >= date && (k === 0 || run(k - 1) < date)
    }),
  )
})

t.test('occurrences are counted as they are listed', async () => {
  const spans = fc.tuple(fc.integer({ min: -100, max: 900 }), fc.integer({ min: -50, max: 400 }))
  const ends = fc.option(fc.integer({ min: 0, max: 800 }))
  fc.assert(
    fc.property(
      anyStart,
      anyFrequency,
      spans,
      ends,
      ends,
      (start, frequency, [after, length], end, billed) => {
        const settings = schedule(start, frequency, {
          end_date: end === null ? null : addDays(start, end),
          bill_from: billed === null ? null : addDays(start, billed),
        })
        const from = addDays(start, after)
        const until = addDays(from, length)
        return countOccurrences(settings, from, until) === occurrencesBetween(settings, from, until).length
      },
    ),
  )
})

t.test('a start of centuries ago costs no walk', async (t) => {
  const old = schedule('1900-01-01', 'daily')
  const started = performance.now()
  for (let times = 0; times < 1000; times += 1) firstOccurrenceOnOrAfter(old, '2999-12-31')
  t.ok(performance.now() - started < 1000)
  t.equal(yearOf(runDate('1900-01-01', 'daily', firstOccurrenceOnOrAfter(old, '2999-12-31'), false)), 2999)
})
