import 'dotenv/config'
import { ConfigProblem, readConfig } from './config.ts'
import { startProcess } from './process.ts'

try {
  const running = await startProcess(readConfig(process.env))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void running.stop())
} catch (error) {
  if (!(error instanceof ConfigProblem)) throw error
  for (const line of error.lines) console.error(line)
  process.exitCode = 1
}
