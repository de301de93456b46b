import fc from 'fast-check'
import t from 'tap'
import { add, compare, isZero, sum } from '../../../src/lib/money.ts'
import { largestRemainder } from '../../../src/services/payments/largest-remainder.ts'
import { entryOf, statusByBalance } from '../../../src/services/payments/payment-rules.ts'
import { type TaxShare, taxShares } from '../../../src/services/payments/tax-shares.ts'

const currencies = { EUR: 2, JPY: 0, KWD: 3 } as const
type Known = keyof typeof currencies
const amountIn = (currency: Known, min: number, max: number) =>
  fc.integer({ min, max }).map((units) => textOf(units, currencies[currency]))

function textOf(units: number, decimals: number): string {
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0')
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return units < 0 ? `-${text}` : text
}

t.test('an amount is cut by the largest remainder, and the parts add up', async (t) => {
  t.same(largestRemainder('100.00', ['1', '1', '1'], 'EUR'), ['33.34', '33.33', '33.33'])
  t.same(largestRemainder('100.00', ['240.00', '56.97'], 'EUR'), ['80.82', '19.18'])
  t.same(largestRemainder('-0.01', ['1', '1'], 'EUR'), ['0.00', '-0.01'])
  t.same(largestRemainder('10', ['1', '2'], 'JPY'), ['3', '7'])
  t.same(largestRemainder('50.00', ['120.00', '-20.00'], 'EUR'), ['60.00', '-10.00'])
  fc.assert(
    fc.property(
      amountIn('EUR', -10_000_000, 10_000_000),
      fc.array(amountIn('EUR', 0, 1_000_000), { minLength: 1, maxLength: 6 }),
      (amount, weights) => {
        fc.pre(weights.some((weight) => !isZero(weight)))
        const parts = largestRemainder(amount, weights, 'EUR')
        return compare(sum(parts, 'EUR'), amount) === 0 && parts.length === weights.length
      },
    ),
  )
})

const invoiceTaxes = [
  { category: 'S', rate: '5.5', base: '54.00', amount: '2.97' },
  { category: 'S', rate: '20', base: '200.00', amount: '40.00' },
]

t.test('the tax of a payment is the part of each rate, as the rules page shows', async (t) => {
  const shared = (paid: string, before: TaxShare[], taxes = invoiceTaxes) =>
    taxShares({ taxes, issued: invoiceTaxes, paid, before, currency: 'EUR' })
  const first = shared('100.00', [])
  t.same(first, [
    { category: 'S', rate: '5.5', amount: '19.18', tax: '1.00' },
    { category: 'S', rate: '20', amount: '80.82', tax: '13.47' },
  ])
  const rest = shared('296.97', first)
  t.same(rest, [
    { category: 'S', rate: '5.5', amount: '37.79', tax: '1.97' },
    { category: 'S', rate: '20', amount: '159.18', tax: '26.53' },
  ])
  const reduced = [
    { category: 'S', rate: '5.5', base: '54.00', amount: '2.97' },
    { category: 'S', rate: '20', base: '100.00', amount: '20.00' },
  ]
  t.same(
    shared('176.97', [...first, ...rest], reduced),
    [{ category: 'S', rate: '20', amount: '-120.00', tax: '-20.00' }],
    'what is given back after a credit note is of the rate that was credited',
  )
  const nothing = invoiceTaxes.map((tax) => ({ ...tax, base: '0.00', amount: '0.00' }))
  t.same(
    shared('0.00', [...first, ...rest], nothing),
    [
      { category: 'S', rate: '5.5', amount: '-56.97', tax: '-2.97' },
      { category: 'S', rate: '20', amount: '-240.00', tax: '-40.00' },
    ],
    'and everything is given back where everything was credited',
  )
  t.same(
    shared('100.00', [], nothing),
    first,
    'money that stays on an invoice credited whole is shared as it was issued',
  )
})

t.test('the shares of all payments are the taxes of the invoice, however it is paid', async () => {
  fc.assert(
    fc.property(
      fc.constantFrom<Known>('EUR', 'JPY', 'KWD').chain((currency) =>
        fc.record({
          currency: fc.constant(currency),
          taxes: fc.uniqueArray(
            fc.record({
              category: fc.constantFrom('S', 'Z', 'E'),
              rate: fc.constantFrom('0', '2.1', '5.5', '10', '20'),
              base: amountIn(currency, 1, 500_000),
              amount: amountIn(currency, 0, 100_000),
            }),
            { selector: ({ category, rate }) => `${category} ${rate}`, minLength: 1, maxLength: 5 },
          ),
          cuts: fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 5 }),
        }),
      ),
      ({ currency, taxes, cuts }) => {
        const gross = sum(
          taxes.flatMap(({ base, amount }) => [base, amount]),
          currency,
        )
        const steps = [
          ...[...cuts]
            .sort((a, b) => a - b)
            .map((cut) => largestRemainder(gross, [String(cut), String(100 - cut)], currency)[0] ?? '0'),
          gross,
        ]
        let before: TaxShare[] = []
        let paidBefore = '0'
        for (const paid of steps) {
          const shares = taxShares({ taxes, issued: taxes, paid, before, currency })
          const parts = sum(
            shares.map(({ amount }) => amount),
            currency,
          )
          if (compare(add(paidBefore, parts), paid) !== 0) return false
          before = [...before, ...shares]
          paidBefore = paid
        }
        return taxes.every(({ category, rate, base, amount }) => {
          const own = before.filter((share) => share.category === category && share.rate === rate)
          const total = (key: 'amount' | 'tax') => own.reduce((so_far, share) => add(so_far, share[key]), '0')
          return compare(total('tax'), amount) === 0 && compare(total('amount'), add(base, amount)) === 0
        })
      },
    ),
  )
})

t.test('an entry is taken as typed on what is open, and turned round on what is given back', async (t) => {
  const balance = {
    number: 'FA-1',
    kind: 'invoice',
    issued_at: '2026-04-01T10:00:00Z',
    currency: 'EUR',
    paid: '0',
  } as const
  const entered = (typed: string, open: string) => {
    const entry = entryOf(typed, { ...balance, open })
    return 'amount' in entry ? entry.amount : entry.error.message.key
  }
  t.equal(entered('100', '240.000'), '100.00')
  t.equal(entered('240', '240.000'), '240.00')
  t.equal(entered('240.01', '240.000'), 'payments.amount.too_much')
  t.equal(entered('0', '240.000'), 'payments.amount.missing')
  t.equal(entered('-5', '240.000'), 'payments.amount.below_zero')
  t.equal(entered('40', '-40.000'), '-40.00')
  t.equal(entered('-40', '-40.000'), '-40.00')
  t.equal(entered('41', '-40.000'), 'payments.amount.too_much_refund')
})

t.test('an invoice is paid where nothing is open and something was paid', async (t) => {
  const status = (was: 'approved' | 'sent' | 'paid', open: string, paid: string) =>
    statusByBalance(
      { status: was, open, paid, number: 'FA-1', kind: 'invoice', issued_at: 'then', currency: 'EUR' },
      'sent',
    )
  t.equal(status('approved', '0.000', '240.000'), 'paid')
  t.equal(status('approved', '140.000', '100.000'), 'approved')
  t.equal(status('sent', '0.000', '0.000'), 'sent', 'credited whole, it was never paid')
  t.equal(status('paid', '240.000', '0.000'), 'sent', 'it returns to what it was')
  t.equal(status('paid', '-40.000', '240.000'), 'sent', 'money is to be given back')
})
