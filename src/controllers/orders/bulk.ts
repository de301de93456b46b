import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { listOrderNumbers, listPeopleToAssign, listUndone } from '../../data/batch-choices.ts'
import { type BatchRecord, findInterruptedBatch } from '../../data/batches.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { say, translator } from '../../languages/translate.ts'
import { Fields } from '../../lib/fields.ts'
import { isUuid } from '../../lib/form-schema.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { listOf } from '../batches/batch-words.ts'

/** What was ticked and chosen when the list's form was sent, where it comes back. */
export type SentBulk = { fields: Fields; errors: readonly FieldError[] }

/** As many are ticked again; the receipt offers the refused ones of a larger batch as a whole. */
export const mostTicked = 500

/** What the bar below a list of orders shows, and which of its rows are ticked. */
export async function bulkModel(
  request: FastifyRequest,
  list: {
    /** The list's own query. */
    query: string
    /** Of the page shown. */
    ids: readonly string[]
    /** How many match; undefined where they are too many to count, or a filter was left out. */
    count: number | undefined
  },
  sent: SentBulk | undefined,
) {
  const { db } = request.server
  const viewer = viewerOf(request)
  const t = translator(request.language)
  const query = Fields.parse(list.query)
  const ticked =
    sent === undefined
      ? await undoneIn(request, query.text('selected'))
      : await listOrderNumbers(db, wantedIds(sent.fields), viewer.organisation_ids)
  const people = await listPeopleToAssign(db, viewer.organisation_ids)
  const interrupted = await findInterruptedBatch(db, viewer.id)
  const errors = (sent?.errors ?? []).map(({ field, message }) => ({
    field,
    message: say(request.language, message),
    target: targets[field],
  }))
  return {
    key: randomUUID(),
    list: query.without('selected').encoded(),
    ticked: new Set(ticked.map(({ id }) => id)),
    /** Ticked, and on another page of the list or outside of its filters. */
    elsewhere: ticked
      .filter(({ id }) => !list.ids.includes(id))
      .map(({ id, number }) => ({ id, label: number ?? '', href: `/orders/${id}` })),
    post: '/orders/batches',
    all:
      list.count !== undefined && list.count > list.ids.length
        ? { count: list.count, ticked: sent?.fields.has('count') ?? false }
        : undefined,
    people: [
      { value: 'nobody', label: t('order_list.nobody') },
      ...people.map(({ id, name }) => ({ value: id, label: name })),
    ],
    assigned_to_id: sent?.fields.text('assigned_to_id') ?? '',
    errors,
    interrupted: interrupted === undefined ? undefined : interruption(request, interrupted),
  }
}

/** Where a mistake's link leads on this page. */
const targets: Readonly<Record<string, string>> = {
  'ids[]': 'bulk',
  assigned_to_id: 'bulk-assigned-to',
  action: 'bulk-assigned-to',
  count: 'bulk-all',
}

/** The well-formed ones of `ids[]`. */
export function wantedIds(fields: Fields): string[] {
  return fields
    .all('ids[]')
    .map((id) => id.trim().toLowerCase())
    .filter(isUuid)
}

async function undoneIn(request: FastifyRequest, batchId: string) {
  if (!isUuid(batchId)) return []
  return listUndone(request.server.db, { id: batchId, of: 'orders' }, viewerOf(request), mostTicked)
}

export function interruption(request: FastifyRequest, batch: BatchRecord) {
  const t = translator(request.language)
  return {
    text: t('batches.interrupted', {
      done: batch.total - batch.pending,
      total: batch.total,
      of: listOf(batch),
    }),
    href: `/batches/${batch.id}`,
  }
}
