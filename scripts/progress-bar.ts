import type { WriteStream } from 'node:tty'

export type ProgressBar = {
  show: (done: number, total: number | null) => void
  clear: () => void
}

const width = 30
const everyMs = 100

/** One line that is drawn over itself while something works, on a terminal alone: nothing of it reaches a file or a pipe. */
export function progressBar(stream: WriteStream, label: string): ProgressBar {
  const started = performance.now()
  let drawn: number | undefined
  return {
    show: (done, total) => {
      if (!stream.isTTY || (drawn !== undefined && performance.now() - drawn < everyMs)) return
      drawn = performance.now()
      const text = `${label} ${line(done, total, drawn - started)}`
      // Some terminals do not tell their width.
      stream.write(`\r\u001b[K${text.slice(0, stream.columns || 80)}`)
    },
    clear: () => {
      if (drawn !== undefined) stream.write('\r\u001b[K')
      drawn = undefined
    },
  }
}

function line(done: number, total: number | null, elapsed: number): string {
  if (total === null || total === 0) return String(done)
  const share = Math.min(1, done / total)
  const filled = Math.round(share * width)
  const left = share > 0.02 ? ` about ${Math.ceil((elapsed / share - elapsed) / 1000)} s left` : ''
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done} of ${total}${left}`
}
