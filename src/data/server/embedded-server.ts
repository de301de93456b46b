import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { findBinaries } from './binaries.ts'
import {
  connectionUrl,
  countSessions,
  ensureDatabase,
  isOfEndingServer,
  OWNER_ROLE,
  WEB_ROLE,
} from './bootstrap.ts'
import { claimCluster, configureCluster, createCluster, hasCluster } from './cluster.ts'
import { type Home, openHome } from './home.ts'
import { leaveOrStop, startKeeper } from './leaving.ts'
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
      const running = await meetServer(home)
      const state = running ?? (await startAnew(home, options.volatile ?? false))
      if (running === undefined) await ensureDatabase(home, state)
      return serverHandle(
        dataDir,
        home,
        state,
        running === undefined,
        await enter(home, 'command', process.pid),
      )
    } catch (error) {
      await stopIfUnused(home)
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
    const state = await readServerState(home)
    const isConnected = state?.phase === 'ready' && (await countSessions(home, state)) > 0
    if (isConnected || (await countUsers(home, 'command')) > 0) {
      throw new ServerProblem(`The database in ${home.folder} is in use: stop the other command first.`)
    }
    if (state !== undefined) await stopServer(state)
    await rm(home.socketFolder, { recursive: true, force: true })
    await rm(home.folder, { recursive: true, force: true })
    await rm(join(dataDir, 'postgresql.location'), { force: true })
  })
}

/** After a failure between the start and our entering: a server nobody uses would run for ever. */
async function stopIfUnused(home: Home): Promise<void> {
  const state = await readServerState(home)
  if (state !== undefined && (await countUsers(home)) === 0) await stopServer(state)
}

/** One that ends while we knock is waited for, until it is gone. */
const ENDING_PATIENCE_MS = 15_000

/** The running server with its database, or undefined where none runs. */
async function meetServer(home: Home): Promise<ServerState | undefined> {
  for (const deadline = Date.now() + ENDING_PATIENCE_MS; ; await pause(50)) {
    const state = await awaitServer(home)
    if (state === undefined) return undefined
    try {
      await ensureDatabase(home, state)
      return state
    } catch (error) {
      if (!isOfEndingServer(error) || Date.now() > deadline) throw error
    }
  }
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
