import { Client } from 'pg'
import type { Home } from './home.ts'
import { ServerProblem } from './problem.ts'
import type { ServerState } from './server-state.ts'

export const OWNER_ROLE = 'comptoir'
export const WEB_ROLE = 'comptoir_web'
const PORTAL_ROLE = 'comptoir_portal'
const DATABASE = 'comptoir'

/** Sessions of the server's own keepers, which keep nothing alive. */
const OWN_SESSIONS = 'comptoir-keeper'

/**
 * A connection string that psql, pg_dump and node-postgres all take: the host, a folder, in the query, where
 * it may hold any character.
 */
export function connectionUrl(
  state: Pick<ServerState, 'socketFolder' | 'port'>,
  role: string,
  password: string,
  database = DATABASE,
): string {
  const host = encodeURIComponent(state.socketFolder)
  return `postgresql://${role}:${password}@/${encodeURIComponent(database)}?host=${host}&port=${state.port}`
}

/**
 * Makes the database and the web process's login where they are missing: the command that began may have
 * been killed between initdb and here. The login may nothing until the migrations grant it something, and may
 * become the portal's role, which may less.
 */
export async function ensureDatabase(home: Home, state: ServerState): Promise<void> {
  await asOwner(home, state, async (client) => {
    const { rows } = await client.query<{ has_database: boolean; has_login: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1) AS has_database,
              EXISTS (SELECT FROM pg_roles WHERE rolname = $2 AND rolcanlogin) AS has_login`,
      [DATABASE, WEB_ROLE],
    )
    if (rows[0]?.has_login === false) {
      await client.query(`
        DO $$ BEGIN CREATE ROLE ${WEB_ROLE}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        DO $$ BEGIN CREATE ROLE ${PORTAL_ROLE}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        GRANT ${PORTAL_ROLE} TO ${WEB_ROLE};
        ALTER ROLE ${WEB_ROLE} LOGIN PASSWORD '${home.webPassword}'`)
    }
    if (rows[0]?.has_database === false) {
      await client.query(`CREATE DATABASE ${DATABASE} TEMPLATE template0 ENCODING 'UTF8'`)
    }
  })
}

/** How many sessions others have open: a psql, a pg_dump. */
export async function countSessions(home: Home, state: ServerState): Promise<number> {
  return asOwner(home, state, async (client) => {
    const { rows } = await client.query<{ sessions: number }>(
      `SELECT count(*)::int AS sessions FROM pg_stat_activity
        WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND application_name <> $1`,
      [OWN_SESSIONS],
    )
    return rows[0]?.sessions ?? 0
  })
}

/** What a client meets whose server was just told to stop, or killed: its socket is gone, it refuses, or it hangs up. */
export function isOfEndingServer(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string') return endings.has(error.code)
  return error.message.startsWith('Connection terminated')
}

/** Of the system, and of PostgreSQL: shut down by its admin, after a crash, or not taking connections. */
const endings = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', '57P01', '57P02', '57P03'])

async function asOwner<T>(home: Home, state: ServerState, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: connectionUrl(state, OWNER_ROLE, home.ownerPassword, 'postgres'),
    application_name: OWN_SESSIONS,
  })
  // A session that the server ends while nobody asks it anything must not end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } catch (error) {
    if (isWrongPassword(error)) {
      throw new ServerProblem(
        `The password kept in ${home.folder}/password is not the one of the database beside it: put the right file back.`,
        { cause: error },
      )
    }
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '28P01'
}
