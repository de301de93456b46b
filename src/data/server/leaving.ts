import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { countSessions } from './bootstrap.ts'
import { type Home, openHome } from './home.ts'
import { underLock } from './lock.ts'
import { stopServer } from './server-process.ts'
import { readServerState, type ServerState } from './server-state.ts'
import { giveTo } from './server-user.ts'
import { countUsers, enter, leave } from './users.ts'

/**
 * Leaves the server, and stops it where no other process uses it. Under the lock. Nobody is cut off: where a
 * psql is still connected, a keeper waits for it in our place.
 */
export async function leaveOrStop(dataDir: string, home: Home, note: string): Promise<void> {
  await leave(note)
  if ((await countUsers(home)) > 0) return
  const state = await readServerState(home)
  if (state?.phase !== 'ready') return
  if (await isConnectedTo(home, state)) await startKeeper(dataDir, home, 1)
  else await stopServer(state)
}

/**
 * Sees to it that a process keeps the server until nobody has been connected for so long. Under the lock: the
 * keeper is entered before anybody can find the server without a user. One that is there is asked to go on.
 */
export async function startKeeper(dataDir: string, home: Home, idleSeconds: number): Promise<void> {
  await writeFile(wishOf(home), String(idleSeconds))
  await giveTo(home.owner, wishOf(home))
  if ((await countUsers(home, 'keeper')) > 0) return

  const program = join(import.meta.dirname, 'keeper.ts')
  const keeper = spawn(process.execPath, [program, resolve(dataDir)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env: {},
  })
  await new Promise((started, failed) => keeper.once('spawn', started).once('error', failed))
  const note = await enter(home, 'keeper', keeper.pid ?? 0)
  keeper.stdin.on('error', () => {})
  keeper.stdin.end(note)
  keeper.unref()
}

/** What a keeper does: waits until it is wished for no longer, then leaves like everybody else. */
export async function keep(dataDir: string, note: string): Promise<void> {
  // Gone with the data folder: opening the home would make an empty one.
  if (!existsSync(note)) return
  const home = await openHome(dataDir)
  for (let wishedAt = 0; ; ) {
    wishedAt = await waitUntilIdle(home)
    const hasLeft = await underLock(home, async () => {
      const wish = await readWish(home)
      if (wish.at > wishedAt) return false
      await leaveOrStop(dataDir, home, note)
      return true
    })
    if (hasLeft) return
  }
}

/** Returns the time of the wish it has fulfilled. */
async function waitUntilIdle(home: Home): Promise<number> {
  for (let idleSince = Date.now(); ; await pause(500)) {
    const state = await readServerState(home)
    const wish = await readWish(home)
    if (state?.phase !== 'ready') return wish.at
    if ((await countSessions(home, state).catch(() => 0)) > 0) idleSince = Date.now()
    if (Date.now() - Math.max(idleSince, wish.at) >= wish.seconds * 1000) return wish.at
  }
}

/** The last wish counts: for how many idle seconds, and when it was made (milliseconds since 1970). */
async function readWish(home: Home): Promise<{ seconds: number; at: number }> {
  const [text, found] = await Promise.all([
    readFile(wishOf(home), 'utf8').catch(() => '0'),
    stat(wishOf(home)).catch(() => undefined),
  ])
  return { seconds: Number(text) || 0, at: found?.mtimeMs ?? 0 }
}

function wishOf(home: Home): string {
  return join(home.folder, 'keep')
}

/** A session ends a moment after its client has gone: one look could still meet our own. */
async function isConnectedTo(home: Home, state: ServerState): Promise<boolean> {
  for (let look = 0; look < 10; look++) {
    if ((await countSessions(home, state)) === 0) return false
    await pause(50)
  }
  return true
}
