import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { listCurrencyCodes } from '../../data/currencies.ts'
import { findOrganisation } from '../../data/organisations.ts'
import { listSuppliersOfProduct, type Product } from '../../data/products.ts'
import { listOfferedTaxRates } from '../../data/tax-rates.ts'
import { InvalidForm } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { countryChoices, currencyChoices, isCountry } from '../../lib/choices.ts'
import { todayIn } from '../../lib/dates.ts'
import type { Fields } from '../../lib/fields.ts'
import { choice, decimal, mistake, parseFields, reference, text } from '../../lib/form-schema.ts'
import { formatsIn } from '../../lib/format.ts'
import { isGtin } from '../../lib/gtin.ts'
import { isUnit, presetUnit, unitChoices } from '../../lib/units.ts'
import { sayErrors } from '../../plugins/answers.ts'
import type { Merged } from '../../plugins/conflicts.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import type { ProductParts } from '../../services/products/save-product.ts'
import { code, currency, name } from '../directory-fields.ts'
import { withVersion } from '../record-forms.ts'
import { taxRateLabel } from '../tax-rate-label.ts'
import { parseSuppliers } from './suppliers.ts'

/** Rows that wait to be filled in where a form has no script to add them. */
const waitingRows = 3

/** The product and its suppliers as typed, all mistakes at once. @throws InvalidForm */
export async function parseProduct(
  request: FastifyRequest,
  fields: Fields,
  product: Product | undefined,
): Promise<ProductParts> {
  const { language } = request
  const { db } = request.server
  const home = await findOrganisation(db, viewerOf(request).organisation_id)
  const preset = home?.currency ?? 'EUR'
  const own = parseFields(productSchema(language, preset, product?.unit_code ?? presetUnit), fields)
  const suppliers = await parseSuppliers(db, language, fields, preset)
  const errors = [...(own.ok ? [] : own.errors), ...(suppliers.ok ? [] : suppliers.errors)]
  if (!own.ok || !suppliers.ok) throw new InvalidForm(errors)
  const { unit, unit_price, tax_rate_id, ...rest } = own.value
  const rate = tax_rate_id ?? home?.default_tax_rate_id ?? null
  if (rate === null)
    throw new InvalidForm([{ field: 'tax_rate_id', message: { key: 'products.tax_rate.missing' } }])
  return {
    form: { ...rest, unit_code: unit, unit_price: unit_price ?? '0', tax_rate_id: rate },
    suppliers: suppliers.value,
  }
}

function productSchema(language: 'en' | 'fr', presetCurrency: string, unitBefore: string) {
  return z.object({
    code,
    name,
    description: text({ max: 2000, multiline: true }),
    kind: choice(['goods', 'service'], { preset: 'goods' }),
    unit: text({ max: 3 }).transform((typed, context) => {
      const chosen = typed === '' ? presetUnit : typed.toUpperCase()
      if (!isUnit(chosen) && chosen !== unitBefore) context.addIssue(mistake('form.reference.unknown'))
      return chosen
    }),
    unit_price: decimal({ language, missing: 'products.unit_price.missing' }),
    currency: currency(presetCurrency),
    tax_rate_id: reference(),
    category: text({ max: 100 }),
    packaging: text({ max: 200 }),
    gtin: text({ max: 40 }).transform((typed, context) => {
      const digits = typed.replace(/[\s-]/g, '')
      if (digits !== '' && !isGtin(digits))
        context.addIssue(mistake('products.gtin.wrong', { typed: typed.slice(0, 40) }))
      return digits
    }),
    commodity_code: text({ max: 20 }).transform((typed, context) => {
      const digits = typed.replace(/[\s.]/g, '')
      if (digits !== '' && !/^\d{4,10}$/.test(digits))
        context.addIssue(mistake('products.commodity_code.wrong'))
      return digits
    }),
    origin_country: text({ max: 2 }).transform((typed, context) => {
      const country = typed.toUpperCase()
      if (country !== '' && !isCountry(country)) context.addIssue(mistake('directory.country.unknown'))
      return country
    }),
  })
}

/** What a new product starts with: the home organisation's currency and rate. */
export async function presetsOfProduct(request: FastifyRequest): Promise<Record<string, string>> {
  const home = await findOrganisation(request.server.db, viewerOf(request).organisation_id)
  return {
    kind: 'goods',
    unit: presetUnit,
    currency: home?.currency ?? 'EUR',
    tax_rate_id: home?.default_tax_rate_id ?? '',
  }
}

export async function valuesOfProduct(
  request: FastifyRequest,
  product: Product,
): Promise<Record<string, string>> {
  const formats = formatsIn(request.language)
  const suppliers = await listSuppliersOfProduct(request.server.db, product.id)
  const rows = suppliers.flatMap((row, index) =>
    Object.entries({
      supplier_id: row.supplier_id,
      supplier: row.code,
      supplier_code: row.supplier_code,
      purchase_price: row.purchase_price === null ? '' : formats.unitPrice(row.purchase_price, row.currency),
      currency: row.currency,
    }).map(([name, value]): [string, string] => [`suppliers[${index}][${name}]`, value]),
  )
  const preferred = suppliers.findIndex((row) => row.preferred)
  return {
    code: product.code,
    name: product.name,
    description: product.description,
    kind: product.kind,
    unit: product.unit_code,
    unit_price: formats.unitPrice(product.unit_price, product.currency),
    currency: product.currency,
    tax_rate_id: product.tax_rate_id,
    category: product.category,
    packaging: product.packaging,
    gtin: product.gtin,
    commodity_code: product.commodity_code,
    origin_country: product.origin_country,
    ...(preferred === -1 ? {} : { preferred: String(preferred) }),
    ...Object.fromEntries(rows),
  }
}

export async function productFormPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: {
    product: Product | undefined
    values: Record<string, string>
    errors: readonly FieldError[]
    merged?: Merged | undefined
  },
) {
  const { db } = request.server
  const { language } = request
  const t = translator(language)
  const { product, values } = form
  const today = todayIn(viewerOf(request).time_zone, new Date())
  const rates = await listOfferedTaxRates(db, today, [product?.tax_rate_id])
  const codes = await listCurrencyCodes(db)
  return reply.page({
    view: 'products/form',
    title: product === undefined ? t('products.new') : t('products.edit', { name: product.name }),
    model: {
      product,
      values: withVersion(values, product),
      merged: form.merged,
      errors: sayErrors(request, form.errors),
      rows: rowsShown(values),
      homeCurrency: values['currency'] ?? 'EUR',
      choices: {
        kinds: [
          { value: 'goods', label: t('products.kind.goods') },
          { value: 'service', label: t('products.kind.service') },
        ],
        units: unitChoices(language, values['unit']),
        rates: rates.map((rate) => ({
          value: rate.id,
          label: taxRateLabel(language, rate),
        })),
        currencies: currencyChoices(language, codes),
        codes: codes.map((value) => ({ value, label: value })),
        countries: countryChoices(language),
      },
    },
  })
}

/** The indices of the rows that hold something, and those that wait. */
function rowsShown(values: Readonly<Record<string, string>>): number[] {
  const used = Object.entries(values).flatMap(([name, value]) => {
    const match = /^suppliers\[(\d{1,6})\]\[(?!currency\])\w+\]$/.exec(name)
    return match?.[1] === undefined || value.trim() === '' ? [] : [Number(match[1])]
  })
  const kept = [...new Set(used)].sort((a, b) => a - b)
  const next = (kept.at(-1) ?? -1) + 1
  return [...kept, ...Array.from({ length: waitingRows }, (_, index) => next + index)]
}
