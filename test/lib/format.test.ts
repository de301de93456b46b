import fc from 'fast-check'
import t from 'tap'
import { parseDecimalText } from '../../src/lib/decimal-text.ts'
import {
  currencySign,
  formatAmount,
  formatDate,
  formatDateRange,
  formatDateTime,
  formatMoney,
  formatMonth,
  formatPercent,
  formatPeriod,
  formatPrice,
  formatQuantity,
  formatsIn,
  formatTableDate,
  formatTime,
  formatUnitPrice,
  formatWeekday,
} from '../../src/lib/format.ts'
import { plainDecimal } from '../../src/lib/money.ts'

t.test('money has its sign, thousands and a true minus', async (t) => {
  t.equal(formatMoney('en', '1234.50', 'EUR'), '€1,234.50')
  t.equal(formatMoney('en', '1234.50', 'USD'), 'US$1,234.50')
  t.equal(formatMoney('fr', '1234.50', 'EUR'), '1\u202f234,50\u00a0€')
  t.equal(formatMoney('en', '-12', 'EUR'), '\u2212€12.00')
  t.equal(formatMoney('fr', '-12', 'EUR'), '\u221212,00\u00a0€')
  t.equal(formatMoney('en', '0.00', 'EUR'), '€0.00')
  t.equal(formatMoney('en', '-0.00', 'EUR'), '€0.00')
  t.equal(formatMoney('fr', '900', 'JPY'), '900\u00a0JPY')
  t.equal(
    formatMoney('fr', '900.5', 'HUF'),
    '900,50\u00a0HUF',
    'a minor unit that no coin has is not rounded away',
  )
  t.equal(
    formatMoney('en', '999999999999999999999.99', 'EUR'),
    '€999,999,999,999,999,999,999.99',
    'no float is involved',
  )
  t.equal(currencySign('en', 'USD'), 'US$')
  t.equal(currencySign('fr', 'EUR'), '€')
})

t.test('bare amounts keep the decimals of their currency', async (t) => {
  t.equal(formatAmount('en', '1234.5', 'EUR'), '1,234.50')
  t.equal(formatAmount('fr', '-1234.5', 'EUR'), '\u22121\u202f234,50')
  t.equal(formatAmount('en', '1234', 'JPY'), '1,234')
  t.equal(formatAmount('en', '8.642', 'KWD'), '8.642')
})

t.test('quantities, unit prices and rates show what counts', async (t) => {
  t.equal(formatQuantity('en', '1234.500000'), '1,234.5')
  t.equal(formatQuantity('fr', '0.000001'), '0,000001')
  t.equal(formatUnitPrice('en', '9.8', 'EUR'), '9.80')
  t.equal(formatUnitPrice('en', '0.123456', 'EUR'), '0.123456')
  t.equal(formatUnitPrice('en', '333.5', 'JPY'), '333.5')
  t.equal(formatPrice('en', '0.1234', 'EUR'), '€0.1234')
  t.equal(formatPrice('fr', '9.8', 'EUR'), '9,80\u00a0€')
  t.equal(formatPercent('en', '20.50'), '20.5%')
  t.equal(formatPercent('fr', '20.5'), '20,5\u00a0%')
  t.equal(formatPercent('en', '0.07'), '0.07%')
})

t.test('dates are written as each language writes them', async (t) => {
  t.equal(formatDate('en', '2026-03-12'), '12 Mar 2026')
  t.equal(formatTableDate('en', '2026-03-12'), '12 Mar 2026')
  t.equal(formatDate('fr', '2026-03-12'), '12 mars 2026')
  t.equal(formatDate('fr', '2026-03-01'), '1er mars 2026')
  t.equal(formatTableDate('fr', '2026-03-12'), '12/03/2026')
  t.equal(formatWeekday('fr', '2026-03-12'), 'jeudi')
  t.equal(formatMonth('fr', '2026-08-01'), 'août 2026')
})

t.test('instants are shown in the zone that is asked for', async (t) => {
  const instant = new Date('2026-03-12T23:30:00Z')
  t.equal(formatTime('en', new Date('2026-03-12T02:00:00Z'), 'UTC'), '02:00')
  t.equal(formatTime('fr', new Date('2026-03-12T00:00:00Z'), 'UTC'), '00:00')
  t.equal(formatDateTime('en', instant, 'Europe/Paris'), '13 Mar 2026, 00:30')
  t.equal(formatDateTime('fr', instant, 'America/New_York'), '12 mars 2026 à 19:30')
})

t.test('periods are named by their frequency', async (t) => {
  t.equal(formatPeriod('en', 'daily', '2026-03-12'), '12 Mar 2026')
  t.equal(formatPeriod('en', 'weekly', '2026-03-16'), 'Week 12, 16–22 Mar 2026')
  t.equal(formatPeriod('fr', 'weekly', '2026-03-16'), 'Semaine 12, 16–22 mars 2026')
  t.equal(formatPeriod('en', 'weekly', '2026-03-30'), 'Week 14, 30 Mar – 5 Apr 2026')
  t.equal(formatPeriod('en', 'weekly', '2025-12-29'), 'Week 1, 29 Dec 2025 – 4 Jan 2026')
  t.equal(formatPeriod('en', 'monthly', '2026-03-01'), 'March 2026')
  t.equal(formatPeriod('en', 'quarterly', '2026-01-01'), 'Q1 2026')
  t.equal(formatPeriod('fr', 'quarterly', '2026-10-01'), 'T4 2026')
  t.equal(formatPeriod('en', 'semiannual', '2026-07-01'), 'H2 2026')
  t.equal(formatPeriod('fr', 'semiannual', '2026-01-01'), 'S1 2026')
  t.equal(formatPeriod('en', 'annual', '2026-01-01'), '2026')
  t.equal(formatDateRange('fr', '2026-03-01', '2026-03-01'), '1er mars 2026')
})

t.test('a page gets all formats of one language at once', async (t) => {
  const fr = formatsIn('fr')
  t.equal(fr.money('1', 'EUR'), '1,00\u00a0€')
  t.equal(fr.period('annual', '2026-01-01'), '2026')
  t.equal(fr.dateTime(new Date('2026-01-01T00:00:00Z'), 'UTC'), '1er janvier 2026 à 00:00')
})

t.test('what is shown and typed again is the same figure', async () => {
  const cents = fc.bigInt({ min: -(10n ** 14n) + 1n, max: 10n ** 14n - 1n })
  fc.assert(
    fc.property(
      cents,
      fc.constantFrom('en', 'fr'),
      fc.constantFrom('EUR', 'USD', 'KWD'),
      (value, language, currency) => {
        const text = `${value / 100n}.${String(value < 0n ? -value : value)
          .slice(-2)
          .padStart(2, '0')}`
        const shown = formatMoney(language, text, currency)
        const read = parseDecimalText(shown, { language, decimals: 3, currency })
        return read.ok && read.value === plainDecimal(text)
      },
    ),
  )
})
