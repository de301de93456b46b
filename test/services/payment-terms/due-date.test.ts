import fc from 'fast-check'
import t from 'tap'
import { addDays, lastDayOfMonth } from '../../../src/lib/dates.ts'
import { type EndOfMonthRule, endOfMonthRules } from '../../../src/lib/vocabulary.ts'
import { dueDate } from '../../../src/services/payment-terms/due-date.ts'

const term = (days: number, end_of_month: EndOfMonthRule = 'none', day_of_month: number | null = null) => ({
  days,
  end_of_month,
  day_of_month,
})

t.test('days are added to the document date', async (t) => {
  t.equal(dueDate('2026-01-01', term(0)), '2026-01-01')
  t.equal(dueDate('2026-01-31', term(30)), '2026-03-02')
  t.equal(dueDate('2028-02-28', term(1)), '2028-02-29')
})

t.test('end of month after: the days first, then the end of that month', async (t) => {
  t.equal(dueDate('2026-01-01', term(45, 'after')), '2026-02-28')
  t.equal(dueDate('2026-03-01', term(45, 'after')), '2026-04-30')
  t.equal(dueDate('2026-03-31', term(0, 'after')), '2026-03-31')
})

t.test('end of month before: the end of the month first, then the days', async (t) => {
  t.equal(dueDate('2026-01-01', term(45, 'before')), '2026-03-17')
  t.equal(dueDate('2026-02-01', term(45, 'before')), '2026-04-14')
  t.equal(dueDate('2026-03-01', term(45, 'before')), '2026-05-15')
})

t.test('then the next such day of a month, that day included', async (t) => {
  t.equal(dueDate('2026-01-01', term(30, 'after', 10)), '2026-02-10')
  t.equal(dueDate('2026-02-01', term(30, 'after', 10)), '2026-04-10')
  t.equal(dueDate('2026-01-11', term(30, 'none', 10)), '2026-02-10')
  t.equal(dueDate('2026-01-12', term(30, 'none', 10)), '2026-03-10')
  t.equal(dueDate('2026-12-20', term(0, 'none', 15)), '2027-01-15')
})

t.test("the day of the month is clamped to the month's length", async (t) => {
  t.equal(dueDate('2026-02-01', term(0, 'none', 31)), '2026-02-28')
  t.equal(dueDate('2026-01-01', term(30, 'after', 31)), '2026-01-31')
  t.equal(dueDate('2026-01-31', term(1, 'none', 30)), '2026-02-28')
  t.equal(dueDate('2028-02-01', term(0, 'none', 30)), '2028-02-29')
})

t.test('whatever the term, nothing falls due before its days have passed', async () => {
  const date = fc.integer({ min: 0, max: 15_000 }).map((days) => addDays('2020-01-01', days))
  const dayOfMonth = fc.option(fc.integer({ min: 1, max: 31 }))
  fc.assert(
    fc.property(
      date,
      fc.integer({ min: 0, max: 120 }),
      fc.constantFrom(...endOfMonthRules),
      dayOfMonth,
      (from, days, rule, day) => {
        const due = dueDate(from, term(days, rule, day))
        const onItsDay =
          day === null ||
          Number(due.slice(8)) === day ||
          (due === lastDayOfMonth(due) && Number(due.slice(8)) < day)
        return due >= addDays(from, days) && onItsDay && due <= addDays(from, days + 31 + 31)
      },
    ),
  )
})
