import { progressBar } from '../progress-bar.ts'

export type Steps = {
  /** Does a step under a progress bar, then says in a line what came of it and how long it took. */
  step<T extends { said: string }>(
    name: string,
    work: (show: (done: number, total: number | null) => void) => Promise<T>,
  ): Promise<T>
}

const nameWidth = 14

/** Lines go to standard output; the bars, on a terminal alone, to standard error. */
export const steps: Steps = {
  step: async (name, work) => {
    const started = performance.now()
    const bar = progressBar(process.stderr, `  ${name.padEnd(nameWidth)}`)
    try {
      const done = await work((count, total) => bar.show(count, total))
      bar.clear()
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(`  ${name.padEnd(nameWidth)}${done.said} (${seconds} s)`)
      return done
    } finally {
      bar.clear()
    }
  },
}

/** The same in silence, for what is made on the way to something else. */
export const quietSteps: Steps = { step: (_, work) => work(() => {}) }
