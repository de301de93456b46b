import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import Bree from 'bree'
import type { Database } from '../data/database.ts'
import { hasRunOfTick } from '../data/job-runs.ts'
import { type JobName, jobs } from '../services/jobs/jobs.ts'
import { previousTick } from '../services/jobs/ticks.ts'

export type Scheduler = {
  /** Makes a run that is recorded already, in a thread of its own and beside whatever runs. */
  runNow: (job: JobName, runId: string) => void
  /** Starts nothing further, lets the batches under way end, and waits for them. */
  stop: () => Promise<void>
}

export type SchedulerParts = {
  db: Database
  /** For the threads' own connections. */
  url: string
  onError: (error: unknown, job: string) => void
}

/**
 * Batches leave much behind that nobody needs again. Collected often, it takes a few megabytes and no more time; else the process
 * would grow by a hundred and more in a long run (docs/performance.md). `npm run job` tells Node the same.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 12 }

/** What was missed while nothing ran is made up for so soon after the start. */
const firstLookMs = 10_000

/**
 * Keeps the schedule of `services/jobs/jobs.ts`: at each tick a thread runs the job's file. Any number of processes may do so; the
 * first to record the tick makes its run.
 */
export async function startScheduler({ db, url, onError }: SchedulerParts): Promise<Scheduler> {
  let stopping = false
  const report = (error: unknown, job: string) => {
    // Bree calls the end of a thread that it has cancelled itself an error.
    if (!stopping) onError(error, job)
  }
  const bree = new Bree({
    root: false,
    logger: false,
    timezone: 'UTC',
    defaultExtension: 'ts',
    acceptedExtensions: ['.ts'],
    errorHandler: (error, { name }) => report(error, name),
    jobs: jobs.map(({ name, cron }) => ({
      name,
      cron,
      path: fileOf(name),
      timeout: false,
      worker: { workerData: { url }, resourceLimits },
    })),
  })
  await bree.start()
  const firstLook = setTimeout(() => {
    makeUp(db, (name) => bree.run(name)).catch((error: unknown) => report(error, 'schedule'))
  }, firstLookMs)

  const threads = new Map<Worker, Promise<void>>()
  return {
    runNow: (job, runId) => {
      const thread = new Worker(fileOf(job), { workerData: { url, run_id: runId }, resourceLimits })
      thread.on('error', (error) => report(error, job))
      const end = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
      threads.set(thread, end)
      void end.then(() => threads.delete(thread))
    },
    stop: async () => {
      stopping = true
      clearTimeout(firstLook)
      for (const thread of threads.keys()) thread.postMessage('cancel')
      await Promise.all([bree.stop(), ...threads.values()])
    },
  }
}

/** An hour that passed while the process was down costs minutes, not an hour more. */
async function makeUp(db: Database, run: (name: JobName) => Promise<void>): Promise<void> {
  for (const { name, cron } of jobs) {
    if (!(await hasRunOfTick(db, name, previousTick(cron, new Date())))) await run(name)
  }
}

function fileOf(job: JobName): string {
  return fileURLToPath(new URL(`./${job}.ts`, import.meta.url))
}
