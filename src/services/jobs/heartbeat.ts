import { lostAfterMinutes } from '../../data/job-runs.ts'
import type { Message } from '../../languages/catalog.ts'
import type { JobName } from './jobs.ts'
import { nextTick, previousTick } from './ticks.ts'

export type RunFacts = {
  readonly state: 'running' | 'succeeded' | 'failed' | 'lost'
  readonly started_at: string
  readonly figures: Readonly<Record<string, number>>
}

export type Heartbeat = {
  /**
   * `overdue`, `failed` and `lost` are red and stand first; `parked`: it had nothing to do but try parked periods again, in vain;
   * `held`: drafts that it should issue wait for what is missing on them.
   */
  readonly state: 'running' | 'overdue' | 'failed' | 'lost' | 'parked' | 'held' | 'succeeded' | 'never'
  /** When the schedule should have run it and did not; null where all is well. */
  readonly overdue_since: Date | null
  /** Never in the past. */
  readonly next: Date
}

/** A tick may take so long to show in a row: the thread starts, the database is busy. */
const patienceMs = 10 * 60_000

/**
 * How a job is, from its newest run and the schedule. It is overdue where a tick has passed without any run since; a shop younger
 * than the tick owes none. One that runs only where there is work is overdue where its work waits: `waiting` is since when, null where
 * there is none, undefined for a job that runs at every tick.
 */
export function heartbeat(
  cron: string,
  last: RunFacts | undefined,
  since: Date,
  now: Date,
  waiting?: Date | null,
): Heartbeat {
  const next = nextTick(cron, now)
  const tick = waiting === undefined ? previousTick(cron, now) : (waiting ?? since)
  if (last?.state === 'running') return { state: 'running', overdue_since: null, next }
  const begun = last === undefined ? since : new Date(last.started_at)
  const isOverdue = begun < tick && now.getTime() - tick.getTime() > patienceMs
  if (isOverdue) return { state: 'overdue', overdue_since: waiting ?? nextTick(cron, begun), next }
  return { state: last === undefined ? 'never' : runLook(last), overdue_since: null, next }
}

/** A run's state, as it is shown: one that succeeded may leave something to a person. */
export function runLook(run: Pick<RunFacts, 'state' | 'figures'>): RunFacts['state'] | 'parked' | 'held' {
  if (run.state !== 'succeeded') return run.state
  if (isRetryInVain(run.figures)) return 'parked'
  return (run.figures['waiting'] ?? 0) > 0 ? 'held' : 'succeeded'
}

/** Whether a person must look at it. */
export function isRed(state: Heartbeat['state']): boolean {
  return state === 'overdue' || state === 'failed' || state === 'lost'
}

/** A killed run stays "running" in its row until the next run calls it lost; whoever looks need not wait. */
export function runAsSeen<R extends { state: RunFacts['state']; heartbeat_at: string }>(
  run: R,
  now: Date,
): R {
  const isLost = run.state === 'running' && silenceOf(run, now) > lostAfterMinutes * 60_000
  return isLost ? { ...run, state: 'lost' } : run
}

/** Milliseconds since a run's last sign of life. */
export function silenceOf(run: { heartbeat_at: string }, now: Date): number {
  return now.getTime() - new Date(run.heartbeat_at).getTime()
}

/** A run that tried parked periods again, had nothing else to do, and none of them went through. */
function isRetryInVain(figures: RunFacts['figures']): boolean {
  const { due = 0, failed_again = 0 } = figures
  return due > 0 && failed_again === due
}

/**
 * Since when nothing has changed about what is parked: the start of the first of the newest runs that all found the same periods
 * parked; one that was cut off knows nothing of them. Undefined where the newest did or found something else. Newest first.
 */
export function parkedUnchangedSince(finished: readonly RunFacts[]): string | undefined {
  const runs = finished.filter(({ state }) => state !== 'lost')
  const [last] = runs
  if (last?.state !== 'succeeded' || !isRetryInVain(last.figures)) return undefined
  const other = runs.findIndex(
    ({ state, figures }) =>
      state !== 'succeeded' || !isRetryInVain(figures) || figures['due'] !== last.figures['due'],
  )
  // The run before them parked these periods, where it says so: unchanged since then.
  const before = other === -1 ? undefined : runs[other]
  const parkedThen = (before?.figures['failed'] ?? 0) === last.figures['due']
  return (parkedThen ? before : runs[(other === -1 ? runs.length : other) - 1])?.started_at
}

/** What a run did, in the business's words. */
export function figuresSentence(job: JobName, figures: RunFacts['figures']): Message {
  const count = (name: string) => figures[name] ?? 0
  switch (job) {
    case 'recurring-invoices':
      return {
        key: 'jobs.figures.recurring_invoices',
        params: {
          due: count('due'),
          made: count('invoices'),
          skipped: count('skipped'),
          parked: count('held') + count('failed'),
          again: count('failed_again'),
          unfinished: count('unfinished'),
          issued: count('issued'),
          waiting: count('waiting'),
          unexplained: count('due') - count('invoices') - count('skipped') - count('held') - count('failed'),
        },
      }
    case 'render-pdfs':
      return {
        key: 'jobs.figures.render_pdfs',
        params: { made: count('made'), retried: count('retried'), parked: count('parked') },
      }
    case 'housekeeping':
      return {
        key: 'jobs.figures.housekeeping',
        params: {
          sessions: count('sessions'),
          failures: count('sign_in_failures'),
          forms: count('kept_forms'),
          lost: count('lost_runs'),
        },
      }
  }
}
