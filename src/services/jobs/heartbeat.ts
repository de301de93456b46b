import type { Message } from '../../languages/catalog.ts'
import type { JobName } from './jobs.ts'
import { nextTick, previousTick } from './ticks.ts'

export type RunFacts = {
  readonly state: 'running' | 'succeeded' | 'failed' | 'lost'
  readonly started_at: string
  readonly figures: Readonly<Record<string, number>>
}

export type Heartbeat = {
  /** `overdue`, `failed` and `lost` are red and stand first. */
  readonly state: 'running' | 'overdue' | 'failed' | 'lost' | 'succeeded' | 'never'
  /** When the schedule should have run it and did not; null where all is well. */
  readonly overdue_since: Date | null
  /** Never in the past. */
  readonly next: Date
}

/** A tick may take so long to show in a row: the thread starts, the database is busy. */
const patienceMs = 10 * 60_000

/**
 * How a job is, from its newest run and the schedule. It is overdue where a tick has passed without any run since; a shop younger
 * than the tick owes none.
 */
export function heartbeat(cron: string, last: RunFacts | undefined, since: Date, now: Date): Heartbeat {
  const next = nextTick(cron, now)
  const tick = previousTick(cron, now)
  if (last?.state === 'running') return { state: 'running', overdue_since: null, next }
  const begun = last === undefined ? since : new Date(last.started_at)
  const isOverdue = begun < tick && now.getTime() - tick.getTime() > patienceMs
  if (isOverdue) return { state: 'overdue', overdue_since: nextTick(cron, begun), next }
  return { state: last?.state ?? 'never', overdue_since: null, next }
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
          unfinished: count('unfinished'),
          unexplained: count('due') - count('invoices') - count('skipped') - count('held') - count('failed'),
        },
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
