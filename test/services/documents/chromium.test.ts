import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { launchChromium } from '../../../src/services/documents/chromium.ts'
import { expectAccessible, openBrowser } from '../../support/browser.ts'

const isRoot = process.getuid?.() === 0
const printPage = fileURLToPath(new URL('../../support/print-page.ts', import.meta.url))

t.test(
  'the Chromium that npm brought prints text where the machine has neither Chromium nor fonts',
  async (t) => {
    const cache = await folder(t)
    const first = await print(cache)
    t.match(first, { version: /^HeadlessChrome\//, fonts: /OpenSans/, isBlank: false })
    t.ok(first.bytes > 5000)
    const unpacked = await readdir(join(cache, 'comptoir'))
    t.equal(unpacked.length, 2, 'Chromium and the fonts, and no draft')

    const again = await print(cache)
    t.equal(again.version, first.version)
    t.same(await readdir(join(cache, 'comptoir')), unpacked)
  },
)

t.test('two commands that unpack at once both have a Chromium', async (t) => {
  const cache = await folder(t)
  const [one, other] = await Promise.all([print(cache), print(cache)])
  t.equal(one.isBlank, false)
  t.equal(other.isBlank, false)
  t.equal((await readdir(join(cache, 'comptoir'))).length, 2)
})

t.test(
  'an ordinary user has one of their own',
  { skip: isRoot ? false : 'the tests run as one' },
  async (t) => {
    const cache = await folder(t)
    await chown(cache, 65534, 65534)
    t.match(await print(cache, { uid: 65534, gid: 65534 }), { isBlank: false, version: /Chrome/ })
  },
)

t.test('a program that is not there is refused with a sentence', async (t) => {
  await t.rejects(launchChromium({ env: { PUPPETEER_EXECUTABLE_PATH: '/nowhere/chrome' } }), {
    message: 'PUPPETEER_EXECUTABLE_PATH names /nowhere/chrome, which is not a program this user can run.',
  })
})

t.test('pages are held to accessibility, with JavaScript on and off', async (t) => {
  const { newPage } = await openBrowser(t)
  for (const javascript of [true, false]) {
    const page = await newPage({ javascript })
    await page.setContent(
      `<html lang="en"><title>A page</title><main><h1>A page</h1><script>document.title = 'JS'</script></main>`,
    )
    t.equal(await page.title(), javascript ? 'JS' : 'A page')
    await expectAccessible(t, page)

    await page.setContent('<html lang="en"><title>A page</title><main><h1>A page</h1><img src="x"></main>')
    let faults: unknown
    await expectAccessible({ same: (found) => (faults = found) }, page)
    t.match(faults, [/^image-alt: /], 'a picture without a text is found')
  }
})

interface Printed {
  version: string
  fonts: string
  isBlank: boolean
  bytes: number
}

/** Prints a page with npm's Chromium in a process of its own, which keeps it in the cache folder. */
async function print(cache: string, user: { uid?: number; gid?: number } = {}): Promise<Printed> {
  const command = spawn(process.execPath, [printPage], {
    ...user,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], XDG_CACHE_HOME: cache, HOME: cache },
  })
  const [output] = await Promise.all([text(command.stdout), once(command, 'close')])
  return JSON.parse(output)
}

async function folder(t: { teardown(end: () => unknown): unknown }): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'comptoir-chromium-test-'))
  t.teardown(() => rm(made, { recursive: true, force: true, maxRetries: 3 }))
  return made
}
