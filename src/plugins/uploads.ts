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

/** One of several files of a form. */
export type NamedUpload = Upload & {
  field: string
  /** Together with those before it larger than a form may be: its content was not kept. */
  tooMuch: boolean
}

const megabyte = 1024 * 1024
/** A file that a form may send: a logo. */
const largestUpload = megabyte
/** A file that an admin may import, in megabytes: some hundred thousand lines. */
export const largestImport = 20

/** What the form of documents may bring, from whoever is signed in: a file and all together in bytes, and how many. */
export const documentLimits = { file: 20 * megabyte, together: 50 * megabyte, files: 20 } as const
/** More are not even read; up to here the form says what is wrong. */
const mostFiles = 100

/** Addresses that take larger files, from admins. */
const largerUploads: Readonly<Record<string, number>> = {
  '/imports': largestImport * megabyte,
  '/imports/:id/files': largestImport * megabyte,
  '/settings/exchange-rates/imports': largestImport * megabyte,
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

/** Every file of a form in their order, also several of one field. */
export function uploadsOf(request: FastifyRequest): readonly NamedUpload[] {
  return receivedInOrder.get(request) ?? []
}

const none: ReadonlyMap<string, Upload> = new Map()
const received = new WeakMap<FastifyRequest, Map<string, Upload>>()
const receivedInOrder = new WeakMap<FastifyRequest, readonly NamedUpload[]>()

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
  const uploads: NamedUpload[] = []
  const most = limitsFor(request)
  let room = most.together
  for await (const part of request.parts({ limits: { fileSize: most.file, files: most.files } })) {
    if (part.type === 'field') {
      entries.push([part.fieldname, String(part.value ?? '')])
      continue
    }
    const chunks: Buffer[] = []
    for await (const chunk of part.file) {
      room -= chunk.length
      // Read to its end all the same: a browser that is cut off shows no sentence.
      if (room >= 0) chunks.push(Buffer.from(chunk))
      else chunks.length = 0
    }
    const content = Buffer.concat(chunks)
    // Browsers send a file field that was left empty as a file without name and content.
    if (part.filename === '' && content.length === 0) continue
    const { fieldname: field, filename } = part
    uploads.push({ field, filename, content, tooLarge: part.file.truncated, tooMuch: room < 0 })
  }
  request.body = checkedFields(entries)
  received.set(request, new Map(uploads.map((upload) => [upload.field, upload])))
  receivedInOrder.set(request, uploads)
}

function limitsFor(request: FastifyRequest): { file: number; together: number; files: number } {
  const url = request.routeOptions.url ?? ''
  if (takesDocuments.test(url)) {
    // Of whoever has to sign in first nothing is kept.
    const limits = request.viewer === null ? { file: largestUpload, together: 0 } : documentLimits
    return { ...limits, files: mostFiles }
  }
  const larger = largerUploads[url]
  const file = larger !== undefined && request.viewer?.role === 'admin' ? larger : largestUpload
  return { file, together: 4 * file, files: 4 }
}

const takesDocuments = /^\/(orders|invoices|accounts)\/:id\/documents$/
