import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { listUndone } from '../../data/batch-choices.ts'
import {
  type BatchItem,
  type BatchRecord,
  batchItemSortKeys,
  findBatch,
  listBatchItems,
} from '../../data/batches.ts'
import { NotFound, Refused } from '../../errors.ts'
import { sayAll, type Translate, translator } from '../../languages/translate.ts'
import { Fields } from '../../lib/fields.ts'
import { formatsIn } from '../../lib/format.ts'
import { type BatchResult, batchResults } from '../../lib/vocabulary.ts'
import { sendJson, submit, wantsJson } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { readRefusals } from '../../services/batches/recorded-refusals.ts'
import { startBatch } from '../../services/batches/start-batch.ts'
import { type ListState, pagination, readList, sendCsv, wantsCsv } from '../lists.ts'
import { mostTicked } from '../orders/bulk.ts'
import { idOf } from '../params.ts'
import { badgeOf, batchJson, listOf, stateOf, summary } from './batch-words.ts'
import { startedAt } from './create.ts'

const sorts = { result: 'asc' } as const
const csvColumns = ['number', 'id', 'result', 'code', 'message'] as const

/** What became of each order of a batch. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const { organisation_ids } = viewerOf(request)
  const batch = await getBatch(request)
  const state = readList(request, sorts, 'result', batchItemSortKeys)
  const result = batchResults.find((known) => known === state.filters.text('result'))
  const reader = { organisation_ids, result }
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: `batch-${batch.id}`,
      columns: csvColumns,
      figures: [],
      keys: batchItemSortKeys,
      page: (page) => listBatchItems(db, batch.id, reader, page),
      row: (item) => itemCells(request, item),
    })
  }
  const page = await listBatchItems(db, batch.id, reader, state)
  if (wantsJson(request)) {
    return sendJson(reply, {
      ...batchJson(batch),
      items: page.rows.map((item) => itemJson(request, item)),
      next: page.next,
    })
  }
  const t = translator(request.language)
  const undone = await listUndone(db, { id: batch.id, of: listOf(batch) }, viewerOf(request), mostTicked + 1)
  return reply.page({
    view: 'batches/show',
    title: summary(t, batch),
    model: receiptModel(request, batch, state, {
      rows: page.rows.map((item) => itemView(request, batch, item)),
      result,
      ticked: undone.length > mostTicked ? 0 : undone.length,
      pagination: pagination(state, page),
    }),
  })
}

/** Goes on with what was cut off. */
export async function goOn(request: FastifyRequest, reply: FastifyReply) {
  const batch = await getOwnBatch(request)
  return submit(request, reply, {
    act: async () => ({ location: await startedAt(request, batch.id) }),
    page: () => show(request, reply),
  })
}

/** A batch of its own of what this one was refused. */
export async function retry(request: FastifyRequest, reply: FastifyReply) {
  const batch = await getOwnBatch(request)
  if (batch.refused === 0)
    throw new Refused([{ code: 'nothing_refused', message: { key: 'batches.refused.nothing_left' } }])
  return submit(request, reply, {
    once: (id) => `/batches/${id}`,
    act: async (sent) => {
      const id = await startBatch(request.server.db, viewerOf(request), {
        action: batch.action,
        assigned_to_id: batch.assigned_to_id,
        selection: { refused_in: batch.id },
        list: batch.list,
        sent,
      })
      return { location: await startedAt(request, id) }
    },
    page: () => show(request, reply),
  })
}

/** Only who started it may see it, and admins: it names orders. */
async function getBatch(request: FastifyRequest): Promise<BatchRecord> {
  const viewer = viewerOf(request)
  const batch = await findBatch(request.server.db, idOf(request))
  if (batch === undefined) throw new NotFound()
  if (batch.created_by !== viewer.id && viewer.role !== 'admin') throw new NotFound()
  return batch
}

/** It acts in the name of who started it. */
async function getOwnBatch(request: FastifyRequest): Promise<BatchRecord> {
  const batch = await getBatch(request)
  if (batch.created_by === viewerOf(request).id) return batch
  throw new Refused([{ code: 'not_yours', message: othersMessage(batch) }])
}

function othersMessage(batch: BatchRecord) {
  return { key: 'batches.refused.others', params: { name: batch.created_by_name } } as const
}

const titles = { orders: 'order_list.title', invoices: 'invoices.title' } as const

type ReceiptRows = {
  rows: ReturnType<typeof itemView>[]
  result: BatchResult | undefined
  /** How many orders the list will have ticked. */
  ticked: number
  pagination: ReturnType<typeof pagination>
}

function receiptModel(
  request: FastifyRequest,
  batch: BatchRecord,
  state: ListState<'result'>,
  shown: ReceiptRows,
) {
  const t = translator(request.language)
  const { time_zone, id } = viewerOf(request)
  const formats = formatsIn(request.language)
  const list = Fields.parse(batch.list).without('selected')
  const selected: [string, string][] = shown.ticked === 0 ? [] : [['selected', batch.id]]
  const back = new Fields([...list.entries, ...selected]).encoded()
  const at = `/batches/${batch.id}`
  const refusal =
    batch.created_by === id ? undefined : sayAll(request.language, [{ message: othersMessage(batch) }])
  const settled = batch.total - batch.pending
  const counts = { refused: batch.refused, pending: batch.pending, done: batch.done }
  const standing = stateOf(batch)
  return {
    ...shown,
    id: batch.id,
    document: t(listOf(batch) === 'orders' ? 'batches.order' : 'batches.invoice'),
    state: standing,
    pageHead: {
      crumbs: [
        { label: t(titles[listOf(batch)]), href: `/${listOf(batch)}?${list.encoded()}` },
        { label: t('batches.title'), href: '/batches' },
        { label: t('batches.receipt') },
      ],
      title: summary(t, batch),
      badges: [badgeOf(t, standing)],
      facts: [batch.created_by_name, formats.dateTime(new Date(batch.created_at), time_zone)],
      actions: [
        ...(standing === 'running'
          ? [{ label: t('jobs.refresh'), href: at, icon: 'refresh' }]
          : [{ label: t('batches.back', { count: shown.ticked }), href: `/${listOf(batch)}?${back}` }]),
        ...(batch.refused > 0 && standing === 'finished'
          ? [
              {
                label: t('batches.retry'),
                icon: 'refresh',
                post: `${at}/retries`,
                fields: { idempotency_key: randomUUID() },
                refusal,
              },
            ]
          : []),
      ],
      main:
        standing === 'interrupted'
          ? {
              label: t('batches.go_on', { count: batch.pending }),
              icon: 'player-play',
              post: `${at}/continuation`,
              refusal,
            }
          : undefined,
    },
    progress:
      standing === 'running'
        ? {
            id: 'batch-progress',
            label: t('jobs.progress'),
            percent: Math.floor((settled / Math.max(1, batch.total)) * 100),
            text: t('jobs.progress.of', {
              done: formats.quantity(String(settled)),
              total: formats.quantity(String(batch.total)),
            }),
          }
        : undefined,
    interrupted:
      standing === 'interrupted'
        ? t('batches.interrupted', { done: settled, total: batch.total, of: listOf(batch) })
        : undefined,
    tabs: [
      { label: t('batches.tab.all'), href: at, count: batch.total, current: shown.result === undefined },
      ...(['refused', 'pending', 'done'] as const)
        .filter((result) => counts[result] > 0 || shown.result === result)
        .map((result) => ({
          label: t(`batches.tab.${result}`),
          href: `${at}?result=${result}`,
          count: counts[result],
          current: shown.result === result,
        })),
    ],
    csv: state.address({ format: 'csv' }),
    count: shown.result === undefined ? batch.total : counts[shown.result],
  }
}

function itemView(request: FastifyRequest, batch: BatchRecord, item: BatchItem) {
  const t = translator(request.language)
  const list = encodeURIComponent(Fields.parse(batch.list).without('selected').encoded())
  const looks = { done: 'succeeded', pending: 'planned', refused: 'held' } as const
  const word = item.result === 'done' ? (`${item.result}.${batch.action}` as const) : item.result
  return {
    href: item.id === null ? undefined : `/${listOf(batch)}/${item.id}?list=${list}`,
    number: item.number ?? unnumbered(t, batch, item),
    subject: item.subject ?? '',
    badge: { status: looks[item.result], word: t(`batches.result.${word}`) },
    message: messageOf(request, item)?.message ?? '',
  }
}

/** A draft has no number; of an unknown or hidden document nothing is told. */
function unnumbered(t: Translate, batch: BatchRecord, item: BatchItem): string {
  if (listOf(batch) === 'orders') return t(item.visible ? 'batches.order.unknown' : 'batches.order.hidden')
  if (!item.visible) return t('batches.invoice.hidden')
  return t(item.id === null ? 'batches.invoice.unknown' : 'invoices.draft')
}

function itemJson(request: FastifyRequest, item: BatchItem) {
  return {
    id: item.id,
    number: item.number,
    result: item.result,
    ...messageOf(request, item),
  }
}

function itemCells(request: FastifyRequest, item: BatchItem) {
  const said = messageOf(request, item)
  return {
    number: item.number,
    id: item.id,
    result: item.result,
    code: said?.code ?? null,
    message: said?.message ?? null,
  }
}

/** Of an order that the reader may not know nothing is told but that it was refused. */
function messageOf(request: FastifyRequest, item: BatchItem): { code: string; message: string } | undefined {
  const refusals = readRefusals(item.refusals)
  const code = refusals[0]?.code
  if (!item.visible || code === undefined) return undefined
  return { code, message: sayAll(request.language, refusals) }
}
