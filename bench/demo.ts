import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { deleteEmbeddedDatabase, startEmbeddedServer } from '../src/data/server/embedded-server.ts'
import { type Bench, cost, type Field, inTurns, median } from './frame.ts'

const program = fileURLToPath(new URL('../scripts/demo.ts', import.meta.url))

export const demo: Bench = {
  name: 'demo',
  about: 'npm run demo until /health/ready answers 200, beside the embedded PostgreSQL alone',
  run: async (field) => {
    let folders = 0
    const peaks = { first: [0], second: [0] }
    /** Each measure of a first start is followed by that of a second one, in the same folder. */
    const twice = (start: (dataDir: string, peak: number[]) => Promise<number>) => {
      const seconds: number[] = []
      return {
        first: async () => {
          folders += 1
          const dataDir = join(field.folder, `${folders}`)
          await mkdir(dataDir)
          try {
            const first = await start(dataDir, peaks.first)
            seconds.push(await start(dataDir, peaks.second))
            return first
          } finally {
            await deleteEmbeddedDatabase(dataDir)
          }
        },
        second: () => median(seconds),
      }
    }
    const whole = twice((dataDir, peak) => startDemo(field, dataDir, peak))
    const bare = twice(startPostgres)
    const [ours = 0, theirs = 0] = await inTurns(field, [whole.first, bare.first])
    field.report(cost('from nothing to ready', 's', ours, theirs, 'initdb and start'))
    field.report(cost('a second start', 's', whole.second(), bare.second(), 'start'))
    field.report(
      cost(
        'memory at its peak, from nothing',
        'MB',
        Math.max(...peaks.first),
        Math.max(...peaks.second),
        'second start',
      ),
    )
  },
}

/** Answers the seconds until it is ready; `peak` gets the megabytes that its process has had at most. */
async function startDemo(field: Field, dataDir: string, peak: number[]): Promise<number> {
  const started = performance.now()
  // In a folder of its own and without our settings, so that no .env and no DATABASE_URL of ours is read.
  const child = spawn(process.execPath, [program], {
    cwd: field.folder,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataDir, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = () => void child.kill('SIGTERM')
  field.signal.addEventListener('abort', stop)
  try {
    await untilReady(await addressOf(child))
    const seconds = (performance.now() - started) / 1000
    peak.push(await peakOf(child.pid))
    return seconds
  } finally {
    field.signal.removeEventListener('abort', stop)
    stop()
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
}

/** What it prints when it runs. */
async function addressOf(child: ChildProcess): Promise<string> {
  let printed = ''
  for await (const part of child.stdout ?? []) {
    printed += String(part)
    const [, address] = /The demo runs at (http:\S+)\n/.exec(printed) ?? []
    if (address !== undefined) return address
  }
  throw new Error(`The demo has ended instead of starting:\n${printed}`)
}

async function untilReady(address: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${address}/health/ready`)
    if (answer.status === 200) return
    await pause(20)
  }
}

/** 0 where the system does not tell, which is anywhere but on Linux. */
async function peakOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024
}

async function startPostgres(dataDir: string): Promise<number> {
  const started = performance.now()
  const server = await startEmbeddedServer(dataDir)
  const seconds = (performance.now() - started) / 1000
  await server.stop()
  return seconds
}
