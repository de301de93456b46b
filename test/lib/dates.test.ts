import assert from 'node:assert/strict'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import t from 'tap'
import {
  addDays,
  addMonths,
  compareDates,
  dayOfMonth,
  daysBetween,
  earlierOf,
  firstDayOfMonth,
  isIsoDate,
  isoWeek,
  isTimeZone,
  lastDayOfMonth,
  laterOf,
  mondayOf,
  monthsBetween,
  parseDateText,
  quarterOf,
  todayIn,
  weekdayOf,
} from '../../src/lib/dates.ts'

const luxon = (date: string) => DateTime.fromISO(date, { zone: 'utc' })
const anyDate = fc
  .tuple(
    fc.integer({ min: 1900, max: 2999 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 31 }),
  )
  .map(([year, month, day]) => dayOfMonth(`${year}-${String(month).padStart(2, '0')}-01`, day))

t.test('only days that exist, of the years 1900 to 2999, are dates', async (t) => {
  for (const date of ['2026-12-31', '2028-02-29', '1900-01-01', '2999-12-31', '2000-02-29'])
    t.equal(isIsoDate(date), true, date)
  const wrong = [
    '2026-02-29',
    '2026-02-30',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
  ]
  const strange = [
    '1899-12-31',
    '3000-01-01',
    '0000-01-01',
    '',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '20260101',
    '٢٠٢٦-01-01',
  ]
  for (const date of [...wrong, ...strange]) t.equal(isIsoDate(date), false, date)
})

t.test('a typed date is read in ISO form, or day first', async (t) => {
  for (const text of ['2026-12-31', '31/12/2026', '31.12.2026', ' 31/12/2026 '])
    t.equal(parseDateText(text), '2026-12-31', text)
  t.equal(parseDateText('1/3/2026'), '2026-03-01')
  for (const text of ['12/31/2026', '31/02/2026', '31.12/2026', '31/12/26', '', 'today'])
    t.equal(parseDateText(text), undefined, text)
})

t.test('today is the day in the zone, not on the server', async (t) => {
  t.equal(todayIn('Europe/Paris', new Date('2026-03-31T21:59:00Z')), '2026-03-31')
  t.equal(todayIn('Europe/Paris', new Date('2026-03-31T22:00:00Z')), '2026-04-01')
  t.equal(
    todayIn('Europe/Paris', new Date('2026-03-29T00:59:59Z')),
    '2026-03-29',
    'the clocks go forward that night',
  )
  t.equal(todayIn('Pacific/Auckland', new Date('2026-03-31T11:30:00Z')), '2026-04-01')
  t.equal(todayIn('America/New_York', new Date('2026-01-01T03:00:00Z')), '2025-12-31')
  t.throws(() => todayIn('Europe/Nowhere', new Date()), RangeError)
})

t.test('time zones are those of IANA', async (t) => {
  t.equal(isTimeZone('Europe/Paris'), true)
  t.equal(isTimeZone('UTC'), true)
  for (const name of ['', 'Europe/Nowhere', 'constructor']) t.equal(isTimeZone(name), false, name)
})

t.test('months are added from the anchor and clamped to the month', async (t) => {
  t.strictSame(
    [0, 1, 2, 3, 13, -1, -2].map((months) => addMonths('2026-01-31', months)),
    ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2027-02-28', '2025-12-31', '2025-11-30'],
  )
  t.equal(addMonths('2024-02-29', 12), '2025-02-28')
  t.equal(addMonths('2024-02-29', 48), '2028-02-29')
})

t.test('months have their ends, days of a month are clamped', async (t) => {
  t.equal(firstDayOfMonth('2026-02-17'), '2026-02-01')
  t.equal(lastDayOfMonth('2026-02-17'), '2026-02-28')
  t.equal(lastDayOfMonth('2028-02-01'), '2028-02-29')
  t.equal(dayOfMonth('2026-02-10', 31), '2026-02-28')
  t.equal(dayOfMonth('2026-03-31', 1), '2026-03-01')
})

t.test('weeks are ISO weeks', async (t) => {
  t.strictSame(isoWeek('2025-12-29'), { year: 2026, week: 1 })
  t.strictSame(isoWeek('2027-01-01'), { year: 2026, week: 53 })
  t.equal(mondayOf('2026-01-04'), '2025-12-29')
  t.equal(mondayOf('2026-01-05'), '2026-01-05')
  t.equal(weekdayOf('2026-01-04'), 7)
})

t.test('dates compare, and differ by whole days and months', async (t) => {
  t.equal(daysBetween('2026-02-28', '2026-03-01'), 1)
  t.equal(daysBetween('2026-03-01', '2026-02-28'), -1)
  t.equal(monthsBetween('2025-12-31', '2026-01-01'), 1)
  t.equal(quarterOf('2026-10-01'), 4)
  t.equal(compareDates('2026-01-01', '2026-01-02'), -1)
  t.equal(compareDates('2026-01-01', '2026-01-01'), 0)
  t.equal(earlierOf('2026-01-01', '2026-01-02'), '2026-01-01')
  t.equal(laterOf('2026-01-01', '2026-01-02'), '2026-01-02')
  t.throws(() => addDays('soon', 1), RangeError)
})

t.test('whatever the day, the arithmetic agrees with Luxon', async () => {
  const steps = fc.integer({ min: -10_000, max: 10_000 })
  fc.assert(
    fc.property(anyDate, steps, (date, step) => {
      const days = addDays(date, step)
      assert.equal(days, luxon(date).plus({ days: step }).toISODate())
      assert.equal(daysBetween(date, days), step)
      const months = step % 500
      assert.equal(addMonths(date, months), luxon(date).plus({ months }).toISODate())
      assert.equal(lastDayOfMonth(date), luxon(date).endOf('month').toISODate())
      assert.equal(mondayOf(date), luxon(date).startOf('week').toISODate())
      assert.equal(weekdayOf(date), luxon(date).weekday)
      assert.equal(quarterOf(date), luxon(date).quarter)
      assert.equal(parseDateText(date), date)
    }),
  )
})
