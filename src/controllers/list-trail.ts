import type { FastifyRequest } from 'fastify'
import type { Sums } from '../data/sums.ts'
import { translator } from '../languages/translate.ts'
import { listQuery } from '../plugins/pages.ts'

/** A document's addresses, each with the query of the list one came from. */
export function documentAddresses(request: FastifyRequest, lists: '/orders' | '/invoices', id: string) {
  const list = listQuery(request)
  const fromList = cameFromList(request)
  const suffix = fromList ? `?list=${encodeURIComponent(list)}` : ''
  return {
    list: list === '' ? lists : `${lists}?${list}`,
    fromList,
    page: (path: string) => `${lists}/${id}${path}${suffix}`,
  }
}

/** The list as it is without filters has an empty query: `?list=`. */
export function cameFromList(request: FastifyRequest): boolean {
  const { query } = request
  return typeof query === 'object' && query !== null && 'list' in query
}

/** Where a document stands in the list one came from, with the ways to its neighbours. */
export async function positionInList(
  request: FastifyRequest,
  lists: '/orders' | '/invoices',
  document: {
    /** Its sort keys in that list. */
    keys: readonly string[]
    neighbours: { previous: string | undefined; next: string | undefined }
    sums: Sums
    countBefore: (keys: readonly string[]) => Promise<number>
  },
) {
  const { keys, neighbours, sums, countBefore } = document
  const beside = (id: string | undefined) =>
    id === undefined ? undefined : `${lists}/${id}?list=${encodeURIComponent(listQuery(request))}`
  return {
    text: sums.complete
      ? translator(request.language)('order_page.position', {
          place: 1 + (await countBefore(keys)),
          count: sums.count,
        })
      : '',
    previous: beside(neighbours.previous),
    next: beside(neighbours.next),
  }
}
