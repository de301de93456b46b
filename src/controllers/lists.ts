import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Cursor, decodeCursor, type PageOf, type PageRequest } from '../data/keyset.ts'
import { Fields } from '../lib/fields.ts'
import { harmlessCell } from '../lib/spreadsheet-cell.ts'

/** A list's address, read: its filters as typed, its sort, its page; and the addresses that lead on from it. */
export type ListState<S extends string> = {
  path: string
  filters: Fields
  sort: S
  direction: 'asc' | 'desc'
  cursor: Cursor | undefined
  limit: number
  /** The same list with some parameters replaced (null takes one out); the page begins anew unless `cursor` is given. */
  address: (changes: Readonly<Record<string, string | null>>) => string
  /** The list's own query without its page, for `list` in the links of its rows. */
  query: string
}

export type Sorts<S extends string> = Readonly<Record<S, 'asc' | 'desc'>>

const pageSize = 50
const steering = ['sort', 'cursor', 'limit', 'format', 'excel', 'list', 'selected', 'kept', 'view']
/** What belongs to one answer alone, and is not handed on. */
const passing = ['cursor', 'format', 'excel', 'kept']

/** Reads `?sort=-date&cursor=…&limit=…` and the filters. `sorts` names what can be sorted by, with its preset direction; the first is the preset. */
export function readList<S extends string>(
  request: Pick<FastifyRequest, 'url'>,
  sorts: Sorts<S>,
  preset: NoInfer<S>,
  keys: number,
): ListState<S> {
  const [path = '/', search = ''] = splitOnce(request.url, '?')
  const query = new Fields(Fields.parse(search).entries.filter(([, value]) => value.trim() !== ''))
  const wanted = query.text('sort')
  const sort = isKeyOf(sorts, wanted.replace(/^-/, '')) ? wanted.replace(/^-/, '') : undefined
  const chosen = sort !== undefined && isKeyOf(sorts, sort) ? sort : preset
  const direction = sort === undefined ? sorts[chosen] : wanted.startsWith('-') ? 'desc' : 'asc'
  const limit = Number(query.text('limit'))
  const address = (changes: Readonly<Record<string, string | null>>) => {
    const kept = query.entries.filter(([name]) => !(name in changes) && !passing.includes(name))
    const added = Object.entries(changes).flatMap(([name, value]): [string, string][] =>
      value === null ? [] : [[name, value]],
    )
    const next = new Fields([...kept, ...added]).encoded()
    return next === '' ? path : `${path}?${next}`
  }
  return {
    path,
    filters: query.without(...steering),
    sort: chosen,
    direction,
    cursor: query.has('cursor') ? decodeCursor(query.text('cursor'), keys) : undefined,
    limit: Number.isInteger(limit) && limit >= 1 ? Math.min(limit, 500) : pageSize,
    address,
    query: splitOnce(address({}), '?')[1] ?? '',
  }
}

/** What `shared/sort-head` needs for one column. */
export function sortHead<S extends string>(list: ListState<S>, sort: S, presetDirection: 'asc' | 'desc') {
  const current = list.sort === sort
  const next = current ? (list.direction === 'asc' ? 'desc' : 'asc') : presetDirection
  return {
    href: list.address({ sort: next === 'desc' ? `-${sort}` : sort }),
    direction: current ? (list.direction === 'asc' ? 'ascending' : 'descending') : undefined,
  }
}

/** What `shared/pagination` needs. */
export function pagination(list: ListState<string>, page: PageOf<unknown>) {
  return {
    first: list.cursor === undefined ? null : list.address({}),
    previous: page.previous === null ? null : list.address({ cursor: page.previous }),
    next: page.next === null ? null : list.address({ cursor: page.next }),
  }
}

export function wantsCsv(request: FastifyRequest): boolean {
  return new URLSearchParams(splitOnce(request.url, '?')[1] ?? '').get('format') === 'csv'
}

export type Cell = string | number | boolean | null

/**
 * Streams all that a list's filters match as CSV: UTF-8 with mark, ISO dates, decimal points; with `excel=fr` semicolons and
 * decimal commas. `figures` names the columns that hold decimals.
 */
export async function sendCsv<R>(
  request: FastifyRequest,
  reply: FastifyReply,
  csv: {
    file: string
    columns: readonly string[]
    figures: readonly string[]
    page: (page: PageRequest) => Promise<PageOf<R>>
    row: (row: R) => Readonly<Record<string, Cell>>
    keys: number
  },
): Promise<FastifyReply> {
  const french = new URLSearchParams(splitOnce(request.url, '?')[1] ?? '').get('excel') === 'fr'
  async function* rows() {
    let cursor: Cursor | undefined
    do {
      const page = await csv.page({ cursor, limit: 1000 })
      for (const found of page.rows) yield cells(csv.row(found))
      cursor = page.next === null ? undefined : decodeCursor(page.next, csv.keys)
    } while (cursor !== undefined)
  }
  const cells = (row: Readonly<Record<string, Cell>>) =>
    csv.columns.map((column) => {
      const value = row[column] ?? ''
      const shown = french && csv.figures.includes(column) ? String(value).replace('.', ',') : String(value)
      return csv.figures.includes(column) ? shown : harmlessCell(shown)
    })
  const writer = stringify({
    header: true,
    columns: [...csv.columns],
    bom: true,
    delimiter: french ? ';' : ',',
    record_delimiter: 'windows',
  })
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${csv.file}.csv"`)
    .send(Readable.from(rows()).pipe(writer))
}

function splitOnce(text: string, sign: string): string[] {
  const at = text.indexOf(sign)
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

function isKeyOf<S extends string>(sorts: Sorts<S>, name: string): name is S {
  return Object.hasOwn(sorts, name)
}
