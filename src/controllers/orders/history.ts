import type { FastifyReply, FastifyRequest } from 'fastify'
import { type HistoryEntry, listHistoryOfOrder, mapNames } from '../../data/order-lifecycle.ts'
import type { SentenceKey } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { sendJson, wantsJson } from '../../plugins/answers.ts'
import { filedHistory, idsIn } from '../filed-history.ts'
import { sendCsv, wantsCsv } from '../lists.ts'
import { getOrderHeader, orderHead } from './head.ts'
import { type Change, type HistoryWords, readableChanges } from './history-changes.ts'
import { recurrenceChanges } from './history-recurrence.ts'

const csvColumns = ['at', 'who', 'action', 'from', 'to'] as const

/** What happened to an order, newest first: each change of status, and what was written. */
export async function history(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const order = await getOrderHeader(request)
  const entries = await listHistoryOfOrder(db, order.id)
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: `history-${order.number}`,
      columns: csvColumns,
      figures: [],
      keys: 1,
      page: async () => ({ rows: entries, next: null, previous: null }),
      row: ({ at, who, action, from_status, to_status }) => ({
        at,
        who,
        action,
        from: from_status,
        to: to_status,
      }),
    })
  }
  if (wantsJson(request))
    return sendJson(reply, { items: entries.map(historyJson), next: null, total: entries.length })
  const names = await mapNames(db, idsIn(entries))
  const t = translator(request.language)
  const words: HistoryWords = { language: request.language, currency: order.currency, names }
  const head = await orderHead(request, order, 'history')
  return reply.page({
    view: 'orders/history',
    title: head.pageHead.title,
    model: {
      head,
      items: entries.map((entry) => ({
        what: titleOf(entry, t),
        who: entry.who ?? t('order_page.history.by_itself'),
        at: entry.at,
        changes: changesOf(entry, words),
        ...filedHistory(entry, words),
      })),
    },
  })
}

function historyJson(entry: HistoryEntry) {
  return {
    id: entry.id,
    at: entry.at,
    who: entry.who,
    action: entry.action,
    from: entry.from_status,
    to: entry.to_status,
    changes: entry.changes,
  }
}

const titles: Readonly<Record<string, SentenceKey>> = {
  created: 'order_page.history.created',
  imported: 'order_page.history.imported',
  finalized: 'order_page.history.finalized',
  status_changed: 'order_page.history.status_changed',
  recurrence_created: 'order_page.history.recurrence_created',
  recurrence_updated: 'order_page.history.recurrence_updated',
  recurrence_enabled: 'order_page.history.recurrence_enabled',
  recurrence_disabled: 'order_page.history.recurrence_disabled',
}

function titleOf(entry: HistoryEntry, t: ReturnType<typeof translator>): string {
  const { action, changes } = entry
  if (action === 'created' && typeof changes === 'object' && changes !== null && 'copied_from' in changes)
    return t('order_page.history.copied', { number: String(changes.copied_from) })
  return t(titles[action] ?? 'order_page.history.updated')
}

function changesOf(entry: HistoryEntry, words: HistoryWords): Change[] {
  const t = translator(words.language)
  if (entry.to_status !== null) {
    const from = entry.from_status === null ? '' : t(`order_status.${entry.from_status}`)
    return [{ label: t('order_page.history.field.status'), from, to: t(`order_status.${entry.to_status}`) }]
  }
  // What was set up at first is the recurrence itself, no change.
  if (entry.action.startsWith('recurrence_') && entry.action !== 'recurrence_created')
    return recurrenceChanges(entry.changes, words)
  return entry.action === 'updated' ? readableChanges(entry.changes, words) : []
}
