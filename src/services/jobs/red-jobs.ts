import type { Database } from '../../data/database.ts'
import { listLastRuns } from '../../data/job-runs.ts'
import { heartbeat, isRed, runAsSeen } from './heartbeat.ts'
import { jobs } from './jobs.ts'

/** How many jobs a person must look at: the number beside Jobs in the menu, and on Home. One statement. */
export async function countRedJobs(db: Database, now: Date): Promise<number> {
  const { since, runs } = await listLastRuns(
    db,
    jobs.map(({ name }) => name),
  )
  const owed = since === null ? now : new Date(since)
  return jobs.filter(({ name, cron }) => {
    const last = runs.find(({ job }) => job === name)
    return isRed(heartbeat(cron, last === undefined ? undefined : runAsSeen(last, now), owed, now).state)
  }).length
}
