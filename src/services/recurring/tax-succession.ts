import type { IsoDate } from '../../lib/dates.ts'

/** What of a tax rate decides which one applies on a day. */
export type DatedRate = {
  readonly id: string
  /** The last day on which it applies. Null: no end. */
  readonly valid_to: IsoDate | null
  readonly successor_id: string | null
}

/**
 * The rate that applies on a document date in the place of `id`: the rate itself, or the first of its successors that has not
 * ended by then (docs/rules/recurring-runs.md). Undefined where a rate of the chain has ended without naming one.
 *
 *     R19 ended 2013-12-31, successor R20      2013-12-31 → R19     2014-01-01 → R20
 *     R19 ended 2013-12-31, no successor       2014-01-01 → undefined
 */
export function rateOn(rates: ReadonlyMap<string, DatedRate>, id: string, date: IsoDate): string | undefined {
  const seen = new Set<string>()
  let rate = rates.get(id)
  while (rate !== undefined && !seen.has(rate.id)) {
    if (rate.valid_to === null || rate.valid_to >= date) return rate.id
    seen.add(rate.id)
    rate = rate.successor_id === null ? undefined : rates.get(rate.successor_id)
  }
  return undefined
}
