import t from 'tap'
import { type DateRules, issueDate } from '../../../src/services/invoices/issue-date.ts'

/** Issued on 10 April 2026; the series of 2025 stands at 15 December, that of 2026 at 31 March. */
const rules: DateRules = {
  today: '2026-04-10',
  closing_date: null,
  late_dates: 'redate',
  ahead: 'wait',
  lastDateOf: (year) => ({ 2025: '2025-12-15', 2026: '2026-03-31' })[year] ?? null,
}

/** `date`, `date late`, `date from DRAFT`, `waits DATE` or the code of a refusal. */
function decided(draftDate: string, named: Partial<DateRules> = {}): string {
  const decision = issueDate(draftDate, { ...rules, ...named })
  if (decision.result === 'waits') return `waits ${decision.issues_on}`
  if (decision.result === 'refused') return decision.refusal.code
  const from = decision.redated_from === null ? '' : ` from ${decision.redated_from}`
  return `${decision.date}${from}${decision.kept_late ? ' late' : ''}`
}

t.test('a draft is issued with its date where that is in order', async (t) => {
  const table: [string, string, Partial<DateRules>, string][] = [
    ['the series goes on', '2026-04-05', {}, '2026-04-05'],
    ['the last date again', '2026-03-31', {}, '2026-03-31'],
    ['today', '2026-04-10', {}, '2026-04-10'],
    ['tomorrow', '2026-04-11', {}, 'waits 2026-04-11'],
    ['tomorrow, by hand', '2026-04-11', { ahead: 'today' }, '2026-04-10 from 2026-04-11'],
    ['ahead, into a new year', '2027-01-01', { ahead: 'today' }, '2026-04-10 from 2027-01-01'],
    ['behind the last', '2026-03-30', {}, '2026-04-10 from 2026-03-30'],
    ['behind the last, kept', '2026-03-30', { late_dates: 'keep' }, '2026-03-30 late'],
    ['a year whose series lies behind it', '2025-12-31', {}, '2025-12-31'],
    ['behind the last of its own year', '2025-12-01', {}, '2026-04-10 from 2025-12-01'],
    ['a year without a number', '2024-02-29', {}, '2024-02-29'],
  ]
  for (const [what, date, named, expected] of table) t.equal(decided(date, named), expected, what)
})

t.test('a closed period is always redated', async (t) => {
  const closed = (date: string, late_dates: 'redate' | 'keep' = 'redate') =>
    decided('2026-03-31', { closing_date: date, late_dates })
  t.equal(closed('2026-03-30'), '2026-03-31')
  t.equal(closed('2026-03-31'), '2026-04-10 from 2026-03-31')
  t.equal(closed('2026-03-31', 'keep'), '2026-04-10 from 2026-03-31', 'also where late dates are kept')
  t.equal(closed('2026-04-10'), 'period_closed', 'nothing is left to date it with')
  t.equal(decided('2026-04-11', { closing_date: '2026-04-10' }), 'waits 2026-04-11')
})

t.test('a run for a past day numbers nothing out of order', async (t) => {
  const past: Partial<DateRules> = { today: '2026-03-20' }
  t.equal(decided('2026-03-15', past), 'behind_series')
  t.equal(decided('2026-03-15', { ...past, late_dates: 'keep' }), '2026-03-15 late')
  t.equal(decided('2026-03-25', { ...past, ahead: 'today' }), 'behind_series')
  t.equal(
    decided('2026-03-25', { ...past, ahead: 'today', late_dates: 'keep' }),
    '2026-03-20 from 2026-03-25 late',
  )
  t.equal(decided('2025-12-20', past), '2025-12-20', 'another year has its own series')
})
