import { ServerProblem } from './problem.ts'

export interface EmbeddedServer {
  /** Connects as `comptoir`, who owns the database and everything in the cluster. */
  ownerUrl: string
  /** Connects as `comptoir_web`, who may only do what the migrations grant. */
  webUrl: string
  /** Whether this call started the server, or met it running. */
  started: boolean
  /** Leaves the server; the last one to leave stops it. A second call does nothing. */
  stop(): Promise<void>
}

export interface EmbeddedServerOptions {
  /** For tests: no write waits for the disk, so a power cut may lose the whole database. */
  volatile?: boolean
}

export async function startEmbeddedServer(
  dataDir: string,
  _options: EmbeddedServerOptions = {},
): Promise<EmbeddedServer> {
  throw new ServerProblem(`No server for ${dataDir}.`)
}
