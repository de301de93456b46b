import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { findBinaries } from './binaries.ts'
import { connectionUrl, countSessions, ensureDatabase, OWNER_ROLE, WEB_ROLE } from './bootstrap.ts'
import { claimCluster, configureCluster, createCluster, hasCluster } from './cluster.ts'
import { type Home, openHome } from './home.ts'
import { underLock } from './lock.ts'
import { folderProblem, ServerProblem } from './problem.ts'
import { awaitServer, startServer, stopServer } from './server-process.ts'
import { readServerState, type ServerState } from './server-state.ts'
import { countUsers, enter, leave } from './users.ts'

export interface EmbeddedServer {
  /** Connects as `comptoir`, who owns the database and everything in the cluster. */
  ownerUrl: string
  /** Connects as `comptoir_web`, who may only do what the migrations grant. */
  webUrl: string
  /** Whether this call started the server, or met it running. */
  started: boolean
  /** Leaves the server; the last one to leave stops it. A second call does nothing. */
  stop(): Promise<void>
  /**
   * Leaves the server running for whoever connects next: it stops once nobody has been connected for so
   * many seconds and no command uses it.
   */
  leaveRunning(idleSeconds: number): Promise<void>
}

export interface EmbeddedServerOptions {
  /** For tests: no write waits for the disk, so a power cut may lose the whole database. */
  volatile?: boolean
}

/**
 * The PostgreSQL that keeps its database in the data folder: the running one, or one that is started now. It
 * outlives the command where others still use it, and a command that dies without leaving does not count.
 *
 * @throws ServerProblem with one sentence for the person
 */
export async function startEmbeddedServer(
  dataDir: string,
  options: EmbeddedServerOptions = {},
): Promise<EmbeddedServer> {
  const home = await openHome(dataDir)
  return underLock(home, async () => {
    try {
      const running = await awaitServer(home)
      const state = running ?? (await startAnew(home, options.volatile ?? false))
      await ensureDatabase(home, state)
      return serverHandle(dataDir, home, state, running === undefined, await enter(home, process.pid))
    } catch (error) {
      throw folderProblem(error, home.folder)
    }
  })
}

/**
 * Deletes the data folder's database, stopping its server.
 *
 * @throws ServerProblem where another command is using it: nothing has been deleted then
 */
export async function deleteEmbeddedDatabase(dataDir: string): Promise<void> {
  const home = await openHome(dataDir)
  await underLock(home, async () => {
    if ((await countUsers(home)) > 0) {
      throw new ServerProblem(`The database in ${home.folder} is in use: stop the other command first.`)
    }
    const state = await readServerState(home)
    if (state !== undefined) await stopServer(state)
    await rm(home.socketFolder, { recursive: true, force: true })
    await rm(home.folder, { recursive: true, force: true })
    await rm(join(dataDir, 'postgresql.location'), { force: true })
  })
}

/** For a keeper (see keeper.ts): waits until no session has been open for so long, then leaves like anyone. */
export async function keepUntilIdle(dataDir: string, note: string, idleSeconds: number): Promise<void> {
  const home = await openHome(dataDir)
  for (let idleSince = Date.now(); Date.now() - idleSince < idleSeconds * 1000; await pause(500)) {
    const state = await readServerState(home)
    if (state?.phase !== 'ready') break
    if ((await countSessions(home, state).catch(() => 0)) > 0) idleSince = Date.now()
  }
  await underLock(home, () => leaveOrStop(dataDir, home, note))
}

async function startAnew(home: Home, isVolatile: boolean): Promise<ServerState> {
  const binaries = await findBinaries(home.serverUser)
  if (await hasCluster(home)) await claimCluster(home)
  else await createCluster(home, binaries, isVolatile)
  await configureCluster(home, isVolatile)
  return startServer(home, binaries)
}

function serverHandle(
  dataDir: string,
  home: Home,
  state: ServerState,
  started: boolean,
  note: string,
): EmbeddedServer {
  let left: Promise<void> | undefined
  const leaveOnce = (how: () => Promise<void>) => {
    left ??= underLock(home, how)
    return left
  }
  return {
    ownerUrl: connectionUrl(state, OWNER_ROLE, home.ownerPassword),
    webUrl: connectionUrl(state, WEB_ROLE, home.webPassword),
    started,
    stop: () => leaveOnce(() => leaveOrStop(dataDir, home, note)),
    leaveRunning: (idleSeconds) =>
      leaveOnce(async () => {
        await startKeeper(dataDir, home, idleSeconds)
        await leave(note)
      }),
  }
}

/** Nobody is cut off: where a psql is still connected, a keeper waits for it in our place. */
async function leaveOrStop(dataDir: string, home: Home, note: string): Promise<void> {
  await leave(note)
  if ((await countUsers(home)) > 0) return
  const state = await readServerState(home)
  if (state?.phase !== 'ready') return
  if (await isConnectedTo(home, state)) await startKeeper(dataDir, home, 1)
  else await stopServer(state)
}

/** A session ends a moment after its client has gone: one look could still meet our own. */
async function isConnectedTo(home: Home, state: ServerState): Promise<boolean> {
  for (let look = 0; look < 10; look++) {
    if ((await countSessions(home, state)) === 0) return false
    await pause(50)
  }
  return true
}

/** The keeper is entered before the lock is free, so that nobody finds the server without a user. */
async function startKeeper(dataDir: string, home: Home, idleSeconds: number): Promise<void> {
  const keeper = spawn(
    process.execPath,
    [join(import.meta.dirname, 'keeper.ts'), resolve(dataDir), String(idleSeconds)],
    { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/', env: {} },
  )
  await new Promise((started, failed) => keeper.once('spawn', started).once('error', failed))
  const note = await enter(home, keeper.pid ?? 0)
  keeper.stdin.end(note)
  keeper.unref()
}
