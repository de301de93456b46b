import type { Database } from '../../data/database.ts'
import { isPassing } from '../../data/failures.ts'
import { renderingsWaitSince } from '../../data/renderings.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { renderDocuments } from '../documents/render-documents.ts'
import { issueMarkedInvoices } from '../invoices/issue-marked-invoices.ts'
import { generateDueInvoices } from '../recurring/generate-due-invoices.ts'
import { keepHouse } from './housekeeping.ts'
import { everyMinute } from './ticks.ts'

export type JobContext = {
  run_id: string
  /** By the database's clock. */
  started_at: string
  as_of: IsoDate | null
  signal?: AbortSignal
  onProgress: (done: number, total: number | null) => void
}

export type JobEnd = {
  figures: Readonly<Record<string, number>>
  /** Where the run has to count as failed though it came to its end. */
  error: RunError | null
  /** It did all that there was to do, though it was told to stop meanwhile. */
  complete?: boolean
}

/** Failures that have a sentence of their own; see languages/jobs.ts. Any other is told in the words of what failed. */
export const runErrors = ['stopped', 'in_vain', 'none_issued'] as const

export type RunError = (typeof runErrors)[number]

export type Job = {
  name: JobName
  /** Minute, hour, day of month, month, day of week, in UTC; see `nextTick` for what is understood. */
  cron: string
  /**
   * Of a job that is looked for every minute: the instant since when the oldest piece of its work has been due, null where there is
   * none. The schedule then records no run at all. It is asked on every page of an admin too: an index must answer it.
   */
  waitingSince?: (db: Database) => Promise<string | null>
  work: (db: Database, context: JobContext) => Promise<JobEnd>
}

export const jobNames = ['recurring-invoices', 'render-pdfs', 'housekeeping'] as const

export type JobName = (typeof jobNames)[number]

/** All scheduled work, a line a job. Everything that starts, lists or schedules jobs reads this. */
export const jobs: readonly Job[] = [
  { name: 'recurring-invoices', cron: '0 * * * *', work: recurringInvoices },
  { name: 'render-pdfs', cron: everyMinute, waitingSince: renderingsWaitSince, work: renderPdfs },
  { name: 'housekeeping', cron: '40 2 * * *', work: keepHouse },
]

export function isJobName(text: string): text is JobName {
  return jobNames.some((name) => name === text)
}

export function findJob(name: JobName): Job {
  const job = jobs.find((known) => known.name === name)
  if (job === undefined) throw new Error(`There is no job ${name}.`)
  return job
}

async function renderPdfs(db: Database, { signal, onProgress }: JobContext): Promise<JobEnd> {
  const figures = await renderDocuments(db, { ...(signal === undefined ? {} : { signal }), onProgress })
  return { figures, error: null, complete: (await renderingsWaitSince(db)) === null }
}

async function recurringInvoices(db: Database, context: JobContext): Promise<JobEnd> {
  const { as_of, ...rest } = context
  // Issued after all are made, so that numbers go in the order of dates over all orders.
  const issue = (made: number) =>
    issueMarkedInvoices(db, {
      ...context,
      onProgress: (done, total) => context.onProgress(made + done, made + total),
    })
  const figures = await generateDueInvoices(db, { ...rest, ...(as_of === null ? {} : { as_of }) }).catch(
    async (error: unknown) => {
      // An order that can be neither billed nor parked does not keep the others' invoices from being issued.
      if (!isPassing(error)) await issue(0)
      throw error
    },
  )
  const { issued, waiting, waiting_new } = await issue(figures.due)
  // A run that should have made invoices and made none is a failure, not a success. One that only tried again what is parked
  // already tells nobody anything new.
  const vain = figures.due > 0 && figures.failed === figures.due && figures.failed_again < figures.failed
  return {
    figures: { ...figures, issued, waiting },
    error: vain ? 'in_vain' : issued === 0 && waiting_new > 0 ? 'none_issued' : null,
  }
}
