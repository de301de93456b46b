import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, lstat, mkdir, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Binaries, POSTGRESQL_MAJOR } from './binaries.ts'
import type { Home } from './home.ts'
import { fullDisk, ServerProblem, SPACE_BYTES } from './problem.ts'
import { giveTo, ourselves, ownerOf, runningAs } from './server-user.ts'

/** Whether a cluster is there already. Throws a ServerProblem where one is that cannot be used. */
export async function hasCluster(home: Home): Promise<boolean> {
  if ((await lstat(home.data).catch(() => undefined)) === undefined) return false
  const version = await readFile(join(home.data, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version === undefined) {
    throw new ServerProblem(`${home.data} is not a PostgreSQL folder: move it away, or set another DATA_DIR.`)
  }
  if (version.trim() !== POSTGRESQL_MAJOR) {
    throw new ServerProblem(
      `The database in ${home.data} is of PostgreSQL ${version.trim()}, and this is PostgreSQL ${POSTGRESQL_MAJOR}: dump it with the old release and restore it with this one.`,
    )
  }
  return true
}

/**
 * Makes the cluster beside its place and moves it there when it is complete, so that a killed initdb leaves
 * nothing that looks like a database. Under the lock only: drafts found here are of processes that died.
 */
export async function createCluster(home: Home, binaries: Binaries, isVolatile: boolean): Promise<void> {
  await removeDrafts(home)
  const draft = `${home.data}.new-${randomBytes(4).toString('hex')}`
  const passwordFile = join(home.socketFolder, `initial-${randomBytes(4).toString('hex')}`)
  try {
    await mkdir(draft, { mode: 0o700 })
    await giveTo(home.serverUser, draft)
    await writeFile(passwordFile, home.ownerPassword, { mode: 0o600 })
    await giveTo(home.serverUser, passwordFile)
    await runInitdb(home, binaries, [
      `--pgdata=${draft}`,
      `--pwfile=${passwordFile}`,
      '--username=comptoir',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
      ...(isVolatile ? ['--no-sync'] : []),
    ])
    await rename(draft, home.data)
  } finally {
    await rm(passwordFile, { force: true })
    await rm(draft, { recursive: true, force: true })
  }
}

/**
 * Writes the settings anew at each start: where the socket goes may have changed with the folder's name. What
 * ALTER SYSTEM sets stays stronger.
 */
export async function configureCluster(home: Home, isVolatile: boolean): Promise<void> {
  const settings = { ...baseSettings(home), ...(isVolatile ? volatileSettings : {}) }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`)
  const file = join(home.data, 'comptoir.conf')
  await writeFile(file, `# Written by Comptoir at each start.\n${lines.join('\n')}\n`, { mode: 0o600 })
  await giveTo(home.serverUser, file)

  const main = join(home.data, 'postgresql.conf')
  const include = "include 'comptoir.conf'"
  const text = await readFile(main, 'utf8')
  if (!text.split('\n').includes(include)) await writeFile(main, `${text}\n${include}\n`)
}

/** PostgreSQL takes only a folder of its own user, closed to others: a copy made by root, say, is neither. */
export async function claimCluster(home: Home): Promise<void> {
  if (ourselves().uid !== 0) return
  const owner = await ownerOf(home.data)
  if (owner?.uid === home.serverUser.uid) return
  await giveTo(home.serverUser, home.data)
  await chmod(home.data, 0o700)
  for (const name of await readdir(home.data, { recursive: true })) {
    const path = join(home.data, name)
    if (!(await lstat(path)).isSymbolicLink()) await giveTo(home.serverUser, path)
  }
}

/** Copies what the log says of the last failure, for the sentence a person gets. */
export async function lastComplaint(home: Home): Promise<string> {
  const text = await readFile(home.log, 'utf8').catch(() => '')
  const complaints = text.split('\n').filter((line) => /(FATAL|PANIC|ERROR|error): /.test(line))
  return complaints.at(-1)?.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '') ?? 'it left no message'
}

function baseSettings(home: Home): Record<string, string> {
  return {
    listen_addresses: '',
    unix_socket_directories: home.socketFolder,
    unix_socket_permissions: '0700',
    port: '5432',
    max_connections: '100',
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
  }
}

const volatileSettings: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
}

async function removeDrafts(home: Home): Promise<void> {
  for (const name of await readdir(home.folder)) {
    if (!name.startsWith('data.new-')) continue
    // The initdb of a killed command may still be writing; what it leaves goes at a later start.
    await rm(join(home.folder, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
  }
}

async function runInitdb(home: Home, binaries: Binaries, options: string[]): Promise<void> {
  try {
    await promisify(execFile)(binaries.initdb, options, {
      ...runningAs(home.serverUser),
      cwd: home.socketFolder,
      env: { LC_ALL: 'C', TZ: 'UTC' },
    })
  } catch (cause) {
    throw await initdbProblem(home, cause)
  }
}

async function initdbProblem(home: Home, cause: unknown): Promise<ServerProblem> {
  const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause)
  // A full disk ends initdb in many ways, not all of which say so.
  const disk = await statfs(home.folder)
  if (/No space left on device/.test(said) || disk.bavail * disk.bsize < SPACE_BYTES) {
    return new ServerProblem(fullDisk(home.folder), { cause })
  }
  if (/could not look up effective user ID/.test(said)) {
    return new ServerProblem(
      `PostgreSQL runs only as a user that the system knows, and uid ${home.serverUser.uid} is not in /etc/passwd: add it there, or set DATABASE_URL.`,
      { cause },
    )
  }
  const complaint = said.split('\n').findLast((line) => /(error|FATAL|PANIC):/.test(line)) ?? said.trim()
  return new ServerProblem(`The database cannot be made in ${home.folder}: ${complaint}.`, { cause })
}
