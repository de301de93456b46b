import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Home } from './home.ts'
import { isPostgresOf } from './process-table.ts'

/** What postmaster.pid says of a living server. */
export interface ServerState {
  pid: number
  port: number
  socketFolder: string
  /** `ready` takes connections; `starting` may be recovering from a crash; `stopping` takes none any more. */
  phase: 'starting' | 'ready' | 'stopping'
}

/** The server that runs in the home; undefined where there is none, or its pid file is of a dead one. */
export async function readServerState(home: Home): Promise<ServerState | undefined> {
  const text = await readFile(join(home.data, 'postmaster.pid'), 'utf8').catch(() => '')
  // Lines: pid, data folder, start, port, socket folder, address, shared memory, status. The later ones are
  // added while it starts.
  const [pidLine, , , port, socketFolder, , , status] = text.split('\n').map((line) => line.trim())
  const pid = Number(pidLine)
  if (!Number.isInteger(pid) || pid <= 0 || !(await isPostgresOf(pid, home.data))) return undefined
  return {
    pid,
    port: Number(port ?? ''),
    socketFolder: socketFolder ?? '',
    phase: status === 'ready' ? 'ready' : status === 'stopping' ? 'stopping' : 'starting',
  }
}
