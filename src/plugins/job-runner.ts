import fp from 'fastify-plugin'
import type { Scheduler } from '../jobs/schedule.ts'
import type { JobName } from '../services/jobs/jobs.ts'
import { runRecordedJob } from '../services/jobs/run-job.ts'

export type JobRunner = {
  /** Set by the process that keeps the schedule. */
  scheduler: Scheduler | undefined
  /** Makes a run that is recorded already: in a thread of the scheduler, else here. Returns at once. */
  start: (job: JobName, runId: string) => void
  /** Tells a job that looks for work every minute that there is some: at once where this process keeps the schedule. */
  wake: (job: JobName) => void
}

declare module 'fastify' {
  interface FastifyInstance {
    jobRunner: JobRunner
  }
}

/** "Run now" for the pages. A run of this process's own ends with its batch when the application closes. */
export default fp(
  async (app) => {
    const stop = new AbortController()
    const runs = new Set<Promise<unknown>>()
    const runner: JobRunner = {
      scheduler: undefined,
      start: (job, runId) => {
        if (runner.scheduler !== undefined) return runner.scheduler.runNow(job, runId)
        const run = runRecordedJob(app.db, job, runId, { signal: stop.signal })
          .catch((error: unknown) => app.log.error({ err: error }, `${job} failed`))
          .finally(() => runs.delete(run))
        runs.add(run)
      },
      wake: (job) => runner.scheduler?.wake(job),
    }
    app.decorate('jobRunner', runner)
    app.addHook('onClose', async () => {
      stop.abort()
      await Promise.all(runs)
    })
  },
  { name: 'job-runner' },
)
