import type { FieldError, SentenceKey } from '../../languages/catalog.ts'
import type { IsoDate } from '../../lib/dates.ts'
import {
  type FormatMistake,
  formatNumber,
  formatsCollide,
  mistakeOfFormat,
  presetFormat,
} from './number-format.ts'
import { firstFormat } from './series.ts'

export const numberKinds = ['order', 'invoice', 'recurring_invoice', 'credit_note'] as const

export type NumberKind = (typeof numberKinds)[number]

/** A series as it is stored. */
export type StoredSeries = {
  readonly kind: NumberKind
  readonly year: number
  readonly format: string
  readonly next_number: number
  /** Null until its first number is taken. */
  readonly last_date: IsoDate | null
}

export type Series = StoredSeries & {
  /** It has no row yet: these are the figures that its first document will begin it with. */
  readonly proposed: boolean
}

/** The highest first number: with it the longest format still fits an electronic invoice. */
export const highestFirstNumber = 9_999_999

/**
 * The series of an organisation: every one that is stored, and of each kind those of this year and the next, as the first document
 * would begin them. Recurring invoices that share the invoices' series have none of their own. By kind, then year.
 */
export function seriesOf(
  stored: readonly StoredSeries[],
  organisation: { readonly code: string; readonly recurring_series: boolean },
  thisYear: number,
): Series[] {
  return numberKinds.flatMap((kind) => {
    const known = stored.filter((series) => series.kind === kind).map(({ year }) => year)
    const isOffered = kind !== 'recurring_invoice' || organisation.recurring_series
    const years = new Set([...known, ...(isOffered ? [thisYear, thisYear + 1] : [])])
    return [...years].sort((a, b) => a - b).map((year) => seriesAt(stored, organisation.code, { kind, year }))
  })
}

/**
 * One series, stored or as its first document would begin it: in the format of the nearest year before, else of any year, else the
 * first format of its kind. `organisationCode` is '' where there is only one organisation.
 */
export function seriesAt(
  stored: readonly StoredSeries[],
  organisationCode: string,
  { kind, year }: { kind: NumberKind; year: number },
): Series {
  const own = stored.filter((series) => series.kind === kind)
  const found = own.find((series) => series.year === year)
  if (found !== undefined) return { ...found, proposed: false }
  const before = own.filter((series) => series.year < year).sort((a, b) => b.year - a.year)[0]
  const nearest = before ?? own.toSorted((a, b) => a.year - b.year)[0]
  const format = nearest?.format ?? firstFormatOf(stored, organisationCode, kind)
  return { kind, year, format, next_number: 1, last_date: null, proposed: true }
}

function firstFormatOf(stored: readonly StoredSeries[], code: string, kind: NumberKind): string {
  if (kind === 'order') return presetFormat('SO', code)
  const others = stored.filter((series) => series.kind !== kind).map(({ format }) => format)
  return firstFormat(kind, code, others)
}

export type SeriesForm = { readonly format: string; readonly next_number: number }

/**
 * What is wrong with a series' format: what electronic invoices do not take, and what could make the numbers of another series of
 * the organisation. Years of one kind may share a format, since the year is in it.
 */
export function mistakesOfSeries(
  form: SeriesForm,
  series: { readonly kind: NumberKind; readonly year: number },
  others: readonly StoredSeries[],
): FieldError[] {
  const wrong = mistakeOfFormat(form.format)
  if (wrong !== undefined) return [{ field: 'format', message: { key: sentences[wrong] } }]
  const other = others.find(
    (each) => isAnother(each, series, form.format) && formatsCollide(form.format, each.format),
  )
  if (other === undefined) return []
  const { format, kind, year } = other
  return [{ field: 'format', message: { key: `numbering.collides.${kind}`, params: { format, year } } }]
}

function isAnother(
  other: StoredSeries,
  series: { readonly kind: NumberKind; readonly year: number },
  format: string,
): boolean {
  if (other.kind !== series.kind) return true
  return other.year !== series.year && other.format !== format
}

const sentences = {
  characters: 'numbering.format.characters',
  year: 'numbering.format.year',
  number: 'numbering.format.number',
  order: 'numbering.format.order',
  length: 'numbering.format.length',
} as const satisfies Record<FormatMistake, SentenceKey>

/** The number that the next document of a series gets. */
export function nextNumberOf(series: Pick<Series, 'format' | 'year' | 'next_number'>): string {
  return formatNumber(series.format, series.year, series.next_number)
}
