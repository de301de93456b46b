import { moneyText } from '../../lib/money.ts'

export type Sums = {
  /** Indexes of amounts that come to the sum, two at least, the earliest first; at most three ways. */
  readonly found: readonly (readonly number[])[]
  /** False where there were too many ways to try them all. */
  readonly complete: boolean
}

const mostSteps = 20_000
const mostFound = 3

/**
 * Which of some amounts, all above zero, come to a sum, tried from the first on.
 *
 *     120 240 360 to 600     [[1, 2]]
 *     100 100 200 to 300     [[0, 2], [1, 2]]
 */
export function sumsOfSome(amounts: readonly string[], total: string, currency: string): Sums {
  const units = amounts.map((amount) => unitsOf(amount, currency))
  const rests: bigint[] = []
  let rest = 0n
  for (const unit of [...units].reverse()) {
    rest += unit
    rests.unshift(rest)
  }
  const found: number[][] = []
  let steps = 0
  const walk = (at: number, wanted: bigint, taken: readonly number[]): void => {
    steps += 1
    if (steps > mostSteps || found.length === mostFound) return
    if (wanted === 0n) {
      if (taken.length > 1) found.push([...taken])
      return
    }
    const unit = units[at]
    // What is left together is not enough.
    if (unit === undefined || (rests[at] ?? 0n) < wanted) return
    if (unit <= wanted) walk(at + 1, wanted - unit, [...taken, at])
    walk(at + 1, wanted, taken)
  }
  walk(0, unitsOf(total, currency), [])
  return { found, complete: steps <= mostSteps && found.length < mostFound }
}

function unitsOf(amount: string, currency: string): bigint {
  return BigInt(moneyText(amount, currency).replace('.', ''))
}
