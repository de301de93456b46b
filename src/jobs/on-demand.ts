import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../data/database.ts'
import type { Job, JobName } from '../services/jobs/jobs.ts'

export type OnDemand = {
  /** There may be work: looks at once, or as soon as the run under way has ended. */
  wake: (job: JobName) => void
  stop: () => void
}

export type OnDemandParts = {
  db: Database
  jobs: readonly Job[]
  /** Makes a run in a thread; resolves at its end, however it ends. */
  run: (job: JobName, woken: boolean) => Promise<void>
  onError: (error: unknown, job: JobName) => void
}

const everyMs = 60_000

/**
 * The jobs that are looked for every minute. A thread costs a tenth of a second and a run a row: without work there is neither.
 * Of each job one run at a time in this process; other processes look by themselves, and their runs share the work.
 */
export function keepOnDemand({ db, jobs, run, onError }: OnDemandParts): OnDemand {
  const running = new Set<JobName>()
  const woken = new Set<JobName>()
  const stopping = new AbortController()

  const look = async (job: Job, isWoken: boolean) => {
    if (stopping.signal.aborted) return
    if (running.has(job.name)) {
      if (isWoken) woken.add(job.name)
      return
    }
    running.add(job.name)
    try {
      if ((await job.waitingSince?.(db)) != null && !stopping.signal.aborted) await run(job.name, isWoken)
    } catch (error) {
      onError(error, job.name)
    } finally {
      running.delete(job.name)
    }
    if (woken.delete(job.name)) await look(job, true)
  }

  const tick = async () => {
    for (;;) {
      await pause(everyMs - (Date.now() % everyMs), undefined, { signal: stopping.signal })
      for (const job of jobs) void look(job, false)
    }
  }
  tick().catch(() => {})

  return {
    wake: (name) => {
      const job = jobs.find((known) => known.name === name)
      if (job !== undefined) void look(job, true)
    },
    stop: () => stopping.abort(),
  }
}
