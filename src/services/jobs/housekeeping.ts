import type { Database } from '../../data/database.ts'
import {
  deleteExpiredSessions,
  deleteKeptForms,
  deleteOldSubmissions,
  deleteSignInFailures,
} from '../../data/housekeeping.ts'
import { deleteOldJobRuns, markLostRuns } from '../../data/job-runs.ts'
import { deleteOldRenderings } from '../../data/renderings.ts'
import type { JobContext, JobEnd } from './jobs.ts'

/** Removes what has served its time. Documents, their evidence and the audit are never touched. */
export async function keepHouse(db: Database, { onProgress, signal }: JobContext): Promise<JobEnd> {
  const tasks: readonly [string, () => Promise<number>][] = [
    ['sessions', () => deleteExpiredSessions(db)],
    ['sign_in_failures', () => deleteSignInFailures(db)],
    ['kept_forms', () => deleteKeptForms(db)],
    ['old_submissions', () => deleteOldSubmissions(db)],
    ['old_renderings', () => deleteOldRenderings(db, 7)],
    ['lost_runs', () => markLostRuns(db)],
    ['old_runs', () => deleteOldJobRuns(db, 400)],
  ]
  const figures: Record<string, number> = {}
  for (const [index, [name, task]] of tasks.entries()) {
    if (signal?.aborted === true) break
    figures[name] = await task()
    onProgress(index + 1, tasks.length)
  }
  return { figures, error: null }
}
