import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Browser, Page } from 'puppeteer'
import { launchChromium } from '../../src/services/documents/chromium.ts'

export interface TestBrowser {
  browser: Browser
  /** A page without cookies of the others, 1280 by 800 unless told. */
  newPage(options?: { javascript?: boolean; width?: number; height?: number }): Promise<Page>
}

/** One Chromium for the test, closed when it ends. */
export async function openBrowser(t: { teardown(end: () => unknown): unknown }): Promise<TestBrowser> {
  const browser = await launchChromium({ warn: () => {} })
  t.teardown(() => browser.close())
  return {
    browser,
    async newPage({ javascript = true, width = 1280, height = 800 } = {}) {
      const context = await browser.createBrowserContext()
      const page = await context.newPage()
      await page.setViewport({ width, height })
      await page.setJavaScriptEnabled(javascript)
      return page
    },
  }
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
  await page.evaluate(await readFile(axeFile, 'utf8'))
  const results = await page.evaluate(runAxe, options)
  await page.setJavaScriptEnabled(wasEnabled)

  const faults = results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n  ${node.target.join(' ')}\n  ${node.html}`),
  )
  t.same(faults, [], `${page.url()} is accessible`)
}

declare const axe: { run(options: RunOptions): Promise<AxeResults> }

/** Runs inside the page, where axe's script has just been put. */
function runAxe(options: RunOptions): Promise<AxeResults> {
  return axe.run(options)
}

/** Keeps a picture of the whole page in the folder that SCREENSHOTS names, if it names one. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS']
  if (folder === undefined || folder === '') return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
