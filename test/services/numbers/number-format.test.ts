import t from 'tap'
import { formatNumber, presetFormat } from '../../../src/services/numbers/number-format.ts'

t.test('a number has the year and at least four digits', async (t) => {
  t.equal(formatNumber('SO-{YYYY}-{number}', 2026, 7), 'SO-2026-0007')
  t.equal(formatNumber('SO-AN-{YYYY}-{number}', 2026, 12345), 'SO-AN-2026-12345')
  t.equal(formatNumber('{YYYY}/{number}', 1996, 10248), '1996/10248')
})

t.test('the organisation’s code tells numbers apart where there are several', async (t) => {
  t.equal(presetFormat('SO', ''), 'SO-{YYYY}-{number}')
  t.equal(presetFormat('SO', 'AN'), 'SO-AN-{YYYY}-{number}')
})
