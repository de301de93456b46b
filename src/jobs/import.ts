import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { openDatabase } from '../data/database.ts'
import { attemptImport } from '../services/imports/attempt-import.ts'

// The whole of an import's thread: a connection for its one transaction, and one that tells how far it is.
const { url, attempt } = z
  .object({ url: z.string(), attempt: z.object({ id: z.string(), attempt: z.number() }) })
  .parse(workerData)
const stop = new AbortController()
parentPort?.once('message', () => stop.abort())
parentPort?.unref()
const db = openDatabase(url, { name: 'import', role: 'comptoir_web', max: 2, statementTimeout: 0 })
try {
  await attemptImport(db, attempt, {
    signal: stop.signal,
    onFailure: (error) => parentPort?.postMessage(error),
  })
} finally {
  await db.destroy()
}
parentPort?.close()
