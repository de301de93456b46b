import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import { type Database, openDatabase } from './data/database.ts'
import { migrateToLatest } from './data/migrate.ts'
import { openDatabaseServer } from './data/server/open-server.ts'
import { sessionSecretOf } from './session-secret.ts'

export type Running = {
  app: FastifyInstance
  db: Database
  ownerUrl: string
  /** Stops listening, lets running requests end, and leaves the database; a second call waits for the first. */
  stop: () => Promise<void>
}

/** The whole product in one process: database server, pending migrations, web server. */
export async function startProcess(config: Config): Promise<Running> {
  const server = await openDatabaseServer(config)
  try {
    await migrateToLatest(server.ownerUrl)
    const db = openDatabase(server.url, { name: 'web', role: 'comptoir_web' })
    const app = await buildApp({ config, db, sessionSecret: await sessionSecretOf(config) })
    let stopping: Promise<void> | undefined
    const stop = async () => {
      await app.close()
      await db.destroy()
      await server.release()
    }
    await app.listen({ host: config.host, port: config.port })
    return { app, db, ownerUrl: server.ownerUrl, stop: () => (stopping ??= stop()) }
  } catch (error) {
    await server.release()
    throw error
  }
}
