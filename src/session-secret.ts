import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { systemErrorCode } from './data/server/problem.ts'
import { StartProblem } from './problem-lines.ts'

/**
 * SESSION_SECRET, else one made at the first start and kept in the data folder, readable by its owner alone.
 * @throws StartProblem where the folder does not take it
 */
export async function sessionSecretOf(config: Pick<Config, 'sessionSecret' | 'dataDir'>): Promise<string> {
  if (config.sessionSecret !== undefined) return config.sessionSecret
  const path = join(config.dataDir, 'session-secret')
  try {
    return (await keptSecret(path)) ?? (await makeSecret(path))
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === undefined) throw error
    throw new StartProblem(
      `The secret that signs cookies cannot be kept in ${path} (${code}): set SESSION_SECRET, or let this user write there.`,
      { cause: error },
    )
  }
}

async function keptSecret(path: string): Promise<string | undefined> {
  const kept = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return ''
    throw error
  })
  return kept.length >= 32 ? kept : undefined
}

/** Two processes may start at once: the first link wins, both read what it holds. */
async function makeSecret(path: string): Promise<string> {
  await mkdir(join(path, '..'), { recursive: true })
  const temporary = `${path}.${process.pid}`
  await writeFile(temporary, randomBytes(32).toString('hex'), { mode: 0o600 })
  await link(temporary, path).catch(async (error: unknown) => {
    if (systemErrorCode(error) !== 'EEXIST') throw error
    if ((await keptSecret(path)) !== undefined) return
    // One that a full disk has cut short: nobody can have used it.
    await rm(path, { force: true })
    await link(temporary, path)
  })
  await rm(temporary, { force: true })
  return readFile(path, 'utf8')
}
