import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { documentSortKeys, listDocuments } from '../../data/uploaded-documents.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { checkbox, parseFields } from '../../lib/form-schema.ts'
import type { OwnerKind } from '../../lib/vocabulary.ts'
import { keptFields, sayErrors, sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { type Flash, viewerOf } from '../../plugins/sessions.ts'
import { documentLimits, uploadsOf } from '../../plugins/uploads.ts'
import { offeredEndings } from '../../services/uploaded-documents/document-types.ts'
import { uploadDocuments } from '../../services/uploaded-documents/upload-documents.ts'
import { pagination, readList, sendCsv, wantsCsv } from '../lists.ts'
import { getOwnerPage, type OwnerPage } from '../owner-page.ts'
import { countFiled } from '../owner-tabs.ts'
import { documentCells, documentColumns, documentJson } from './json.ts'

/** The tab Documents: what is filed, and the form that adds to it. */
export function list(kind: OwnerKind) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const { db } = request.server
    const page = await getOwnerPage(request, kind)
    if (wantsCsv(request)) {
      return sendCsv(request, reply, {
        file: `documents-${page.file.replace(/[^\w-]/g, '')}`,
        columns: documentColumns,
        figures: ['size'],
        keys: documentSortKeys,
        page: (part) => listDocuments(db, page.owner, part),
        row: documentCells,
      })
    }
    const kept = await keptFields(request)
    return tabPage(request, reply, page, { values: kept?.values() ?? {}, errors: [] })
  }
}

/** Takes the files of a form: all of them, or none where one cannot be taken. */
export function create(kind: OwnerKind) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const page = await getOwnerPage(request, kind)
    const fields = fieldsOf(request)
    return submit(request, reply, {
      act: async () => {
        const { shared } = valid(parseFields(schema, fields))
        const files = uploadsOf(request).map(({ filename, content, tooLarge, tooMuch }) => ({
          filename,
          content,
          excess: tooLarge ? ('file' as const) : tooMuch ? ('together' as const) : undefined,
        }))
        const form = { files, shared, limits: documentLimits }
        const made = await uploadDocuments(request.server.db, viewerOf(request), page.owner, form)
        return { location: page.at('/documents'), flash: flashOf(made) }
      },
      page: (errors) => tabPage(request, reply, page, { values: fields.values(), errors }),
    })
  }
}

const schema = z.object({ shared: checkbox() })

function flashOf({ added, known }: { added: readonly string[]; known: readonly string[] }): Flash {
  if (added.length === 0) {
    return { message: { key: 'uploads.known', params: { count: known.length, name: known[0] ?? '' } } }
  }
  const params = { added: added.length, known: known.length, name: added[0] ?? '' }
  return { message: { key: 'uploads.done', params } }
}

async function tabPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: OwnerPage,
  form: { values: Record<string, string>; errors: readonly FieldError[] },
) {
  const { db } = request.server
  const t = translator(request.language)
  const state = readList(request, { date: 'desc' }, 'date', documentSortKeys)
  const found = await listDocuments(db, page.owner, state)
  const { documents: total } = await countFiled(request, page.owner)
  if (wantsJson(request))
    return sendJson(reply, { items: found.rows.map(documentJson), next: found.next, total })
  const head = await page.head('documents')
  return reply.page({
    view: 'uploaded-documents/tab',
    title: head.title,
    model: {
      head,
      documents: found.rows,
      address: page.at('/documents'),
      bar: {
        parts: [t('uploads.count', { count: total })],
        csv: state.address({ format: 'csv', list: null }),
        rows: total,
      },
      pagination: pagination(state, found),
      values: form.values,
      errors: sayErrors(request, form.errors),
      limits: {
        max: megabytes(documentLimits.file),
        together: megabytes(documentLimits.together),
        files: documentLimits.files,
      },
      accept: offeredEndings.join(','),
    },
  })
}

function megabytes(bytes: number): number {
  return bytes / (1024 * 1024)
}
