import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deleteEmbeddedDatabase } from '../src/data/server/embedded-server.ts'
import { identify } from '../src/data/server/process-table.ts'
import type { Bench, Field, Figure } from './frame.ts'
import { type StartedServer, startBenchServer } from './server.ts'

export type BenchRun = {
  /** Of the usual sizes, such as 0.01 for a hundredth. */
  scale: number
  rounds: number
  signal: AbortSignal
  onBench: (bench: Bench) => void
  onFigure: (figure: Figure) => void
  onRemark: (text: string) => void
  onProgress: (bench: Bench, done: number, total: number | null) => void
}

/** Runs benches one after the other, each in a folder of its own, and removes everything, also after a failure or a signal. */
export async function runBenches(benches: readonly Bench[], run: BenchRun): Promise<void> {
  await removeLeftovers()
  const self = await identify(process.pid)
  const root = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-${self?.startedAt ?? 0}-`))
  // As root the server is another user, who must get through.
  await chmod(root, 0o711)
  try {
    for (const bench of benches) {
      run.signal.throwIfAborted()
      run.onBench(bench)
      await runOne(bench, run, join(root, bench.name))
    }
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

async function runOne(bench: Bench, run: BenchRun, folder: string): Promise<void> {
  await mkdir(folder)
  const dataDir = join(folder, 'server')
  let server: Promise<StartedServer> | undefined
  const interrupt = () => void server?.then((started) => started.interrupt()).catch(() => {})
  run.signal.addEventListener('abort', interrupt)
  try {
    await bench.run(
      fieldOf(bench, run, folder, () => {
        // At a size that says nothing of speed, nothing needs to wait for the disk.
        server ??= startBenchServer(dataDir, { volatile: run.scale < 0.01 })
        return server
      }),
    )
  } catch (error) {
    // What fails because its connection was ended by the signal is no failure of its own.
    run.signal.throwIfAborted()
    throw error
  } finally {
    run.signal.removeEventListener('abort', interrupt)
    const started = await server?.catch(() => undefined)
    await started?.stop()
    await removeDatabase(dataDir)
  }
}

function fieldOf(bench: Bench, run: BenchRun, folder: string, server: Field['server']): Field {
  return {
    folder,
    server,
    scaled: (count, least = 1) => Math.max(least, Math.round(count * run.scale)),
    rounds: run.rounds,
    signal: run.signal,
    report: (figure) => run.onFigure({ ...figure, name: `${bench.name}: ${figure.name}` }),
    remark: run.onRemark,
    show: (done, total) => run.onProgress(bench, done, total),
  }
}

const prefix = 'comptoir-bench-'

/** Folders of benches that were killed, with the servers that may still run on them. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, pid, startedAt] = /^comptoir-bench-(\d+)-(\d+)-\w+$/.exec(name) ?? []
    if (pid === undefined || (await identify(Number(pid)))?.startedAt === startedAt) continue
    const root = join(tmpdir(), name)
    for (const bench of await readdir(root)) {
      for (const dataDir of await readdir(join(root, bench))) await removeDatabase(join(root, bench, dataDir))
    }
    await rm(root, { recursive: true, force: true })
  }
}

/** The database of a data folder, wherever it is kept and if there is one, with its server. */
async function removeDatabase(dataDir: string): Promise<void> {
  const isThere = await readdir(dataDir).then(
    (names) => names.some((name) => name.startsWith('postgresql')),
    () => false,
  )
  if (isThere) await deleteEmbeddedDatabase(dataDir)
}
