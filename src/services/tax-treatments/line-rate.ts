import type { IsoDate } from '../../lib/dates.ts'

/** What the rules need of a tax rate; a row of tax_rates has it all. */
export type Rate = {
  readonly id: string
  readonly name: string
  readonly category: string
  readonly rate: string
  readonly exemption_text: string
  readonly exemption_code: string
  readonly valid_from: IsoDate | null
  readonly valid_to: IsoDate | null
  readonly successor_id: string | null
  readonly archived_at: string | null
}

export type TaxRules = {
  /** Every rate there ever was, by id. */
  readonly rates: ReadonlyMap<string, Rate>
  /** What a treatment makes of any rate, by goods or service; a pair that is missing has no rule. */
  readonly treatments: readonly {
    readonly treatment: string
    readonly supply: 'goods' | 'service'
    readonly tax_rate_id: string
  }[]
}

/**
 * The rate that comes by itself: a domestic or private account keeps the product's own, the other treatments put theirs in its
 * place, by goods or service.
 *
 *     domestic      goods     VAT 5.5 %   VAT 5.5 %
 *     eu_business   goods     VAT 5.5 %   Intra-community supply 0 %
 *     eu_business   service   VAT 20 %    Reverse charge 0 %
 */
export function presetRateId(
  rules: TaxRules,
  sale: { treatment: string; supply: 'goods' | 'service'; rate_id: string | null },
): string | null {
  const rule = rules.treatments.find(
    ({ treatment, supply }) => treatment === sale.treatment && supply === sale.supply,
  )
  return rule?.tax_rate_id ?? sale.rate_id
}

export type RateOnDate =
  | { readonly rate: Rate; readonly problem?: undefined }
  | { readonly rate: Rate; readonly problem: 'ended' | 'not_yet' }

/**
 * The rate as it stands on a day: an ended one is replaced by its successor, one that is not valid yet by the rate that it
 * succeeds. Where there is none, the rate itself with what is wrong.
 *
 *     19.6 % until 2013-12-31, succeeded by 20 % from 2014-01-01
 *     19.6 % on 2014-03-01   20 %
 *     20 % on 2013-12-31     19.6 %
 */
export function rateOnDate(rules: TaxRules, rateId: string, date: IsoDate): RateOnDate | undefined {
  let rate = rules.rates.get(rateId)
  const seen = new Set<string>()
  while (rate !== undefined && !seen.has(rate.id)) {
    seen.add(rate.id)
    const problem = problemOn(rate, date)
    if (problem === undefined) return { rate }
    const next = problem === 'ended' ? successorOf(rules, rate) : predecessorOf(rules, rate)
    if (next === undefined || seen.has(next.id)) return { rate, problem }
    rate = next
  }
  return undefined
}

function problemOn(rate: Rate, date: IsoDate): 'ended' | 'not_yet' | undefined {
  if (rate.valid_to !== null && rate.valid_to < date) return 'ended'
  if (rate.valid_from !== null && rate.valid_from > date) return 'not_yet'
  return undefined
}

function successorOf(rules: TaxRules, rate: Rate): Rate | undefined {
  return rate.successor_id === null ? undefined : rules.rates.get(rate.successor_id)
}

function predecessorOf(rules: TaxRules, rate: Rate): Rate | undefined {
  return [...rules.rates.values()].find((other) => other.successor_id === rate.id)
}
