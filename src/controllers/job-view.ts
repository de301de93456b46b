import type { ListedRun } from '../data/job-runs.ts'
import type { Language } from '../languages/sentences.ts'
import { say, type Translate, translator } from '../languages/translate.ts'
import { todayIn } from '../lib/dates.ts'
import { formatDateTime, formatQuantity, formatTime } from '../lib/format.ts'
import {
  figuresSentence,
  heartbeat,
  isRed,
  parkedUnchangedSince,
  runAsSeen,
  runLook,
  silenceOf,
} from '../services/jobs/heartbeat.ts'
import type { Job, JobName } from '../services/jobs/jobs.ts'
import { runErrorSentence } from '../services/jobs/run-errors.ts'
import { heartbeatMs } from '../services/jobs/run-job.ts'

/** A job as its card and its page show it; texts are in the person's language already. */
export type JobCard = {
  name: JobName
  cron: string
  title: string
  about: string
  state: ReturnType<typeof heartbeat>['state']
  state_word: string
  /** A person must look at it. */
  red: boolean
  /** One paragraph: what the last run did, when it was, when the next one is. */
  heartbeat: string
  /** Why the last run failed; empty where it did not. */
  problem: string
  next_at: string
  /** Of a run under way. */
  progress: { percent: number; text: string; note: string } | null
  runs: RunRow[]
  /** "The last 30 runs: 28 succeeded, 2 failed". */
  runs_in_words: string
}

export type RunRow = {
  row: ListedRun
  /** Its state, or what it leaves to a person. */
  look: ListedRun['state'] | 'parked' | 'held'
  state_word: string
  started: string
  duration: string
  by: string
  did: string
  error: string
  /** Of the recurring invoices; null for other jobs and for runs without figures. */
  counts: { due: number; made: number; parked: number; failed: number } | null
}

export type Viewpoint = {
  language: Language
  zone: string
  /** When the shop was made: no tick before it is owed. */
  since: Date
  /** This process keeps the schedule. */
  scheduled: boolean
  /** Since when work waits for a job that runs only where there is some; undefined for the others. */
  waiting: Date | null | undefined
  now: Date
}

export function jobCard(job: Job, listed: readonly ListedRun[], view: Viewpoint): JobCard {
  const t = translator(view.language)
  const runs = listed.map((run) => runAsSeen(run, view.now))
  const [last] = runs
  const finished = runs.find((run) => run.state !== 'running')
  const beat = heartbeat(job.cron, last, view.since, view.now, view.waiting)
  const sentences: string[] = []
  if (finished === undefined) sentences.push(t('jobs.runs.none'))
  else sentences.push(...lastRun(job, finished, view))
  const unchanged = parkedUnchangedSince(runs.filter((run) => run.state !== 'running'))
  if (unchanged !== undefined)
    sentences.unshift(
      t('jobs.unchanged', { count: finished?.figures['due'] ?? 0, at: moment(new Date(unchanged), view) }),
    )
  if (beat.overdue_since !== null) {
    const ago = span(t, view.now.getTime() - beat.overdue_since.getTime())
    sentences.push(t('jobs.overdue', { at: moment(beat.overdue_since, view), ago }))
  }
  if (view.scheduled && view.waiting !== undefined) {
    sentences.push(t('jobs.next.on_demand'))
  } else if (view.scheduled) {
    const time = span(t, beat.next.getTime() - view.now.getTime())
    sentences.push(t('jobs.next', { at: moment(beat.next, view), in: t('jobs.in', { time }) }))
  } else {
    sentences.push(t('jobs.next.off'))
  }
  const rows = runs.map((run) => runRow(job, run, view))
  return {
    name: job.name,
    cron: job.cron,
    title: t(`jobs.name.${job.name}`),
    about: t(`jobs.about.${job.name}`),
    state: beat.state,
    state_word: t(`jobs.state.${beat.state}`),
    red: isRed(beat.state),
    heartbeat: sentences.join(' '),
    problem: finished === undefined ? '' : problemOf(finished, view),
    next_at: beat.next.toISOString(),
    progress: last?.state === 'running' ? progressOf(last, view) : null,
    runs: rows,
    runs_in_words: runsInWords(rows.slice(0, blocksShown), t),
  }
}

/** A run for JSON, its keys one by one. */
export function runJson(run: ListedRun) {
  return {
    id: run.id,
    state: run.state,
    trigger: run.trigger,
    started_by: run.started_by === null ? null : { id: run.started_by, name: run.started_by_name },
    scheduled_for: run.scheduled_for,
    as_of: run.as_of,
    started_at: run.started_at,
    finished_at: run.finished_at,
    done: run.done,
    total: run.total,
    figures: run.figures,
    error: run.error,
  }
}

function lastRun(job: Job, run: ListedRun, view: Viewpoint): string[] {
  const t = translator(view.language)
  const duration = durationOf(run, view)
  const when = t('jobs.last', { at: moment(new Date(run.started_at), view), duration })
  return hasFigures(run) ? [say(view.language, figuresSentence(job.name, run.figures)), when] : [when]
}

function runRow(job: Job, run: ListedRun, view: Viewpoint): RunRow {
  const t = translator(view.language)
  const { figures } = run
  const by =
    run.trigger === 'person' ? (run.started_by_name ?? t('jobs.by.person')) : t(`jobs.by.${run.trigger}`)
  const look = runLook(run)
  return {
    row: run,
    look,
    state_word: t(`jobs.state.${look}`),
    started: formatDateTime(view.language, new Date(run.started_at), view.zone),
    duration: run.finished_at === null ? '' : durationOf(run, view),
    by: run.as_of === null ? by : `${by}, ${t('jobs.as_of', { as_of_date: run.as_of })}`,
    did: hasFigures(run) ? say(view.language, figuresSentence(job.name, figures)) : '',
    error: problemOf(run, view),
    counts:
      job.name === 'recurring-invoices' && hasFigures(run)
        ? {
            due: figures['due'] ?? 0,
            made: figures['invoices'] ?? 0,
            parked: (figures['held'] ?? 0) + (figures['failed'] ?? 0),
            failed: figures['failed'] ?? 0,
          }
        : null,
  }
}

function problemOf(run: ListedRun, { language }: Viewpoint): string {
  if (run.state === 'lost') return translator(language)('jobs.lost.sentence')
  return run.error === null ? '' : say(language, runErrorSentence(run.error))
}

function hasFigures(run: ListedRun): boolean {
  return Object.keys(run.figures).length > 0
}

function runsInWords(rows: readonly RunRow[], t: Translate): string {
  const looks = ['succeeded', 'parked', 'held', 'failed', 'lost', 'running'] as const
  const counts = looks.flatMap((look) => {
    const count = rows.filter((row) => row.look === look).length
    return count === 0 ? [] : [t(`jobs.runs.${look}`, { count })]
  })
  return t('jobs.runs.words', { count: rows.length, outcomes: counts.join(', ') })
}

/** The runs that stand as blocks beside each other. */
const blocksShown = 30

/** Two beats that did not come. */
const silentAfterMs = 2 * heartbeatMs

/** "180 of 412, about 20 s left", reckoned from how long it took so far. */
function progressOf(run: ListedRun, view: Viewpoint): JobCard['progress'] {
  const t = translator(view.language)
  const { done, total } = run
  const silence = silenceOf(run, view.now)
  const silent = silence > silentAfterMs ? t('jobs.silent', { time: seconds(silence, view.language) }) : ''
  if (total === null || total === 0) return { percent: 0, text: t('jobs.progress.starting'), note: silent }
  const elapsed = view.now.getTime() - new Date(run.started_at).getTime()
  const left = done === 0 ? null : (elapsed / done) * (total - done)
  return {
    percent: Math.min(100, Math.round((done / total) * 100)),
    text: t('jobs.progress.of', {
      done: formatQuantity(view.language, String(done)),
      total: formatQuantity(view.language, String(total)),
    }),
    note:
      silent !== ''
        ? silent
        : left === null
          ? ''
          : t('jobs.progress.left', { time: seconds(left, view.language) }),
  }
}

function durationOf(run: ListedRun, view: Viewpoint): string {
  const end = run.finished_at === null ? view.now : new Date(run.finished_at)
  return seconds(end.getTime() - new Date(run.started_at).getTime(), view.language)
}

/** `0.4 s`, `41 s`, `2 min 5 s`, `1 h 4 min`. */
function seconds(ms: number, language: Language): string {
  const whole = Math.round(ms / 1000)
  if (ms < 9_950) return `${formatQuantity(language, (Math.max(100, ms) / 1000).toFixed(1))} s`
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

/** `12 min`, `5 h`, `3 days`. */
function span(t: Translate, ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  if (minutes < 60) return t('jobs.minutes', { count: minutes })
  const hours = Math.round(minutes / 60)
  return hours < 48 ? t('jobs.hours', { count: hours }) : t('jobs.days', { count: Math.round(hours / 24) })
}

/** The time alone where it is today. */
function moment(at: Date, { language, zone, now }: Viewpoint): string {
  return todayIn(zone, at) === todayIn(zone, now)
    ? formatTime(language, at, zone)
    : formatDateTime(language, at, zone)
}
