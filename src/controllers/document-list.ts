import { decodeCursor, type PageOf } from '../data/keyset.ts'
import type { Sums } from '../data/sums.ts'
import type { SentenceKey } from '../languages/catalog.ts'
import type { Translate } from '../languages/translate.ts'
import type { SetFilter } from './filter-reader.ts'
import { type ListState, pagination } from './lists.ts'

/** Up to here a list of documents counts and adds up by itself; beyond, a link asks for it. */
export const countedAtOnce = 10_000

/** As many as are counted for a list: all of them where it was asked for. */
export function mostToCount(state: ListState<string>): number | null {
  return state.filters.text('sum') === 'on' ? null : countedAtOnce
}

/** What the page of a list of documents says beside its filters and its rows. */
export function documentListModel<S extends string>(
  state: ListState<S>,
  preset: NoInfer<S>,
  list: { page: PageOf<{ currency: string }>; sums: Sums; set: readonly SetFilter[]; parts: string[] },
) {
  const { page, sums, set, parts } = list
  const currencies = new Set([
    ...sums.sums.map((sum) => sum.currency),
    ...page.rows.map((row) => row.currency),
  ])
  return {
    state,
    chips: set.map(({ name, value, parameters }) => {
      const without = Object.fromEntries(parameters.map((parameter) => [parameter, null]))
      return { name, value, remove: state.address(without) }
    }),
    /** The one currency of all amounts shown, or undefined where there are several. */
    currency: currencies.size === 1 ? [...currencies][0] : undefined,
    bar: {
      parts,
      csv: state.address({ format: 'csv', sum: null }),
      rows: sums.complete ? sums.count : undefined,
    },
    countAll: sums.complete ? undefined : state.address({ sum: 'on' }),
    /** The sort that the filters' form hands on. */
    keep:
      state.sort === preset && state.direction === 'desc'
        ? {}
        : { sort: state.direction === 'desc' ? `-${state.sort}` : state.sort },
    pagination: pagination(state, page),
  }
}

/** Which of all rows the page shows, or that there are too many to tell. `countBefore` counts those before a row's sort keys. */
export async function rangeText(
  t: Translate,
  page: PageOf<unknown>,
  sums: Sums,
  list: {
    keys: number
    countBefore: (keys: readonly string[]) => Promise<number>
    sentences: { many: SentenceKey; range: SentenceKey; one: SentenceKey }
  },
): Promise<string> {
  const { keys, countBefore, sentences } = list
  if (!sums.complete) return t(sentences.many, { count: sums.count })
  // The cursor that leads back holds the first row's sort keys.
  const first = page.previous === null ? undefined : decodeCursor(page.previous, keys)
  const before = first === undefined ? 0 : await countBefore(first.values)
  const range = { first: before + 1, last: before + page.rows.length, count: sums.count }
  return t(range.first === range.last ? sentences.one : sentences.range, range)
}
