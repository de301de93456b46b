import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Attempt } from '../data/import-attempts.ts'
import type { AttemptOptions } from '../services/imports/attempt-import.ts'

/** Makes a check or a run of an import in a thread of its own, and ends with it. */
export async function attemptInThread(
  url: string,
  attempt: Attempt,
  { signal, onFailure }: AttemptOptions,
): Promise<void> {
  const thread = new Worker(fileURLToPath(new URL('./import.ts', import.meta.url)), {
    workerData: { url, attempt },
  })
  const cancel = () => thread.postMessage('cancel')
  signal?.addEventListener('abort', cancel)
  thread.on('message', (failure) => onFailure?.(failure))
  thread.on('error', (error) => onFailure?.(error))
  try {
    await new Promise<void>((resolve) => thread.once('exit', () => resolve()))
  } finally {
    signal?.removeEventListener('abort', cancel)
  }
}
