import fc from 'fast-check'
import t from 'tap'
import type { Language } from '../../src/languages/sentences.ts'
import { amountText, decimalText, parseDecimalText } from '../../src/lib/decimal-text.ts'
import { plainDecimal } from '../../src/lib/money.ts'

const euros = (text: string, language: Language = 'en', decimals = 6) => {
  const read = parseDecimalText(text, { language, decimals, currency: 'EUR' })
  return read.ok ? read.value : read.mistake
}

t.test('a number is read as people write it, in both languages', async (t) => {
  const ways = [
    '1 234,50',
    '1,234.50',
    '1.234,50',
    '1234.5',
    '1234,5',
    "1'234.50",
    '1’234,50',
    '1\u202f234,50',
    '1\u00a0234.5',
  ]
  const withSigns = ['€1,234.50', '1 234,50 €', 'EUR 1234.5', '1234.5 eur', ' 1 2 3 4 . 5 ']
  for (const language of ['en', 'fr'] as const) {
    for (const text of [...ways, ...withSigns])
      t.equal(euros(text, language), '1234.5', `${language} ${text}`)
  }
})

t.test('a single comma before three digits groups in English and is decimal in French', async (t) => {
  t.equal(euros('1,234', 'en'), '1234')
  t.equal(euros('1,234', 'fr'), '1.234')
  t.equal(euros('1,23', 'en'), '1.23')
  t.equal(euros('1.234', 'en'), '1.234')
  t.equal(euros('1.234', 'fr'), '1.234')
  t.equal(euros('0,500', 'fr'), '0.5')
  t.equal(euros('0,500', 'en'), 'not_a_number', 'neither five hundred nor a half is certain')
})

t.test('a sign that occurs twice groups, in threes', async (t) => {
  t.equal(euros('1,234,567'), '1234567')
  t.equal(euros('1.234.567', 'fr'), '1234567')
  t.equal(euros('1.234.567,89'), '1234567.89')
  for (const text of ['31.12.2026', '1.2.3', '1,23,456', '1,234.567,8', '12,5.00', '1,,2'])
    t.equal(euros(text), 'not_a_number', text)
})

t.test('both minus signs are taken, before the figure or between sign and figure', async (t) => {
  for (const text of ['-12', '\u221212', '- 12', '-€12', '€-12', '\u221212,00 €'])
    t.equal(euros(text), '-12', text)
  for (const text of ['--12', '12-', '-\u221212', '-']) t.equal(euros(text), 'not_a_number', text)
  t.equal(euros('-0'), '0')
})

t.test('a sign of another currency, letters and exponents are no numbers', async (t) => {
  for (const text of ['$12', 'USD 12', '€12€', '1e5', 'twelve', '12 %', '.', ',', '٣'])
    t.equal(euros(text), 'not_a_number', text)
  t.strictSame(parseDecimalText('US$12', { language: 'en', decimals: 2, currency: 'USD' }), {
    ok: true,
    value: '12',
  })
  t.strictSame(parseDecimalText('12 $US', { language: 'fr', decimals: 2, currency: 'USD' }), {
    ok: true,
    value: '12',
  })
  t.strictSame(parseDecimalText('20,5 %', { language: 'fr', decimals: 2, percent: true }), {
    ok: true,
    value: '20.5',
  })
  t.strictSame(parseDecimalText('€5', { language: 'en', decimals: 2 }), {
    ok: false,
    mistake: 'not_a_number',
  })
})

t.test('too many decimals are a mistake and are never rounded away', async (t) => {
  t.equal(euros('1.2345678'), 'too_many_decimals')
  t.equal(euros('1.005', 'en', 2), 'too_many_decimals')
  t.equal(euros('1.000', 'en', 2), 'too_many_decimals', 'it may have meant a thousand')
  t.equal(euros('3', 'en', 0), '3')
})

t.test('more than twelve digits before the point are too large, leading zeros not counted', async (t) => {
  t.equal(euros('1234567890123'), 'too_large')
  t.equal(euros('000123456789012.5'), '123456789012.5')
})

t.test('nothing typed is said to be nothing', async (t) => {
  for (const text of ['', '  ', '\u00a0', '\t']) t.equal(euros(text), 'empty')
})

t.test('a bare point at either end is understood', async (t) => {
  t.equal(euros('.5'), '0.5')
  t.equal(euros('5,'), '5')
})

t.test('a stored decimal is shown ungrouped, with the decimal sign of the language', async (t) => {
  t.equal(decimalText('1234567.5', 'fr'), '1234567,5')
  t.equal(decimalText('1234567.50', 'en'), '1234567.5')
  t.equal(decimalText('9.8', 'en', 2), '9.80')
  t.equal(decimalText('9', 'fr', 2), '9,00')
  t.equal(decimalText('-2', 'en'), '-2')
  t.equal(amountText('1234.5', 'fr', 'EUR'), '1234,50')
  t.equal(amountText('1234', 'fr', 'JPY'), '1234')
})

t.test('what a field shows is read back as it was', async () => {
  const languages = fc.constantFrom('en', 'fr')
  const values = fc.tuple(
    fc.bigInt({ min: -(10n ** 12n) + 1n, max: 10n ** 12n - 1n }),
    fc.integer({ min: 0, max: 999_999 }),
  )
  fc.assert(
    fc.property(languages, values, fc.integer({ min: 0, max: 6 }), (language, [whole, millionths], least) => {
      const value = plainDecimal(`${whole}.${String(millionths).padStart(6, '0')}`)
      const read = parseDecimalText(decimalText(value, language, least), { language, decimals: 6 })
      return read.ok && read.value === value
    }),
  )
})

t.test('whatever is typed, the answer is a decimal or a mistake', async () => {
  const text = fc.string({ unit: fc.constantFrom(...'0123456789.,-\u2212 €EUR%'), maxLength: 20 })
  fc.assert(
    fc.property(text, fc.constantFrom('en', 'fr'), (typed, language) => {
      const read = parseDecimalText(typed, { language, decimals: 2, currency: 'EUR' })
      return !read.ok || /^-?\d{1,12}(\.\d{1,2})?$/.test(read.value)
    }),
  )
})
