import { spawn } from 'node:child_process'
import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { lastComplaint } from './cluster.ts'
import type { Home } from './home.ts'
import { ServerProblem } from './problem.ts'
import { identify, isAlive, isPostgresOf, listPostgresOf } from './process-table.ts'
import { readServerState, type ServerState } from './server-state.ts'
import { giveTo, runningAs } from './server-user.ts'

/** Recovery after a crash reads the log since the last checkpoint, at most a gigabyte of it. */
const START_PATIENCE_MS = 300_000
const STOP_PATIENCE_MS = 60_000
const LARGEST_LOG_BYTES = 10_000_000

/** Starts the server and waits until it takes connections. Under the lock, with no server running. */
export async function startServer(home: Home, binaries: Binaries): Promise<ServerState> {
  await clearRemains(home)
  const log = await openLog(home)
  const server = spawn(binaries.postgres, ['-D', home.data], {
    ...runningAs(home.serverUser),
    cwd: home.data,
    env: { LC_ALL: 'C', TZ: 'UTC' },
    // A session of its own: a terminal's Ctrl-C reaches the command, not its server.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  let ended: string | undefined
  server.once('error', (error) => {
    ended = error.message
  })
  server.once('exit', () => {
    ended ??= ''
  })
  server.unref()
  await log.close()

  for (const deadline = Date.now() + START_PATIENCE_MS; Date.now() < deadline; await pause(20)) {
    const state = await readServerState(home)
    if (state?.phase === 'ready') return state
    if (ended !== undefined) {
      throw new ServerProblem(
        `The database in ${home.folder} does not start: ${ended || (await lastComplaint(home))}.`,
      )
    }
  }
  throw new ServerProblem(`The database in ${home.folder} is still not ready: see ${home.log}.`)
}

/** The server as soon as it takes connections, or undefined once it is gone. */
export async function awaitServer(home: Home): Promise<ServerState | undefined> {
  for (const deadline = Date.now() + START_PATIENCE_MS; Date.now() < deadline; await pause(50)) {
    const state = await readServerState(home)
    if (state === undefined || state.phase === 'ready') return state
  }
  throw new ServerProblem(
    `The database in ${home.folder} is neither ready nor gone: it may be waiting for a connection to end, see ${home.log}.`,
  )
}

/** Asks for an orderly end (`smart`: it waits for the sessions there are) and waits for it. */
export async function stopServer(state: ServerState): Promise<void> {
  const server = await identify(state.pid)
  if (server === undefined) return
  try {
    process.kill(state.pid, 'SIGTERM')
  } catch {
    return
  }
  for (const deadline = Date.now() + STOP_PATIENCE_MS; Date.now() < deadline; await pause(20)) {
    if (!(await isAlive(server))) return
  }
}

/**
 * After a kill -9 or a power cut. A backend may outlive its server by a moment, and PostgreSQL rightly
 * refuses to start beside it. The old pid may meanwhile be somebody else's, which PostgreSQL would take for
 * its own server; only then its file goes, since otherwise PostgreSQL still reads in it what to check.
 */
async function clearRemains(home: Home): Promise<void> {
  for (const deadline = Date.now() + STOP_PATIENCE_MS; Date.now() < deadline; await pause(50)) {
    if ((await listPostgresOf(home.data)).length === 0) break
  }
  for (const file of [join(home.data, 'postmaster.pid'), join(home.socketFolder, '.s.PGSQL.5432.lock')]) {
    const pid = await pidIn(file)
    if (pid === undefined) continue
    if ((await identify(pid)) !== undefined && !(await isPostgresOf(pid, home.data))) await rm(file)
  }
}

async function pidIn(file: string): Promise<number | undefined> {
  const handle = await open(file).catch(() => undefined)
  if (handle === undefined) return undefined
  try {
    const pid = Math.abs(Number.parseInt(await handle.readFile('utf8'), 10))
    return Number.isInteger(pid) ? pid : undefined
  } finally {
    await handle.close()
  }
}

async function openLog(home: Home) {
  const size = (await stat(home.log).catch(() => undefined))?.size ?? 0
  if (size > LARGEST_LOG_BYTES) await rename(home.log, `${home.log}.old`)
  const log = await open(home.log, 'a', 0o600)
  await giveTo(home.owner, home.log)
  return log
}
