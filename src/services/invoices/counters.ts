import type { Trx } from '../../data/database.ts'
import {
  advanceSeries,
  findDistinguishingCode,
  insertSeries,
  listSeriesFormats,
  lockSeries,
} from '../../data/number-series.ts'
import type { NumberKind } from '../../data/tables.ts'
import { type IsoDate, laterOf, yearOf } from '../../lib/dates.ts'
import { formatNumber } from '../numbers/number-format.ts'
import { firstFormat, type InvoiceSeriesKind, seriesKindOf } from '../numbers/series.ts'

type Numbered = { kind: 'invoice' | 'deposit' | 'credit_note'; source: 'manual' | 'recurring' }
type Organisation = { id: string; recurring_series: boolean }
type Series = { kind: NumberKind; year: number }
type Needed = { kind: InvoiceSeriesKind; year: number }
type Counter = Series & {
  format: string
  next_number: number
  last_date: IsoDate | null
  taken: boolean
}

/**
 * The counters of an organisation's series, locked to the end of the transaction. Numbers are taken here in order, and written once
 * for all. A series that does not exist yet begins when its first number is taken: a new year in the format of the year before.
 */
export class Counters {
  readonly #organisation: Organisation
  #counters: readonly Counter[] = []

  private constructor(organisation: Organisation) {
    this.#organisation = organisation
  }

  /** Those that the drafts may need: of the years of their dates and of the day of issue. */
  static async lock(
    trx: Trx,
    organisation: Organisation,
    drafts: readonly { document_date: IsoDate }[],
    today: IsoDate,
  ): Promise<Counters> {
    const counters = new Counters(organisation)
    await counters.#read(trx, [today, ...drafts.map((draft) => draft.document_date)].map(yearOf))
    return counters
  }

  lastDateOf(draft: Numbered, year: number): IsoDate | null {
    return this.#find(this.#kindOf(draft), year)?.last_date ?? null
  }

  /** Begins the series that are needed and missing. Whoever begins one at the same moment is waited for. */
  async begin(trx: Trx, issuable: readonly { draft: Numbered; date: IsoDate }[]): Promise<void> {
    const missing = new Map<string, Needed>()
    for (const { draft, date } of issuable) {
      const series = { kind: this.#kindOf(draft), year: yearOf(date) }
      if (this.#find(series.kind, series.year) === undefined)
        missing.set(`${series.kind} ${series.year}`, series)
    }
    const inOrder = [...missing.values()].sort((a, b) => a.year - b.year)
    for (const series of inOrder) await this.#begin(trx, series)
    if (inOrder.length > 0)
      await this.#read(trx, [...this.#counters.map(({ year }) => year), ...inOrder.map(({ year }) => year)])
  }

  /** The next number of the draft's series. @throws where somebody has just dated one later, which a date was not held against */
  take(draft: Numbered, date: IsoDate, { late }: { late: boolean }): string {
    const counter = this.#find(this.#kindOf(draft), yearOf(date))
    if (counter === undefined) throw new Error(`The series of ${yearOf(date)} has not begun.`)
    const { year, format, next_number, last_date } = counter
    if (!late && last_date !== null && date < last_date)
      throw new Error(`The series of ${year} stands at ${last_date} by now.`)
    counter.next_number += 1
    counter.last_date = laterOf(last_date ?? date, date)
    counter.taken = true
    return formatNumber(format, year, next_number)
  }

  async advance(trx: Trx): Promise<void> {
    for (const { kind, year, next_number, last_date, taken } of this.#counters) {
      if (!taken || last_date === null) continue
      const series = { organisation_id: this.#organisation.id, kind, year }
      await advanceSeries(trx, series, { next_number, last_date })
    }
  }

  async #begin(trx: Trx, { kind, year }: Needed): Promise<void> {
    const { id } = this.#organisation
    const there = await listSeriesFormats(trx, id)
    const others = there.filter((series) => series.kind !== kind).map(({ format }) => format)
    const format =
      nearestFormat(there, { kind, year }) ?? firstFormat(kind, await findDistinguishingCode(trx, id), others)
    await insertSeries(trx, { organisation_id: id, kind, year }, format)
  }

  async #read(trx: Trx, years: readonly number[]): Promise<void> {
    const rows = await lockSeries(trx, this.#organisation.id, [...new Set(years)])
    this.#counters = rows.map((row) => ({ ...row, taken: false }))
  }

  #find(kind: InvoiceSeriesKind, year: number): Counter | undefined {
    return this.#counters.find((counter) => counter.kind === kind && counter.year === year)
  }

  #kindOf(draft: Numbered): InvoiceSeriesKind {
    return seriesKindOf(draft, this.#organisation)
  }
}

/** The format of the nearest earlier year, else of the nearest later one. */
export function nearestFormat(
  series: readonly (Series & { format: string })[],
  { kind, year }: Series,
): string | undefined {
  const ofKind = series.filter((each) => each.kind === kind)
  const earlier = ofKind.filter((each) => each.year <= year).sort((a, b) => b.year - a.year)
  const later = ofKind.filter((each) => each.year > year).sort((a, b) => a.year - b.year)
  return (earlier[0] ?? later[0])?.format
}
