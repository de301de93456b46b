import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { parseArgs, parseEnv } from 'node:util'
import { type Config, readConfig } from '../src/config.ts'
import { type Running, startProcess } from '../src/process.ts'
import { linesOf, UsageProblem } from './command.ts'
import { demoPassword, makeDemo, signIns } from './demo/make-demo.ts'
import { openDemoDatabase } from './demo/open-demo.ts'
import { steps } from './demo/steps.ts'

// `npm run demo [-- --fresh]`: from nothing to a running shop. Ctrl-C stops it in order, also while it is being made.
const stop = new AbortController()
let running: Promise<Running> | undefined
// A terminal that is closed takes no more text: that must not stop an orderly stop.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())

try {
  await demo(readFresh(), demoConfig())
} catch (error) {
  // Stopped while it was being made: that is no failure, and the next start begins anew.
  if (stop.signal.aborted && error === stop.signal.reason) {
    console.log('Stopped before the demo was complete: the next start begins anew.')
    process.exitCode = 130
  } else {
    for (const line of linesOf(error)) console.error(line)
    process.exitCode = error instanceof UsageProblem ? 2 : 1
  }
}

async function demo(fresh: boolean, config: Config): Promise<void> {
  const folder = relative(process.cwd(), config.dataDir)
  console.log(`Comptoir, demo in ${folder.startsWith('..') || folder === '' ? config.dataDir : folder}`)
  const opened = await steps.step('Database', () => openDemoDatabase(config.dataDir, fresh))
  try {
    running = startProcess(config, {
      server: opened.server,
      beforeJobs: async (started) => {
        await opened.claim.announce(started.address)
        stop.signal.throwIfAborted()
        if (!opened.ready) await makeDemo(opened.server, steps, stop.signal)
      },
    })
    const { address } = await running
    greet(address)
    await new Promise<void>((stopped) => {
      if (stop.signal.aborted) stopped()
      else stop.signal.addEventListener('abort', () => stopped(), { once: true })
    })
    console.log('Stopping…')
  } finally {
    // Where the start has failed, it has left nothing behind.
    const started = await running?.catch(() => undefined)
    await started?.stop()
  }
}

function greet(address: string): void {
  const width = Math.max(...signIns.map(([email]) => email.length)) + 2
  console.log(`
The demo runs at ${address}

${signIns.map(([email, role]) => `  ${email.padEnd(width)}${demoPassword}   ${role}`).join('\n')}

Ctrl-C stops it. The next start keeps what is there; npm run demo -- --fresh starts over.`)
}

function readFresh(): boolean {
  try {
    return parseArgs({ options: { fresh: { type: 'boolean', default: false } } }).values.fresh
  } catch (error) {
    throw new UsageProblem(
      `${error instanceof Error ? error.message : String(error)}\nUse npm run demo, or npm run demo -- --fresh to start over.`,
    )
  }
}

/**
 * The demo's own settings. The folder comes from the environment alone, and the database is always the embedded one of that folder:
 * a forgotten .env never leads it to a real shop. It listens on the loopback address, since its passwords are known to everybody, and
 * sends no mail. PORT, JOBS, LOG_LEVEL and PUPPETEER_EXECUTABLE_PATH may come from .env too.
 */
function demoConfig(): Config {
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {}
  const { PORT, JOBS, LOG_LEVEL, PUPPETEER_EXECUTABLE_PATH } = { ...file, ...present(process.env) }
  if (PUPPETEER_EXECUTABLE_PATH !== undefined)
    process.env['PUPPETEER_EXECUTABLE_PATH'] = PUPPETEER_EXECUTABLE_PATH
  return readConfig({
    HOST: '127.0.0.1',
    PORT,
    JOBS,
    LOG_LEVEL: LOG_LEVEL ?? 'warn',
    PUPPETEER_EXECUTABLE_PATH,
    DATA_DIR: process.env['DATA_DIR']?.trim() || '.data/demo',
  })
}

function present(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
}
