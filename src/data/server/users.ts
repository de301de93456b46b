import { randomBytes } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Home } from './home.ts'
import { identify, isAlive, type ProcessIdentity } from './process-table.ts'
import { giveTo } from './server-user.ts'

/** A keeper is what keeps a server running when the command that started it has ended. */
export type UserKind = 'command' | 'keeper'

/** Notes that a process uses the server and returns the note's path. Under the lock only, as all here. */
export async function enter(home: Home, kind: UserKind, pid: number): Promise<string> {
  const identity = await identify(pid)
  const file = join(home.users, `${kind}-${pid}-${randomBytes(4).toString('hex')}`)
  await writeFile(file, JSON.stringify(identity ?? null))
  await giveTo(home.owner, file)
  return file
}

export async function leave(note: string): Promise<void> {
  await rm(note, { force: true })
}

/** How many uses of the server are left; notes of processes that ended without leaving are removed. */
export async function countUsers(home: Home, kind?: UserKind): Promise<number> {
  const notes = (await readdir(home.users)).filter((note) => note.startsWith(kind ?? ''))
  const living = await Promise.all(notes.map((note) => isStillUsed(join(home.users, note))))
  return living.filter(Boolean).length
}

async function isStillUsed(note: string): Promise<boolean> {
  const identity = parseIdentity(await readFile(note, 'utf8').catch(() => ''))
  if (identity !== undefined && (await isAlive(identity))) return true
  await rm(note, { force: true })
  return false
}

function parseIdentity(text: string): ProcessIdentity | undefined {
  try {
    const { pid, startedAt, boot } = JSON.parse(text)
    return { pid: Number(pid), startedAt: String(startedAt), boot: String(boot) }
  } catch {
    return undefined
  }
}
