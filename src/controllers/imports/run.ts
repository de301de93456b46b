import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { choice, parseFields } from '../../lib/form-schema.ts'
import { submit, valid } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { discardImport } from '../../services/imports/discard-import.ts'
import { startImport } from '../../services/imports/start-import.ts'
import { checkAgain } from '../../services/imports/upload-import.ts'
import { getImport } from './import-record.ts'
import { importPage } from './show.ts'
import { startedAt } from './upload.ts'

/** Imports what was checked. A second click, or another admin's, only leads to where it is seen. */
export async function run(request: FastifyRequest, reply: FastifyReply) {
  const row = await getImport(request)
  return submit(request, reply, {
    act: async () => {
      const attempt = await startImport(request.server.db, viewerOf(request), row.id)
      return { location: attempt === undefined ? `/imports/${row.id}` : await startedAt(request, attempt) }
    },
    page: (errors) => importPage(request, reply, row, errors),
  })
}

const checkSchema = z.object({ encoding: choice(['', 'windows-1252'], { preset: '' }) })

/** Checks the files again: as they are, or read in the encoding that a person names. */
export async function check(request: FastifyRequest, reply: FastifyReply) {
  const row = await getImport(request)
  return submit(request, reply, {
    act: async () => {
      const { encoding } = valid(parseFields(checkSchema, fieldsOf(request)))
      const named = encoding === 'windows-1252' ? { encoding } : {}
      const attempt = await checkAgain(request.server.db, viewerOf(request), row.id, named)
      return { location: await startedAt(request, attempt) }
    },
    page: (errors) => importPage(request, reply, row, errors),
  })
}

/** Throws an upload away that made nothing. */
export async function discard(request: FastifyRequest, reply: FastifyReply) {
  const row = await getImport(request)
  return submit(request, reply, {
    act: async () => {
      await discardImport(request.server.db, viewerOf(request), row.id)
      return { location: '/imports', flash: { message: { key: 'imports.discard.done' } } }
    },
    page: (errors) => importPage(request, reply, row, errors),
  })
}
