import type { FastifyReply, FastifyRequest } from 'fastify'
import { invoiceSortKeys, listInvoices } from '../../data/invoice-lists.ts'
import { listKnownInvoices } from '../../data/invoice-pdfs.ts'
import { type Cursor, decodeCursor } from '../../data/keyset.ts'
import { InvalidForm } from '../../errors.ts'
import { translator } from '../../languages/translate.ts'
import { attachment } from '../../lib/file-name.ts'
import { formatsIn } from '../../lib/format.ts'
import { submit } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { zipInvoices } from '../../services/documents/zip-invoices.ts'
import { refuseWrongFilters } from '../filter-reader.ts'
import { readList } from '../lists.ts'
import { wantedIds } from '../orders/bulk.ts'
import { invoiceSorts, readInvoiceFilters } from './filters.ts'
import { invoiceListPage } from './list.ts'

/** The PDFs of all invoices that the list's filters match. */
export async function download(request: FastifyRequest, reply: FastifyReply) {
  return send(request, reply, await matching(request, request.url))
}

/** Those of the ticked invoices, or where `count` is ticked of all that match. */
export async function downloadTicked(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  const url = `/invoices?${fields.text('list')}`
  if (fields.has('count')) return send(request, reply, await matching(request, url))
  const ids = wantedIds(fields)
  if (ids.length > 0) return send(request, reply, ticked(request, ids))
  const missing = { field: 'ids[]', message: { key: 'documents.zip.ids_missing' } } as const
  return submit(request, reply, {
    act: () => Promise.reject(new InvalidForm([missing])),
    page: (errors) => invoiceListPage(request, reply, url, { fields, errors }),
  })
}

function send(request: FastifyRequest, reply: FastifyReply, pages: AsyncIterable<string[]>) {
  const name = translator(request.language)('documents.zip.name')
  return reply
    .type('application/zip')
    .header('content-disposition', attachment(`${name}.zip`))
    .send(zipInvoices(request.server.db, pages, request.language))
}

async function matching(request: FastifyRequest, url: string): Promise<AsyncIterable<string[]>> {
  const { db } = request.server
  const state = readList({ url }, invoiceSorts, 'date', invoiceSortKeys)
  const words = { t: translator(request.language), date: formatsIn(request.language).date }
  const { filters, errors } = await readInvoiceFilters(db, viewerOf(request), state.filters, words)
  refuseWrongFilters(request, errors)
  const sort = { by: state.sort, direction: state.direction }
  async function* pages() {
    let cursor: Cursor | undefined
    do {
      const page = await listInvoices(db, filters, sort, { cursor, limit: 200 })
      yield page.rows.map(({ id }) => id)
      cursor = page.next === null ? undefined : decodeCursor(page.next, invoiceSortKeys)
    } while (cursor !== undefined)
  }
  return pages()
}

async function* ticked(request: FastifyRequest, ids: string[]) {
  yield await listKnownInvoices(request.server.db, ids, viewerOf(request).organisation_ids)
}
