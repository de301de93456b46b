import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import { type Database, openDatabase } from './data/database.ts'
import { findInstallation } from './data/installation.ts'
import { findUnappliedMigrations, migrateToLatest } from './data/migrate.ts'
import { type DatabaseServer, openDatabaseServer } from './data/server/open-server.ts'
import { startScheduler } from './jobs/schedule.ts'
import { StartProblem } from './problem-lines.ts'
import { sessionSecretOf } from './session-secret.ts'

export type Running = {
  app: FastifyInstance
  db: Database
  ownerUrl: string
  /** Where it listens, such as http://127.0.0.1:3000. */
  address: string
  /** Stops listening, lets running requests end, and leaves the database; a second call waits for the first. */
  stop: () => Promise<void>
}

export type ProcessOptions = {
  /** The server where the caller has opened it already; from then on it is released by `stop`, or where the start fails. */
  server?: DatabaseServer
  /** What has to be done after the web server listens and before the scheduler starts. */
  beforeJobs?: (running: Running) => Promise<void>
}

/** Requests that are still running when a stop is asked for have so long. */
const patienceMs = 10_000

/**
 * The whole product in one process: database server, pending migrations, web server, and the schedule where jobs are on.
 * @throws ServerProblem, StartProblem with one sentence for the person; nothing is left running then
 */
export async function startProcess(config: Config, options: ProcessOptions = {}): Promise<Running> {
  const server = options.server ?? (await openDatabaseServer(config))
  let stopping: Promise<void> | undefined
  let app: FastifyInstance | undefined
  let db: Database | undefined
  const stop = () => {
    stopping ??= stopAll(app, db, server)
    return stopping
  }
  try {
    await migrate(server)
    db = openDatabase(server.url, { name: 'web', role: 'comptoir_web' })
    await refuseOpenDemo(config, db)
    const settings = { ...config }
    app = await buildApp({ config: settings, db, sessionSecret: await sessionSecretOf(config) })
    app.importRunner.url = server.url
    const address = await listen(app, config)
    // Port 0 is whichever is free: only now it is known where people reach it.
    if (config.port === 0 && settings.baseUrl.endsWith(':0')) settings.baseUrl = address
    const running: Running = { app, db, ownerUrl: server.ownerUrl, address, stop }
    await options.beforeJobs?.(running)
    if (config.jobs) await keepSchedule(app, db, server)
    return running
  } catch (error) {
    await stop()
    throw error
  }
}

async function keepSchedule(app: FastifyInstance, db: Database, server: DatabaseServer): Promise<void> {
  app.jobRunner.scheduler = await startScheduler({
    db,
    url: server.url,
    onError: (error, job) => app.log.error({ err: error }, `${job} failed`),
  })
}

async function stopAll(
  app: FastifyInstance | undefined,
  db: Database | undefined,
  server: DatabaseServer,
): Promise<void> {
  try {
    const cut = setTimeout(() => app?.server.closeAllConnections(), patienceMs)
    await Promise.all([app?.close(), app?.jobRunner.scheduler?.stop()])
    clearTimeout(cut)
    await db?.destroy()
  } finally {
    await server.release()
  }
}

/**
 * As the owner, and only where something is pending: the web process needs no ownership otherwise.
 * @throws StartProblem where the database is of a newer version, or does not let the login act as comptoir_web
 */
async function migrate(server: DatabaseServer): Promise<void> {
  const state = await findUnappliedMigrations(server.url)
  if (state === 'unknown' || state.pending.length > 0) await migrateToLatest(server.ownerUrl)
  const after = await findUnappliedMigrations(server.url)
  if (after === 'unknown') {
    // No URL: one that names a socket has no host, which URL does not take.
    const login = decodeURIComponent(/^\w+:\/\/([^:@/]+)[^@/]*@/.exec(server.url)?.[1] ?? 'user')
    throw new StartProblem(
      `The user of DATABASE_URL may not act as comptoir_web: have the owner run GRANT comptoir_web TO "${login}".`,
    )
  }
  if (after.newer.length > 0) {
    throw new StartProblem(
      `The database is of a newer version of Comptoir (it has ${after.newer.join(', ')}): start that version, or restore a backup of this one's.`,
    )
  }
}

/** The demo's passwords are known to everybody. */
async function refuseOpenDemo(config: Config, db: Database): Promise<void> {
  if (/^(127\.|localhost$|::1$)/.test(config.host)) return
  if ((await findInstallation(db))?.kind !== 'demo') return
  throw new StartProblem(
    `The database is a demo, whose passwords are known: it is served on the loopback address alone, not on HOST ${config.host}.`,
  )
}

/** Returns the address. Fastify's own line about it stays away: the caller says it once, for people. */
async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  const { level } = app.log
  app.log.level = 'silent'
  try {
    return await app.listen({ host, port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    const sentence = listenSentences[String(code)]
    throw sentence === undefined ? error : new StartProblem(sentence(host, port), { cause: error })
  } finally {
    app.log.level = level
  }
}

const listenSentences: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `Port ${port} of ${host} is in use by another program: stop that one, or set PORT to a free one.`,
  EACCES: (host, port) =>
    `This user may not listen on port ${port} of ${host}: set PORT to one above 1023, and put a proxy before it.`,
  EADDRNOTAVAIL: (host) =>
    `HOST ${host} is no address of this machine: set it to one that is, or to 0.0.0.0.`,
  ENOTFOUND: (host) => `HOST ${host} is not known: set it to an address of this machine, or to 0.0.0.0.`,
}
