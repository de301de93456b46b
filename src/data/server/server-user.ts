import { execFile } from 'node:child_process'
import { chown, lstat, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Whom the server's processes and files belong to. */
export interface ServerUser {
  uid: number
  gid: number
}

/** "nobody" almost everywhere; the number needs no entry in /etc/passwd, so no user has to be made. */
const NOBODY: ServerUser = { uid: 65534, gid: 65534 }

/**
 * PostgreSQL refuses to run as root. Root's servers run as the ordinary user who made the database (and can so
 * go on using it), else as nobody; everybody else's run as themselves.
 */
export async function serverUserFor(home: string): Promise<ServerUser> {
  const self = ourselves()
  if (self.uid !== 0) return self
  const owner = (await ownerOf(join(home, 'data'))) ?? (await ownerOf(home))
  return owner === undefined || owner.uid === 0 ? NOBODY : owner
}

export function ourselves(): ServerUser {
  return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
}

export async function ownerOf(path: string): Promise<ServerUser | undefined> {
  const found = await lstat(path).catch(() => undefined)
  return found === undefined ? undefined : { uid: found.uid, gid: found.gid }
}

/** What `spawn` needs to run a program as this user; only root may ask for another one. */
export function runningAs(user: ServerUser): { uid?: number; gid?: number } {
  return ourselves().uid === 0 ? { uid: user.uid, gid: user.gid } : {}
}

/** Makes the file or folder the user's own, where it is not and root is the one who asks. */
export async function giveTo(user: ServerUser, path: string): Promise<void> {
  if (ourselves().uid !== 0) return
  const { uid, gid } = await stat(path)
  if (uid !== user.uid || gid !== user.gid) await chown(path, user.uid, user.gid)
}

/** Whether the user can get to the folder: asked of the system, since mode bits do not know of access lists. */
export async function canReach(user: ServerUser, folder: string): Promise<boolean> {
  if (ourselves().uid !== 0) return true
  const probe = promisify(execFile)('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], {
    ...runningAs(user),
    cwd: '/',
    env: {},
  })
  return probe.then(
    () => true,
    () => false,
  )
}
