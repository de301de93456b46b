import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from './config.ts'

/** SESSION_SECRET, else one made at the first start and kept in the data folder, readable by its owner alone. */
export async function sessionSecretOf(config: Pick<Config, 'sessionSecret' | 'dataDir'>): Promise<string> {
  if (config.sessionSecret !== undefined) return config.sessionSecret
  const path = join(config.dataDir, 'session-secret')
  const kept = await readFile(path, 'utf8').catch(() => '')
  if (kept.length >= 32) return kept
  await mkdir(config.dataDir, { recursive: true })
  const made = randomBytes(32).toString('hex')
  const temporary = `${path}.${process.pid}`
  await writeFile(temporary, made, { mode: 0o600 })
  // Two processes may start at once: the first link wins, both read what it holds.
  await link(temporary, path).catch(() => {})
  await rm(temporary, { force: true })
  return readFile(path, 'utf8')
}
