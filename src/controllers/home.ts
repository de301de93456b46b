import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  findDueRecurrences,
  findNextRuns,
  findWaitingDrafts,
  findWaitingOrders,
  listRecentDocuments,
  type Waiting,
} from '../data/home.ts'
import { countParkedOccurrences, listParkedOccurrences } from '../data/occurrences.ts'
import type { SentenceKey } from '../languages/catalog.ts'
import { translator } from '../languages/translate.ts'
import { daysBetween, todayIn } from '../lib/dates.ts'
import { formatsIn } from '../lib/format.ts'
import { moneyText } from '../lib/money.ts'
import { sendJson, wantsJson } from '../plugins/answers.ts'
import { viewerOf } from '../plugins/sessions.ts'
import { reasonSentence } from '../services/recurring/occurrence-reasons.ts'

/** How many parked periods are named one by one. */
const parkedShown = 5

/** What needs attention today, the most urgent first; what is zero is left out. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const viewer = viewerOf(request)
  const t = translator(request.language)
  const ids = viewer.organisation_ids
  const today = todayIn(viewer.time_zone, new Date())
  const { held, failed } = await countParkedOccurrences(db, ids)
  const parked = await listParkedOccurrences(db, ids, parkedShown)
  const rows = [
    rowOf(
      'due',
      await findDueRecurrences(db, ids, today),
      today,
      viewer.role === 'admin' ? '/jobs' : '/orders?recurring=yes',
    ),
    rowOf('drafts', await findWaitingDrafts(db, ids, today), today, `/invoices?status=draft&to=${today}`),
    rowOf('to_deliver', await findWaitingOrders(db, ids, 'approved'), today, '/orders?status=approved'),
    rowOf('to_approve', await findWaitingOrders(db, ids, 'created'), today, '/orders?status=created'),
  ].filter((row) => row.count > 0)
  const next = await findNextRuns(db, ids, today)
  const recent = await listRecentDocuments(db, viewer.id, ids)
  if (wantsJson(request)) {
    const waiting = rows.map(({ kind, count, sums, oldest_date }) => ({ kind, count, sums, oldest_date }))
    return sendJson(reply, { today, parked: held + failed, waiting })
  }
  return reply.page({
    view: 'home/show',
    title: t('frame.home'),
    model: {
      today,
      parked: parked.map((each) => ({ ...each, reason: reasonSentence(each) })),
      parkedCount: held + failed,
      rows: rows.map((row) => ({
        ...row,
        seen: seenKey(row.kind, viewer.role),
      })),
      next: next.count === 0 ? null : { ...next, sum: sumInWords(request, next) },
      recent,
    },
  })
}

type Kind = 'due' | 'drafts' | 'to_deliver' | 'to_approve'

function rowOf(kind: Kind, waiting: Waiting, today: string, href: string) {
  const { count, oldest_date } = waiting
  const sums = waiting.sums.map(({ currency, net }) => ({ currency, net: moneyText(net, currency) }))
  return {
    kind,
    count,
    sums,
    oldest_date,
    days: oldest_date === null ? 0 : Math.max(0, daysBetween(oldest_date, today)),
    href,
  }
}

function seenKey(kind: Kind, role: 'admin' | 'user'): SentenceKey {
  return kind === 'due' && role === 'admin' ? 'home.due.jobs' : `home.${kind}.see`
}

/** One sum a currency, never a mixed one. */
function sumInWords(request: FastifyRequest, { sums }: Pick<Waiting, 'sums'>): string {
  const formats = formatsIn(request.language)
  return sums.map(({ currency, net }) => formats.money(net, currency)).join(' + ')
}
