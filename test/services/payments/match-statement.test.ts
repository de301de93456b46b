import fc from 'fast-check'
import t from 'tap'
import { add, compare, isNegative, isZero, subtract } from '../../../src/lib/money.ts'
import {
  type MatchedInvoice,
  type MatchedLine,
  matchStatement,
  type Statement,
} from '../../../src/services/payments/match-statement.ts'
import { matchText, namesCustomer } from '../../../src/services/payments/match-text.ts'
import { sumsOfSome } from '../../../src/services/payments/sums-of-some.ts'

const chop = { account_id: 'chop', names: ['Chop-suey Chinese', 'Chop-suey Chinese SAS'] }
const blauer = { account_id: 'blauer', names: ['Blauer See Delikatessen'] }

function invoice(number: string, open: string, more: Partial<MatchedInvoice> = {}): MatchedInvoice {
  return { id: number, number, open, account_id: 'chop', due_date: '2026-04-01', ...more }
}

function line(amount: string, text: string, more: Partial<MatchedLine> = {}): MatchedLine {
  return { id: 'line', booked_date: '2026-05-01', amount, text, payers: [], ...more }
}

/** What a single line is held to pay: "certain number_exact FA-1 240.00, FA-2 20.00 left 0.00". */
function said(statement: Partial<Statement> & { line: MatchedLine }): string[] {
  const found = matchStatement({
    lines: [statement.line],
    invoices: [],
    customers: [chop, blauer],
    settled: [],
    currency: 'EUR',
    ...statement,
  }).get(statement.line.id)
  return (found?.proposals ?? []).map(({ confidence, reason, parts, left }) => {
    const paid = parts.map(({ invoice_id, amount }) => `${invoice_id} ${amount}`).join(', ')
    return `${confidence} ${reason}: ${paid}${isZero(left) ? '' : ` left ${left}`}`
  })
}

const open = [
  invoice('FA-2026-0042', '240.00'),
  invoice('FA-2026-0043', '120.00', { due_date: '2026-04-30' }),
  invoice('FA-2026-0044', '99.50', { account_id: 'blauer' }),
]

t.test('a line is matched by number, then by payer, then by its amount', async (t) => {
  const table: [string, string, string[]][] = [
    ['240.00', 'VIR SEPA RECU FA-2026-0042', ['certain number_exact: FA-2026-0042 240.00']],
    ['240.00', 'vir fa 2026 0042 merci', ['certain number_exact: FA-2026-0042 240.00']],
    ['240.00', 'INV:FA20260042/MAI', ['certain number_exact: FA-2026-0042 240.00']],
    [
      '360.00',
      'FA-2026-0042 + FA-2026-0043',
      ['certain number_exact: FA-2026-0042 240.00, FA-2026-0043 120.00'],
    ],
    ['100.00', 'FA-2026-0042 acompte', ['likely number_part: FA-2026-0042 100.00']],
    ['300.00', 'FA-2026-0042', ['likely number_over: FA-2026-0042 240.00 left 60.00']],
    [
      '300.00',
      'FA-2026-0042 FA-2026-0043',
      ['possible number_part: FA-2026-0042 240.00, FA-2026-0043 60.00'],
    ],
    ['240.00', 'FA-2026-00421', ['possible amount_only: FA-2026-0042 240.00']],
    ['240.00', 'XFA-2026-0042', ['likely short_number: FA-2026-0042 240.00']],
    ['240.00', 'VIR facture 42', ['likely short_number: FA-2026-0042 240.00']],
    ['240.00', 'VIR CHOP SUEY CHINESE', ['likely customer_exact: FA-2026-0042 240.00']],
    ['240.00', 'VIR INST CHOP-SUEY CHINE', ['likely customer_exact: FA-2026-0042 240.00']],
    [
      '360.00',
      'VIR Chop-suey Chinese SAS',
      ['likely customer_all: FA-2026-0042 240.00, FA-2026-0043 120.00'],
    ],
    ['300.00', 'CHOP SUEY CHINESE', ['possible customer_oldest: FA-2026-0042 240.00, FA-2026-0043 60.00']],
    [
      '500.00',
      'CHOP SUEY CHINESE',
      ['possible customer_oldest: FA-2026-0042 240.00, FA-2026-0043 120.00 left 140.00'],
    ],
    ['99.50', 'VIREMENT DIVERS', ['possible amount_only: FA-2026-0044 99.50']],
    ['1.00', 'VIREMENT DIVERS', []],
    ['-240.00', 'FA-2026-0042', []],
  ]
  for (const [amount, text, proposals] of table) {
    t.same(said({ line: line(amount, text), invoices: open }), proposals, `${amount} ${text}`)
  }
})

t.test('an IBAN that paid before tells the customer, whoever the text names', async (t) => {
  const known = line('240.00', 'BLAUER SEE DELIKATESSEN', { payers: ['chop'] })
  t.same(said({ line: known, invoices: open }), ['likely customer_exact: FA-2026-0042 240.00'])
  const twice = { line: line('240.00', 'CHOP SUEY CHINESE'), invoices: open, customers: [chop, chop] }
  t.same(said(twice), ['likely customer_exact: FA-2026-0042 240.00'], 'a customer told twice is one payer')
})

t.test(
  'several invoices of one payer that come to the amount are found, likely where there is one way',
  async (t) => {
    const several = [...open, invoice('FA-2026-0050', '75.00', { due_date: '2026-05-30' })]
    t.same(said({ line: line('195.00', 'CHOP SUEY CHINESE'), invoices: several }), [
      'likely customer_several: FA-2026-0043 120.00, FA-2026-0050 75.00',
    ])
    const twice = [...several, invoice('FA-2026-0051', '75.00', { due_date: '2026-06-30' })]
    t.same(said({ line: line('195.00', 'CHOP SUEY CHINESE'), invoices: twice }), [
      'possible customer_several: FA-2026-0043 120.00, FA-2026-0050 75.00',
      'possible customer_several: FA-2026-0043 120.00, FA-2026-0051 75.00',
    ])
    t.same(sumsOfSome(['120', '240', '360'], '600', 'EUR'), { found: [[1, 2]], complete: true })
    t.same(sumsOfSome(['100', '100', '200'], '300', 'EUR').found, [
      [0, 2],
      [1, 2],
    ])
    t.same(sumsOfSome(['100', '200'], '200', 'EUR').found, [], 'one alone is no sum')
    const many = Array.from({ length: 60 }, (_, index) => String(1000 + index))
    t.equal(sumsOfSome(many, '30001', 'EUR').complete, false, 'too many ways are not tried')
  },
)

t.test('a number on which nothing is open warns of a payment made twice', async (t) => {
  const match = matchStatement({
    lines: [line('240.00', 'CHOP SUEY CHINESE FA-2026-0041')],
    invoices: open,
    customers: [chop],
    settled: ['FA-2026-0041'],
    currency: 'EUR',
  }).get('line')
  t.same(match?.settled, ['FA-2026-0041'])
  t.match(match?.proposals, [{ confidence: 'possible', reason: 'customer_exact' }])
})

t.test('lines do not take the same money twice, the certain ones come first', async (t) => {
  const found = matchStatement({
    lines: [
      line('240.00', 'CHOP SUEY CHINESE', { id: 'a', booked_date: '2026-04-01' }),
      line('240.00', 'FA-2026-0042', { id: 'b' }),
      line('240.00', 'FA-2026-0042', { id: 'c', booked_date: '2026-05-02' }),
    ],
    invoices: open,
    customers: [chop],
    settled: [],
    currency: 'EUR',
  })
  t.match(found.get('b')?.proposals[0], { confidence: 'certain' })
  t.match(found.get('a')?.proposals[0], {
    reason: 'customer_oldest',
    parts: [{ invoice_id: 'FA-2026-0043' }],
  })
  t.same(found.get('c'), { proposals: [], settled: ['FA-2026-0042'] })
})

t.test('money that goes back is matched with what is to be given back', async (t) => {
  const owed = [invoice('FA-2026-0042', '-60.00'), invoice('FA-2026-0043', '60.00')]
  t.same(said({ line: line('-60.00', 'VIR EMIS FA-2026-0042'), invoices: owed }), [
    'certain number_exact: FA-2026-0042 -60.00',
  ])
  t.same(said({ line: line('-60.00', 'VIR EMIS'), invoices: owed }), [
    'possible amount_only: FA-2026-0042 -60.00',
  ])
})

t.test('a name is told by its own words', async (t) => {
  const named = (text: string, name: string) => namesCustomer(matchText(text), [name])
  t.equal(named('VIR INST CHOP SUEY CHINE FACT 42', 'Chop-suey Chinese SAS'), true)
  t.equal(named('CHOP CHOP', 'Chop-suey Chinese SAS'), false)
  t.equal(named('ERNST HANDEL', 'Ernst Händel GmbH'), true)
  t.equal(named('VIREMENT SEPA SAS', 'SAS'), false)
  t.equal(named('VIR ABC', 'ABC'), false, 'three letters alone are in too many texts')
})

t.test('whatever the lines and invoices, nothing is paid beyond what is open or what came in', async () => {
  const amount = fc
    .integer({ min: -30, max: 30 })
    .filter((units) => units !== 0)
    .map((units) => `${units * 10}.00`)
  const texts = fc.constantFrom(
    'FA-1',
    'FA-2 FA-3',
    'CHOP SUEY CHINESE',
    'BLAUER SEE DELIKATESSEN',
    'FA 4 CHOP',
    'DIVERS',
  )
  fc.assert(
    fc.property(
      fc.array(fc.record({ amount, text: texts }), { maxLength: 8 }),
      fc.array(fc.record({ open: amount, account_id: fc.constantFrom('chop', 'blauer') }), { maxLength: 6 }),
      (lines, invoices) => {
        const statement: Statement = {
          lines: lines.map((each, index) => line(each.amount, each.text, { id: `line ${index}` })),
          invoices: invoices.map((each, index) => invoice(`FA-${index + 1}`, each.open, each)),
          customers: [chop, blauer],
          settled: [],
          currency: 'EUR',
        }
        const matches = matchStatement(statement)
        const taken = new Map<string, string>()
        for (const each of statement.lines) {
          for (const [place, proposal] of (matches.get(each.id)?.proposals ?? []).entries()) {
            const parts = proposal.parts.reduce((so_far, part) => add(so_far, part.amount), '0')
            if (compare(add(parts, proposal.left), each.amount) !== 0) return false
            if (proposal.parts.length === 0) return false
            for (const part of proposal.parts) {
              if (isZero(part.amount) || isNegative(part.amount) !== isNegative(each.amount)) return false
              if (place === 0) taken.set(part.invoice_id, add(taken.get(part.invoice_id) ?? '0', part.amount))
            }
          }
        }
        return statement.invoices.every(({ id, open }) => {
          const rest = subtract(open, taken.get(id) ?? '0')
          return isZero(rest) || isNegative(rest) === isNegative(open)
        })
      },
    ),
  )
})
