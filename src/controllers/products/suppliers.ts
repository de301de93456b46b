import { z } from 'zod'
import type { Database } from '../../data/database.ts'
import type { ProductSupplier } from '../../data/products.ts'
import { findSupplier, listSuppliersNamed } from '../../data/suppliers.ts'
import type { FieldError } from '../../languages/catalog.ts'
import type { Language } from '../../languages/sentences.ts'
import { Fields } from '../../lib/fields.ts'
import { decimal, isUuid, type Parsed, parseFields, text } from '../../lib/form-schema.ts'
import { isNegative } from '../../lib/money.ts'
import { textsOf } from '../../plugins/conflicts.ts'
import { supplierText } from '../../services/products/save-product.ts'
import { currency } from '../directory-fields.ts'

/**
 * The rows `suppliers[n]` of a product's form: the supplier by `supplier_id`, or by what was typed into `supplier` (a code or an exact
 * name); `preferred` names the row of the preferred one. Rows without supplier, code and price are left out.
 */
export async function parseSuppliers(
  db: Database,
  language: Language,
  fields: Fields,
  presetCurrency: string,
): Promise<Parsed<ProductSupplier[]>> {
  const errors: FieldError[] = []
  const found: ProductSupplier[] = []
  const rowOf = new Map<string, number>()
  const schema = rowSchema(language, presetCurrency)
  for (const { index, fields: row } of fields.rows('suppliers')) {
    const filled = ['supplier', 'supplier_id', 'supplier_code', 'purchase_price']
    if (filled.every((name) => row.text(name).trim() === '')) continue
    const at = (name: string) => `suppliers[${index}][${name}]`
    const number = index + 1
    const parsed = parseFields(schema, row, `suppliers[${index}]`)
    if (!parsed.ok) errors.push(...parsed.errors)
    const supplierId = await supplierOf(db, row)
    // Programs send the id, pages the text: the mistake belongs to what was sent.
    const chosenBy = at(row.text('supplier_id').trim() === '' ? 'supplier' : 'supplier_id')
    if (typeof supplierId !== 'string') {
      const key = supplierId.typed ? 'products.supplier.unknown' : 'products.supplier.missing'
      errors.push({ field: chosenBy, message: { key, params: { row: number } } })
      continue
    }
    const first = rowOf.get(supplierId)
    if (first !== undefined) {
      const message = { key: 'products.supplier.twice', params: { row: number, first } } as const
      errors.push({ field: chosenBy, message })
      continue
    }
    rowOf.set(supplierId, number)
    if (!parsed.ok) continue
    const { purchase_price } = parsed.value
    if (purchase_price !== null && isNegative(purchase_price)) {
      const message = { key: 'products.purchase_price.negative', params: { row: number } } as const
      errors.push({ field: at('purchase_price'), message })
    }
    const preferred = fields.text('preferred') === String(index) || row.text('preferred') === 'on'
    found.push({ supplier_id: supplierId, ...parsed.value, preferred })
  }
  if (errors.length > 0) return { ok: false, errors }
  // The first of several, where a program posted more than one.
  const preferred = found.findIndex((row) => row.preferred)
  return { ok: true, value: found.map((row, index) => ({ ...row, preferred: index === preferred })) }
}

/** The form with its suppliers as the one text that saves are compared by. */
export async function withSupplierTexts(
  db: Database,
  fields: Fields,
  suppliers: readonly ProductSupplier[],
): Promise<Fields> {
  const named: { code: string; row: ProductSupplier }[] = []
  for (const row of suppliers)
    named.push({ code: (await findSupplier(db, row.supplier_id))?.code ?? '', row })
  // In the order in which they are stored.
  named.sort((a, b) => Number(b.row.preferred) - Number(a.row.preferred) || (a.code < b.code ? -1 : 1))
  const texts = named.map(({ code, row }) => supplierText({ ...row, code }))
  return new Fields([...fields.entries, ...textsOf('suppliers', texts)])
}

function rowSchema(language: Language, presetCurrency: string) {
  return z.object({
    supplier_code: text({ max: 60 }),
    purchase_price: decimal({ language }),
    currency: currency(presetCurrency),
  })
}

async function supplierOf(db: Database, row: Fields): Promise<string | { typed: boolean }> {
  const id = row.text('supplier_id').trim().toLowerCase()
  if (id !== '') {
    const supplier = isUuid(id) ? await findSupplier(db, id) : undefined
    return supplier?.id ?? { typed: true }
  }
  const typed = row.text('supplier').trim()
  if (typed === '') return { typed: false }
  // Several of one name: the code decides, and the sentence asks to choose.
  const [only, ...others] = await listSuppliersNamed(db, typed)
  return only !== undefined && others.length === 0 ? only.id : { typed: true }
}
