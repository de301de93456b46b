import { type Config, ConfigProblem, readConfig } from '../src/config.ts'
import { type DatabaseServer, openDatabaseServer } from '../src/data/server/open-server.ts'
import { ServerProblem } from '../src/data/server/problem.ts'

/** A mistake in how a command was called: its sentence is printed, and the exit code is 2. */
export class UsageProblem extends Error {
  override name = 'UsageProblem'
}

/**
 * Runs a command on the shop of the settings: DATABASE_URL, else the embedded server of DATA_DIR, the running one or one started
 * for as long as the command needs it. What a person can mend is said in one line each; the exit code is what `run` returns.
 */
export async function runCommand(
  run: (server: DatabaseServer, config: Config) => Promise<number>,
): Promise<void> {
  loadEnvFile()
  try {
    const config = readConfig(process.env)
    const server = await openDatabaseServer(config)
    try {
      process.exitCode = await run(server, config)
    } finally {
      await server.release()
    }
  } catch (error) {
    process.exitCode = error instanceof UsageProblem ? 2 : 1
    for (const line of linesOf(error)) console.error(line)
  }
}

/** `.env`, where there is one; the environment goes before it. */
export function loadEnvFile(): void {
  try {
    process.loadEnvFile()
  } catch {
    // No .env: the environment alone.
  }
}

/** What a person needs to read of a failure: its sentence where it has one, else everything. */
export function linesOf(error: unknown): readonly string[] {
  if (error instanceof ConfigProblem) return error.lines
  if (error instanceof ServerProblem || error instanceof UsageProblem) return [error.message]
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
}
