import { z } from 'zod'
import type { Trx } from '../../data/database.ts'
import { insertProducts, listCodes, listIdsByCode } from '../../data/imports.ts'
import type { Language } from '../../languages/sentences.ts'
import { choice, decimal, mistake, text } from '../../lib/form-schema.ts'
import { isNegative } from '../../lib/money.ts'
import { isUnit, presetUnit } from '../../lib/units.ts'
import type { CsvTable } from './csv.ts'
import { code, currency, name } from './fields.ts'
import type { ImportFigures, ImportScope } from './figures.ts'
import { figuresOf, madeOf, parseTable, withoutKnown, writingProgress } from './table.ts'

function productSchema(language: Language) {
  return z.object({
    code,
    name,
    description: text({ max: 2000, multiline: true }),
    kind: choice(['goods', 'service'], { preset: 'goods' }),
    unit: text({ max: 3 }).transform((typed, context) => {
      const unit = typed === '' ? presetUnit : typed.toUpperCase()
      if (!isUnit(unit)) context.addIssue(mistake('imports.unit_unknown', { typed }))
      return unit
    }),
    supplier_code: text({ max: 40 }),
    category: text({ max: 100 }),
    packaging: text({ max: 200 }),
    unit_price: decimal({ language: language, missing: 'imports.price_missing' }),
    currency,
    tax_rate_code: text({ max: 40 }),
    discontinued: text({ max: 10 }).transform((typed) => /^(1|true|yes|on|oui)$/i.test(typed)),
  })
}

export const productColumns = {
  required: ['code', 'name', 'unit_price'],
  all: Object.keys(productSchema('en').shape),
}

/** Products with the organisation's default rate; a discontinued one comes archived: orders may name it, nobody is offered it. */
export async function importProducts(trx: Trx, table: CsvTable, scope: ImportScope): Promise<ImportFigures> {
  const schema = productSchema(table.language)
  const { rows, mistakes, unknown } = parseTable(table, schema, productColumns.required)
  const known = await listCodes(
    trx,
    'products',
    rows.map(({ value }) => value.code),
  )
  const fresh = withoutKnown(rows, (value) => value.code, known, 'code', mistakes)
  const suppliers = await listIdsByCode(
    trx,
    'suppliers',
    fresh.map(({ value }) => value.supplier_code),
  )
  const rates = await listIdsByCode(
    trx,
    'tax_rates',
    fresh.map(({ value }) => value.tax_rate_code),
  )
  const { default_tax_rate_id, currency: home } = scope.organisation
  for (const { line, value } of fresh) {
    if (value.unit_price !== null && isNegative(value.unit_price))
      mistakes.add(line, 'unit_price', { key: 'imports.price_negative' })
    if (value.supplier_code !== '' && !suppliers.has(value.supplier_code)) {
      mistakes.add(line, 'supplier_code', { key: 'imports.unknown', params: { code: value.supplier_code } })
    }
    if (value.tax_rate_code !== '' && !rates.has(value.tax_rate_code)) {
      mistakes.add(line, 'tax_rate_code', { key: 'imports.unknown', params: { code: value.tax_rate_code } })
    } else if (value.tax_rate_code === '' && default_tax_rate_id === null) {
      mistakes.add(line, 'tax_rate_code', { key: 'imports.no_default_rate' })
    }
  }
  mistakes.throwIfAny()
  const ids = await insertProducts(
    trx,
    fresh.map(({ value: { unit, supplier_code, tax_rate_code, discontinued, unit_price, ...product } }) => ({
      ...product,
      unit_code: unit,
      unit_price: unit_price ?? '0',
      currency: product.currency === '' ? home : product.currency,
      tax_rate_id: rates.get(tax_rate_code) ?? default_tax_rate_id ?? '',
      supplier_id: suppliers.get(supplier_code) ?? null,
      archived: discontinued,
    })),
    writingProgress(scope, rows, fresh),
  )
  return figuresOf(
    { rows, unknown },
    fresh,
    madeOf('product', fresh, ids, (value) => value.code),
  )
}
