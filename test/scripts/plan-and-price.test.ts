import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { z } from 'zod'

const scripts = { plan: '../../scripts/plan.ts', price: '../../scripts/price.ts' }
type Command = keyof typeof scripts

const goldenCases = z.array(z.object({ name: z.string(), input: z.unknown(), expected: z.unknown() }))
const answer = z.object({
  errors: z.array(z.object({ field: z.string(), message: z.string().min(1) })).optional(),
})

function start(command: Command) {
  const script = fileURLToPath(new URL(scripts[command], import.meta.url))
  return spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'pipe'] })
}

/** What the command prints for an input, line by line; it must end well and say nothing else. */
async function linesFor(command: Command, input: string): Promise<readonly string[]> {
  const child = start(command)
  const [printed, complaints, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
    child.stdin.end(input),
  ])
  if (code !== 0 || complaints !== '') throw new Error(`${command} ended with ${code}: ${complaints}`)
  if (printed !== '' && !printed.endsWith('\n')) throw new Error(`${command} broke off its last line`)
  return printed.split('\n').slice(0, -1)
}

async function mistakesFor(command: Command, inputs: readonly unknown[]) {
  const printed = await linesFor(command, inputs.map((input) => `${JSON.stringify(input)}\n`).join(''))
  return printed.map((line) => answer.parse(JSON.parse(line)).errors ?? [])
}

async function fieldsFor(command: Command, inputs: readonly unknown[]): Promise<readonly string[]> {
  const mistakes = await mistakesFor(command, inputs)
  return mistakes.map((errors) => errors.map((error) => error.field).join(' '))
}

const recurrence = {
  frequency: 'monthly',
  start_date: '2026-01-31',
  end_date: null,
  document_date_preference: 'first_day_current_period',
  payment_term: { days: 30, end_of_month: 'none' },
  subject: 'Subscription {MMM} {YYYY}',
  language: 'en-US',
  as_of: '2026-02-28',
}
const term = (changes: object) => ({
  ...recurrence,
  payment_term: { ...recurrence.payment_term, ...changes },
})
const line = { quantity: '1', unit_price: '10', discount_percent: '0', tax_rate: '20' }
const priced = (...changes: readonly object[]) => ({
  currency: 'EUR',
  lines: changes.map((change) => ({ ...line, ...change })),
})

t.test('the golden cases come out as expected, a line for each', async (t) => {
  for (const command of ['plan', 'price'] as const) {
    const file = await readFile(new URL(`../golden/${command}.json`, import.meta.url), 'utf8')
    const cases = goldenCases.parse(JSON.parse(file))
    const printed = await linesFor(command, cases.map(({ input }) => JSON.stringify(input)).join('\n'))
    t.equal(printed.length, cases.length)
    for (const [at, { name, expected }] of cases.entries()) {
      const wanted = command === 'plan' ? { occurrences: expected } : expected
      t.strictSame(JSON.parse(printed[at] ?? ''), wanted, `${command}: ${name}`)
    }
  }
})

t.test(
  'what is no JSON object is a mistake of the whole line, and the lines after it are answered',
  async (t) => {
    for (const command of ['plan', 'price'] as const) {
      const good = JSON.stringify(command === 'plan' ? recurrence : priced({}))
      const bad = [
        '',
        '   ',
        'nope',
        '{"a":',
        'null',
        '[]',
        '3',
        '"text"',
        'true',
        '{}{}',
        '[{}]',
        '\u0000',
        '1e999999',
      ]
      const printed = await linesFor(command, [...bad, good].join('\r\n'))
      t.equal(printed.length, bad.length + 1)
      for (const [at, text] of printed.slice(0, -1).entries()) {
        const { errors } = answer.parse(JSON.parse(text))
        t.strictSame(
          errors?.map((error) => error.field),
          [''],
          `${command}: ${bad[at]}`,
        )
      }
      t.equal(answer.parse(JSON.parse(printed.at(-1) ?? '')).errors, undefined)
    }
  },
)

t.test('nothing in gives nothing out', async (t) => {
  t.strictSame(await linesFor('plan', ''), [])
  t.strictSame(await linesFor('price', ''), [])
})

t.test('a plan with mistakes names each field', async (t) => {
  const cases: readonly [string, unknown][] = [
    ['frequency', { ...recurrence, frequency: 'fortnightly' }],
    ['frequency', { ...recurrence, frequency: 'constructor' }],
    ['frequency', { ...recurrence, frequency: ['monthly'] }],
    ['start_date', { ...recurrence, start_date: '2026-02-30' }],
    ['start_date', { ...recurrence, start_date: 20260131 }],
    ['start_date', { ...recurrence, start_date: '31/01/2026' }],
    ['end_date', { ...recurrence, end_date: '2026-01-30' }],
    ['end_date', { ...recurrence, end_date: '' }],
    ['as_of', { ...recurrence, as_of: '9999-12-31' }],
    ['as_of', { ...recurrence, as_of: undefined }],
    ['last_day', { ...recurrence, last_day: 'on' }],
    ['last_day', { ...recurrence, frequency: 'weekly', last_day: true }],
    ['bill_from', { ...recurrence, bill_from: 'soon' }],
    ['service_period', { ...recurrence, service_period: 'month' }],
    ['document_date_preference', { ...recurrence, document_date_preference: '__proto__' }],
    ['payment_term', { ...recurrence, payment_term: null }],
    ['payment_term', { ...recurrence, payment_term: [] }],
    ['payment_term.days', term({ days: -1 })],
    ['payment_term.days', term({ days: 1.5 })],
    ['payment_term.days', term({ days: '30' })],
    ['payment_term.days', term({ days: 1e300 })],
    ['payment_term.end_of_month', term({ end_of_month: 'during' })],
    ['payment_term.day_of_month', term({ day_of_month: 0 })],
    ['payment_term.day_of_month', term({ day_of_month: 32 })],
    ['subject', { ...recurrence, subject: 'x {MOIS}' }],
    ['subject', { ...recurrence, subject: 'x {lang_xx_yy}' }],
    ['subject', { ...recurrence, subject: 5 }],
    ['language', { ...recurrence, language: 'xx' }],
    ['language', { ...recurrence, language: 'not a language' }],
    ['start_date subject', { ...recurrence, start_date: '', subject: '{' }],
    ['frequency start_date document_date_preference payment_term subject language as_of', {}],
  ]
  const fields = await fieldsFor(
    'plan',
    cases.map(([, input]) => input),
  )
  for (const [at, [field, input]] of cases.entries()) t.equal(fields[at], field, JSON.stringify(input))
})

t.test('mistakes are full sentences with a remedy', async (t) => {
  const [variable, end, days] = await mistakesFor('plan', [
    { ...recurrence, subject: 'Abonnement {MOIS}' },
    { ...recurrence, start_date: '2026-04-01', end_date: '2026-03-01' },
    term({ days: -1 }),
  ])
  t.equal(variable?.[0]?.message, '{MOIS} is not a variable. Use {YYYY}, {YY}, {MM}, {MMM}, {DD} or {Q}.')
  t.equal(
    end?.[0]?.message,
    'The end date is before the start, 1 Apr 2026. Choose a later date or leave it empty.',
  )
  t.equal(days?.[0]?.message, 'Enter the days as a whole number from 0 to 9999.')
})

t.test('the settings beyond the usual ones are taken, absent or null where not wanted', async (t) => {
  const { end_date, ...without } = recurrence
  const inputs = [
    without,
    {
      ...recurrence,
      last_day: null,
      bill_from: null,
      service_period: null,
      comment: 'unknown fields are not read',
    },
    { ...recurrence, start_date: '2026-01-10', last_day: true, as_of: '2026-01-31' },
    { ...recurrence, start_date: '2020-01-31', bill_from: '2026-02-01', service_period: 'from_run_date' },
    term({ day_of_month: null }),
  ]
  const printed = await linesFor('plan', inputs.map((input) => JSON.stringify(input)).join('\n'))
  const dates = z.object({ occurrences: z.array(z.object({ run_date: z.string() })) })
  t.equal(end_date, null)
  t.strictSame(
    printed.map((each) => dates.parse(JSON.parse(each)).occurrences.map((occurrence) => occurrence.run_date)),
    [
      ['2026-01-31', '2026-02-28'],
      ['2026-01-31', '2026-02-28'],
      ['2026-01-31'],
      ['2026-02-28'],
      ['2026-01-31', '2026-02-28'],
    ],
  )
})

t.test('a price with mistakes names each line and field', async (t) => {
  const cases: readonly [string, unknown][] = [
    ['currency', { ...priced({}), currency: 'eur' }],
    ['currency', { ...priced({}), currency: 'ZZZ' }],
    ['currency', { ...priced({}), currency: '__proto__' }],
    ['currency lines', {}],
    ['lines', { currency: 'EUR', lines: { length: 3 } }],
    ['lines[1]', { currency: 'EUR', lines: [line, null] }],
    ['lines[0].quantity', priced({ quantity: 'two' })],
    ['lines[3].quantity', priced({}, {}, {}, { quantity: '' })],
    ['lines[0].quantity', priced({ quantity: '1e3' })],
    ['lines[0].quantity', priced({ quantity: ' 1' })],
    ['lines[0].quantity', priced({ quantity: '1,5' })],
    ['lines[0].quantity', priced({ quantity: 'Infinity' })],
    ['lines[0].quantity', priced({ quantity: 2 })],
    ['lines[0].quantity', priced({ quantity: undefined })],
    ['lines[0].unit_price', priced({ unit_price: '0.1234567' })],
    ['lines[0].unit_price', priced({ unit_price: '1234567890123' })],
    ['lines[0].discount_percent', priced({ discount_percent: '100.01' })],
    ['lines[0].discount_percent', priced({ discount_percent: '-1' })],
    ['lines[0].tax_rate', priced({ tax_rate: '-20' })],
    ['lines[0].quantity lines[1].tax_rate', priced({ quantity: 'x' }, { tax_rate: 'x' })],
  ]
  const fields = await fieldsFor(
    'price',
    cases.map(([, input]) => input),
  )
  for (const [at, [field, input]] of cases.entries()) t.equal(fields[at], field, JSON.stringify(input))
})

t.test('negative quantities and prices are priced, and no lines come to zero', async (t) => {
  const printed = await linesFor(
    'price',
    [priced({ quantity: '-2' }), priced({ quantity: '-2', unit_price: '-0.125' }), priced()]
      .map((input) => JSON.stringify(input))
      .join('\n'),
  )
  t.strictSame(
    printed.map((each) => JSON.parse(each)),
    [
      {
        lines: [{ net: '-20.00' }],
        taxes: [{ rate: '20', base: '-20.00', amount: '-4.00' }],
        net: '-20.00',
        tax: '-4.00',
        gross: '-24.00',
      },
      {
        lines: [{ net: '0.25' }],
        taxes: [{ rate: '20', base: '0.25', amount: '0.05' }],
        net: '0.25',
        tax: '0.05',
        gross: '0.30',
      },
      { lines: [], taxes: [], net: '0.00', tax: '0.00', gross: '0.00' },
    ],
  )
})

t.test('ten thousand lines in one document, and ten thousand documents, are answered', async (t) => {
  const document = JSON.stringify(priced(...Array.from({ length: 10_000 }, () => ({ unit_price: '0.125' }))))
  const [long] = await linesFor('price', document)
  t.match(JSON.parse(long ?? ''), { net: '1300.00', tax: '260.00', gross: '1560.00' })
  const many = await linesFor('price', `${JSON.stringify(priced({}))}\n`.repeat(10_000))
  t.equal(many.length, 10_000)
})

t.test('forty years of days are one line', async (t) => {
  const [planned] = await linesFor(
    'plan',
    JSON.stringify({ ...recurrence, frequency: 'daily', start_date: '2000-01-01', as_of: '2039-12-31' }),
  )
  const { occurrences } = z.object({ occurrences: z.array(z.unknown()) }).parse(JSON.parse(planned ?? ''))
  t.equal(occurrences.length, 14_610)
})

t.test('a line is answered as soon as it is read, while more may come', async (t) => {
  const child = start('price')
  child.stdin.write(`${JSON.stringify(priced({}))}\n`)
  const [first] = await once(child.stdout.setEncoding('utf8'), 'data')
  t.match(String(first), /"gross":"12.00"/)
  child.stdin.end()
  const [code] = await once(child, 'close')
  t.equal(code, 0)
})

t.test('a reader that has seen enough ends the command quietly', async (t) => {
  for (const command of ['plan', 'price'] as const) {
    const child = start(command)
    const complaints = text(child.stderr)
    child.stdin.on('error', () => {}) // the command is gone before all is written: that is the point
    const input = `${JSON.stringify(command === 'plan' ? recurrence : priced({}))}\n`
    child.stdin.write(input.repeat(50_000))
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const [code] = await once(child, 'close')
    t.equal(code, 0, command)
    t.equal(await complaints, '', command)
  }
})

t.test('what some readers take for the end of a line may stand inside JSON', async (t) => {
  const printed = await linesFor('plan', `\uFEFF${JSON.stringify({ ...recurrence, subject: 'a\u2028b' })}\n`)
  t.equal(printed.length, 1)
  t.match(printed[0], /"subject":"a b"/)
})
