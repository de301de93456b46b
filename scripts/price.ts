import { z } from 'zod'
import { isCurrency } from '../src/lib/currencies.ts'
import { compare, isDecimal, lineNet, totals } from '../src/lib/money.ts'
import { answerLines, errorsLine, printedErrors, sentence } from './json-lines.ts'

/**
 * `npm run -s price`: reads a currency and lines, prints the nets, taxes and totals.
 * Fields, rules and mistakes: docs/rules/prices.md.
 */
const maxDecimals = 6

const decimal = z
  .string({ error: sentence('rules.decimal.plain') })
  .regex(/^-?\d+(\.\d+)?$/, { error: sentence('rules.decimal.plain'), abort: true })
  .refine((text) => (text.split('.')[1] ?? '').length <= maxDecimals, {
    error: sentence('rules.decimal.too_many_decimals', { decimals: maxDecimals }),
    abort: true,
  })
  .refine((text) => isDecimal(text, maxDecimals), { error: sentence('rules.decimal.too_large'), abort: true })

const percent = decimal.refine((text) => compare(text, '0') >= 0 && compare(text, '100') <= 0, {
  error: sentence('rules.percent'),
})

const document = z.object(
  {
    currency: z
      .string({ error: sentence('rules.currency') })
      .refine(isCurrency, { error: sentence('rules.currency') }),
    lines: z.array(
      z.object(
        { quantity: decimal, unit_price: decimal, discount_percent: percent, tax_rate: percent },
        { error: sentence('rules.price_line') },
      ),
      { error: sentence('rules.list') },
    ),
  },
  { error: sentence('rules.line.not_object') },
)

await answerLines(function* (line) {
  const parsed = document.safeParse(line)
  yield parsed.success ? priced(parsed.data) : errorsLine(printedErrors(parsed.error))
})

function priced({ currency, lines }: z.output<typeof document>): string {
  const nets = lines.map((line) => ({ net: lineNet(line, currency), category: 'S', rate: line.tax_rate }))
  const { taxes, net, tax, gross } = totals(nets, currency)
  return JSON.stringify({
    lines: nets.map((line) => ({ net: line.net })),
    taxes: taxes.map(({ rate, base, amount }) => ({ rate, base, amount })),
    net,
    tax,
    gross,
  })
}
