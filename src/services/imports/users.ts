import { z } from 'zod'
import type { Trx } from '../../data/database.ts'
import { insertUsers, listCodes, listEmails } from '../../data/imports.ts'
import { email, text } from '../../lib/form-schema.ts'
import type { CsvTable } from './csv.ts'
import { code } from './fields.ts'
import type { ImportFigures, ImportScope } from './figures.ts'
import { figuresOf, madeOf, parseTable, withoutKnown, writingProgress } from './table.ts'

const schema = z.object({
  code,
  first_name: text({ max: 100 }),
  last_name: text({ max: 100 }),
  name: text({ max: 200 }),
  title: text({ max: 200 }),
  email: email(),
})

export const userColumns = { required: ['code'], all: Object.keys(schema.shape) }

/** Users of the organisation, without a password: nobody signs in before an admin has set one, and without email never. */
export async function importUsers(trx: Trx, table: CsvTable, scope: ImportScope): Promise<ImportFigures> {
  const { rows, mistakes, unknown } = parseTable(table, schema, userColumns.required)
  const known = await listCodes(
    trx,
    'users',
    rows.map(({ value }) => value.code),
  )
  const fresh = withoutKnown(rows, (value) => value.code, known, 'code', mistakes)
  const taken = await listEmails(
    trx,
    fresh.map(({ value }) => value.email),
  )
  for (const { line, value } of fresh) {
    if (nameOf(value) === '') mistakes.add(line, 'last_name', { key: 'directory.name.missing' })
    if (value.email !== '' && taken.has(value.email.toLowerCase())) {
      mistakes.add(line, 'email', { key: 'imports.email_taken', params: { email: value.email } })
    }
    if (value.email !== '') taken.add(value.email.toLowerCase())
  }
  mistakes.throwIfAny()
  const ids = await insertUsers(
    trx,
    fresh.map(({ value }) => ({
      code: value.code,
      name: nameOf(value),
      title: value.title,
      email: value.email === '' ? null : value.email,
      role: 'user' as const,
      organisation_id: scope.organisation.id,
      language: scope.organisation.language,
    })),
    writingProgress(scope, rows, fresh),
  )
  return figuresOf(
    { rows, unknown },
    fresh,
    madeOf('user', fresh, ids, (value) => value.code),
  )
}

function nameOf(value: z.output<typeof schema>): string {
  return value.name === '' ? `${value.first_name} ${value.last_name}`.trim() : value.name
}
