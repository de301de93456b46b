import type { Page } from 'puppeteer'
import { startSession } from '../../src/services/users/sessions.ts'
import { expectAccessible, openBrowser, screenshot } from './browser.ts'
import { testDatabase } from './database.ts'
import { makeShop } from './shop.ts'
import { testApp } from './web.ts'

export type Test = Parameters<typeof testDatabase>[0] &
  Parameters<typeof openBrowser>[0] &
  Parameters<typeof expectAccessible>[0] & { ok(found: unknown, message: string): unknown }

type PageOptions = { javascript?: boolean; width?: number; height?: number }

const desk = { width: 1440, height: 900 }

/** The product listening on an empty database, and browsers to visit it with. */
export async function openProduct(t: Test) {
  const { db } = await testDatabase(t)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const { newPage } = await openBrowser(t)
  /** A page of its own, signed in as this user, or as nobody. */
  const visit = async (userId: string | null, options: PageOptions = {}): Promise<Page> => {
    const page = await newPage({ ...desk, ...options })
    // Colours that are still changing are no colours to judge.
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }])
    if (userId === null) return page
    const value = await startSession(db, userId)
    await page.browserContext().setCookie({ name: 'comptoir_session', value, domain: '127.0.0.1', path: '/' })
    return page
  }
  return { db, address, visit }
}

/** A small shop, and a page on which its admin has signed in. */
export async function openJourney(t: Test, options: PageOptions = {}) {
  const product = await openProduct(t)
  const shop = await makeShop(product.db)
  return { ...product, shop, page: await product.visit(shop.admin_id, options) }
}

/**
 * Holds the page, as it stands, to accessibility in both themes and on a phone, where nothing may scroll sideways. Only colours
 * differ between the themes, so the dark one is judged by them alone. Keeps pictures where SCREENSHOTS names a folder.
 */
export async function look(t: Test, page: Page, name: string): Promise<void> {
  const size = page.viewport() ?? desk
  await setTheme(page, 'dark')
  await expectAccessible(t, page, { runOnly: ['color-contrast', 'link-in-text-block'] })
  await screenshot(page, `${name}-dark`)
  await setTheme(page, 'light')
  await expectAccessible(t, page)
  await screenshot(page, name)
  for (const width of [390, 320]) {
    await page.setViewport({ width, height: 740 })
    const wider = await page.$eval('html', (html) => html.scrollWidth - html.clientWidth)
    t.ok(wider <= 0, `${name}: nothing scrolls sideways at ${width} pixels`)
    await screenshot(page, `${name}-${width}`)
  }
  await expectAccessible(t, page)
  await page.setViewport(size)
}

async function setTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.$eval('html', (html, wanted) => html.setAttribute('data-bs-theme', wanted), theme)
}
