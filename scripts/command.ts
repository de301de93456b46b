import { type Config, loadEnvFile, readConfig } from '../src/config.ts'
import { type DatabaseServer, openDatabaseServer } from '../src/data/server/open-server.ts'
import { linesOf as linesOfProblem } from '../src/problem-lines.ts'

export { loadEnvFile } from '../src/config.ts'

/** A mistake in how a command was called: its sentence is printed, and the exit code is 2. */
export class UsageProblem extends Error {
  override name = 'UsageProblem'
}

/**
 * Runs a command on the shop of the settings: DATABASE_URL, else the embedded server of DATA_DIR, the running one or one started
 * for as long as the command needs it. What a person can mend is said in one line each; the exit code is what `run` returns.
 * A signal ends the command at once (what was not committed is undone) and leaves the server in order.
 *
 * `ownLines` words failures that only the command knows; undefined leaves them to `linesOf`.
 */
export async function runCommand(
  run: (server: DatabaseServer, config: Config) => Promise<number>,
  ownLines: (error: unknown) => readonly string[] | undefined = () => undefined,
): Promise<void> {
  try {
    loadEnvFile()
    const config = readConfig(process.env)
    const server = await openDatabaseServer(config)
    const forget = endOnSignal(server)
    try {
      process.exitCode = await run(server, config)
    } finally {
      forget()
      await server.release()
    }
  } catch (error) {
    process.exitCode = error instanceof UsageProblem ? 2 : 1
    for (const line of ownLines(error) ?? linesOf(error)) console.error(line)
  }
}

/** What a person needs to read of a failure: its sentence where it has one, else everything. */
export function linesOf(error: unknown): readonly string[] {
  return error instanceof UsageProblem ? [error.message] : linesOfProblem(error)
}

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** A command that has signals of its own to mind listens to them itself, and then this does nothing. */
function endOnSignal(server: DatabaseServer): () => void {
  const listeners = Object.entries(signals).map(([signal, code]) => {
    const listener = () => {
      if (process.listenerCount(signal) > 1) return
      void server.release().finally(() => process.exit(code))
    }
    process.on(signal, listener)
    return () => process.off(signal, listener)
  })
  return () => {
    for (const forget of listeners) forget()
  }
}
