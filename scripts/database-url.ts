import { loadEnvFile, readConfig } from '../src/config.ts'
import { startEmbeddedServer } from '../src/data/server/embedded-server.ts'
import { linesOf } from '../src/problem-lines.ts'

/** Long enough to type the password of a sudo between this and psql, short enough not to be forgotten. */
const IDLE_SECONDS = 60

// The owner's connection string, alone on standard output: psql "$(npm run -s database-url)"
try {
  loadEnvFile()
  const config = readConfig(process.env)
  const url = config.databaseOwnerUrl ?? config.databaseUrl
  console.log(url ?? (await embeddedUrl(config.dataDir)))
} catch (error) {
  for (const line of linesOf(error)) console.error(line)
  process.exitCode = 1
}

/** Whoever connects does so after this command has ended, so the server must outlive it. */
async function embeddedUrl(dataDir: string): Promise<string> {
  const server = await startEmbeddedServer(dataDir)
  await server.leaveRunning(IDLE_SECONDS)
  if (server.started) {
    console.error(
      `The database was not running. It is now, and stops ${IDLE_SECONDS} seconds after its last connection.`,
    )
  }
  return server.ownerUrl
}
