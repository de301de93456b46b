import { PassThrough, Readable } from 'node:stream'
import yazl from 'yazl'
import type { Database } from '../../data/database.ts'
import { type InvoicePdf, listInvoicePdfs } from '../../data/invoice-pdfs.ts'
import type { Language } from '../../languages/sentences.ts'
import { translator } from '../../languages/translate.ts'
import { requestDocument } from './document-file.ts'
import { documentFileName } from './document-name.ts'

/**
 * The stored PDFs of invoices as a ZIP that is written while it is read: one file in memory at a time, however many there are. Names
 * are unique. Drafts are left out; what was issued and has no sound file is named in a text at the end.
 */
export function zipInvoices(
  db: Database,
  /** Ids, page by page. */
  pages: AsyncIterable<readonly string[]>,
  language: Language,
): Readable {
  const zip = new yazl.ZipFile()
  const out = new PassThrough()
  zip.outputStream.on('error', (error) => out.destroy(error)).pipe(out)
  const fill = async () => {
    const names = new Names()
    const missing: string[] = []
    let issued = 0
    for await (const ids of pages) {
      for (const pdf of await listInvoicePdfs(db, ids)) {
        if (out.destroyed) return
        issued += 1
        const file = await requestDocument(db, { type: 'invoice', id: pdf.id })
        if (file.state === 'ready') await add(zip, out, names.take(pdf), file.content, pdf.issued_at)
        else missing.push(pdf.number)
      }
    }
    if (missing.length > 0 || issued === 0) addNote(zip, missing, language)
    zip.end()
  }
  fill().catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))))
  return out
}

/** Resolves once the entry has been read, or whoever reads has gone. */
function add(
  zip: yazl.ZipFile,
  out: PassThrough,
  name: string,
  content: Buffer,
  mtime: string,
): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      out.off('close', done)
      resolve()
    }
    out.on('close', done)
    // A PDF is compressed already.
    zip.addReadStream(Readable.from([content]).on('end', done), name, {
      mtime: new Date(mtime),
      compress: false,
      size: content.length,
    })
  })
}

function addNote(zip: yazl.ZipFile, numbers: readonly string[], language: Language): void {
  const t = translator(language)
  const head =
    numbers.length === 0 ? t('documents.zip.none') : t('documents.zip.missing', { count: numbers.length })
  const text = [head, ...numbers].join('\r\n')
  zip.addBuffer(Buffer.from(`\ufeff${text}\r\n`), t('documents.zip.missing_name'), {
    compress: false,
  })
}

/** The same number in two organisations is told apart by the organisation's code; file systems do not tell capitals. */
class Names {
  readonly #taken = new Set<string>()

  take(pdf: InvoicePdf): string {
    const name = documentFileName(pdf)
    const stem = name.replace(/\.pdf$/, '')
    for (const candidate of [name, `${stem} (${pdf.organisation_code}).pdf`]) {
      if (this.#add(candidate)) return candidate
    }
    for (let count = 2; ; count += 1) {
      const candidate = `${stem} (${pdf.organisation_code} ${count}).pdf`
      if (this.#add(candidate)) return candidate
    }
  }

  #add(name: string): boolean {
    const key = name.toLowerCase()
    if (this.#taken.has(key)) return false
    this.#taken.add(key)
    return true
  }
}
