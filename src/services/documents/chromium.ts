import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { promisify } from 'node:util'
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer'
import { unpackChromium, unpackFonts } from './chromium-folder.ts'

export interface ChromiumOptions {
  /** Told once for each process why the sandbox is off, where it is; standard error unless given. */
  warn?: (sentence: string) => void
  /** The settings, `PUPPETEER_EXECUTABLE_PATH` among them; the process's environment unless given. */
  env?: Readonly<Record<string, string | undefined>>
  /** Beside the flags that every launch has. */
  args?: readonly string[]
  /** Where the system's Chromium may be; the usual places unless given. */
  systemPaths?: readonly string[]
}

const FLAGS = [
  '--disable-gpu',
  // /dev/shm has 64 MB in a container by default, less than a long document takes.
  '--disable-dev-shm-usage',
  // Hinting moves glyphs to whole pixels, on paper too.
  '--font-render-hinting=none',
]

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
]

let sandboxIsMissing = process.getuid?.() === 0
let hasWarned = false

/**
 * Starts a headless Chromium, whatever the machine has: the one PUPPETEER_EXECUTABLE_PATH names, Puppeteer's
 * own download, the system's, else the one that npm brought. The caller closes it.
 *
 * @throws Error with a sentence where none can be started
 */
export async function launchChromium(options: ChromiumOptions = {}): Promise<Browser> {
  const env = options.env ?? process.env
  const warn = options.warn ?? ((sentence) => console.error(sentence))
  const { args = [] } = options
  const program = await findProgram(env['PUPPETEER_EXECUTABLE_PATH'], options.systemPaths ?? SYSTEM_PATHS)
  const launch: LaunchOptions = {
    executablePath: program.executable,
    headless: 'shell',
    args: [...FLAGS, ...args],
    // No port that another user of the machine could reach.
    pipe: true,
    // An orderly stop is the caller's: it may still have documents to finish.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    env: { ...env, FONTCONFIG_PATH: await unpackFonts(), ...program.env },
  }
  if (!sandboxIsMissing) {
    try {
      return await puppeteer.launch(launch)
    } catch (error) {
      if (!(await lacksSandbox(program.executable, launch.env ?? {}))) throw error
      sandboxIsMissing = true
    }
  }
  if (!hasWarned) warn(`Chromium runs without its sandbox: ${reasonForNoSandbox()}.`)
  hasWarned = true
  return puppeteer.launch({ ...launch, args: [...FLAGS, ...args, '--no-sandbox'] })
}

interface Program {
  executable: string
  env: Record<string, string>
}

async function findProgram(wanted: string | undefined, systemPaths: readonly string[]): Promise<Program> {
  if (wanted !== undefined && wanted !== '') {
    if (await isExecutable(wanted)) return { executable: wanted, env: {} }
    throw new Error(`PUPPETEER_EXECUTABLE_PATH names ${wanted}, which is not a program this user can run.`)
  }
  for (const executable of [...(await ownDownload()), ...systemPaths]) {
    if (await isExecutable(executable)) return { executable, env: {} }
  }
  const { executable, libraries } = await unpackChromium()
  const inherited = process.env['LD_LIBRARY_PATH']
  // After what the machine names: its own NSS, where it has one, is the newer.
  return { executable, env: { LD_LIBRARY_PATH: inherited ? `${inherited}:${libraries}` : libraries } }
}

async function ownDownload(): Promise<string[]> {
  return puppeteer.executablePath({ headless: 'shell' }).then(
    (path) => [path],
    () => [],
  )
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

/**
 * Whether Chromium itself says that it found no sandbox. Puppeteer's error does not tell; and a launch that
 * failed for another reason must not cost the sandbox of all later ones.
 */
async function lacksSandbox(executable: string, env: Record<string, string | undefined>): Promise<boolean> {
  return promisify(execFile)(executable, ['--headless', '--disable-gpu', '--dump-dom', 'about:blank'], {
    env,
    timeout: 20_000,
  }).then(
    () => false,
    (error) => /sandbox|namespace/i.test(String(error.stderr)),
  )
}

function reasonForNoSandbox(): string {
  return process.getuid?.() === 0 ? 'it has none for root' : 'this machine allows no user namespaces'
}
