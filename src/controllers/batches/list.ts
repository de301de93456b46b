import type { FastifyReply, FastifyRequest } from 'fastify'
import { type BatchRecord, batchSortKeys, countBatches, listBatches } from '../../data/batches.ts'
import { translator } from '../../languages/translate.ts'
import { sendJson, wantsJson } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { pagination, readList, sendCsv, wantsCsv } from '../lists.ts'
import { badgeOf, batchJson, stateOf, summary } from './batch-words.ts'

const sorts = { date: 'desc' } as const
const csvColumns = [
  'id',
  'action',
  'state',
  'created_at',
  'created_by',
  'total',
  'done',
  'refused',
  'pending',
] as const

/** One's own receipts, the newest first; an admin's list holds everybody's. */
export async function list(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const t = translator(request.language)
  const viewer = viewerOf(request)
  const whose = viewer.role === 'admin' ? null : viewer.id
  const state = readList(request, sorts, 'date', batchSortKeys)
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: 'batches',
      columns: csvColumns,
      figures: [],
      keys: batchSortKeys,
      page: (page) => listBatches(db, whose, page),
      row: batchCells,
    })
  }
  const page = await listBatches(db, whose, state)
  const total = await countBatches(db, whose)
  if (wantsJson(request)) return sendJson(reply, { items: page.rows.map(batchJson), next: page.next, total })
  return reply.page({
    view: 'batches/list',
    title: t('batches.title'),
    model: {
      rows: page.rows.map((batch) => ({
        href: `/batches/${batch.id}`,
        summary: summary(t, batch),
        badge: badgeOf(t, stateOf(batch)),
        who: batch.created_by_name,
        at: batch.created_at,
      })),
      pagination: pagination(state, page),
    },
  })
}

function batchCells(batch: BatchRecord) {
  return { ...batchJson(batch), assigned_to: batch.assigned_to_name, created_by: batch.created_by_name }
}
