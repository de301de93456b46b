import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import {
  access,
  constants,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { brotliDecompress, createBrotliDecompress } from 'node:zlib'
import { z } from 'zod'
import { unpackTar } from './tar.ts'

/** What was unpacked from @sparticuz/chromium for this user and release. */
export interface ChromiumFolder {
  executable: string
  /** The libraries it needs that a bare system may lack (NSS, expat). */
  libraries: string
}

const require = createRequire(import.meta.url)
const packageFolder = () => dirname(dirname(require.resolve('@sparticuz/chromium')))

/**
 * The Chromium that npm brought, unpacked once for each user and release (some seconds and 200 MB). The
 * package's own way unpacks into one folder for all users, where the second one is refused.
 */
export async function unpackChromium(): Promise<ChromiumFolder> {
  if (process.arch !== 'x64' || process.platform !== 'linux') {
    throw new Error(
      'npm brings no Chromium for this machine: install one, or name it in PUPPETEER_EXECUTABLE_PATH.',
    )
  }
  const archives = join(packageFolder(), 'bin')
  const folder = await unpackOnce(`chromium-${await releaseOf(packageFolder())}`, async (draft) => {
    await pipeline(
      createReadStream(join(archives, 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(join(draft, 'chromium'), { mode: 0o755 }),
    )
    await unpackArchive(join(archives, 'al2023.tar.br'), draft)
  })
  return { executable: join(folder, 'chromium'), libraries: join(folder, 'lib') }
}

/**
 * A folder with a fonts.conf, for FONTCONFIG_PATH: the fonts that npm brought, then the system's. Without any
 * font Chromium prints empty pages and says nothing. Inter is not among them: fontconfig reads no WOFF2, so
 * pages and documents name it in `@font-face`.
 */
export async function unpackFonts(): Promise<string> {
  return unpackOnce(`fonts-${await releaseOf(packageFolder())}`, async (draft, folder) => {
    await unpackArchive(join(packageFolder(), 'bin', 'fonts.tar.br'), draft)
    await writeFile(join(draft, 'fonts.conf'), fontsConf(folder))
  })
}

async function unpackArchive(archive: string, folder: string): Promise<void> {
  await unpackTar(await promisify(brotliDecompress)(await readFile(archive)), folder)
}

async function releaseOf(folder: string): Promise<string> {
  const description = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  return z.object({ version: z.string().regex(/^[\w.+-]+$/) }).parse(description).version
}

/**
 * The folder by that name, filled where it does not exist. It appears complete or not at all, so a killed
 * command leaves no half Chromium and two at once do not disturb each other.
 */
async function unpackOnce(
  name: string,
  fill: (draft: string, folder: string) => Promise<void>,
): Promise<string> {
  const parent = await privateFolder()
  const folder = join(parent, name)
  if ((await lstat(folder).catch(() => undefined))?.isDirectory()) return folder

  await removeOldDrafts(parent)
  const draft = `${folder}.${DRAFT}-${randomBytes(4).toString('hex')}`
  await mkdir(draft)
  try {
    await fill(draft, folder)
    await rename(draft, folder)
  } catch (error) {
    if (!(await lstat(folder).catch(() => undefined))?.isDirectory()) throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return folder
}

const DRAFT = 'draft'
const OLD_MS = 3_600_000

async function removeOldDrafts(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.includes(`.${DRAFT}-`)) continue
    const { mtimeMs } = await stat(join(parent, name))
    if (Date.now() - mtimeMs > OLD_MS) await rm(join(parent, name), { recursive: true, force: true })
  }
}

/** A folder that only this user can write to: what lies in it is executed. */
async function privateFolder(): Promise<string> {
  const user = process.getuid?.() ?? 0
  const places = [
    join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'comptoir'),
    `/var/tmp/comptoir-cache-${user}`,
    join(tmpdir(), `comptoir-cache-${user}`),
  ]
  for (const place of places) {
    if (await isOurs(place, user)) return place
  }
  throw new Error(`There is no folder to unpack Chromium into: tried ${places.join(', ')}.`)
}

async function isOurs(place: string, user: number): Promise<boolean> {
  try {
    await makeFolder(place)
    const found = await lstat(place)
    if (!found.isDirectory() || found.uid !== user || (found.mode & 0o022) !== 0) return false
    // A place mounted noexec, or a full one, shows itself only when it is used.
    const probe = join(place, `probe-${process.pid}-${randomBytes(4).toString('hex')}`)
    await writeFile(probe, '#!/bin/sh\n', { mode: 0o755 })
    try {
      await access(probe, constants.X_OK)
    } finally {
      await rm(probe, { force: true })
    }
    return true
  } catch {
    return false
  }
}

/** At most the cache folder itself and its parent: `recursive` would never return below /proc. */
async function makeFolder(place: string): Promise<void> {
  await mkdir(dirname(place), { mode: 0o700 }).catch(() => {})
  await mkdir(place, { mode: 0o700 }).catch(() => {})
}

function fontsConf(folder: string): string {
  const escaped = (path: string) =>
    path.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const prefer = (generic: string, family: string) =>
    `  <alias binding="strong"><family>${generic}</family><prefer><family>${family}</family></prefer></alias>`
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${escaped(join(folder, 'fonts'))}</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir>${escaped(join(folder, 'cache'))}</cachedir>
${prefer('sans-serif', 'Open Sans')}
${prefer('system-ui', 'Open Sans')}
</fontconfig>
`
}
