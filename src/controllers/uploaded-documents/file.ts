import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { readFile } from '../../data/files.ts'
import { byteRange } from '../../lib/byte-range.ts'
import { attachment } from '../../lib/file-name.ts'
import { getDocument } from './document.ts'

/**
 * The file as it was uploaded, to be saved and never shown by the browser: whatever it holds runs nowhere in this product's name. In
 * parts where that is asked for, so that a download goes on where it was cut off.
 */
export async function download(request: FastifyRequest, reply: FastifyReply) {
  const document = await getDocument(request)
  const { file_id, size, sha256 } = document
  const tag = `"${sha256}"`
  reply
    .header('content-disposition', attachment(document.name))
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    // Kept by this browser, and asked for again each time: whoever may no longer see it gets nothing.
    .header('cache-control', 'private, no-cache')
    .header('etag', tag)
    .header('accept-ranges', 'bytes')
  if (request.headers['if-none-match'] === tag) return reply.status(304).send()
  const { range: wanted, 'if-range': ifRange } = request.headers
  const range = byteRange(ifRange === undefined || ifRange === tag ? wanted : undefined, size)
  if (range === 'unsatisfiable') {
    return reply.status(416).header('content-range', `bytes */${size}`).send()
  }
  const part = range === 'whole' ? { start: 0, end: size } : range
  if (range !== 'whole') {
    reply.status(206).header('content-range', `bytes ${part.start}-${part.end - 1}/${size}`)
  }
  // Parts are of the file's own bytes, and so is the tag: nothing compresses them on the way.
  request.headers['x-no-compression'] = 'on'
  reply.type(document.media_type).header('content-length', part.end - part.start)
  // For HEAD an empty stream: with no body at all the length would become nought.
  const content = request.method === 'HEAD' ? [] : readFile(request.server.db, file_id, part)
  return reply.send(Readable.from(content))
}
