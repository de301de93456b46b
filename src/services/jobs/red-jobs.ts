import type { Database } from '../../data/database.ts'
import { listLastRuns } from '../../data/job-runs.ts'
import { heartbeat, isRed, runAsSeen } from './heartbeat.ts'
import { type Job, jobs } from './jobs.ts'

/** How many jobs a person must look at: the number beside Jobs in the menu, and on Home. */
export async function countRedJobs(db: Database, now: Date): Promise<number> {
  const names = jobs.map(({ name }) => name)
  const [{ since, runs }, ...waiting] = await Promise.all([
    listLastRuns(db, names),
    ...jobs.map((job) => waitingOf(db, job)),
  ])
  const owed = since === null ? now : new Date(since)
  return jobs.filter(({ name, cron }, index) => {
    const last = runs.find(({ job }) => job === name)
    const seen = last === undefined ? undefined : runAsSeen(last, now)
    return isRed(heartbeat(cron, seen, owed, now, waiting[index]).state)
  }).length
}

/** Since when a job's work waits, null where there is none; undefined for a job that runs at every tick. */
export async function waitingOf(db: Database, job: Job): Promise<Date | null | undefined> {
  if (job.waitingSince === undefined) return undefined
  const since = await job.waitingSince(db)
  return since === null ? null : new Date(since)
}
