import { createHash, randomBytes } from 'node:crypto'
import { access, constants, link, mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { folderProblem, ServerProblem, systemErrorCode } from './problem.ts'
import { canReach, giveTo, ourselves, ownerOf, type ServerUser, serverUserFor } from './server-user.ts'

/** The folder of one embedded database, and what lies in it. */
export interface Home {
  folder: string
  /** PostgreSQL's own folder; it exists from the moment it is complete. */
  data: string
  log: string
  /** A file for each process that uses the server. */
  users: string
  /** Where the server's socket is: short, since the system takes no more than 107 bytes. */
  socketFolder: string
  ownerPassword: string
  webPassword: string
  /** Whom the server runs as. */
  serverUser: ServerUser
  /** Whom the rest belongs to: whoever made it. */
  owner: ServerUser
}

/** Found in a data folder whose database had to be kept elsewhere; holds that place. */
const NOTE = 'postgresql.location'

/**
 * The home of a data folder's database, made where it does not exist: `postgresql/` inside it, or a folder
 * below /var/lib where root runs the command and the server's user cannot get into the data folder (root's
 * home is 0700).
 */
export async function openHome(dataDir: string): Promise<Home> {
  const asked = resolve(dataDir)
  if (asked.includes('\0')) throw new ServerProblem('DATA_DIR holds a NUL character, which no path may.')
  try {
    await makeFolders(asked)
    const folder = await placeFor(await realpath(asked))
    return await furnish(folder)
  } catch (error) {
    throw folderProblem(error, asked)
  }
}

/** Not `mkdir` with `recursive`, which never returns below a folder that denies it exists, such as /proc. */
async function makeFolders(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return
    const parent = dirname(folder)
    if (code !== 'ENOENT' || (await stat(parent).catch(() => undefined)) !== undefined) throw error
    await makeFolders(parent)
    await makeFolders(folder)
  }
}

async function placeFor(dataDir: string): Promise<string> {
  const noted = await notedPlace(dataDir)
  if (noted !== undefined) return noted

  const usual = join(dataDir, 'postgresql')
  refuseUnwritable(usual)
  const serverUser = await serverUserFor(usual)
  if (await canReach(serverUser, dataDir)) return usual

  if ((await ownerOf(join(usual, 'data'))) !== undefined) {
    throw new ServerProblem(
      `The database in ${usual} can no longer be reached by the user it runs as (uid ${serverUser.uid}): open the folders above it, or move DATA_DIR.`,
    )
  }
  return makePlaceElsewhere(dataDir)
}

async function notedPlace(dataDir: string): Promise<string | undefined> {
  const note = join(dataDir, NOTE)
  const place = await readFile(note, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  )
  if (place === undefined) return undefined
  const owner = await ownerOf(place)
  if (owner === undefined) {
    throw new ServerProblem(
      `The database of ${dataDir} was kept in ${place}, which is gone: put it back, or delete ${note} to begin with an empty one.`,
    )
  }
  return place
}

/** postmaster.pid has one line for the path, and PostgreSQL's paths end at 1,023 bytes. */
function refuseUnwritable(path: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\x00-\x1f\x7f]/.test(path)) {
    throw new ServerProblem('The database cannot be kept in DATA_DIR: its path holds a control character.')
  }
  if (Buffer.byteLength(path) > 900) {
    throw new ServerProblem(`The database cannot be kept in ${path}: the path is too long.`)
  }
}

/** Two commands may come here at once: the one whose note is there first wins, the other follows it. */
async function makePlaceElsewhere(dataDir: string): Promise<string> {
  const place = await makeFolder(await lastingFolder(), `comptoir-${hashOf(dataDir)}`)
  const draft = join(dataDir, `${NOTE}.${process.pid}.${randomBytes(4).toString('hex')}`)
  try {
    await writeFile(draft, `${place}\n`)
    await giveTo((await ownerOf(dataDir)) ?? ourselves(), draft)
    await link(draft, join(dataDir, NOTE))
    return place
  } catch (error) {
    await rm(place, { recursive: true, force: true })
    if (systemErrorCode(error) !== 'EEXIST') throw error
    return (await notedPlace(dataDir)) ?? place
  } finally {
    await rm(draft, { force: true })
  }
}

/** A folder that was not there before, so that nobody else's can be taken for ours. */
async function makeFolder(parent: string, name: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const folder = join(parent, attempt === 1 ? name : `${name}-${attempt}`)
    try {
      await mkdir(folder, { mode: 0o755 })
      return folder
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error
    }
  }
}

/**
 * Where what a command makes for itself outlives it. Not /var/tmp if it can be helped: systemd deletes there
 * what nobody has touched for 30 days, a table of last year's invoices say.
 */
export async function lastingFolder(): Promise<string> {
  const preferred = ourselves().uid === 0 ? '/var/lib' : join(homedir(), '.cache')
  const usable = await makeFolders(preferred)
    .then(() => access(preferred, constants.W_OK))
    .then(
      () => true,
      () => false,
    )
  return usable ? preferred : temporaryFolder()
}

/** Short, and the same for everybody; a living server keeps its socket there from being cleaned away. */
async function temporaryFolder(): Promise<string> {
  const usual = await stat('/var/tmp').catch(() => undefined)
  return usual?.isDirectory() ? '/var/tmp' : tmpdir()
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

async function furnish(folder: string): Promise<Home> {
  await makeFolders(folder)
  const owner = (await ownerOf(folder)) ?? ourselves()
  if (ourselves().uid !== 0 && owner.uid !== ourselves().uid) {
    throw new ServerProblem(
      `The database in ${folder} belongs to another user (uid ${owner.uid}): run the command as that user.`,
    )
  }
  const serverUser = await serverUserFor(folder)
  const users = join(folder, 'users')
  await makePrivateFolder(users)
  await giveTo(owner, users)
  return {
    folder,
    data: join(folder, 'data'),
    log: join(folder, 'log'),
    users,
    socketFolder: await makeSocketFolder(folder, serverUser),
    ownerPassword: await secret(join(folder, 'password'), owner),
    webPassword: await secret(join(folder, 'web-password'), owner),
    serverUser,
    owner,
  }
}

async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error) => {
    if (systemErrorCode(error) !== 'EEXIST') throw error
  })
}

/** PostgreSQL reads a list of folders parted by commas and quoted in its own way: odd paths stay out of it. */
async function makeSocketFolder(folder: string, serverUser: ServerUser): Promise<string> {
  const usual = join(folder, 'run')
  const isPlain = /^[\w/.@+-]+$/.test(usual) && Buffer.byteLength(usual) < 80
  const socketFolder = isPlain ? usual : join(await temporaryFolder(), `comptoir-run-${hashOf(folder)}`)
  await makePrivateFolder(socketFolder)
  const owner = await ownerOf(socketFolder)
  if (owner?.uid !== ourselves().uid && owner?.uid !== serverUser.uid) {
    throw new ServerProblem(
      `The folder ${socketFolder} belongs to another user (uid ${owner?.uid}): remove it, the database's socket goes there.`,
    )
  }
  await giveTo(serverUser, socketFolder)
  return socketFolder
}

/** The secret in the file, made by whoever comes first and complete from the moment it can be seen. */
async function secret(file: string, owner: ServerUser): Promise<string> {
  const known = await readFile(file, 'utf8').catch((error) => {
    if (systemErrorCode(error) !== 'ENOENT') throw error
    return undefined
  })
  if (known !== undefined && known.trim() !== '') return known.trim()

  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    await writeFile(draft, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 })
    await giveTo(owner, draft)
    if (known !== undefined) await rm(file, { force: true })
    await link(draft, file)
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
  return (await readFile(file, 'utf8')).trim()
}
