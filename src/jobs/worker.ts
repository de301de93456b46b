import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { openDatabase } from '../data/database.ts'
import { findJob, type JobName } from '../services/jobs/jobs.ts'
import { runJob, runRecordedJob } from '../services/jobs/run-job.ts'
import { previousTick } from '../services/jobs/ticks.ts'

/** What the thread is given: the database, the run it is to make where a person asked for it, and whether work woke it between ticks. */
const order = z.object({ url: z.string(), run_id: z.string().optional(), woken: z.boolean().optional() })

/** A timer may wake a moment before its time. */
const earlyMs = 30_000

/**
 * The whole of a job's thread: a small pool of its own, one run, and an answer. 'cancel' lets the batch under way end. How far it
 * is stands in job_runs; nothing is posted meanwhile, since Bree waits for 'cancelled' as the very next message.
 */
export async function runWorker(job: JobName): Promise<void> {
  const { url, run_id, woken } = order.parse(workerData)
  const stop = new AbortController()
  parentPort?.on('message', (message) => {
    if (message === 'cancel') stop.abort()
  })
  const db = openDatabase(url, {
    name: `job ${job}`,
    role: 'comptoir_web',
    max: 3,
    statementTimeout: 300_000,
  })
  const options = { signal: stop.signal }
  try {
    if (run_id === undefined) {
      const scheduled_for =
        woken === true ? null : previousTick(findJob(job).cron, new Date(Date.now() + earlyMs))
      await runJob(db, { job, trigger: 'schedule', scheduled_for }, options)
    } else {
      await runRecordedJob(db, job, run_id, options)
    }
  } finally {
    await db.destroy()
  }
  parentPort?.postMessage(stop.signal.aborted ? 'cancelled' : 'done')
  parentPort?.close()
}
