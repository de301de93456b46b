import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../data/database.ts'
import { isMissingTable, isPassing } from '../../data/failures.ts'
import { listAppliedMigrations } from '../../data/installation.ts'
import {
  findJobRun,
  finishJobRun,
  insertJobRun,
  type JobRun,
  markLostRuns,
  type NewJobRun,
  updateJobProgress,
} from '../../data/job-runs.ts'
import { listMigrations } from '../../data/migrate.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { findJob, type JobName } from './jobs.ts'

/** The summary that `npm run job -- NAME --json` prints; the figures are the job's own. */
export type JobSummary = {
  job: JobName
  as_of: IsoDate | null
  figures: Readonly<Record<string, number>>
  duration_ms: number
  /** Null: it succeeded. Else one of `runErrors`, or the words of what failed. */
  error: string | null
}

/** The database lacks migrations; the message is a sentence for the person. */
export class SchemaBehind extends Error {
  override name = 'SchemaBehind'
}

export type JobOptions = {
  signal?: AbortSignal
  onProgress?: (done: number, total: number | null) => void
}

/** How often a run says that it is alive. */
export const heartbeatMs = 15_000
/** Pages read the progress every few seconds; batches come faster. */
const progressMs = 1_000

/**
 * Runs a job once: the one function behind the schedule, "run now" and the command. Its row in job_runs tells the pages what is
 * going on. Undefined where another process has made the run of the same tick.
 */
export async function runJob(
  db: Database,
  run: NewJobRun & { job: JobName },
  options: JobOptions = {},
): Promise<JobSummary | undefined> {
  await refuseOldSchema(db)
  await markLostRuns(db)
  const row = await insertJobRun(db, run)
  return row === undefined ? undefined : execute(db, run.job, row, options)
}

/** Runs what `insertJobRun` has recorded already, so that the page which started it could show it at once. */
export async function runRecordedJob(
  db: Database,
  job: JobName,
  runId: string,
  options: JobOptions = {},
): Promise<JobSummary> {
  const row = await findJobRun(db, runId)
  if (row === undefined) throw new Error(`There is no run ${runId}.`)
  return execute(db, job, row, options)
}

/** A job of a newer version on a database that was not migrated yet would fail invoice by invoice, for days. */
async function refuseOldSchema(db: Database): Promise<void> {
  const applied = await listAppliedMigrations(db).catch((error: unknown): string[] => {
    if (isMissingTable(error)) return []
    throw error
  })
  const missing = (await listMigrations()).filter((name) => !applied.includes(name))
  if (missing.length === 0) return
  throw new SchemaBehind(
    `The database is older than this program: ${missing.join(', ')} must be applied first. Run npm run migrate.`,
  )
}

async function execute(db: Database, name: JobName, row: JobRun, options: JobOptions): Promise<JobSummary> {
  const started = performance.now()
  const progress = new Progress(db, row.id, options)
  let summary: JobSummary
  try {
    const end = await findJob(name).work(db, {
      run_id: row.id,
      started_at: row.started_at,
      as_of: row.as_of,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      onProgress: (done, total) => progress.tell(done, total),
    })
    const isCut = options.signal?.aborted === true && end.complete !== true
    const error = isCut ? 'stopped' : end.error
    summary = { job: name, as_of: row.as_of, figures: end.figures, duration_ms: since(started), error }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    summary = { job: name, as_of: row.as_of, figures: {}, duration_ms: since(started), error: words }
  } finally {
    await progress.stop()
  }
  const end = {
    state: summary.error === null ? ('succeeded' as const) : ('failed' as const),
    figures: summary.figures,
    error: summary.error,
    done: progress.done,
    total: progress.total,
  }
  await patiently(() => finishJobRun(db, row.id, end))
  return summary
}

/** A connection that is lost at the very end must not make a failure of what was done. */
async function patiently(write: () => Promise<void>): Promise<void> {
  for (const wait of [100, 500, 2_000]) {
    try {
      return await write()
    } catch (error) {
      if (!isPassing(error)) throw error
      await pause(wait)
    }
  }
  return write()
}

function since(started: number): number {
  return Math.round(performance.now() - started)
}

/** Writes how far a run is, at most once a second, and a sign of life where nothing moves. */
class Progress {
  done = 0
  total: number | null = null
  readonly #db: Database
  readonly #id: string
  readonly #options: JobOptions
  readonly #timer: NodeJS.Timeout
  #written = 0
  #writing: Promise<void> = Promise.resolve()

  constructor(db: Database, id: string, options: JobOptions) {
    this.#db = db
    this.#id = id
    this.#options = options
    this.#timer = setInterval(() => this.#write(), heartbeatMs)
  }

  tell(done: number, total: number | null): void {
    this.done = done
    this.total = total
    this.#options.onProgress?.(done, total)
    if (performance.now() - this.#written >= progressMs) this.#write()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#writing
  }

  /** A sign of life that cannot be written is not the run's failure: the next one may be. */
  #write(): void {
    this.#written = performance.now()
    const { done, total } = this
    this.#writing = this.#writing.then(() =>
      updateJobProgress(this.#db, this.#id, { done, total }).catch(() => {}),
    )
  }
}
