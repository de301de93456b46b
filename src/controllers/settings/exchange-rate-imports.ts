import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { InvalidForm } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { say, translator } from '../../languages/translate.ts'
import { todayIn } from '../../lib/dates.ts'
import { date, parseFields } from '../../lib/form-schema.ts'
import { keptFields, sayErrors, submit, valid } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { largestImport } from '../../plugins/uploads.ts'
import { importExchangeRates } from '../../services/exchange-rates/import-exchange-rates.ts'
import { type RateTable, readRateTable } from '../../services/exchange-rates/rate-table.ts'

export async function add(request: FastifyRequest, reply: FastifyReply) {
  const kept = await keptFields(request)
  return importPage(request, reply, { values: kept?.values() ?? {}, errors: [] })
}

/** Takes a file of rates, whole or not at all. */
export async function create(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  const viewer = viewerOf(request)
  return submit(request, reply, {
    act: async () => {
      const { since } = valid(parseFields(schema, fields))
      const file = fileOf(request)
      const table = readRateTable(
        { name: file.filename, content: file.content },
        { since, today: todayIn(viewer.time_zone, new Date()) },
      )
      const errors = mistakesOf(request, table)
      if (errors.length > 0) throw new InvalidForm(errors)
      const figures = await importExchangeRates(request.server.db, viewer.id, table.rates, file.filename)
      const unknown = table.unknown.length === 0 ? 'none' : table.unknown.join(', ')
      return {
        location: '/settings/exchange-rates',
        flash: { message: { key: 'exchange.import.done', params: { ...figures, unknown } } },
      }
    },
    page: (errors) => importPage(request, reply, { values: fields.values(), errors }),
  })
}

const schema = z.object({ since: date() })

/** @throws InvalidForm where none was chosen, or one too large */
function fileOf(request: FastifyRequest): { filename: string; content: Buffer } {
  const upload = request.uploads.get('file')
  if (upload === undefined)
    throw new InvalidForm([{ field: 'file', message: { key: 'exchange.import.file.missing' } }])
  if (upload.tooLarge) {
    const params = { max: largestImport }
    throw new InvalidForm([{ field: 'file', message: { key: 'exchange.import.file.too_large', params } }])
  }
  return { filename: upload.filename.replace(/\p{Cc}/gu, '').slice(0, 100), content: upload.content }
}

/** What is wrong with a file, each with its line, under the field of the file. */
function mistakesOf(request: FastifyRequest, table: RateTable): FieldError[] {
  const found = table.mistakes.map(({ line, column, message }): FieldError => {
    if (line === null) return { field: 'file', message }
    const params = { line, column: column ?? 'none', sentence: say(request.language, message) }
    return { field: 'file', message: { key: 'exchange.import.at', params } }
  })
  if (found.length === 0)
    return table.rates.length > 0 ? [] : [{ field: 'file', message: { key: 'exchange.import.empty' } }]
  if (table.more === 0) return found
  return [
    ...found,
    { field: 'file', message: { key: 'exchange.import.more', params: { count: table.more } } },
  ]
}

async function importPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: { values: Record<string, string>; errors: readonly FieldError[] },
) {
  const t = translator(request.language)
  const again = form.errors.length > 0 ? ` ${t('exchange.import.file.again')}` : ''
  return reply.page({
    view: 'settings/exchange-rates/import',
    title: t('exchange.import'),
    model: {
      values: form.values,
      errors: sayErrors(request, form.errors),
      fileHint: `${t('exchange.import.file.hint', { max: largestImport })}${again}`,
    },
  })
}
