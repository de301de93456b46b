import type { IsoDate } from '../../lib/dates.ts'
import { moneyText, multiply } from '../../lib/money.ts'
import type { Frequency, ServicePeriod } from '../../lib/vocabulary.ts'
import { occurrencesFrom, type Schedule } from '../recurring/periods.ts'
import { occurrenceAt } from '../recurring/schedule.ts'

export type UnbilledPeriod = {
  readonly frequency: Frequency
  readonly period_start: IsoDate
  readonly period_end: IsoDate
  readonly run_date: IsoDate
  readonly service_start: IsoDate
  readonly service_end: IsoDate
}

type KnownPeriod = UnbilledPeriod & { readonly state: string }

export type UnbilledPeriods = {
  /** Those that wait in a row of their own: due, held for a decision, or failed. */
  readonly waiting: readonly UnbilledPeriod[]
  /** Those whose run date has come, and which no run has written yet. */
  readonly missed: readonly UnbilledPeriod[]
}

/** What a recurrence still has to bill on a day, when its order is cancelled. */
export function unbilledPeriods(
  recurrence:
    | (Schedule & { enabled: boolean; next_run_date: IsoDate | null; service_period: ServicePeriod })
    | undefined,
  known: readonly KnownPeriod[],
  today: IsoDate,
): UnbilledPeriods {
  const waiting = known.filter(({ state }) => state === 'due' || state === 'held' || state === 'failed')
  if (recurrence === undefined || !recurrence.enabled || recurrence.next_run_date === null)
    return { waiting, missed: [] }
  const { frequency } = recurrence
  const taken = new Set(known.map((period) => `${period.frequency} ${period.period_start}`))
  const missed: UnbilledPeriod[] = []
  for (const { k } of occurrencesFrom(recurrence, recurrence.next_run_date, today)) {
    const { period_start, period_end, run_date, service_start, service_end } = occurrenceAt(recurrence, k)
    if (taken.has(`${frequency} ${period_start}`)) continue
    missed.push({ frequency, period_start, period_end, run_date, service_start, service_end })
  }
  return { waiting, missed }
}

/** What they come to, each being billed with the order's lines as they are now. */
export function sumOfPeriods(periods: UnbilledPeriods, net: string, currency: string): string {
  const count = periods.waiting.length + periods.missed.length
  return moneyText(multiply(net, String(count)), currency)
}
