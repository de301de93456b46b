import { createServer, type Server } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { type Home, hashOf } from './home.ts'
import { ServerProblem, systemErrorCode } from './problem.ts'

const PATIENCE_MS = 180_000

/**
 * Does the work while no other command starts, stops or enters the same database. The lock is a name in the
 * kernel (an abstract Unix socket), not a file: it ends with the process that holds it, however that ends, so
 * there is no stale lock to judge and none to steal. The name holds the password, so that nobody else can
 * take it beforehand.
 */
export async function underLock<T>(home: Home, work: () => Promise<T>): Promise<T> {
  const lock = await takeLock(`\0comptoir-${hashOf(`${home.folder}\n${home.ownerPassword}`)}`, home.folder)
  try {
    return await work()
  } finally {
    await new Promise((done) => lock.close(done))
  }
}

async function takeLock(name: string, folder: string): Promise<Server> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await pause(50)) {
    const lock = await tryLock(name)
    if (lock !== undefined) return lock
  }
  throw new ServerProblem(
    `Another command has been starting or stopping the database in ${folder} for three minutes: end it and try again.`,
  )
}

function tryLock(name: string): Promise<Server | undefined> {
  return new Promise((settle, fail) => {
    const server = createServer((connection) => connection.destroy())
    server.once('error', (error) =>
      systemErrorCode(error) === 'EADDRINUSE' ? settle(undefined) : fail(error),
    )
    server.listen({ path: name, exclusive: true }, () => settle(server))
  })
}
