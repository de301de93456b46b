import fc from 'fast-check'
import t from 'tap'
import { currencyDecimals } from '../../../src/lib/currencies.ts'
import {
  add,
  compare,
  isZero,
  lineNet,
  moneyText,
  negate,
  subtract,
  sum,
  taxAmount,
  totals,
} from '../../../src/lib/money.ts'
import {
  type Credit,
  type Creditable,
  type CreditableLine,
  type CreditWish,
  creditOf,
  leftOf,
} from '../../../src/services/invoices/crediting.ts'

type Typed = { quantity: string; unit_price: string; discount_percent?: string; rate?: string }

function invoiceOf(currency: string, typed: readonly Typed[]): Creditable {
  const lines = typed.map(
    ({ quantity, unit_price, discount_percent = '0', rate = '20' }, at): CreditableLine => ({
      id: `line ${at}`,
      quantity,
      unit_price,
      discount_percent,
      net: lineNet({ quantity, unit_price, discount_percent }, currency),
      tax_category: 'S',
      tax_rate: rate,
      part_quantity: at % 2 === 0 ? quantity : null,
      part_share: at % 2 === 0 ? null : '0.3',
      credited: { quantity: '0', net: '0', part_quantity: '0', part_share: '0' },
    }),
  )
  const { taxes, gross } = totals(
    lines.map(({ net, tax_category: category, tax_rate: rate }) => ({ net, category, rate })),
    currency,
  )
  return { currency, gross, credited: '0', lines, taxes: taxes.map((tax) => ({ ...tax, credited: '0' })) }
}

/** The invoice once a credit note of it is issued, summed up as the database does. */
function after(invoice: Creditable, credit: Credit): Creditable {
  const less = (so_far: string, own: string | null) => subtract(so_far, own ?? '0')
  return {
    ...invoice,
    credited: subtract(invoice.credited, credit.due),
    lines: invoice.lines.map((line) => {
      const own = credit.lines.find(({ line_id }) => line_id === line.id)
      if (own === undefined) return line
      return {
        ...line,
        credited: {
          quantity: less(line.credited.quantity, own.quantity),
          net: less(line.credited.net, own.net),
          part_quantity: less(line.credited.part_quantity, own.part_quantity),
          part_share: less(line.credited.part_share, own.part_share),
        },
      }
    }),
    taxes: invoice.taxes.map((tax) => {
      const own = credit.taxes.find(({ rate }) => compare(rate, tax.rate) === 0)
      return { ...tax, credited: less(tax.credited, own?.base ?? '0') }
    }),
  }
}

function credited(invoice: Creditable, wish: CreditWish): Credit {
  const found = creditOf(invoice, wish)
  if (!found.ok) throw new Error(found.errors.map(({ field, message }) => `${field} ${message.key}`).join())
  return found.credit
}

function mistakes(invoice: Creditable, wish: CreditWish): string[] {
  const found = creditOf(invoice, wish)
  return found.ok ? [] : found.errors.map(({ field, message }) => `${field} ${message.key}`)
}

const lines = (...quantities: [string, string][]): CreditWish => ({
  mode: 'lines',
  quantities: new Map(quantities),
})

t.test('a whole credit note is the invoice with the opposite sign', async (t) => {
  const invoice = invoiceOf('EUR', [
    { quantity: '3', unit_price: '9.80', discount_percent: '15' },
    { quantity: '-1', unit_price: '4', rate: '5.5' },
  ])
  const credit = credited(invoice, { mode: 'all' })
  t.match(credit, {
    net: '-20.99',
    tax: '-4.78',
    gross: '-25.77',
    rounding: '0.00',
    due: '-25.77',
    closes: true,
  })
  t.match(credit.lines, [
    { quantity: '-3', net: '-24.99', rounding: '0.00', part_quantity: '-3', part_share: null },
    { quantity: '1', net: '4.00', part_quantity: null, part_share: '-0.3' },
  ])
  const closed = after(invoice, credit)
  t.match(leftOf(closed), { closed: true, net: '0.00', gross: '0.00' })
  t.same(mistakes(closed, { mode: 'all' }), ['mode credits.nothing'])
})

t.test('the cents of thirds stand as rounding, and the last one closes at zero', async (t) => {
  const invoice = invoiceOf('EUR', [{ quantity: '3', unit_price: '10.01' }])
  t.equal(invoice.gross, '36.04')
  const figures: string[][] = []
  let state = invoice
  for (let part = 0; part < 3; part += 1) {
    const credit = credited(state, lines(['line 0', '1']))
    figures.push([credit.net, credit.tax, credit.rounding, credit.due])
    state = after(state, credit)
  }
  t.same(figures, [
    ['-10.01', '-2.00', '0.00', '-12.01'],
    ['-10.01', '-2.00', '0.00', '-12.01'],
    ['-10.01', '-2.00', '-0.01', '-12.02'],
  ])
  t.match(leftOf(state), { closed: true, gross: '0.00' })
})

t.test('a line that does not divide is closed by what is left of it', async (t) => {
  const invoice = invoiceOf('EUR', [{ quantity: '3', unit_price: '33.335' }])
  const first = credited(invoice, lines(['line 0', '1']))
  const rest = credited(after(invoice, first), { mode: 'all' })
  t.match(
    [first.lines, rest.lines],
    [[{ net: '-33.34', rounding: '0.00' }], [{ net: '-66.67', rounding: '0.00' }]],
  )
  const cut = credited(invoiceOf('EUR', [{ quantity: '3', unit_price: '0.3333' }]), lines(['line 0', '2']))
  t.match(cut.lines, [{ net: '-0.67', rounding: '0.00' }])
})

t.test(
  'an amount is spread over the taxes as what is left stands, and given back by all the rest',
  async (t) => {
    const invoice = invoiceOf('EUR', [
      { quantity: '1', unit_price: '100' },
      { quantity: '1', unit_price: '50', rate: '5.5' },
    ])
    const gesture = credited(invoice, { mode: 'amount', amount: '10' })
    t.match(gesture.lines, [
      { kind: 'amount', rate: '5.5', quantity: '-1', unit_price: '3.33', net: '-3.33', part_quantity: null },
      { kind: 'amount', rate: '20', quantity: '-1', unit_price: '6.67', net: '-6.67' },
    ])
    const state = after(invoice, gesture)
    t.same(mistakes(state, lines(['line 0', '1'])), ['mode credits.tax.too_much'])
    const rest = credited(state, { mode: 'all' })
    t.match(rest, { net: '-140.00', closes: true })
    t.match(rest.lines.slice(2), [
      { kind: 'given_back', quantity: '1', unit_price: '3.33', net: '3.33' },
      { kind: 'given_back', quantity: '1', unit_price: '6.67', net: '6.67' },
    ])
    t.match(credited(state, { mode: 'amount', amount: '140' }), rest, 'the whole amount is all that is left')
  },
)

t.test('never more than is left: of a line, of a tax, in all', async (t) => {
  const invoice = invoiceOf('EUR', [
    { quantity: '2', unit_price: '10' },
    { quantity: '-1', unit_price: '5' },
    { quantity: '1', unit_price: '1', rate: '10' },
  ])
  t.same(mistakes(invoice, lines(['line 0', '2.000001'])), ['quantities[line 0] credits.quantity.too_much'])
  t.same(mistakes(invoice, lines(['line 0', '-1'])), ['quantities[line 0] credits.quantity.too_much'])
  t.same(mistakes(invoice, lines(['line 1', '1'])), ['quantities[line 1] credits.quantity.too_much'])
  t.same(mistakes(invoice, lines(['elsewhere', '1'])), ['quantities[elsewhere] credits.quantity.unknown'])
  t.same(
    mistakes(invoice, lines(['line 0', '2'])),
    ['mode credits.tax.too_much'],
    'without the line below zero',
  )
  t.same(mistakes(invoice, lines(['line 0', '2'], ['line 1', '-1'])), [])
  t.same(mistakes(invoice, lines(['line 0', '0'])), ['mode credits.nothing'])
  t.same(mistakes(invoice, { mode: 'amount', amount: '16.01' }), ['amount credits.amount.too_much'])
  t.same(mistakes(invoice, { mode: 'amount', amount: '0' }), ['amount credits.amount.missing'])
  const nothing = invoiceOf('EUR', [
    { quantity: '1', unit_price: '10' },
    { quantity: '-1', unit_price: '10' },
  ])
  t.same(mistakes(nothing, { mode: 'amount', amount: '1' }), ['amount credits.amount.none'])
  t.match(credited(nothing, { mode: 'all' }), { due: '0.00', closes: true })
})

const anInvoice = fc
  .record({
    currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
    typed: fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 40_000 }).map((n) => moneyText(String(n / 1000), 'KWD')),
        unit_price: fc.integer({ min: 0, max: 5_000_000 }).map((n) => String(n / 10_000)),
        discount_percent: fc.constantFrom('0', '0', '15', '33.333333'),
        rate: fc.constantFrom('0', '2.1', '5.5', '10', '20'),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ currency, typed }) => invoiceOf(currency, typed))

const someSteps = fc.array(
  fc.record({
    mode: fc.constantFrom('lines', 'lines', 'amount'),
    shares: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 5, maxLength: 5 }),
  }),
  { maxLength: 12 },
)

/** Some of what is left, by thousandths. */
function wishOf(invoice: Creditable, step: { mode: string; shares: readonly number[] }): CreditWish {
  const left = leftOf(invoice)
  const [share = 0] = step.shares
  if (step.mode === 'amount') {
    const amount = moneyText(String((Number(left.net) * share) / 1000), invoice.currency)
    return { mode: 'amount', amount: compare(amount, left.net) > 0 ? left.net : amount }
  }
  const quantities = invoice.lines.map(({ id }, at): [string, string] => {
    const of = left.quantities.get(id) ?? '0'
    return [
      id,
      (step.shares[at] ?? 0) > 900 ? of : String(Math.floor(Number(of) * (step.shares[at] ?? 0)) / 1000),
    ]
  })
  return { mode: 'lines', quantities: new Map(quantities) }
}

t.test(
  'however an invoice is credited, it closes at exactly what it was, and never goes beyond',
  async () => {
    fc.assert(
      fc.property(anInvoice, someSteps, (invoice, steps) => {
        let state = invoice
        const notes: Credit[] = []
        const write = (found: ReturnType<typeof creditOf>) => {
          if (!found.ok) return
          const { credit } = found
          holds(credit, invoice.currency)
          notes.push(credit)
          state = after(state, credit)
          if (compare(state.credited, '0') < 0 || compare(state.credited, invoice.gross) > 0)
            throw new Error(`${state.credited} of ${invoice.gross}`)
          for (const line of state.lines)
            if (compare(line.credited.quantity, line.quantity) > 0)
              throw new Error('a line beyond its quantity')
        }
        for (const step of steps) write(creditOf(state, wishOf(state, step)))
        write(creditOf(state, { mode: 'all' }))
        const isNothing = invoice.lines.every(({ net }) => isZero(net)) && notes.length === 0
        if (!leftOf(state).closed && !isNothing) throw new Error('not closed')
        equal(
          sum(
            notes.map(({ due }) => due),
            invoice.currency,
          ),
          negate(invoice.gross),
          'gross',
        )
        for (const tax of state.taxes) equal(tax.credited, tax.base, `base at ${tax.rate}`)
        const closedByLines = notes.every((note) => note.lines.every(({ kind }) => kind === 'line'))
        if (closedByLines) {
          for (const line of state.lines) {
            equal(line.credited.net, isZero(line.net) ? '0' : line.net, `net of ${line.id}`)
          }
        }
        for (const line of state.lines) {
          if (compare(line.credited.quantity, line.quantity) !== 0) continue
          equal(line.credited.part_quantity, line.part_quantity ?? '0', 'part by quantity')
          equal(line.credited.part_share, line.part_share ?? '0', 'part by share')
        }
      }),
      { numRuns: 400 },
    )
  },
)

/** What the database holds of every invoice. */
function holds(credit: Credit, currency: string): void {
  for (const line of credit.lines) {
    equal(line.net, add(lineNet(line, currency), line.rounding), 'net of a line')
    if (compare(line.unit_price, '0') < 0) throw new Error('a price below zero')
  }
  for (const tax of credit.taxes)
    equal(tax.amount, taxAmount(tax.base, tax.rate, currency), 'tax on its own base')
  equal(
    sum(
      credit.lines.map(({ net }) => net),
      currency,
    ),
    credit.net,
    'net',
  )
  equal(add(credit.gross, credit.rounding), credit.due, 'due')
  const decimals = currencyDecimals(currency)
  if ((credit.due.split('.')[1] ?? '').length !== decimals) throw new Error(`${credit.due} in ${currency}`)
}

function equal(a: string, b: string, what: string): void {
  if (compare(a, b) !== 0) throw new Error(`${what}: ${a} is not ${b}`)
}
