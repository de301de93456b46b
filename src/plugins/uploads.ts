import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { InvalidForm } from '../errors.ts'
import { checkedFields } from './forms.ts'

export type Upload = {
  filename: string
  content: Buffer
  /** The file was larger than is taken: the content is only its beginning. */
  tooLarge: boolean
}

const megabyte = 1024 * 1024
/** A file that a form may send: a logo. */
const largestUpload = megabyte
/** A file that an admin may import, in megabytes: some hundred thousand lines. */
export const largestImport = 20

/** Addresses that take larger files, from whoever is signed in. */
const largerUploads: Readonly<Record<string, number>> = {
  '/imports': largestImport * megabyte,
  '/imports/:id/files': largestImport * megabyte,
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Files of a multipart form by the name of their field; a field left empty is not there. */
    uploads: ReadonlyMap<string, Upload>
  }
}

/** Forms with files: the texts become `Fields` as in any form, the files stand in `request.uploads`, cut off at their limit. */
export default fp(
  async (app) => {
  '/settings/exchange-rates/imports': largestImport * megabyte,
    await app.register(multipart, {
      throwFileSizeLimit: false,
      limits: { fileSize: largestUpload, files: 4, fields: 1000, fieldSize: 1024 * 1024, parts: 1004 },
    })
    app.decorateRequest('uploads', {
      getter(this: FastifyRequest) {
        return received.get(this) ?? none
      },
    })
    app.addHook('preValidation', async (request) => {
      if (request.isMultipart()) await receive(request)
    })
  },
  { name: 'uploads', dependencies: ['forms'] },
)

const none: ReadonlyMap<string, Upload> = new Map()
const received = new WeakMap<FastifyRequest, Map<string, Upload>>()

async function receive(request: FastifyRequest): Promise<void> {
  try {
    await readParts(request)
  } catch (error) {
    if (error instanceof InvalidForm || (error instanceof Error && 'statusCode' in error)) throw error
    // Without boundaries, or cut off: the parser names no status for what it cannot read.
    throw Object.assign(new Error('unreadable multipart form', { cause: error }), { statusCode: 400 })
  }
}

async function readParts(request: FastifyRequest): Promise<void> {
  const entries: [string, string][] = []
  const uploads = new Map<string, Upload>()
  for await (const part of request.parts({ limits: { fileSize: largestFor(request) } })) {
    if (part.type === 'field') {
      entries.push([part.fieldname, String(part.value ?? '')])
      continue
    }
    const chunks: Buffer[] = []
    for await (const chunk of part.file) chunks.push(Buffer.from(chunk))
    const content = Buffer.concat(chunks)
    // Browsers send a file field that was left empty as a file without name and content.
    if (part.filename === '' && content.length === 0) continue
    uploads.set(part.fieldname, { filename: part.filename, content, tooLarge: part.file.truncated })
  }
  request.body = checkedFields(entries)
  received.set(request, uploads)
}

function largestFor(request: FastifyRequest): number {
  const larger = largerUploads[request.routeOptions.url ?? '']
  return larger !== undefined && request.viewer?.role === 'admin' ? larger : largestUpload
}
