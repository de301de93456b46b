import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { sql } from 'kysely'
import t from 'tap'
import { z } from 'zod'
import type { Database } from '../../src/data/database.ts'
import { currencyDecimals } from '../../src/lib/currencies.ts'
import { lineNet, moneyText, taxAmount, totals } from '../../src/lib/money.ts'
import { testDatabase } from '../support/database.ts'

type Line = { quantity: string; unit_price: string; discount_percent: string; tax_rate: string }

/** What PostgreSQL makes of many documents at once: each line's net, and each rate's base and tax. */
async function inSql(db: Database, documents: readonly { currency: string; lines: readonly Line[] }[]) {
  const rows = documents.flatMap(({ currency, lines }, document) =>
    lines.map((line, position) => ({ document, position, currency, ...line })),
  )
  const { rows: nets } = await sql<{ document: number; net: string }>`
    SELECT l.document, line_net(l.quantity, l.unit_price, l.discount_percent, c.decimals) AS net
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS l(document int, position int, currency text, quantity numeric, unit_price numeric, discount_percent numeric)
    JOIN currencies c ON c.code = l.currency ORDER BY l.document, l.position`.execute(db)
  const { rows: taxes } = await sql<{ document: number; rate: string; base: string; amount: string }>`
    SELECT document, rate, base, tax_amount(base, rate, decimals) AS amount
    FROM (SELECT l.document, l.tax_rate AS rate, c.decimals, sum(line_net(l.quantity, l.unit_price, l.discount_percent, c.decimals)) AS base
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS l(document int, currency text, quantity numeric, unit_price numeric, discount_percent numeric, tax_rate numeric)
      JOIN currencies c ON c.code = l.currency GROUP BY 1, 2, 3) bases
    ORDER BY document, rate`.execute(db)
  return documents.map(({ currency }, document) => ({
    nets: nets.filter((row) => row.document === document).map(({ net }) => moneyText(net, currency)),
    taxes: taxes
      .filter((row) => row.document === document)
      .map(({ base, amount }) => ({ base: moneyText(base, currency), amount: moneyText(amount, currency) })),
  }))
}

function inTypeScript({ currency, lines }: { currency: string; lines: readonly Line[] }) {
  const nets = lines.map((line) => lineNet(line, currency))
  const { taxes } = totals(
    lines.map((line, at) => ({ net: nets[at] ?? '0', category: 'S', rate: line.tax_rate })),
    currency,
  )
  return { nets, taxes: taxes.map(({ base, amount }) => ({ base, amount })) }
}

t.test('SQL answers the golden prices as TypeScript does', async (t) => {
  const { db } = await testDatabase(t)
  const cases = golden.parse(
    JSON.parse(await readFile(new URL('../golden/price.json', import.meta.url), 'utf8')),
  )
  const answers = await inSql(
    db,
    cases.map(({ input }) => input),
  )
  for (const [at, { name, expected }] of cases.entries()) {
    t.same(
      answers[at]?.nets,
      expected.lines.map(({ net }) => net),
      `${name}: nets`,
    )
    t.same(
      answers[at]?.taxes,
      expected.taxes.map(({ base, amount }) => ({ base, amount })),
      `${name}: taxes`,
    )
  }
})

t.test('SQL and TypeScript agree on any lines, to the last decimal of each currency', async (t) => {
  const { db } = await testDatabase(t)
  const decimal = (whole: number, decimals: number) =>
    fc
      .tuple(fc.integer({ min: -whole, max: whole }), fc.integer({ min: 0, max: decimals }))
      .map(([digits, places]) => shifted(digits, places))
  const line = fc.record({
    quantity: decimal(1_000_000, 6),
    unit_price: decimal(10_000_000, 6),
    discount_percent: fc.constantFrom('0', '5', '12.5', '33.333333', '99.999999', '100'),
    tax_rate: fc.constantFrom('0', '2.1', '5.5', '10', '20', '25.5'),
  })
  const document = fc.record({
    currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
    lines: fc.array(line, { maxLength: 12 }),
  })
  const documents = fc.sample(document, { numRuns: 400, seed: 20261125 })
  t.same(await inSql(db, documents), documents.map(inTypeScript))
})

t.test('every currency of the database has the decimals that the product counts with', async (t) => {
  const { db } = await testDatabase(t)
  const currencies = await db.selectFrom('currencies').selectAll().execute()
  t.ok(currencies.length > 150)
  t.same(
    currencies.filter(({ code, decimals }) => currencyDecimals(code) !== decimals),
    [],
  )
})

t.test('half a cent goes away from zero on both sides', async (t) => {
  const { db } = await testDatabase(t)
  for (const base of ['0.125', '-0.125', '2.675', '-2.675']) {
    const { rows } = await sql<{ tax: string }>`SELECT tax_amount(${base}::numeric, 100, 2) AS tax`.execute(
      db,
    )
    t.equal(moneyText(rows[0]?.tax ?? '', 'EUR'), taxAmount(base, '100', 'EUR'), base)
  }
})

const golden = z.array(
  z.object({
    name: z.string(),
    input: z.object({
      currency: z.string(),
      lines: z.array(
        z.object({
          quantity: z.string(),
          unit_price: z.string(),
          discount_percent: z.string(),
          tax_rate: z.string(),
        }),
      ),
    }),
    expected: z.object({
      lines: z.array(z.object({ net: z.string() })),
      taxes: z.array(z.object({ base: z.string(), amount: z.string() })),
    }),
  }),
)

/** An integer with its decimal point moved: 1234 by 2 is 12.34. */
function shifted(digits: number, places: number): string {
  const text = String(Math.abs(digits)).padStart(places + 1, '0')
  const cut = text.length - places
  return `${digits < 0 ? '-' : ''}${text.slice(0, cut)}${places === 0 ? '' : `.${text.slice(cut)}`}`
}
