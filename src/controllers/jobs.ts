import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { findInstallation } from '../data/installation.ts'
import { insertJobRun, listJobRuns } from '../data/job-runs.ts'
import { countParkedOccurrences, listParkedOccurrences, type ParkedOccurrence } from '../data/occurrences.ts'
import { NotFound } from '../errors.ts'
import { say, translator } from '../languages/translate.ts'
import { date, parseFields, requiredReference, text } from '../lib/form-schema.ts'
import { formatPeriod } from '../lib/format.ts'
import { frequencies } from '../lib/vocabulary.ts'
import { sendJson, submit, valid, wantsJson } from '../plugins/answers.ts'
import { fieldsOf } from '../plugins/forms.ts'
import { viewerOf } from '../plugins/sessions.ts'
import { isJobName, type Job, type JobName, jobs } from '../services/jobs/jobs.ts'
import { waitingOf } from '../services/jobs/red-jobs.ts'
import { decideOccurrence, periodName } from '../services/recurring/decide-occurrence.ts'
import { reasonSentence } from '../services/recurring/occurrence-reasons.ts'
import { readFailedPdfs } from './failed-pdfs.ts'
import { type JobCard, jobCard, runJson } from './job-view.ts'

const runsInCard = 30
const runsInHistory = 200
const parkedShown = 50

/** Every job with its heartbeat, those that need a person first; below them the periods that wait for one. */
export async function list(request: FastifyRequest, reply: FastifyReply) {
  const cards = await readCards(request, jobs, runsInCard)
  const parked = await readParked(request)
  const pdfs = await readFailedPdfs(request)
  if (wantsJson(request)) {
    return sendJson(reply, {
      items: cards.map(cardJson),
      next: null,
      total: cards.length,
      parked: { held: parked.held, failed: parked.failed, items: parked.rows.map(parkedJson) },
      pdfs: pdfs.rows.map(({ id, document, attempts, why }) => ({ id, document, attempts, reason: why })),
    })
  }
  return reply.page({
    view: 'jobs/list',
    title: translator(request.language)('jobs.title'),
    model: { cards, parked, pdfs },
  })
}

/** One job's history, with what went wrong. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  const job = jobOf(request)
  const [card] = await readCards(request, [job], runsInHistory)
  if (card === undefined) throw new NotFound()
  if (wantsJson(request)) return sendJson(reply, cardJson(card))
  return reply.page({ view: 'jobs/show', title: card.title, model: { card } })
}

/** Run now: recorded before it answers, so that the page it leads to shows it. */
export async function run(request: FastifyRequest, reply: FastifyReply) {
  const { name } = jobOf(request)
  const { server } = request
  return submit(request, reply, {
    act: async () => {
      const row = await insertJobRun(server.db, {
        job: name,
        trigger: 'person',
        started_by: viewerOf(request).id,
      })
      if (row === undefined) throw new Error('The run was not recorded.')
      server.jobRunner.start(name, row.id)
      const job = translator(request.language)(`jobs.name.${name}`)
      return { location: '/jobs', flash: { message: { key: 'jobs.started', params: { job } } } }
    },
    page: () => list(request, reply),
  })
}

/** Makes a parked period due again; one held for sharing days is then billed all the same. */
export async function retry(request: FastifyRequest, reply: FastifyReply) {
  const viewer = viewerOf(request)
  return submit(request, reply, {
    act: async () => {
      const { order_id, frequency, period_start, number } = valid(parseFields(retrySchema, fieldsOf(request)))
      const known = frequencies.find((each) => each === frequency)
      if (known === undefined || period_start === null) throw new NotFound()
      const key = { frequency: known, period_start }
      await decideOccurrence(
        request.server.db,
        viewer,
        order_id,
        key,
        { kind: 'bill', reason: '' },
        new Date(),
      )
      const period = formatPeriod(request.language, known, period_start)
      return {
        location: '/jobs#parked',
        flash: { message: { key: 'jobs.retry.done', params: { period, number } } },
      }
    },
    page: () => list(request, reply),
  })
}

const retrySchema = z.object({
  order_id: requiredReference('general.unreadable'),
  frequency: text({ max: 20 }),
  period_start: date(),
  number: text({ max: 100 }),
})

function jobOf(request: FastifyRequest): Job {
  const { params } = request
  const name = typeof params === 'object' && params !== null && 'name' in params ? String(params.name) : ''
  const job = isJobName(name) ? jobs.find((known) => known.name === name) : undefined
  if (job === undefined) throw new NotFound()
  return job
}

async function readCards(request: FastifyRequest, shown: readonly Job[], limit: number): Promise<JobCard[]> {
  const { db, jobRunner } = request.server
  const { time_zone } = viewerOf(request)
  const installation = await findInstallation(db)
  const now = new Date()
  const cards = await Promise.all(
    shown.map(async (job) =>
      jobCard(job, await listJobRuns(db, job.name, limit), {
        language: request.language,
        zone: time_zone,
        since: installation === undefined ? now : new Date(installation.created_at),
        scheduled: jobRunner.scheduler !== undefined,
        waiting: await waitingOf(db, job),
        now,
      }),
    ),
  )
  return cards.sort((a, b) => Number(b.red) - Number(a.red))
}

type Parked = {
  held: number
  failed: number
  rows: (ParkedOccurrence & { period: string; why: string; overlap: boolean; href: string })[]
}

async function readParked(request: FastifyRequest): Promise<Parked> {
  const { db } = request.server
  const { organisation_ids } = viewerOf(request)
  const counts = await countParkedOccurrences(db, organisation_ids)
  const rows = await listParkedOccurrences(db, organisation_ids, parkedShown)
  return {
    ...counts,
    rows: rows.map((row) => ({
      ...row,
      period: formatPeriod(request.language, row.frequency, row.period_start),
      why: say(request.language, reasonSentence(row)),
      overlap: row.reason_code === 'overlap',
      href: `/orders/${row.order_id}/occurrences/${row.frequency}/${row.period_start}`,
    })),
  }
}

function cardJson(card: JobCard) {
  return {
    name: card.name satisfies JobName,
    state: card.state,
    cron: card.cron,
    heartbeat: card.heartbeat,
    next_at: card.next_at,
    runs: card.runs.map(({ row }) => runJson(row)),
  }
}

function parkedJson(row: Parked['rows'][number]) {
  return {
    order: { id: row.order_id, number: row.order_number },
    account: { id: row.account_id, name: row.account_name },
    frequency: row.frequency,
    period: periodName(row),
    period_start: row.period_start,
    period_end: row.period_end,
    run_date: row.run_date,
    state: row.state,
    reason_code: row.reason_code,
    reason: row.why,
    attempts: row.attempts,
  }
}
