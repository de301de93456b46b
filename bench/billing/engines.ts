import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { IsoDate } from '../../src/lib/dates.ts'

export type EngineRun = {
  seconds: number
  /** Seconds of processor time that the processes took. */
  processor: number
  invoices: number
  issued: number
  /** Of the process that took most of it. */
  memory: RunMemory
}

/** In bytes. */
export type RunMemory = {
  /** What the process has taken of the system at most. */
  peak: number
  /** What it holds before the run and after it, garbage collected. */
  before: number
  after: number
}

const program = fileURLToPath(new URL('./engine-process.ts', import.meta.url))
/** As `npm run job` calls Node; and a way to ask for a collection when the run is over. */
const execArgv = ['--max-semi-space-size=4', '--expose-gc']
const answer = z.object({
  processor: z.number(),
  invoices: z.number(),
  issued: z.number(),
  before: z.number(),
  peak: z.number(),
  after: z.number(),
})

/** Makes the product's run in so many processes at once and measures it from their common start to the last one's end. */
export async function runEngines(
  url: string,
  { today, workers, signal }: { today: IsoDate; workers: number; signal: AbortSignal },
): Promise<EngineRun> {
  const processes = Array.from({ length: workers }, () => fork(program, [url, today], { signal, execArgv }))
  try {
    for (const each of processes) await message(each)
    const started = performance.now()
    const answers = await Promise.all(
      processes.map(async (each) => {
        const answered = message(each)
        each.send('go')
        return answer.parse(await answered)
      }),
    )
    const seconds = (performance.now() - started) / 1000
    const invoices = answers.reduce((sum, each) => sum + each.invoices, 0)
    const issued = answers.reduce((sum, each) => sum + each.issued, 0)
    const processor = answers.reduce((sum, each) => sum + each.processor, 0)
    const memory = answers.reduce((most, each) => (each.peak > most.peak ? each : most))
    await Promise.all(processes.map(ended))
    return { seconds, processor, invoices, issued, memory }
  } finally {
    for (const each of processes) each.kill()
  }
}

/** The next message of a process; fails where it ends without one. */
async function message(child: ChildProcess): Promise<unknown> {
  const end = new AbortController()
  try {
    const [told] = await Promise.race([
      once(child, 'message', { signal: end.signal }),
      once(child, 'exit', { signal: end.signal }).then(([code]) => {
        throw new Error(`The run's process ended with ${code} before it had answered.`)
      }),
    ])
    return told
  } finally {
    end.abort()
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}
