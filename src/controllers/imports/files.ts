import type { FastifyReply, FastifyRequest } from 'fastify'
import { findImportFile, listImportMistakes } from '../../data/import-log.ts'
import { NotFound } from '../../errors.ts'
import { attachment } from '../../lib/file-name.ts'
import { importKinds } from '../../lib/vocabulary.ts'
import { columnsOf } from '../../services/imports/columns.ts'
import { mistakeFile } from '../../services/imports/mistake-file.ts'
import { ImportProblem } from '../../services/imports/problem.ts'
import { csvFileOf } from '../../services/imports/read-files.ts'
import { readMessage } from '../../services/imports/recorded.ts'
import { getImport, partOf } from './import-record.ts'

/** An empty file with the columns of a kind, for a spreadsheet. */
export async function template(request: FastifyRequest, reply: FastifyReply) {
  const { params } = request
  const file = typeof params === 'object' && params !== null && 'file' in params ? String(params.file) : ''
  const kind = importKinds.find((known) => `${known}.csv` === file)
  if (kind === undefined && file !== 'order_lines.csv') throw new NotFound()
  const { all } = kind === undefined ? columnsOf('orders', 'lines') : columnsOf(kind, 'main')
  return send(reply, file, `\ufeff${all.join(request.language === 'fr' ? ';' : ',')}\r\n`)
}

/** A file of an import, byte for byte as it came. */
export async function original(request: FastifyRequest, reply: FastifyReply) {
  const row = await getImport(request)
  const file = await findImportFile(request.server.db, row.id, partOf(request, row))
  if (file === undefined) throw new NotFound()
  return send(reply, file.name, file.content)
}

/** The file with what is wrong in a first column, to be corrected and uploaded again. */
export async function withMistakes(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const row = await getImport(request)
  const part = partOf(request, row)
  const file = await findImportFile(db, row.id, part)
  if (file === undefined || row.state !== 'refused') throw new NotFound()
  const mistakes = (await listImportMistakes(db, row.id))
    .filter((mistake) => mistake.part === part)
    .map(({ line, column_name, message }) => ({
      line,
      column: column_name,
      message: readMessage(message),
    }))
  try {
    const text = mistakeFile(csvFileOf(file, row.encoding), mistakes, request.language)
    return send(reply, `${file.name.replace(/\.csv$/i, '')}-error.csv`, text)
  } catch (error) {
    // What nobody can read, nobody can write reasons into.
    if (error instanceof ImportProblem) throw new NotFound()
    throw error
  }
}

function send(reply: FastifyReply, name: string, content: string | Buffer) {
  // Without a charset: the bytes are those of the file, whatever it is written in.
  return reply.type('text/csv').header('content-disposition', attachment(name)).send(content)
}
