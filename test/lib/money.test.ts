import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { currencyDecimals, isCurrency } from '../../src/lib/currencies.ts'
import {
  add,
  compare,
  fitsAmount,
  isDecimal,
  isNegative,
  isZero,
  lineNet,
  moneyText,
  multiply,
  negate,
  plainDecimal,
  portion,
  subtract,
  sum,
  taxAmount,
  totals,
} from '../../src/lib/money.ts'

const line = (quantity: string, unit_price: string, discount_percent = '0') => ({
  quantity,
  unit_price,
  discount_percent,
})
const taxed = (net: string, rate: string, category = 'S') => ({ net, category, rate })

/** Decimals of up to `whole` digits before the point and `decimals` after, as text; negative ones too where wanted. */
function decimals(whole: number, decimals: number, signed = true) {
  const digits = fc.bigInt({
    min: signed ? -(10n ** BigInt(whole + decimals)) + 1n : 0n,
    max: 10n ** BigInt(whole + decimals) - 1n,
  })
  return digits.map((value) => shifted(value, decimals))
}

/** A whole number of the smallest units as decimal text: -5 with two decimals is -0.05. The tests' own arithmetic. */
function shifted(value: bigint, decimals: number): string {
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, '0')
  const at = digits.length - decimals
  return `${value < 0n ? '-' : ''}${digits.slice(0, at)}${decimals > 0 ? '.' : ''}${digits.slice(at)}`
}

/** The inverse of `shifted`. */
function units(text: string, decimals: number): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const value = BigInt(whole + fraction.padEnd(decimals, '0'))
  return text.startsWith('-') ? -value : value
}

/** Half away from zero, in whole numbers. */
function dividedAndRounded(value: bigint, by: bigint): bigint {
  const size = value < 0n ? -value : value
  const rounded = (size * 2n + by) / (by * 2n)
  return value < 0n ? -rounded : rounded
}

t.test("a line's net is rounded once, half away from zero, to the currency's decimals", async (t) => {
  t.equal(lineNet(line('3', '9.80', '15'), 'EUR'), '24.99')
  t.equal(lineNet(line('1', '0.125'), 'EUR'), '0.13')
  t.equal(lineNet(line('1', '-0.125'), 'EUR'), '-0.13')
  t.equal(lineNet(line('3', '333.5', '10'), 'JPY'), '900')
  t.equal(lineNet(line('7', '1.2345'), 'KWD'), '8.642')
  t.equal(lineNet(line('2', '14.99', '5'), 'EUR'), '28.48')
  t.equal(lineNet(line('1', '1.005'), 'EUR'), '1.01', 'as a float it would be 1.00')
  t.equal(lineNet(line('10', '5', '100'), 'EUR'), '0.00')
})

t.test('zero never has a sign', async (t) => {
  t.equal(lineNet(line('-1', '0.004'), 'EUR'), '0.00')
  t.equal(lineNet(line('-1', '0'), 'JPY'), '0')
  t.equal(moneyText('-0.00', 'EUR'), '0.00')
  t.equal(plainDecimal('-0.000'), '0')
  t.equal(negate('0'), '0')
  t.equal(taxAmount('-0.01', '20', 'EUR'), '0.00')
  t.equal(sum(['0.13', '-0.13'], 'EUR'), '0.00')
})

t.test('the largest figures stay exact', async (t) => {
  t.equal(
    lineNet(line('999999999999.999999', '-999999999999.999999', '33.333333'), 'EUR'),
    '-666666669999999998666666.66',
  )
})

t.test('tax is computed once for each category and rate, on the sum of the nets', async (t) => {
  const ten = Array.from({ length: 10 }, () => taxed('0.03', '20'))
  t.strictSame(totals([...ten, taxed('28.48', '5.5')], 'EUR'), {
    taxes: [
      { category: 'S', rate: '5.5', base: '28.48', amount: '1.57' },
      { category: 'S', rate: '20', base: '0.30', amount: '0.06' },
    ],
    net: '28.78',
    tax: '1.63',
    gross: '30.41',
  })
  t.equal(totals([taxed('10.01', '20'), taxed('10.01', '20'), taxed('10.01', '20')], 'EUR').gross, '36.04')
})

t.test('the same rate in two categories is two taxes, and one rate written two ways is one', async (t) => {
  const { taxes } = totals(
    [taxed('1.00', '0', 'Z'), taxed('2.00', '0.0', 'E'), taxed('3.00', '0.00', 'Z')],
    'EUR',
  )
  t.strictSame(taxes, [
    { category: 'E', rate: '0', base: '2.00', amount: '0.00' },
    { category: 'Z', rate: '0', base: '4.00', amount: '0.00' },
  ])
})

t.test('taxes ascend by rate as numbers, not as texts', async (t) => {
  const { taxes } = totals([taxed('1', '20'), taxed('1', '5.5'), taxed('1', '10')], 'EUR')
  t.strictSame(
    taxes.map((tax) => tax.rate),
    ['5.5', '10', '20'],
  )
})

t.test('a document without lines comes to zero', async (t) => {
  t.strictSame(totals([], 'KWD'), { taxes: [], net: '0.000', tax: '0.000', gross: '0.000' })
})

t.test('a portion is rounded as money is', async (t) => {
  t.equal(portion('145.05', '30', '100', 'EUR'), '43.52')
  t.equal(portion('100.00', '1', '3', 'EUR'), '33.33')
  t.equal(portion('-0.25', '1', '10', 'EUR'), '-0.03')
  t.throws(() => portion('1', '1', '0', 'EUR'))
})

t.test('decimals are added, compared and shown exactly', async (t) => {
  t.equal(add('0.1', '0.2'), '0.3')
  t.equal(subtract('1', '0.9'), '0.1')
  t.equal(multiply('1.5', '-4'), '-6')
  t.equal(compare('9', '10'), -1)
  t.equal(compare('1.0', '1'), 0)
  t.equal(isZero('-0.00'), true)
  t.equal(isNegative('-0.01'), true)
  t.equal(isNegative('-0'), false)
  t.equal(plainDecimal('002.500'), '2.5')
  t.equal(plainDecimal('1000000000000000000000000'), '1000000000000000000000000', 'never an exponent')
  t.equal(moneyText('5', 'EUR'), '5.00')
  t.equal(fitsAmount('999999999999999.999'), true)
  t.equal(fitsAmount('-1000000000000000'), false)
})

t.test('currencies and their decimals are those of ISO 4217, not those of cash', async (t) => {
  t.strictSame(['EUR', 'JPY', 'KWD', 'HUF', 'IQD', 'ISK'].map(currencyDecimals), [2, 0, 3, 2, 3, 0])
  for (const code of ['eur', 'EURO', '', 'constructor', '__proto__', 'ZZZ'])
    t.equal(isCurrency(code), false, code)
  t.throws(() => currencyDecimals('ZZZ'), RangeError)
})

t.test('only plain decimals are decimals', async (t) => {
  for (const text of ['0', '-1', '007.50', '999999999999.999999']) t.equal(isDecimal(text), true, text)
  const wrong = [
    '',
    ' 1',
    '1 ',
    '+1',
    '.5',
    '5.',
    '1e5',
    '0x10',
    'NaN',
    'Infinity',
    '1,5',
    '1.1234567',
    '1234567890123',
  ]
  for (const text of wrong) t.equal(isDecimal(text), false, text)
  t.throws(() => add('1e5', '1'), RangeError)
})

t.test('whatever the figures, a net is what whole numbers say it is', async () => {
  const currencies = fc.constantFrom('EUR', 'JPY', 'KWD')
  fc.assert(
    fc.property(
      decimals(7, 6),
      decimals(7, 6),
      decimals(1, 6, false),
      currencies,
      (quantity, price, discount, currency) => {
        const places = currencyDecimals(currency)
        const product = units(quantity, 6) * units(price, 6) * (100_000_000n - units(discount, 6))
        const net = dividedAndRounded(product, 10n ** BigInt(20 - places))
        return lineNet(line(quantity, price, discount), currency) === shifted(net, places)
      },
    ),
  )
})

t.test('whatever the lines, totals equal their parts, and negated lines their opposite', async () => {
  const lines = fc.array(
    fc.record({
      net: decimals(6, 2),
      category: fc.constantFrom('S', 'Z', 'E'),
      rate: fc.constantFrom('0', '2.1', '5.5', '10', '20', '20.0'),
    }),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(lines, (all) => {
      const { taxes, net, tax, gross } = totals(all, 'EUR')
      const cents = (text: string) => units(text, 2)
      const sumOf = (texts: readonly string[]) => texts.reduce((so_far, text) => so_far + cents(text), 0n)
      assert.equal(cents(net), sumOf(all.map((each) => each.net)))
      assert.equal(cents(net), sumOf(taxes.map((each) => each.base)))
      assert.equal(cents(tax), sumOf(taxes.map((each) => each.amount)))
      assert.equal(cents(gross), cents(net) + cents(tax))
      for (const { base, rate, amount } of taxes) {
        assert.equal(cents(amount), dividedAndRounded(cents(base) * units(rate, 1), 1000n))
      }
      const opposite = totals(
        all.map((each) => ({ ...each, net: negate(each.net) })),
        'EUR',
      )
      assert.equal(cents(opposite.gross), -cents(gross))
    }),
    { numRuns: 50 },
  )
})

t.test('however an amount is cut by cumulated portions, the parts add up to it', async () => {
  fc.assert(
    fc.property(
      decimals(6, 2),
      fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 12 }),
      (amount, parts) => {
        const whole = String(parts.reduce((a, b) => a + b, 0))
        let soFar = 0
        let before = '0.00'
        const nets = parts.map((part) => {
          soFar += part
          const upTo = portion(amount, String(soFar), whole, 'EUR')
          const net = subtract(upTo, before)
          before = upTo
          return net
        })
        return sum(nets, 'EUR') === moneyText(amount, 'EUR')
      },
    ),
  )
})
