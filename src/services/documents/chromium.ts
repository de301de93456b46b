import puppeteer, { type Browser } from 'puppeteer'

export interface ChromiumOptions {
  /** Told once why the sandbox is off, where it is. */
  warn?: (sentence: string) => void
}

/** Starts a headless Chromium; the caller closes it. */
export async function launchChromium(_options: ChromiumOptions = {}): Promise<Browser> {
  return puppeteer.launch({ headless: 'shell' })
}
