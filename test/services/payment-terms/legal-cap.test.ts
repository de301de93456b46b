import t from 'tap'
import type { EndOfMonthRule } from '../../../src/lib/vocabulary.ts'
import { exceedsFrenchCap } from '../../../src/services/payment-terms/legal-cap.ts'

const cases: [days: number, rule: EndOfMonthRule, day: number | null, exceeds: boolean][] = [
  [0, 'none', null, false],
  [60, 'none', null, false],
  [61, 'none', null, true],
  [45, 'after', null, false],
  [45, 'before', null, false],
  [30, 'after', null, false],
  [60, 'after', null, true],
  [60, 'before', null, true],
  [30, 'none', 10, false],
  [60, 'none', 10, true],
  [9999, 'before', 31, true],
]

t.test('60 days, or 45 days end of month counted either way, are what the law allows', async (t) => {
  for (const [days, end_of_month, day_of_month, exceeds] of cases)
    t.equal(
      exceedsFrenchCap({ days, end_of_month, day_of_month }),
      exceeds,
      `${days} days, ${end_of_month}, ${day_of_month ?? 'no'} day`,
    )
})
