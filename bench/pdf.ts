import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Browser } from 'puppeteer'
import { openDatabase } from '../src/data/database.ts'
import { launchChromium } from '../src/services/documents/chromium.ts'
import { findSource } from '../src/services/documents/document-file.ts'
import { documentHtml } from '../src/services/documents/document-html.ts'
import { openPdfMaker } from '../src/services/documents/pdf-maker.ts'
import { printedDocument } from '../src/services/documents/printed-document.ts'
import { renderDocuments } from '../src/services/documents/render-documents.ts'
import { type Bench, cost, type Field, inTurns, speed } from './frame.ts'
import { anInvoice, fillIssued } from './pdf/issued-invoices.ts'
import { residentMegabytes } from './pdf/processes.ts'
import type { BenchServer, Clone } from './server.ts'

const lines = 50

export const pdf: Bench = {
  name: 'pdf',
  about:
    'PDFs of issued invoices, read, laid out, printed and stored, beside a bare page.pdf of finished HTML',
  run: async (field) => {
    const server = await field.server()
    const [few, many] = [field.scaled(60, 3), field.scaled(500, 6)]
    field.remark(`invoices of ${lines} lines, the browsers warm; ${few} each time, and ${many} in one run`)
    await server.template('few', (database) => fillIssued(database, { invoices: few, lines }))
    await server.template('many', (database) => fillIssued(database, { invoices: many, lines }))
    await beside(field, server, few)
    await grown(field, server, many)
  },
}

const printing = { preferCSSPageSize: true, tagged: true, outline: true } as const

/** The product and a bare loop in turns, each with a browser that has printed before. */
async function beside(field: Field, server: BenchServer, invoices: number): Promise<void> {
  const maker = openPdfMaker()
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    let html = ''
    const product = () =>
      onClone(server, 'few', async (clone) => {
        const db = opened(clone)
        try {
          const source = await findSource(db, { type: 'invoice', id: await anInvoice(db) })
          if (source === undefined) throw new Error('There is no invoice to print.')
          html = await documentHtml(printedDocument(source))
          await maker.make(html)
          return await seconds(async () => {
            const figures = await renderDocuments(db, { maker, signal: field.signal })
            if (figures.made !== invoices) throw new Error(`${figures.made} PDFs were made of ${invoices}.`)
          })
        } finally {
          await db.destroy()
        }
      })
    const bare = async () => {
      await page.setContent(html)
      await page.pdf(printing)
      return seconds(async () => {
        for (let count = 0; count < invoices; count += 1) {
          field.signal.throwIfAborted()
          await page.setContent(html)
          await page.pdf(printing)
        }
      })
    }
    // Once before, so that the HTML is there for whoever comes first.
    await product()
    const [ours = 0, reference = 0] = await inTurns(field, [product, bare])
    field.report(
      speed(
        'invoices of 50 lines',
        'PDFs/s',
        invoices / ours,
        invoices / reference,
        'a bare page.pdf of finished HTML',
      ),
    )
  } finally {
    await browser.close()
    await maker.close()
  }
}

/** What Node and Chromium hold after all of them, beside what they held after a fifth. */
async function grown(field: Field, server: BenchServer, invoices: number): Promise<void> {
  await onClone(server, 'many', async (clone) => {
    const db = opened(clone)
    let browser: Browser | undefined
    const maker = openPdfMaker({
      launch: async () => {
        browser = await launchChromium()
        return browser
      },
    })
    const held: { node: number; chromium: number }[] = []
    const look = async () => {
      collect()
      const { heapUsed, external } = process.memoryUsage()
      const chromium = await residentMegabytes(browser?.process()?.pid)
      held.push({ node: (heapUsed + external) / 1024 ** 2, chromium })
    }
    try {
      for (const until of [Math.ceil(invoices / 5), invoices]) {
        const stop = new AbortController()
        await renderDocuments(db, {
          maker,
          signal: AbortSignal.any([field.signal, stop.signal]),
          onProgress: (done) => {
            field.show(done, invoices)
            if (held.length === 0 && done >= until) stop.abort()
          },
        })
        await look()
      }
    } finally {
      await maker.close()
      await db.destroy()
    }
    const [early, late] = held
    if (early === undefined || late === undefined) return
    const words = `after ${Math.ceil(invoices / 5)}`
    field.report(cost(`memory of Node after ${invoices}`, 'MB', late.node, early.node, words))
    field.report(cost(`memory of Chromium after ${invoices}`, 'MB', late.chromium, early.chromium, words))
  })
}

function opened(clone: Clone) {
  return openDatabase(clone.url, { name: 'job render-pdfs', role: 'comptoir_web', max: 3 })
}

async function onClone<T>(
  server: BenchServer,
  template: string,
  work: (clone: Clone) => Promise<T>,
): Promise<T> {
  const clone = await server.clone(template)
  try {
    return await work(clone)
  } finally {
    await clone.drop().catch(() => {})
  }
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

function collect(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}
