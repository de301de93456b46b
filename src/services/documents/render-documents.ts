import type { Database, Trx } from '../../data/database.ts'
import type { WholeSource } from '../../data/document-sources.ts'
import {
  askForIssued,
  type ClaimedRendering,
  claimRendering,
  countToRender,
  deleteRendering,
  keepRendering,
  noteFailedRendering,
  storeIssuedPdf,
} from '../../data/renderings.ts'
import { digestOf, findSource, versionOf } from './document-file.ts'
import { documentHtml } from './document-html.ts'
import { openPdfMaker, type PdfMaker, RenderingFailed } from './pdf-maker.ts'
import { printedDocument } from './printed-document.ts'

export type RenderOptions = {
  signal?: AbortSignal
  onProgress?: (done: number, total: number | null) => void
  maker?: PdfMaker
}

export type RenderFigures = { made: number; retried: number; parked: number }

/** While one document is in the browser, the next is read and laid out. */
const lanes = 2
/** So many issued invoices are asked for at a time: what somebody waits for never stands behind thousands. */
const issuedAtOnce = 50

/** What a failure costs: minutes until the next try. A browser that fell is replaced, and the document tried again at once. */
const pauses = [0, 1, 2, 5, 10, 20, 40, 60, 60] as const
const mostAttempts = pauses.length + 1

/**
 * Makes the PDFs that are asked for and those of issued invoices that have none, until there is nothing left. A document is one
 * transaction that holds its row, taken with SKIP LOCKED: several processes share the work, and a killed one holds nothing.
 *
 * @throws where no browser can be started: that is no document's fault, and none is charged for it
 */
export async function renderDocuments(db: Database, options: RenderOptions = {}): Promise<RenderFigures> {
  const { signal, onProgress } = options
  const maker = options.maker ?? openPdfMaker()
  const figures: RenderFigures = { made: 0, retried: 0, parked: 0 }
  const total = await countToRender(db)
  let broken = false
  const lane = async () => {
    while (signal?.aborted !== true && !broken) {
      const outcome = await renderNext(db, maker)
      if (outcome === 'nothing') {
        if ((await askForIssued(db, issuedAtOnce)) === 0) return
        continue
      }
      if (outcome !== 'gone') figures[outcome] += 1
      const done = figures.made + figures.retried + figures.parked
      onProgress?.(done, Math.max(done, total))
    }
  }
  try {
    const ends = await Promise.allSettled(
      Array.from({ length: lanes }, () =>
        lane().catch((error: unknown) => {
          broken = true
          throw error
        }),
      ),
    )
    const failed = ends.find((end) => end.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  } finally {
    if (options.maker === undefined) await maker.close()
  }
  return figures
}

type Outcome = keyof RenderFigures | 'gone' | 'nothing'

async function renderNext(db: Database, maker: PdfMaker): Promise<Outcome> {
  return db.transaction().execute(async (trx) => {
    const claimed = await claimRendering(trx)
    return claimed === undefined ? 'nothing' : renderClaimed(trx, claimed, maker)
  })
}

async function renderClaimed(trx: Trx, claimed: ClaimedRendering, maker: PdfMaker): Promise<Outcome> {
  const { id, order_id, invoice_id } = claimed
  const type = order_id === null ? 'invoice' : 'order'
  const source = await findSource(trx, { type, id: order_id ?? invoice_id ?? '' })
  // Deleted, changed or issued since it was asked for: whoever still wants it asks for the new version.
  if (source === undefined || versionOf(source) !== claimed.version || source.file_id !== null) {
    await deleteRendering(trx, id)
    return 'gone'
  }
  let html = ''
  try {
    html = await htmlOf(source)
    const content = await maker.make(html)
    if (source.issued_at === null) await keepRendering(trx, id, { content, digest: digestOf(html) })
    else await storeIssuedPdf(trx, { id, invoice_id: source.id }, content)
    return 'made'
  } catch (error) {
    if (!(error instanceof RenderingFailed)) throw error
    const attempts = claimed.attempts + 1
    // A font that is not there comes by nobody's waiting.
    const parked = attempts >= mostAttempts || error.message.startsWith('no_font')
    const pause_minutes = pauses[claimed.attempts] ?? 0
    await noteFailedRendering(trx, id, {
      attempts,
      error: error.message,
      digest: digestOf(html),
      parked,
      pause_minutes,
    })
    return parked ? 'parked' : 'retried'
  }
}

/** What cannot even be laid out is this document's own fault, and must not hold up the others. */
async function htmlOf(source: WholeSource): Promise<string> {
  try {
    return await documentHtml(printedDocument(source))
  } catch (error) {
    throw new RenderingFailed(`other:${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}
