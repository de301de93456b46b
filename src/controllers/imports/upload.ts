import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Attempt } from '../../data/import-attempts.ts'
import type { ImportFileContent } from '../../data/import-log.ts'
import { listOrganisationsForImport } from '../../data/imports.ts'
import { InvalidForm } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { Fields } from '../../lib/fields.ts'
import { choice, parseFields, reference } from '../../lib/form-schema.ts'
import { type ImportPart, importKinds } from '../../lib/vocabulary.ts'
import { keptFields, sayErrors, submit, valid } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { largestImport } from '../../plugins/uploads.ts'
import { columnsOf } from '../../services/imports/columns.ts'
import { checkAgain, uploadImport } from '../../services/imports/upload-import.ts'
import { getImport } from './import-record.ts'
import { importPage } from './show.ts'

/** So long an answer waits for a check or a run: most files are done by then, and the page shows what came of it. */
const patienceMs = 1_500

export async function add(request: FastifyRequest, reply: FastifyReply) {
  const kept = await keptFields(request)
  const { organisation_id } = viewerOf(request)
  const kind = Fields.parse(request.url.split('?')[1] ?? '').text('kind')
  return formPage(request, reply, { values: kept?.values() ?? { organisation_id, kind }, errors: [] })
}

/** Takes the files and checks them; nothing of them is imported yet. */
export async function create(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const viewer = viewerOf(request)
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const { kind, organisation_id, files } = parseUpload(request, fields)
      const organisations = await organisationsOf(request)
      const organisation = organisations.find(({ id }) => id === (organisation_id ?? viewer.organisation_id))
      if (organisation === undefined)
        throw new InvalidForm([
          { field: 'organisation_id', message: { key: 'imports.organisation.missing' } },
        ])
      const attempt = await uploadImport(db, viewer, { organisation_id: organisation.id, kind, files })
      return { location: await startedAt(request, attempt) }
    },
    page: (errors) => formPage(request, reply, { values: fields.values(), errors }),
  })
}

/** Takes corrected files in the place of those that an import has, and checks again. */
export async function replace(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const viewer = viewerOf(request)
  const row = await getImport(request)
  return submit(request, reply, {
    act: async () => {
      const files = [...fileOf(request, 'main', 'file'), ...fileOf(request, 'lines', 'lines_file')]
      if (files.length === 0)
        throw new InvalidForm([{ field: 'file', message: { key: 'imports.file.missing' } }])
      const attempt = await checkAgain(db, viewer, row.id, {
        files: files.filter(({ part }) => part === 'main' || row.kind === 'orders'),
        encoding: '',
      })
      return { location: await startedAt(request, attempt) }
    },
    page: (errors) => importPage(request, reply, row, errors),
  })
}

/** Starts what is recorded, waits for it a moment, and says where it is seen. */
export async function startedAt(request: FastifyRequest, attempt: Attempt): Promise<string> {
  const work = request.server.importRunner.start(attempt)
  const patience = new AbortController()
  await Promise.race([work, pause(patienceMs, undefined, { signal: patience.signal }).catch(() => {})])
  patience.abort()
  return `/imports/${attempt.id}`
}

const schema = z.object({
  kind: choice(importKinds, { missing: 'imports.kind.missing' }),
  organisation_id: reference(),
})

function parseUpload(request: FastifyRequest, fields: Fields) {
  const parsed = parseFields(schema, fields)
  const errors: FieldError[] = parsed.ok ? [] : [...parsed.errors]
  const withLines = fields.text('kind') === 'orders'
  const files: ImportFileContent[] = []
  for (const [part, field] of withLines ? parts : parts.slice(0, 1)) {
    try {
      const found = fileOf(request, part, field)
      if (found.length === 0) errors.push({ field, message: { key: missing[part] } })
      files.push(...found)
    } catch (error) {
      if (!(error instanceof InvalidForm)) throw error
      errors.push(...error.errors)
    }
  }
  if (errors.length > 0) throw new InvalidForm(errors)
  return { ...valid(parsed), files }
}

const parts = [
  ['main', 'file'],
  ['lines', 'lines_file'],
] as const

const missing = { main: 'imports.file.missing', lines: 'imports.file.lines_missing' } as const

/** The file of a field, if one was chosen. @throws InvalidForm where it is too large */
function fileOf(request: FastifyRequest, part: ImportPart, field: string): ImportFileContent[] {
  const upload = request.uploads.get(field)
  if (upload === undefined) return []
  // Some browsers send the folders too; a control character has no place in a name.
  const name = upload.filename
    .replace(/^.*[\\/]/, '')
    .replace(/\p{Cc}/gu, '')
    .slice(0, 200)
  if (upload.tooLarge)
    throw new InvalidForm([
      { field, message: { key: 'imports.file.too_large', params: { name, max: largestImport } } },
    ])
  return [{ part, name: name === '' ? 'import.csv' : name, content: upload.content }]
}

async function organisationsOf(request: FastifyRequest) {
  const { organisation_ids } = viewerOf(request)
  const all = await listOrganisationsForImport(request.server.db)
  return all.filter(({ id }) => organisation_ids.includes(id))
}

async function formPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: { values: Record<string, string>; errors: readonly FieldError[] },
) {
  const t = translator(request.language)
  const organisations = await organisationsOf(request)
  const lines = columnsOf('orders', 'lines')
  return reply.page({
    view: 'imports/new',
    title: t('imports.new'),
    model: {
      values: form.values,
      errors: sayErrors(request, form.errors),
      max: largestImport,
      kinds: importKinds.map((kind) => ({
        value: kind,
        label: t(`imports.kind.${kind}`),
        hint: t(`imports.hint.${kind}`, {
          columns: columnsOf(kind, 'main').required.join(', '),
          lines: lines.required.join(', '),
        }),
      })),
      /** Empty where there is nothing to choose. */
      organisations:
        organisations.length > 1 ? organisations.map(({ id, name }) => ({ value: id, label: name })) : [],
      columns: [
        ...importKinds.map((kind) => ({
          title: t(kind === 'orders' ? 'imports.columns.orders' : `imports.kind.${kind}`),
          template: `/imports/templates/${kind}.csv`,
          ...shownColumns(columnsOf(kind, 'main')),
        })),
        {
          title: t('imports.columns.order_lines'),
          template: '/imports/templates/order_lines.csv',
          ...shownColumns(lines),
        },
      ],
    },
  })
}

function shownColumns({ required, all }: { required: readonly string[]; all: readonly string[] }) {
  return { required, optional: all.filter((column) => !required.includes(column)) }
}
