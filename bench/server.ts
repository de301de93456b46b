import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import { openDatabase } from '../src/data/database.ts'
import { migrateToLatest } from '../src/data/migrate.ts'
import { type EmbeddedServer, startEmbeddedServer } from '../src/data/server/embedded-server.ts'
import { forDatabase, withClient } from '../test/support/test-server.ts'

/** A database as the product signs in to it, and as its owner does. */
export type BenchDatabase = { url: string; ownerUrl: string }

export type Clone = BenchDatabase & { drop: () => Promise<void> }

/** A PostgreSQL with the product's own settings, and databases that begin alike. */
export type BenchServer = {
  /** Makes a migrated database and fills it, vacuums and analyses it; it is there to be copied. */
  template: (name: string, fill: (database: BenchDatabase) => Promise<void>) => Promise<void>
  /** A copy to work on: the same files, statistics and plans each time. */
  clone: (template: string) => Promise<Clone>
  /**
   * The processor time of all connections that have ended by now, in seconds: what they take does not depend on what else the machine
   * does. 0 where the system does not tell, which is anywhere but on Linux.
   */
  spent: () => Promise<number>
}

export type StartedServer = BenchServer & {
  /** Ends every connection, and what is under way in it. */
  interrupt: () => Promise<void>
  stop: () => Promise<void>
}

export async function startBenchServer(
  dataDir: string,
  options: { volatile: boolean },
): Promise<StartedServer> {
  const server = await startEmbeddedServer(dataDir, options)
  const admin = forDatabase(server.ownerUrl, 'postgres')
  const migrated = 'migrated'
  await run(admin, `CREATE DATABASE ${migrated} TEMPLATE template0`)
  await migrateToLatest(forDatabase(server.ownerUrl, migrated))
  return {
    template: async (name, fill) => {
      await run(admin, `CREATE DATABASE ${name} TEMPLATE ${migrated} STRATEGY file_copy`)
      const database = urlsOf(server, name)
      await fill(database)
      await run(database.ownerUrl, 'VACUUM (ANALYZE)')
      await run(admin, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
      await run(admin, 'CHECKPOINT')
    },
    clone: async (template) => {
      const name = `${template}_${randomBytes(4).toString('hex')}`
      // This strategy copies the files after a checkpoint: nothing of the copying is left to be written while we measure.
      await run(admin, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`)
      await run(admin, 'CHECKPOINT')
      return {
        ...urlsOf(server, name),
        drop: () => run(admin, `DROP DATABASE ${name} WITH (FORCE)`),
      }
    },
    spent: () => withClient(admin, spentBy),
    interrupt: () =>
      run(
        admin,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      ),
    stop: server.stop,
  }
}

/** Runs work on a database with the owner's rights and no time limit, on one connection. */
export async function asOwner<T>(
  { ownerUrl }: BenchDatabase,
  work: (db: ReturnType<typeof openDatabase>) => Promise<T>,
): Promise<T> {
  const db = openDatabase(ownerUrl, { name: 'bench', max: 1, statementTimeout: 0 })
  try {
    return await work(db)
  } finally {
    await db.destroy()
  }
}

/** A backend that has ended is counted when the server has noticed it: that takes moments. */
async function spentBy(client: Client): Promise<number> {
  const others = `SELECT count(*)::int AS others FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`
  for (let look = 0; look < 200; look += 1) {
    const { rows } = await client.query<{ others: number }>(others)
    if (rows[0]?.others === 0) break
    await pause(10)
  }
  await pause(50)
  const { rows } = await client.query<{ text: string }>(`SELECT pg_read_file('postmaster.pid') AS text`)
  const [pid] = rows[0]?.text.split('\n') ?? []
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // Of the children that have ended, in hundredths of a second: user and system time (proc_pid_stat(5), cutime and cstime).
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(13, 15)
  return (Number(user ?? 0) + Number(system ?? 0)) / 100
}

function urlsOf(server: EmbeddedServer, name: string): BenchDatabase {
  return { url: forDatabase(server.webUrl, name), ownerUrl: forDatabase(server.ownerUrl, name) }
}

async function run(url: string, statement: string): Promise<void> {
  await withClient(url, (client) => client.query(statement))
}
