import t from 'tap'
import { say } from '../../../src/languages/translate.ts'
import { Fields } from '../../../src/lib/fields.ts'
import { parseRecurrence } from '../../../src/services/recurring/recurrence-form.ts'

t.test('every mistake of the settings is told at once, each at its field', async (t) => {
  const parsed = parseRecurrence(
    new Fields([
      ['frequency', 'fortnightly'],
      ['start_date', '2026-02-30'],
      ['invoice_subject', 'Maintenance {MOIS} {YYYY}'],
      ['service_period', 'lunar'],
      ['recipients', 'nobody'],
    ]),
    {},
  )
  if (parsed.ok) throw new Error('it has mistakes')
  t.same(
    parsed.errors.map(({ field, message }) => `${field}: ${say('en', message)}`),
    [
      'frequency: Choose one of: daily, weekly, monthly, quarterly, semiannual, annual.',
      'start_date: Enter a date that exists, such as 2026-03-31: “2026-02-30” is none.',
      'invoice_subject: {MOIS} is not a variable. Use {YYYY}, {YY}, {MM}, {MMM}, {DD} or {Q}.',
      'service_period: Choose one of: calendar, from_run_date.',
      'recipients: Enter an email address such as name@example.com: “nobody” is none.',
    ],
  )
})
