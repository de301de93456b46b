import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { listTickedDrafts, listUndone } from '../../data/batch-choices.ts'
import { findInterruptedBatch } from '../../data/batches.ts'
import { say, translator } from '../../languages/translate.ts'
import { Fields } from '../../lib/fields.ts'
import { isUuid } from '../../lib/form-schema.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { interruption, mostTicked, type SentBulk, wantedIds } from '../orders/bulk.ts'

/** What the bar below a list of invoices shows, and which of its drafts are ticked. */
export async function bulkModel(
  request: FastifyRequest,
  list: {
    /** The list's own query. */
    query: string
    /** Of the page shown. */
    ids: readonly string[]
    /** How many match; undefined where they are too many to count, or a filter was left out. */
    count: number | undefined
    /** Only drafts match: then all of them can be issued. */
    onlyDrafts: boolean
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
      : await listTickedDrafts(db, wantedIds(sent.fields), viewer.organisation_ids)
  const interrupted = await findInterruptedBatch(db, viewer.id)
  const { count } = list
  return {
    post: '/invoices/batches',
    key: randomUUID(),
    list: query.without('selected').encoded(),
    ticked: new Set(ticked.map(({ id }) => id)),
    /** Ticked, and on another page of the list or outside of its filters. */
    elsewhere: ticked
      .filter(({ id }) => !list.ids.includes(id))
      .map(({ id, number, subject }) => ({
        id,
        label: number ?? `${t('invoices.draft')} · ${subject}`,
        href: `/invoices/${id}`,
      })),
    all:
      count !== undefined && list.onlyDrafts && count > list.ids.length
        ? { count, ticked: sent?.fields.has('count') ?? false }
        : undefined,
    errors: (sent?.errors ?? []).map(({ field, message }) => ({
      field,
      message: say(request.language, message),
      target: field === 'count' ? 'bulk-all' : 'bulk',
    })),
    interrupted: interrupted === undefined ? undefined : interruption(request, interrupted),
  }
}

async function undoneIn(request: FastifyRequest, batchId: string) {
  if (!isUuid(batchId)) return []
  return listUndone(request.server.db, { id: batchId, of: 'invoices' }, viewerOf(request), mostTicked)
}
