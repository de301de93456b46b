import { existsSync, statfsSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const memory = '/dev/shm'
const plenty = 6 * 1024 ** 3

/**
 * Where tests keep their databases: in memory where there is plenty, since making and copying them is mostly files, else where
 * temporary files are.
 */
export function roomyFolder(): string {
  if (!existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return Math.min(bavail * bsize, process.availableMemory()) > plenty ? memory : tmpdir()
}

/** A folder for a test, which others may enter as into any project's; removed when the test ends. */
export async function temporaryFolder(t: { teardown(end: () => unknown): unknown }): Promise<string> {
  const folder = await mkdtemp(join(roomyFolder(), 'comptoir-test-'))
  await chmod(folder, 0o755)
  t.teardown(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }))
  return folder
}
