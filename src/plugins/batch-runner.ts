import fp from 'fastify-plugin'
import { runBatch } from '../services/batches/run-batch.ts'

export type BatchRunner = {
  /** Works on a batch that is recorded already; the promise ends with this run, whatever came of it. */
  start: (batchId: string) => Promise<void>
}

declare module 'fastify' {
  interface FastifyInstance {
    batchRunner: BatchRunner
  }
}

/** Batches run in the process that was asked for them; what it has not done when it ends, its person can go on with. */
export default fp(
  async (app) => {
    const stop = new AbortController()
    const runs = new Map<string, Promise<void>>()
    app.decorate('batchRunner', {
      start: (batchId) => {
        const known = runs.get(batchId)
        if (known !== undefined) return known
        const report = (error: unknown) => app.log.error({ err: error }, `batch ${batchId}`)
        const run = runBatch(app.db, batchId, { signal: stop.signal, onFailure: report })
          .catch(report)
          .finally(() => {
            runs.delete(batchId)
            // What it has issued has no PDF yet.
            app.jobRunner.wake('render-pdfs')
          })
        runs.set(batchId, run)
        return run
      },
    })
    app.addHook('onClose', async () => {
      stop.abort()
      await Promise.all(runs.values())
    })
  },
  { name: 'batch-runner', dependencies: ['job-runner'] },
)
