import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Browser, Page } from 'puppeteer'
import tap from 'tap'
import { launchChromium } from '../../src/services/documents/chromium.ts'

export interface TestBrowser {
  /** A page without cookies of the others, 1280 by 800 unless told. */
  newPage(options?: { javascript?: boolean; width?: number; height?: number }): Promise<Page>
}

let browser: Promise<Browser> | undefined

/** Pages of the file's one Chromium, which are gone when the test ends. */
export async function openBrowser(t: { teardown(end: () => unknown): unknown }): Promise<TestBrowser> {
  browser ??= startBrowser()
  const chromium = await browser
  return {
    async newPage({ javascript = true, width = 1280, height = 800 } = {}) {
      const context = await chromium.createBrowserContext()
      t.teardown(() => context.close())
      const page = await context.newPage()
      await page.setViewport({ width, height })
      await page.setJavaScriptEnabled(javascript)
      return page
    },
  }
}

/** npm's own where it brings one: the same on every machine, and without windows to draw half as dear as a desktop's. */
async function startBrowser(): Promise<Browser> {
  const bringsOne = process.platform === 'linux' && process.arch === 'x64'
  const started = await launchChromium({ warn: () => {}, ...(bringsOne ? { systemPaths: [] } : {}) })
  tap.teardown(() => started.close())
  return started
}

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/**
 * Holds the page to WCAG 2.2 AA and axe's best practices, as it stands: where the page was loaded without
 * JavaScript, the product's own scripts still do not run.
 */
export async function expectAccessible(
  t: { same(found: unknown, wanted: unknown, message: string): unknown },
  page: Page,
  options: RunOptions = {},
): Promise<void> {
  const wasEnabled = page.isJavaScriptEnabled()
  // axe never answers where JavaScript is off.
  await page.setJavaScriptEnabled(true)
  if (!(await page.evaluate(hasAxe))) await page.evaluate(await readFile(axeFile, 'utf8'))
  const violations = await page.evaluate(runAxe, options)
  await page.setJavaScriptEnabled(wasEnabled)

  const faults = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n  ${node.target.join(' ')}\n  ${node.html}`),
  )
  t.same(faults, [], `${page.url()} is accessible`)
}

declare const axe: { run(options: RunOptions): Promise<AxeResults> }

function hasAxe(): boolean {
  return typeof axe !== 'undefined'
}

/** Runs inside the page, where axe's script has been put. What passes is not described: that takes half the time. */
async function runAxe(options: RunOptions): Promise<AxeResults['violations']> {
  return (await axe.run({ ...options, resultTypes: ['violations'] })).violations
}

/** Keeps a picture of the whole page in the folder that SCREENSHOTS names, if it names one. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS']
  if (folder === undefined || folder === '') return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
