import fp from 'fastify-plugin'
import { InvalidForm } from '../errors.ts'
import { Fields } from '../lib/fields.ts'

/** An order of 500 lines has some 5,000 fields, one of 10,000 lines 100,000. */
const mostFields = 120_000
/** More lines than any form takes: a page that shows them all again would keep everybody waiting. */
const mostRows = 12_000
const bodyLimit = 16 * 1024 * 1024

/**
 * Forms arrive as flat `Fields`, parsed by URLSearchParams. No nesting parser, since those drop in silence what lies above their
 * limits: here too many fields, and text that PostgreSQL cannot hold, are refused with a sentence.
 */
export default fp(
  async (app) => {
    app.addContentTypeParser<string>(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit },
      async (_request: unknown, body: string) => checkedFields(new URLSearchParams(body)),
    )
  },
  { name: 'forms' },
)

/** The form of a request; an empty one where there was no body. */
export function fieldsOf(request: { body: unknown }): Fields {
  return request.body instanceof Fields ? request.body : new Fields([])
}

/** @throws InvalidForm */
export function checkedFields(entries: Iterable<readonly [string, string]>): Fields {
  const fields = new Fields(entries)
  if (fields.entries.length > mostFields) {
    throw new InvalidForm([
      { field: '', message: { key: 'form.too_many_fields', params: { max: mostFields } } },
    ])
  }
  if (rowsOf(fields) > mostRows) {
    throw new InvalidForm([{ field: '', message: { key: 'form.too_many_rows', params: { max: mostRows } } }])
  }
  const unprintable = fields.entries.find(([name, value]) => name.includes('\0') || value.includes('\0'))
  if (unprintable !== undefined) {
    throw new InvalidForm([{ field: unprintable[0].replaceAll('\0', ''), message: { key: 'form.nul' } }])
  }
  return fields
}

/** How many rows its repeated parts have together: `lines[3][quantity]` and `lines[3][unit]` are one. */
function rowsOf(fields: Fields): number {
  if (fields.entries.length <= mostRows) return 0
  const rows = new Set<string>()
  for (const [name] of fields.entries) {
    const row = /^\w+\[\d+\]/.exec(name)?.[0]
    if (row !== undefined) rows.add(row)
  }
  return rows.size
}
