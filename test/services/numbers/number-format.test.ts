import fc from 'fast-check'
import t from 'tap'
import {
  formatNumber,
  formatsCollide,
  mistakeOfFormat,
  presetFormat,
} from '../../../src/services/numbers/number-format.ts'
import { firstFormat, seriesKindOf } from '../../../src/services/numbers/series.ts'

t.test('a number has the year and at least four digits', async (t) => {
  t.equal(formatNumber('SO-{YYYY}-{number}', 2026, 7), 'SO-2026-0007')
  t.equal(formatNumber('SO-AN-{YYYY}-{number}', 2026, 12345), 'SO-AN-2026-12345')
  t.equal(formatNumber('{YYYY}/{number}', 1996, 10248), '1996/10248')
})

t.test('the organisation’s code tells numbers apart where there are several', async (t) => {
  t.equal(presetFormat('SO', ''), 'SO-{YYYY}-{number}')
  t.equal(presetFormat('SO', 'AN'), 'SO-AN-{YYYY}-{number}')
})

t.test('a format makes numbers that an electronic invoice may bear', async (t) => {
  const mistakes: [string, ReturnType<typeof mistakeOfFormat>][] = [
    ['F-{YYYY}-{number}', undefined],
    ['{YYYY}/{number}', undefined],
    ['F_{YYYY}+{number}-FR', undefined],
    ['F-{number}', 'year'],
    ['F-{YYYY}{YYYY}-{number}', 'year'],
    ['F-{YYYY}', 'number'],
    ['F-{YYYY}-{number}{number}', 'number'],
    ['F-{number}-{YYYY}', 'order'],
    ['F {YYYY} {number}', 'characters'],
    ['É-{YYYY}-{number}', 'characters'],
    ['F-{MM}-{YYYY}-{number}', 'characters'],
    [`${'F'.repeat(24)}{YYYY}{number}`, undefined],
    [`${'F'.repeat(25)}{YYYY}{number}`, 'length'],
    [presetFormat('F', 'C'.repeat(20)), undefined],
  ]
  for (const [format, mistake] of mistakes) t.equal(mistakeOfFormat(format), mistake, format)
})

t.test('two formats collide where they can make the same number', async (t) => {
  const pairs: [string, string, boolean][] = [
    ['F-{YYYY}-{number}', 'A-{YYYY}-{number}', false],
    ['F-{YYYY}-{number}', 'F-{YYYY}-{number}', true],
    ['F-{YYYY}-{number}', 'F-{YYYY}-1{number}', true],
    // 00001 has a zero that no counter of five digits begins with.
    ['F-{YYYY}-{number}', 'F-{YYYY}-0{number}', false],
    ['F{YYYY}{number}', 'F{YYYY}-{number}', false],
    ['{YYYY}{number}', '2{YYYY}{number}', true],
    ['{YYYY}{number}', '3{YYYY}{number}', false],
    ['{YYYY}{number}0', '{YYYY}{number}', true],
    ['{YYYY}-{number}', '{YYYY}-{number}-R', false],
    ['F{YYYY}{number}', 'f{YYYY}{number}', false],
  ]
  for (const [a, b, collide] of pairs) {
    t.equal(formatsCollide(a, b), collide, `${a} and ${b}`)
    t.equal(formatsCollide(b, a), collide, `${b} and ${a}`)
  }
})

t.test(
  'whatever the formats, they collide exactly where a number of one is a number of the other',
  async (t) => {
    const own = fc.string({ unit: fc.constantFrom('0', '1', '2', '9', 'F'), maxLength: 2 })
    const format = fc.tuple(own, own, own).map(([a, b, c]) => `${a}{YYYY}${b}{number}${c}`)
    const matches = (format: string) => {
      const [before = '', rest = ''] = format.split('{YYYY}')
      const [between = '', after = ''] = rest.split('{number}')
      return new RegExp(`^${before}(19\\d\\d|2\\d{3})${between}(\\d{4}|[1-9]\\d{4,})${after}$`)
    }
    let met = 0
    fc.assert(
      fc.property(
        format,
        format,
        fc.integer({ min: 1900, max: 2999 }),
        fc.oneof(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 2_000_000_000 })),
        (a, b, year, number) => {
          const isBoth = matches(b).test(formatNumber(a, year, number))
          if (isBoth) met += 1
          return formatsCollide(a, b) === formatsCollide(b, a) && (!isBoth || formatsCollide(a, b))
        },
      ),
      { numRuns: 3_000 },
    )
    t.ok(met > 10, `${met} numbers were of both`)
  },
)

t.test('deposits are numbered among the invoices, recurring ones as the organisation wants', async (t) => {
  const own = { recurring_series: true }
  t.equal(seriesKindOf({ kind: 'invoice', source: 'manual' }, own), 'invoice')
  t.equal(seriesKindOf({ kind: 'deposit', source: 'manual' }, own), 'invoice')
  t.equal(seriesKindOf({ kind: 'invoice', source: 'recurring' }, own), 'recurring_invoice')
  t.equal(seriesKindOf({ kind: 'invoice', source: 'recurring' }, { recurring_series: false }), 'invoice')
  t.equal(seriesKindOf({ kind: 'credit_note', source: 'recurring' }, own), 'credit_note')
})

t.test('a first format never collides with what the organisation has', async (t) => {
  t.equal(firstFormat('invoice', '', []), 'F-{YYYY}-{number}')
  t.equal(firstFormat('credit_note', 'AN', ['F-AN-{YYYY}-{number}']), 'A-AN-{YYYY}-{number}')
  t.equal(firstFormat('recurring_invoice', '', ['R-{YYYY}-{number}']), 'RR-{YYYY}-{number}')
})
