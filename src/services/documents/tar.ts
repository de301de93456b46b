import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

const BLOCK = 512

/**
 * Unpacks the files of a ustar archive (POSIX.1-1988): enough for the few small archives that come with
 * Chromium; links and other kinds are left out.
 *
 * @throws where an entry would land outside the folder
 */
export async function unpackTar(archive: Buffer, folder: string): Promise<void> {
  for (let offset = 0; offset + BLOCK <= archive.length && archive[offset] !== 0; ) {
    const header = archive.subarray(offset, offset + BLOCK)
    const name = join(textAt(header, 345, 155), textAt(header, 0, 100))
    const size = Number.parseInt(textAt(header, 124, 12), 8) || 0
    const kind = textAt(header, 156, 1)
    const content = archive.subarray(offset + BLOCK, offset + BLOCK + size)
    if (kind === '' || kind === '0') {
      const mode = Number.parseInt(textAt(header, 100, 8), 8) & 0o111 ? 0o755 : 0o644
      await writeInside(folder, name, content, mode)
    }
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
}

function textAt(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length).toString('utf8')
  return field.split('\0')[0]?.trim() ?? ''
}

async function writeInside(folder: string, name: string, content: Buffer, mode: number): Promise<void> {
  const path = join(folder, name)
  if (relative(folder, path).startsWith('..')) throw new Error(`The archive holds a file outside it: ${name}`)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content, { mode })
}
