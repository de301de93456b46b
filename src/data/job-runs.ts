import { sql } from 'kysely'
import type { IsoDate } from '../lib/dates.ts'
import type { Database } from './database.ts'
import type { Row } from './tables.ts'

export type JobRun = Row<'job_runs'>

export type NewJobRun = {
  job: string
  trigger: 'schedule' | 'person' | 'command'
  /** The tick of the schedule that it is for; null for the other triggers. */
  scheduled_for?: Date | null
  as_of?: IsoDate | null
  started_by?: string | null
}

/** Records the start of a run. Undefined where another process has made the run of this tick already. */
export async function insertJobRun(db: Database, run: NewJobRun): Promise<JobRun | undefined> {
  return db
    .insertInto('job_runs')
    .values({
      job: run.job,
      trigger: run.trigger,
      scheduled_for: run.scheduled_for?.toISOString() ?? null,
      as_of: run.as_of ?? null,
      started_by: run.started_by ?? null,
      total: null,
    })
    .onConflict((conflict) => conflict.constraint('job_runs_once_scheduled').doNothing())
    .returningAll()
    .executeTakeFirst()
}

/** A sign of life, with how far it is. */
export async function updateJobProgress(
  db: Database,
  id: string,
  progress: { done: number; total: number | null },
): Promise<void> {
  await db
    .updateTable('job_runs')
    .set({ ...progress, heartbeat_at: sql`now()` })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()
}

/** Also of a run that was taken for lost while its process slept: what it says itself is truer. */
export async function finishJobRun(
  db: Database,
  id: string,
  end: {
    state: 'succeeded' | 'failed'
    figures: Readonly<Record<string, number>>
    error: string | null
    done: number
    total: number | null
  },
): Promise<void> {
  await db
    .updateTable('job_runs')
    .set({ ...end, figures: JSON.stringify(end.figures), heartbeat_at: sql`now()`, finished_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

/** Without a sign of life, which come every 15 seconds, for so long a run is lost. */
export const lostAfterMinutes = 5

/** Runs without a sign of life for minutes are lost: their process was killed. Answers how many. */
export async function markLostRuns(db: Database): Promise<number> {
  const result = await db
    .updateTable('job_runs')
    .set({ state: 'lost', finished_at: sql`now()` })
    .where('state', '=', 'running')
    .where('heartbeat_at', '<', sql<string>`now() - make_interval(mins => ${lostAfterMinutes})`)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Whether some process has begun the run of a tick of the schedule. */
export async function hasRunOfTick(db: Database, job: string, tick: Date): Promise<boolean> {
  const row = await db
    .selectFrom('job_runs')
    .select('id')
    .where('job', '=', job)
    .where('scheduled_for', '=', tick.toISOString())
    .executeTakeFirst()
  return row !== undefined
}

export async function findJobRun(db: Database, id: string): Promise<JobRun | undefined> {
  return db.selectFrom('job_runs').selectAll().where('id', '=', id).executeTakeFirst()
}

export type ListedRun = JobRun & { started_by_name: string | null }

/** A job's newest runs first. */
export async function listJobRuns(db: Database, job: string, limit: number): Promise<ListedRun[]> {
  return db
    .selectFrom('job_runs as r')
    .leftJoin('users as u', 'u.id', 'r.started_by')
    .selectAll('r')
    .select('u.name as started_by_name')
    .where('r.job', '=', job)
    .orderBy('r.started_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(limit)
    .execute()
}

/** Removes the rows of runs that nothing names any more and that are older than so many days. */
export async function deleteOldJobRuns(db: Database, days: number): Promise<number> {
  const result = await db
    .deleteFrom('job_runs as r')
    .where('r.state', '<>', 'running')
    .where('r.started_at', '<', sql<string>`now() - make_interval(days => ${days})`)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('recurrence_occurrences as x').select('x.run_id').whereRef('x.run_id', '=', 'r.id'),
        ),
      ),
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

export type LastRun = Pick<JobRun, 'job' | 'state' | 'started_at' | 'heartbeat_at' | 'figures'>

/** The newest run of each of these jobs that has one, and when the shop was made: one statement, by index. */
export async function listLastRuns(
  db: Database,
  jobs: readonly string[],
): Promise<{ since: string | null; runs: LastRun[] }> {
  const { rows } = await sql<LastRun & { since: string | null; job: string | null }>`
    SELECT installed.since, last.* FROM (SELECT (SELECT created_at FROM installation LIMIT 1) AS since) AS installed
    LEFT JOIN LATERAL (
      SELECT run.* FROM unnest(${jobs}::text[]) AS named (job) CROSS JOIN LATERAL (
        SELECT r.job, r.state, r.started_at, r.heartbeat_at, r.figures FROM job_runs r
        WHERE r.job = named.job ORDER BY r.started_at DESC, r.id DESC LIMIT 1) AS run) AS last ON true`.execute(
    db,
  )
  return { since: rows[0]?.since ?? null, runs: rows.filter((row) => row.job !== null) }
}
