import { startEmbeddedServer } from './embedded-server.ts'

/** The PostgreSQL a command works on, ours or somebody else's. */
export interface DatabaseServer {
  /** Owns the tables: migrations, `check-data`, `database-url`. */
  ownerUrl: string
  /** The web process and the jobs. */
  url: string
  /** False where DATABASE_URL names the server. */
  embedded: boolean
  /** To be called when the command is done with the server; a second call does nothing. */
  release(): Promise<void>
}

/**
 * The server of the settings: the one DATABASE_URL names, which is neither started nor stopped here; else the
 * embedded one of the data folder, started if no other command has started it.
 *
 * @throws ServerProblem with one sentence for the person where the embedded server cannot be had
 */
export async function openDatabaseServer(config: {
  databaseUrl?: string | undefined
  databaseOwnerUrl?: string | undefined
  dataDir: string
}): Promise<DatabaseServer> {
  const url = config.databaseUrl ?? config.databaseOwnerUrl
  if (url !== undefined) {
    return { ownerUrl: config.databaseOwnerUrl ?? url, url, embedded: false, release: async () => {} }
  }
  const server = await startEmbeddedServer(config.dataDir)
  return { ownerUrl: server.ownerUrl, url: server.webUrl, embedded: true, release: server.stop }
}
