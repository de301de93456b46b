import { z } from 'zod'
import type { Trx } from '../../data/database.ts'
import { insertSuppliers, listCodes } from '../../data/imports.ts'
import { email, text } from '../../lib/form-schema.ts'
import { mistakesOfCompany } from '../company-identifiers.ts'
import type { CsvTable } from './csv.ts'
import { code, currency, identifier, language, languageFor, name, postal } from './fields.ts'
import type { ImportFigures, ImportScope } from './figures.ts'
import { figuresOf, madeOf, parseTable, withoutKnown, writingProgress } from './table.ts'

const schema = z.object({
  code,
  name,
  contact_name: text({ max: 200 }),
  contact_title: text({ max: 200 }),
  email: email(),
  phone: text({ max: 40 }),
  website: text({ max: 200 }),
  vat_number: identifier,
  siren: identifier,
  language,
  currency,
  ...postal,
})

export const supplierColumns = { required: ['code', 'name', 'country'], all: Object.keys(schema.shape) }

export async function importSuppliers(trx: Trx, table: CsvTable, scope: ImportScope): Promise<ImportFigures> {
  const { rows, mistakes, unknown } = parseTable(table, schema, supplierColumns.required)
  const known = await listCodes(
    trx,
    'suppliers',
    rows.map(({ value }) => value.code),
  )
  const fresh = withoutKnown(rows, (value) => value.code, known, 'code', mistakes)
  for (const { line, value } of fresh) {
    for (const { field, message } of mistakesOfCompany({ ...value, siret: '' }))
      mistakes.add(line, field, message)
  }
  mistakes.throwIfAny()
  const ids = await insertSuppliers(
    trx,
    fresh.map(({ value }) => ({
      ...value,
      language: languageFor(value.language, value.country),
      currency: value.currency === '' ? scope.organisation.currency : value.currency,
    })),
    writingProgress(scope, rows, fresh),
  )
  return figuresOf(
    { rows, unknown },
    fresh,
    madeOf('supplier', fresh, ids, (value) => value.code),
  )
}
