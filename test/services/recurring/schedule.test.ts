import t from 'tap'
import { say } from '../../../src/languages/translate.ts'
import { documentDatePreferences } from '../../../src/lib/vocabulary.ts'
import { documentDate } from '../../../src/services/recurring/document-dates.ts'
import {
  planOccurrence,
  planOccurrences,
  type RecurrenceSettings,
  scheduleMistakes,
} from '../../../src/services/recurring/schedule.ts'

const settings: RecurrenceSettings = {
  frequency: 'monthly',
  start_date: '2026-01-31',
  end_date: null,
  last_day: false,
  bill_from: null,
  service_period: 'calendar',
  document_date_preference: 'last_day_current_period',
  payment_term: { days: 30, end_of_month: 'none', day_of_month: null },
  invoice_subject: 'Subscription {MMM} {YYYY}',
  language: 'en-US',
}

t.test('the document date follows the preference', async (t) => {
  t.strictSame(
    documentDatePreferences.map((each) => documentDate(each, 'monthly', '2026-04-10', '2026-04-20')),
    ['2026-04-20', '2026-03-31', '2026-04-01', '2026-04-30', '2026-05-01', '2026-05-31'],
  )
  t.strictSame(
    documentDatePreferences.map((each) => documentDate(each, 'weekly', '2025-12-31', '2026-01-15')),
    ['2026-01-15', '2025-12-28', '2025-12-29', '2026-01-04', '2026-01-05', '2026-01-11'],
  )
  t.strictSame(
    documentDatePreferences.map((each) => documentDate(each, 'semiannual', '2026-02-28', '2026-02-28')),
    ['2026-02-28', '2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01', '2026-12-31'],
  )
})

t.test('an occurrence is planned with all its dates and its subject', async (t) => {
  t.strictSame(planOccurrence(settings, 1, '2026-06-01'), {
    k: 1,
    run_date: '2026-02-28',
    period_start: '2026-02-01',
    period_end: '2026-02-28',
    service_start: '2026-02-01',
    service_end: '2026-02-28',
    document_date: '2026-02-28',
    due_date: '2026-03-30',
    subject: 'Subscription February 2026',
  })
  const fromRunDate = planOccurrence({ ...settings, service_period: 'from_run_date' }, 1, '2026-06-01')
  t.strictSame([fromRunDate.service_start, fromRunDate.service_end], ['2026-02-28', '2026-03-30'])
})

t.test(
  'dated when created, caught-up periods bear the day of the run, coming ones their run date',
  async (t) => {
    const created = { ...settings, document_date_preference: 'date_created' } as const
    const planned = planOccurrences(created, { from: '2026-01-01', limit: 4 }, '2026-03-10')
    t.strictSame(
      planned.map((each) => each.document_date),
      ['2026-03-10', '2026-03-10', '2026-03-31', '2026-04-30'],
    )
    t.equal(planned[0]?.subject, 'Subscription March 2026')
  },
)

t.test('occurrences are planned to a day, or so many from a day', async (t) => {
  const runs = (range: Parameters<typeof planOccurrences>[1], others: Partial<RecurrenceSettings> = {}) =>
    planOccurrences({ ...settings, ...others }, range, '2026-01-01').map((each) => each.run_date)
  t.strictSame(runs({ from: '2026-02-01', to: '2026-03-31' }), ['2026-02-28', '2026-03-31'])
  t.strictSame(runs({ from: '2026-02-01', limit: 2 }), ['2026-02-28', '2026-03-31'])
  t.strictSame(runs({ from: '2026-02-01', limit: 12 }, { end_date: '2026-03-30' }), ['2026-02-28'])
  t.strictSame(runs({ from: '2026-02-01', limit: 0 }), [])
  t.strictSame(runs({ from: '2026-02-01', to: '2026-01-01' }), [])
})

t.test('an end before the start, and a last day without months, are mistakes in words', async (t) => {
  const [end, ...rest] = scheduleMistakes({ ...settings, start_date: '2026-04-01', end_date: '2026-03-31' })
  t.equal(rest.length, 0)
  if (end === undefined) return t.fail('no mistake')
  t.equal(end.field, 'end_date')
  t.equal(
    say('en', end.message),
    'The end date is before the start, 1 Apr 2026. Choose a later date or leave it empty.',
  )
  t.equal(
    say('fr', end.message),
    'La date de fin précède le début, le 1er avril 2026. Choisissez une date ultérieure ou laissez vide.',
  )
  t.strictSame(scheduleMistakes({ ...settings, end_date: '2026-01-31' }), [])
  for (const frequency of ['daily', 'weekly'] as const) {
    t.strictSame(
      scheduleMistakes({ ...settings, frequency, last_day: true }).map((each) => each.field),
      ['last_day'],
    )
  }
})
