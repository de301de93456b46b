import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import Bree from 'bree'
import type { Database } from '../data/database.ts'
import { hasRunOfTick } from '../data/job-runs.ts'
import { type JobName, jobs } from '../services/jobs/jobs.ts'
import { previousTick } from '../services/jobs/ticks.ts'
import { keepOnDemand } from './on-demand.ts'

export type Scheduler = {
  /** Makes a run that is recorded already, in a thread of its own and beside whatever runs. */
  runNow: (job: JobName, runId: string) => void
  /** There may be work for a job that looks for it every minute: it looks at once. */
  wake: (job: JobName) => void
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
 * first to record the tick makes its run. Jobs that run only where there is work are kept by `on-demand.ts`.
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
    jobs: clocked.map(({ name, cron }) => ({
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
  const runThread = (job: JobName, order: { run_id: string } | { woken: boolean }) => {
    const thread = new Worker(fileOf(job), { workerData: { url, ...order }, resourceLimits })
    thread.on('error', (error) => report(error, job))
    const end = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
    threads.set(thread, end)
    void end.then(() => threads.delete(thread))
    return end
  }
  const onDemand = keepOnDemand({
    db,
    jobs: jobs.filter(({ waitingSince }) => waitingSince !== undefined),
    run: (job, woken) => runThread(job, { woken }),
    onError: report,
  })
  return {
    runNow: (job, runId) => void runThread(job, { run_id: runId }),
    wake: onDemand.wake,
    stop: async () => {
      stopping = true
      clearTimeout(firstLook)
      onDemand.stop()
      for (const thread of threads.keys()) thread.postMessage('cancel')
      await Promise.all([bree.stop(), ...threads.values()])
    },
  }
}

/** Those that run at every tick of their schedule. */
const clocked = jobs.filter(({ waitingSince }) => waitingSince === undefined)

/** An hour that passed while the process was down costs minutes, not an hour more. */
async function makeUp(db: Database, run: (name: JobName) => Promise<void>): Promise<void> {
  for (const { name, cron } of clocked) {
    if (!(await hasRunOfTick(db, name, previousTick(cron, new Date())))) await run(name)
  }
}

function fileOf(job: JobName): string {
  return fileURLToPath(new URL(`./${job}.ts`, import.meta.url))
}
