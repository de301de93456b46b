import { Fields } from '../../lib/fields.ts'

/** What of a list's address makes a view: its filters and its sort. */
export type ListShape = {
  /** The parameters that narrow it, in the order in which they are written. */
  readonly filters: readonly string[]
  readonly sorts: Readonly<Record<string, 'asc' | 'desc'>>
  /** The sort that is not written. */
  readonly preset: string
}

/**
 * A list's query as a view keeps it: filters that are set, in one order, then the sort where it is not the list's own. What the list
 * does not know is dropped, and so are its page and its ticks. Two addresses that show the same rows in the same order give the
 * same text, empty filters and all.
 *
 *     cursor=abc&sort=-net&status=created&q=&colour=red   status=created&sort=-net
 *     sort=-date (where dates descend by themselves)      (nothing)
 */
export function viewQuery(query: string, list: ListShape): string {
  const typed = Fields.parse(query)
  const filters = list.filters.flatMap((name): [string, string][] => {
    const value = typed.text(name).trim()
    return value === '' ? [] : [[name, value]]
  })
  return new Fields([...filters, ...sortOf(typed.text('sort'), list)]).encoded()
}

function sortOf(sort: string, { sorts, preset }: ListShape): [string, string][] {
  const name = sort.replace(/^-/, '')
  if (!Object.hasOwn(sorts, name)) return []
  const isPreset = name === preset && sort === (sorts[name] === 'desc' ? `-${name}` : name)
  return isPreset ? [] : [['sort', sort]]
}
