import { loadEnvFile, readConfig } from './config.ts'
import { linesOf } from './problem-lines.ts'
import { type Running, startProcess } from './process.ts'

// `npm start`: the shop of the settings, until a signal stops it in order.
let starting: Promise<Running> | undefined
let stopping: Promise<void> | undefined

// Listened to from the first moment, so that a start which is interrupted leaves no database server behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
// A terminal that is closed takes no more text: that must not stop an orderly stop.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, fail)

try {
  loadEnvFile()
  const config = readConfig(process.env)
  starting = startProcess(config)
  const { address } = await starting
  if (stopping === undefined) {
    const outside =
      config.port === 0 || config.baseUrl === address ? '' : `, and is reached at ${config.baseUrl}`
    console.log(`Comptoir listens at ${address}${outside}.`)
  }
} catch (error) {
  for (const line of linesOf(error)) console.error(line)
  process.exitCode = 1
}

/** A second signal changes nothing: the stop under way is waited for. */
function stop(): Promise<void> {
  stopping ??= (async () => {
    const running = await starting?.catch(() => undefined)
    await running?.stop()
  })()
  return stopping
}

/** Nobody knows in which state it left us: it is logged, and whoever supervises starts us again. */
function fail(error: unknown): void {
  console.error(`Comptoir stops because of an error that nothing has caught.`)
  for (const line of linesOf(error)) console.error(line)
  process.exitCode = 1
  void stop().finally(() => process.exit(1))
}
