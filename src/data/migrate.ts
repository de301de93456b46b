import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Kysely, PostgresDialect } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import pg from 'pg'

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
      throw new Error(failed === undefined ? reason : `Migration ${failed} failed: ${reason}`, {
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
