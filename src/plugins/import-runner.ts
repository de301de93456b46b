import fp from 'fastify-plugin'
import type { Attempt } from '../data/import-attempts.ts'
import { attemptInThread } from '../jobs/import-thread.ts'
import { attemptImport } from '../services/imports/attempt-import.ts'

export type ImportRunner = {
  /** For the threads' own connections; set by the process. Without it the work is done here. */
  url: string | undefined
  /** Makes a check or a run that is recorded already; the promise ends with it, whatever came of it. */
  start: (attempt: Attempt) => Promise<void>
}

declare module 'fastify' {
  interface FastifyInstance {
    importRunner: ImportRunner
  }
}

/**
 * Checks and runs of imports, each in a thread of its own: reading a large file would keep every page waiting. Where the application
 * closes, what is under way is taken back, and its page offers to run it again.
 */
export default fp(
  async (app) => {
    const stop = new AbortController()
    const attempts = new Set<Promise<void>>()
    const runner: ImportRunner = {
      url: undefined,
      start: (attempt) => {
        const report = (error: unknown) => app.log.error({ err: error }, `import ${attempt.id}`)
        const options = { signal: stop.signal, onFailure: report }
        const work =
          runner.url === undefined
            ? attemptImport(app.db, attempt, options)
            : attemptInThread(runner.url, attempt, options)
        const ended = work.catch(report).finally(() => attempts.delete(ended))
        attempts.add(ended)
        return ended
      },
    }
    app.decorate('importRunner', runner)
    app.addHook('onClose', async () => {
      stop.abort()
      await Promise.all(attempts)
    })
  },
  { name: 'import-runner' },
)
