import type { Browser, HTTPRequest, Page } from 'puppeteer'
import { z } from 'zod'
import { launchChromium } from './chromium.ts'
import { signsBeyondInter } from './fonts.ts'

/** Why a document could not be made; the message is a code of `renderingReason`, with what it is about after a colon. */
export class RenderingFailed extends Error {
  override name = 'RenderingFailed'
}

export type PdfMaker = {
  /** The PDF of a page that is whole in itself. @throws RenderingFailed where this document is at fault or may be */
  make: (html: string) => Promise<Buffer>
  close: () => Promise<void>
}

export type PdfMakerOptions = {
  launch?: () => Promise<Browser>
  /** Milliseconds a document may take. */
  timeout?: number
}

/** A browser grows with what it has printed. */
const pagesOfBrowser = 200

/**
 * One Chromium for many documents, one after another: started when it is first needed, replaced after so many pages, and after each
 * failure, when nobody knows in what state it is. A document runs no script and reaches nothing: JavaScript is off, no name is resolved,
 * every request is refused, and the page's own policy allows data addresses alone.
 */
export function openPdfMaker({ launch = launchSealed, timeout = 60_000 }: PdfMakerOptions = {}): PdfMaker {
  let open: { browser: Browser; page: Page; made: number } | undefined
  let turn: Promise<unknown> = Promise.resolve()

  const opened = async () => {
    if (open !== undefined && open.made >= pagesOfBrowser) await close()
    if (open === undefined) {
      const browser = await launch()
      try {
        const page = await browser.newPage()
        await page.setJavaScriptEnabled(false)
        await page.setRequestInterception(true)
        page.on('request', refuse)
        open = { browser, page, made: 0 }
      } catch (error) {
        await end(browser)
        throw error
      }
    }
    return open
  }

  const close = async () => {
    const browser = open?.browser
    open = undefined
    if (browser !== undefined) await end(browser)
  }

  const make = async (wanted: string): Promise<Buffer> => {
    const current = await opened()
    current.made += 1
    try {
      return await within(timeout, print(current.page, wanted))
    } catch (error) {
      const isAlive = current.browser.connected
      await close()
      if (error instanceof RenderingFailed) throw error
      throw new RenderingFailed(isAlive ? `other:${wordsOf(error)}` : 'crashed', { cause: error })
    }
  }

  return {
    make: (wanted) => {
      const result = turn.then(() => make(wanted))
      turn = result.catch(() => {})
      return result
    },
    close: async () => {
      await turn
      await close()
    },
  }
}

/** Whatever a page asks for is refused; data addresses are asked of nobody. */
function refuse(request: HTTPRequest): void {
  const done = request.url().startsWith('data:') ? request.continue() : request.abort('blockedbyclient')
  // A request may be gone with its page.
  done.catch(() => {})
}

function launchSealed(): Promise<Browser> {
  return launchChromium({ args: ['--host-resolver-rules=MAP * ~NOTFOUND'] })
}

async function print(page: Page, html: string): Promise<Buffer> {
  // A third of the time that navigating takes. What is left of the page before is nothing: no script has run in it.
  await page.setContent(html, { waitUntil: 'load', timeout: 0 })
  const missing = await withoutGlyph(page, await signsBeyondInter(visibleText(html)))
  if (missing.length > 0) throw new RenderingFailed(`no_font:${missing.slice(0, 20).join(' ')}`)
  const pdf = await page.pdf({ preferCSSPageSize: true, tagged: true, outline: true, timeout: 0 })
  return Buffer.from(pdf)
}

/** Styles and fonts are not printed. */
function visibleText(html: string): string {
  return html.replace(/<style>.*?<\/style>|data:[\w/+;=,.-]+/gs, '')
}

/**
 * Of these signs those that no font of the machine draws: they would be empty boxes, for ever on an issued invoice. A sign without glyph
 * looks as one that Unicode has not given away.
 */
async function withoutGlyph(page: Page, signs: readonly string[]): Promise<string[]> {
  if (signs.length === 0) return []
  return z.array(z.string()).parse(await page.evaluate(`(${findMissing})(${JSON.stringify(signs)})`))
}

const findMissing = `(signs) => {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 40
  const context = canvas.getContext('2d', { willReadFrequently: true })
  const drawn = (sign) => {
    context.clearRect(0, 0, 40, 40)
    context.font = '24px Inter, "Open Sans", sans-serif'
    context.fillText(sign, 4, 30)
    return context.getImageData(0, 0, 40, 40).data.join()
  }
  const [empty, box] = [drawn(' '), drawn('\\u0378')]
  return signs.filter((sign) => [empty, box].includes(drawn(sign)))
}`

async function within<T>(timeout: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RenderingFailed('timed_out')), timeout)
  })
  // What hangs fails later, when its browser is killed: nobody listens then.
  work.catch(() => {})
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Kindly, and where it does not answer by force. */
async function end(browser: Browser): Promise<void> {
  const chromium = browser.process()
  const killed = setTimeout(() => chromium?.kill('SIGKILL'), 2_000)
  try {
    await browser.close()
  } catch {
    chromium?.kill('SIGKILL')
  } finally {
    clearTimeout(killed)
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
