import fc from 'fast-check'
import t from 'tap'
import { add, lineNet, subtract } from '../../../src/lib/money.ts'
import {
  type BillableLine,
  refusalsToInvoice,
  remainingNet,
  remainingOf,
  wholeRemainder,
} from '../../../src/services/conversions/balance.ts'

function line(change: Partial<BillableLine> = {}): BillableLine {
  return {
    id: 'a',
    position: 1,
    kind: 'item',
    quantity: '12',
    unit_price: '100',
    discount_percent: '0',
    net: '1200',
    invoiced_quantity: '0',
    drafted_quantity: '0',
    billed_net: '0',
    ...change,
  }
}

t.test('what remains is ordered less invoiced less in draft', async (t) => {
  const cases: [Partial<BillableLine>, string][] = [
    [{ invoiced_quantity: '3', drafted_quantity: '1' }, '8'],
    [{}, '12'],
    [{ invoiced_quantity: '13' }, '0'],
    [{ quantity: '-1' }, '-1'],
    [{ quantity: '-2', invoiced_quantity: '-2' }, '0'],
    [{ quantity: '0' }, '0'],
  ]
  for (const [change, rest] of cases) t.equal(remainingOf(line(change)), rest)
})

t.test('the closing part takes the cent that the parts before have left', async (t) => {
  const bought = line({
    quantity: '3',
    unit_price: '0.335',
    net: '1.01',
    invoiced_quantity: '2',
    billed_net: '0.67',
  })
  t.equal(remainingNet(bought), '0.34')
  t.strictSame(wholeRemainder([bought], 'EUR'), [{ id: 'a', quantity: '1', net: '0.34', rounding: '0' }])
  const odd = line({
    quantity: '3',
    unit_price: '0.335',
    net: '1.01',
    invoiced_quantity: '2',
    billed_net: '0.68',
  })
  t.match(wholeRemainder([odd], 'EUR'), [{ net: '0.33', rounding: '-0.01' }])
})

t.test('however a line is cut, its parts add up to its net', async (t) => {
  const thousandths = (most: number) => fc.integer({ min: 1, max: most }).map((n) => String(n / 1000))
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(
        thousandths(50_000),
        thousandths(900_000),
        fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 4 }),
        (quantity, unit_price, cuts) => {
          const net = lineNet({ quantity, unit_price, discount_percent: '0' }, 'EUR')
          let [invoiced, billed] = ['0', '0']
          for (const cut of cuts) {
            const part = (Number(subtract(quantity, invoiced)) * (cut / 100)).toFixed(6)
            invoiced = add(invoiced, part)
            billed = add(billed, lineNet({ quantity: part, unit_price, discount_percent: '0' }, 'EUR'))
          }
          const last = line({ quantity, unit_price, net, invoiced_quantity: invoiced, billed_net: billed })
          return Number(remainingOf(last)) === 0 || Number(add(billed, remainingNet(last))) === Number(net)
        },
      ),
    ),
  )
})

t.test('sections stay behind with what nothing remains of', async (t) => {
  const text = (id: string, kind: 'section' | 'comment') => ({ id, kind, position: 1 })
  const lines = [
    text('intro', 'comment'),
    text('done', 'section'),
    line({ id: 'billed', invoiced_quantity: '12', billed_net: '1200' }),
    text('about', 'comment'),
    text('open', 'section'),
    line({ id: 'left' }),
  ]
  t.strictSame(
    wholeRemainder(lines, 'EUR').map(({ id }) => id),
    ['intro', 'open', 'left'],
  )
})

t.test('a conversion is refused with all its reasons', async (t) => {
  const codes = (status: 'approved' | 'cancelled', lines: BillableLine[]) =>
    refusalsToInvoice({ status, lines }).map(
      ({ code, message }) => `${code} ${message.key.split('.').at(-1)}`,
    )
  t.strictSame(codes('approved', [line()]), [])
  t.strictSame(codes('cancelled', []), ['cancelled cancelled', 'no_lines no_lines'])
  t.strictSame(codes('approved', [line({ drafted_quantity: '12' })]), ['nothing_remains in_draft'])
  t.strictSame(codes('approved', [line({ invoiced_quantity: '12' })]), ['nothing_remains nothing_remains'])
  t.strictSame(codes('approved', [line({ quantity: '-1', net: '-100' })]), ['below_zero below_zero'])
})
