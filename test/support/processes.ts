import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const root = join(import.meta.dirname, '../..')

export type Started = {
  child: ChildProcess
  /** Everything it has printed so far, standard output and error as they came. */
  printed: () => string
  /** Waits for something it prints; fails with all of it where it ends before. */
  says: (pattern: RegExp) => Promise<RegExpExecArray>
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | string>
}

/** What every program needs and none of the product's settings; what was compiled once is not compiled again. */
export function bareEnvironment(): Record<string, string> {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env
  return { PATH, ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }) }
}

/** Starts a program of the project with these settings alone, in a folder of its own, so that no .env of ours is read. */
export function startProgram(
  program: string,
  folder: string,
  options: { args?: readonly string[]; env?: Record<string, string> } = {},
): Started {
  const child = spawn(process.execPath, [join(root, program), ...(options.args ?? [])], {
    cwd: folder,
    env: {
      ...bareEnvironment(),
      HOME: process.env['HOME'] ?? '',
      LOG_LEVEL: 'warn',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (part: string) => {
      text += part
    })
  }
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  let over = false
  void ended.then(() => {
    over = true
  })
  return {
    child,
    printed: () => text,
    says: async (pattern) => {
      for (let look = 0; look < 7200; look += 1) {
        const found = pattern.exec(text)
        if (found !== null) return found
        if (over) break
        await pause(25)
      }
      throw new Error(`${program} did not say ${pattern}, but:\n${text}`)
    },
    ended,
  }
}

/** Runs a program to its end. */
export async function runProgram(
  ...call: Parameters<typeof startProgram>
): Promise<{ code: number | string; printed: string }> {
  const started = startProgram(...call)
  const code = await started.ended
  return { code, printed: started.printed() }
}

/** The processes of PostgreSQL that work on a data folder, by their command lines; root's may have its database elsewhere. */
export async function postgresOn(dataDir: string): Promise<string[]> {
  const elsewhere = await readFile(join(dataDir, 'postgresql.location'), 'utf8').catch(() => '')
  const home = elsewhere === '' ? join(dataDir, 'postgresql') : elsewhere.trim()
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return lines.filter((line) => line.includes('postgres') && line.includes(home))
}

/** The same once it has become none, or after some seconds what is left. */
export async function postgresLeftOn(dataDir: string): Promise<string[]> {
  for (let look = 0; look < 100; look += 1) {
    if ((await postgresOn(dataDir)).length === 0) return []
    await pause(100)
  }
  return postgresOn(dataDir)
}
