import { currencyDecimals } from '../../lib/currencies.ts'
import { add, compare, isNegative, moneyText, multiply, portion, subtract, sum } from '../../lib/money.ts'

/**
 * Cuts an amount in the proportion of weights, which must not add up to zero: each part rounded down, the units left over to those
 * that lost most, the earlier one first. The parts add up to the amount.
 *
 *     100.00 as 1 : 1 : 1          33.34  33.33  33.33
 *     100.00 as 240.00 : 56.97     80.82  19.18
 *     -0.01 as 1 : 1               0.00  -0.01
 */
export function largestRemainder(amount: string, weights: readonly string[], currency: string): string[] {
  const total = weights.reduce((so_far, weight) => add(so_far, weight), '0')
  const unit = unitOf(currency)
  const cut = weights.map((weight, index) => {
    const rounded = portion(amount, weight, total, currency)
    // weight × amount − rounded × total, by the sign of total: what rounding left or took, without a quotient.
    const rest = subtract(multiply(amount, weight), multiply(rounded, total))
    const taken = isNegative(total) ? compare(rest, '0') > 0 : compare(rest, '0') < 0
    const down = taken ? subtract(rounded, unit) : rounded
    const lost = subtract(multiply(amount, weight), multiply(down, total))
    return { index, down, lost: isNegative(total) ? multiply(lost, '-1') : lost }
  })
  let left = subtract(
    amount,
    sum(
      cut.map(({ down }) => down),
      currency,
    ),
  )
  const parts = cut.map(({ down }) => down)
  for (const { index } of [...cut].sort((a, b) => compare(b.lost, a.lost) || a.index - b.index)) {
    if (compare(left, unit) < 0) break
    parts[index] = add(parts[index] ?? '0', unit)
    left = subtract(left, unit)
  }
  return parts.map((part) => moneyText(part, currency))
}

/** The smallest amount of a currency: 0.01, 1, 0.001. */
function unitOf(currency: string): string {
  const decimals = currencyDecimals(currency)
  return decimals === 0 ? '1' : `0.${'1'.padStart(decimals, '0')}`
}
