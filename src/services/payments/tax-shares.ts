import type { Tax } from '../../lib/money.ts'
import { isZero, moneyText, negate, portion, subtract, sum } from '../../lib/money.ts'
import { largestRemainder } from './largest-remainder.ts'

/** What of a payment falls to one category and rate: `amount` with its tax, and the `tax` in it. */
export type TaxShare<C extends string = string> = {
  readonly category: C
  readonly rate: string
  readonly amount: string
  readonly tax: string
}

type TaxOf<C extends string> = Omit<Tax, 'category'> & { readonly category: C }

export type SharedPayment<C extends string> = {
  /** The invoice's taxes, less those of its credit notes. */
  readonly taxes: readonly TaxOf<C>[]
  /** As the invoice was issued: what shares follow where its credit notes leave nothing of it. */
  readonly issued: readonly TaxOf<C>[]
  /** Everything paid, this payment included. */
  readonly paid: string
  /** What earlier payments were shared into. */
  readonly before: readonly TaxShare<C>[]
  readonly currency: string
}

/**
 * What a payment is made of, by category and rate: everything paid so far is shared over the rates as the invoice stands, and the
 * payment gets what its predecessors have not. So parts add up to the payment, and those of all payments to the invoice's own taxes,
 * to the last cent. docs/rules/payments.md has worked tables.
 *
 *     net 200.00 at 20 % and 54.00 at 5.5 %, gross 296.97 = 240.00 + 56.97
 *     a payment of 100.00    80.82 with 13.47 tax, and 19.18 with 1.00 tax
 *     the rest, 196.97       159.18 with 26.53 tax, and 37.79 with 1.97 tax
 */
export function taxShares<C extends string>(payment: SharedPayment<C>): TaxShare<C>[] {
  const { paid, before, currency } = payment
  const now = sharesOf(paid, payment.taxes, payment.issued, currency)
  const earlier = before.filter((share) => !now.some((other) => isSame(share, other)))
  const known = [...now, ...earlier.map((share) => ({ ...share, amount: '0', tax: '0' }))]
  return known
    .map(({ category, rate, amount, tax }) => {
      const recorded = before.filter((share) => isSame(share, { category, rate }))
      const less = (so_far: string, all: readonly string[]) =>
        moneyText(subtract(so_far, sum(all, currency)), currency)
      return {
        category,
        rate,
        amount: less(
          amount,
          recorded.map((share) => share.amount),
        ),
        tax: less(
          tax,
          recorded.map((share) => share.tax),
        ),
      }
    })
    .filter(({ amount, tax }) => !isZero(amount) || !isZero(tax))
}

/** The shares of an entry against another: its opposite, exactly. */
export function oppositeShares<C extends string>(
  shares: readonly TaxShare<C>[],
  currency: string,
): TaxShare<C>[] {
  return shares.map(({ category, rate, amount, tax }) => ({
    category,
    rate,
    amount: moneyText(negate(amount), currency),
    tax: moneyText(negate(tax), currency),
  }))
}

function sharesOf<C extends string>(
  paid: string,
  taxes: readonly TaxOf<C>[],
  issued: readonly TaxOf<C>[],
  currency: string,
): TaxShare<C>[] {
  const standing = weighed(taxes, currency)
  // Money that stays on an invoice of which nothing is left is shared as the invoice was.
  const weights = standing.total === undefined ? weighed(issued, currency) : standing
  const { total } = weights
  if (total === undefined) return []
  const amounts = largestRemainder(
    paid,
    weights.parts.map(({ gross }) => gross),
    currency,
  )
  return weights.parts.map(({ tax, gross }, index) => {
    const amount = amounts[index] ?? '0'
    return {
      category: tax.category,
      rate: tax.rate,
      amount,
      tax: isZero(gross) ? moneyText('0', currency) : portion(tax.amount, amount, gross, currency),
    }
  })
}

function weighed<C extends string>(taxes: readonly TaxOf<C>[], currency: string) {
  const parts = taxes.map((tax) => ({ tax, gross: sum([tax.base, tax.amount], currency) }))
  const total = sum(
    parts.map(({ gross }) => gross),
    currency,
  )
  return { parts, total: isZero(total) ? undefined : total }
}

function isSame(
  a: { readonly category: string; readonly rate: string },
  b: { readonly category: string; readonly rate: string },
): boolean {
  return a.category === b.category && isZero(subtract(a.rate, b.rate))
}
