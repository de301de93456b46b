import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Kysely, PostgresDialect } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import pg from 'pg'
import { openDatabase } from './database.ts'
import { listAppliedMigrations } from './installation.ts'
import { ServerProblem } from './server/problem.ts'

const folder = fileURLToPath(new URL('../../migrations/', import.meta.url))

/** The migrations there are, by name. */
export async function listMigrations(): Promise<string[]> {
  const files = await readdir(folder)
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()
}

/**
 * What of this version the database lacks, and what it has that this version does not know; 'unknown' where the web's role cannot
 * tell, as in an empty database.
 */
export async function findUnappliedMigrations(
  url: string,
): Promise<{ pending: string[]; newer: string[] } | 'unknown'> {
  const db = openDatabase(url, { name: 'migrations', role: 'comptoir_web', max: 1 })
  try {
    const [known, applied] = [await listMigrations(), await listAppliedMigrations(db)]
    return {
      pending: known.filter((name) => !applied.includes(name)),
      newer: applied.filter((name) => !known.includes(name)),
    }
  } catch (error) {
    if (isAnswer(error)) return 'unknown'
    throw error
  } finally {
    await db.destroy()
  }
}

/** No such role, may not act as it (22023, 42501), no such table, may not read it: the database answers, if only that. */
function isAnswer(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return ['22023', '42501', '42704', '42P01'].includes(code)
}

/**
 * Applies what is pending, and needs the owner for nothing else: whoever runs on an up-to-date database may have no connection of
 * the owner at all. Names what was applied.
 */
export async function migrateWhereBehind(server: { url: string; ownerUrl: string }): Promise<string[]> {
  const state = await findUnappliedMigrations(server.url)
  const isCurrent = state !== 'unknown' && state.pending.length === 0 && state.newer.length === 0
  return isCurrent ? [] : migrateToLatest(server.ownerUrl)
}

/**
 * Applies what is pending, as the owner, in one transaction under the migrator's own lock; names what was applied.
 * Throws with the failed migration's name and PostgreSQL's own words; nothing of it is then left.
 */
export async function migrateToLatest(ownerUrl: string): Promise<string[]> {
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({
      pool: new pg.Pool({ connectionString: ownerUrl, max: 1, application_name: 'comptoir migrate' }),
    }),
  })
  try {
    const { error, results } = await new Migrator({ db, provider: { getMigrations } }).migrateToLatest()
    if (error !== undefined) {
      const failed = results?.find((result) => result.status === 'Error')?.migrationName
      const reason = error instanceof Error ? error.message : String(error)
      const newer = /previously executed migration (\S+) is missing/.exec(reason)?.[1]
      if (newer !== undefined) {
        throw new ServerProblem(
          `The database is of a newer version of Comptoir (it has ${newer}): start that version, or restore a backup of this one's.`,
          { cause: error },
        )
      }
      if (failed === undefined && isAnswer(error)) {
        throw new ServerProblem(
          `The database needs migrations, and this user does not own its tables (${reason}): set DATABASE_OWNER_URL to the owner's connection string.`,
          { cause: error },
        )
      }
      if (failed === undefined) throw error
      throw new ServerProblem(`Migration ${failed} failed, and nothing of it is left: ${reason}`, {
        cause: error,
      })
    }
    return (results ?? []).map((result) => result.migrationName)
  } finally {
    await db.destroy()
  }
}

async function getMigrations(): Promise<Record<string, Migration>> {
  const names = await listMigrations()
  const modules = await Promise.all(
    names.map((name) => import(new URL(`../../migrations/${name}.ts`, import.meta.url).href)),
  )
  return Object.fromEntries(names.map((name, index) => [name, modules[index]]))
}
