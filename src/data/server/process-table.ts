import { readdir, readFile, readlink } from 'node:fs/promises'

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  pid: number
  /** Clock ticks between the boot and its start. */
  startedAt: string
  /** The boot it belongs to, since numbers and ticks begin again with each. */
  boot: string
}

/** The identity of a living process; undefined where there is none, or only its zombie. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // The name, in parentheses, may hold anything: only what follows the last one can be split.
  const fields = status?.slice(status.lastIndexOf(')') + 2).split(' ')
  const [state, startedAt] = [fields?.[0], fields?.[19]]
  if (state === undefined || startedAt === undefined || state === 'Z' || state === 'X') return undefined
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  return { pid, startedAt, boot: boot.trim() }
}

export async function isAlive(process: ProcessIdentity): Promise<boolean> {
  const now = await identify(process.pid)
  return now !== undefined && now.startedAt === process.startedAt && now.boot === process.boot
}

/** Whether the process is a PostgreSQL that works in this data folder. */
export async function isPostgresOf(pid: number, dataFolder: string): Promise<boolean> {
  if ((await identify(pid)) === undefined) return false
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
  if (name.trim() !== 'postgres') return false
  const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
  if (workingFolder !== undefined) return workingFolder === dataFolder
  // Root without CAP_SYS_PTRACE (Docker's root) may not see another user's: the server's arguments it may.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return command.split('\0').includes(dataFolder)
}

/** Every PostgreSQL process in the folder, among them those that outlive their killed server for a moment. */
export async function listPostgresOf(dataFolder: string): Promise<number[]> {
  const entries = await readdir('/proc')
  const pids = entries.filter((entry) => /^\d+$/.test(entry)).map(Number)
  const ours = await Promise.all(pids.map((pid) => isPostgresOf(pid, dataFolder)))
  return pids.filter((_, index) => ours[index])
}
