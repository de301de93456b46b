import { launchChromium } from '../../src/services/documents/chromium.ts'

// Prints a page with the Chromium that npm brought, whatever the machine has, and says what came of it.
const browser = await launchChromium({ systemPaths: [], warn: () => {} })
try {
  const page = await browser.newPage()
  await page.setContent('<body style="font: 40px system-ui">Facture n° 12, 3 000,00 €')
  const pdf = Buffer.from(await page.pdf()).toString('latin1')
  const picture = await page.screenshot()
  await page.setContent('<body>')
  const empty = await page.screenshot()
  console.log(
    JSON.stringify({
      version: await browser.version(),
      fonts: [...pdf.matchAll(/\/BaseFont \/(\S+)/g)].map(([, name]) => name).join(' '),
      isBlank: Buffer.compare(picture, empty) === 0,
      bytes: pdf.length,
    }),
  )
} finally {
  await browser.close()
}
