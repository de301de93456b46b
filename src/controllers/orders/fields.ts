import { z } from 'zod'
import type { FieldError, Message } from '../../languages/catalog.ts'
import { type Language, languages } from '../../languages/sentences.ts'
import { countryNamed } from '../../lib/choices.ts'
import { isCurrency } from '../../lib/currencies.ts'
import { parseDecimalText } from '../../lib/decimal-text.ts'
import { Fields } from '../../lib/fields.ts'
import { date, isUuid, mistake, type Parsed, parseFields, text, wholeNumber } from '../../lib/form-schema.ts'
import { isUnit, unitCodes, unitName } from '../../lib/units.ts'
import { lineError } from '../../services/orders/filled-lines.ts'
import type { LineInput, Named, OrderInput } from '../../services/orders/lines.ts'

const longestDescription = 4000

/** Reads an order's form, shape only: what needs the records is for the service. Rows in which nothing was typed are left out. */
export function parseOrder(fields: Fields, language: Language): OrderInput {
  const mistakes: FieldError[] = []
  const take = <T>(parsed: Parsed<T>, otherwise: T): T => {
    if (parsed.ok) return parsed.value
    mistakes.push(...parsed.errors)
    return otherwise
  }
  const subject = take(parseFields(subjectSchema, fields), { subject: '' })
  const reference = take(parseFields(referenceSchema, fields), { customer_order_number: '' })
  const { order_date } = take(parseFields(dateSchema, fields), { order_date: null })
  const ids = {
    contact_id: optionalId(fields, 'contact_id', mistakes),
    assigned_to_id: optionalId(fields, 'assigned_to_id', mistakes),
    organisation_id: optionalId(fields, 'organisation_id', mistakes) ?? null,
    quote_id: optionalId(fields, 'quote_id', mistakes) ?? null,
  }
  const currency = fields.text('currency').trim().toUpperCase()
  return {
    ...subject,
    account: named(fields, 'account_id', 'account_code'),
    ...ids,
    customer_order_number: fields.has('customer_order_number') ? reference.customer_order_number : undefined,
    currency: currency === '' ? null : currency,
    order_date,
    shipping_address: shippingAddress(fields, take),
    filled_from_account_id: idOrNull(fields.text('filled_from_account_id')),
    lines: parseLines(fields, { language, currency }, mistakes),
    mistakes,
  }
}

/** The lines of a form, with what could not be read of them added to `mistakes`; undefined where it has none. */
export function parseLines(
  fields: Fields,
  form: { language: Language; currency: string },
  mistakes: FieldError[],
): LineInput[] | undefined {
  const rows = fields.rows('lines')
  if (rows.length === 0) return undefined
  return rows.flatMap(({ index, fields: row }, at) => {
    const line = parseLine(row, { index, number: at + 1 }, form, mistakes)
    return line === undefined ? [] : [line]
  })
}

/** The version a form was loaded with; null where it does not say. */
export function parseVersion(fields: Fields) {
  return parseFields(versionSchema, fields)
}

const subjectSchema = z.object({ subject: text({ max: 200, missing: 'order_form.subject.missing' }) })
const referenceSchema = z.object({ customer_order_number: text({ max: 100 }) })
const dateSchema = z.object({ order_date: date() })
const versionSchema = z.object({ version: wholeNumber({ min: 1, max: 999_999_999 }) })
const addressSchema = z.object({
  name: text({ max: 200 }),
  street: text({ max: 200 }),
  street_2: text({ max: 200 }),
  street_3: text({ max: 200 }),
  postal_code: text({ max: 20 }),
  city: text({ max: 100 }),
  region: text({ max: 100 }),
  country: text({ max: 60 }).transform((typed, context) => {
    const country = typed === '' ? '' : countryNamed(typed)
    if (country === undefined) context.addIssue(mistake('order_form.country.unknown'))
    return country ?? ''
  }),
})

function named(fields: Fields, idName: string, textName: string): Named {
  const [id, typed] = [fields.text(idName).trim(), fields.text(textName).trim().slice(0, 200)]
  if (isUuid(id)) return { id: id.toLowerCase(), text: typed }
  return { id: null, text: typed === '' ? id.slice(0, 200) : typed }
}

function idOrNull(typed: string): string | null {
  return isUuid(typed.trim()) ? typed.trim().toLowerCase() : null
}

/** Undefined where the form has no such field, null where it is empty. */
function optionalId(fields: Fields, name: string, mistakes: FieldError[]): string | null | undefined {
  if (!fields.has(name)) return undefined
  const typed = fields.text(name).trim()
  if (typed === '') return null
  if (!isUuid(typed)) mistakes.push({ field: name, message: { key: 'form.reference.unknown' } })
  return idOrNull(typed)
}

function shippingAddress(
  fields: Fields,
  take: <T>(parsed: Parsed<T>, otherwise: T) => T,
): OrderInput['shipping_address'] {
  const group = [...fields.group('shipping_address')]
  if (group.length === 0) return null
  return take(parseFields(addressSchema, new Fields(group), 'shipping_address'), null)
}

type Kind = LineInput['kind']
const kinds: readonly Kind[] = ['item', 'section', 'comment']
const figures = ['quantity', 'unit_price', 'discount_percent'] as const

/** Undefined for a row in which nothing was typed. */
function parseLine(
  row: Fields,
  at: { index: number; number: number },
  form: { language: Language; currency: string },
  mistakes: FieldError[],
): LineInput | undefined {
  const wrong: string[] = []
  const refuse = (field: string, key: Message['key'], params: Record<string, string | number> = {}) => {
    wrong.push(field)
    mistakes.push(lineError(at, field, key, params))
  }
  const kind = kinds.find((known) => known === (row.text('kind').trim() || 'item'))
  const description = multiline(row.text('description'))
  const product = kind === 'item' || kind === undefined ? named(row, 'product_id', 'product_code') : nobody
  const typed = figures.map((name) => row.text(name).trim())
  const blankFigures = kind === 'section' || kind === 'comment' || typed.every((value) => value === '')
  if (description === '' && product.id === null && product.text === '' && blankFigures) return undefined
  if (kind === undefined) refuse('kind', 'order_form.line.kind')
  if (description.length > longestDescription) {
    refuse('description', 'order_form.line.description.too_long', { max: longestDescription })
  }
  const isItem = (kind ?? 'item') === 'item'
  const figure = (name: (typeof figures)[number]) =>
    isItem ? parseFigure(row.text(name), name, form, (key) => refuse(name, key, { field: name })) : null
  const unit = isItem ? parseUnit(row.text('unit')) : ''
  if (unit === undefined)
    refuse('unit', 'order_form.line.unit', { typed: row.text('unit').trim().slice(0, 40) })
  const tax = isItem ? row.text('tax_rate_id').trim() : ''
  if (tax !== '' && !isUuid(tax)) refuse('tax_rate_id', 'order_form.line.tax_rate.unknown')
  return {
    ...at,
    id: idOrNull(row.text('id')),
    kind: kind ?? 'item',
    product,
    filled_from: idOrNull(row.text('filled_from')),
    description,
    quantity: figure('quantity'),
    unit: unit ?? '',
    unit_price: figure('unit_price'),
    discount_percent: figure('discount_percent'),
    tax_rate_id: idOrNull(tax),
    tax_preset: idOrNull(row.text('tax_preset')),
    wrong,
  }
}

const nobody: Named = { id: null, text: '' }

function multiline(typed: string): string {
  return typed
    .replaceAll('\r\n', '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim()
}

function parseFigure(
  typed: string,
  name: (typeof figures)[number],
  form: { language: Language; currency: string },
  refuse: (key: Message['key']) => void,
): string | null {
  const parsed = parseDecimalText(typed, {
    language: form.language,
    decimals: 6,
    percent: name === 'discount_percent',
    ...(name === 'unit_price' ? { currency: isCurrency(form.currency) ? form.currency : 'EUR' } : {}),
  })
  if (parsed.ok) return parsed.value
  if (parsed.mistake === 'too_many_decimals') refuse('order_form.line.decimals')
  else if (parsed.mistake === 'too_large') refuse('order_form.line.digits')
  else if (parsed.mistake === 'not_a_number') refuse(unreadable[name])
  return null
}

const unreadable = {
  quantity: 'order_form.line.quantity',
  unit_price: 'order_form.line.price',
  discount_percent: 'order_form.line.discount',
} as const

/** A unit by its name in either language, or by its code; undefined where it is neither. */
function parseUnit(typed: string): string | undefined {
  const text = typed.trim()
  if (text === '') return ''
  const known = unitsByName.get(text.toLowerCase())
  if (known !== undefined) return known
  const code = text.toUpperCase()
  return isUnit(code) || /^[A-Z0-9]{2,3}$/.test(text) ? code : undefined
}

const unitsByName = new Map(
  languages.flatMap((language) =>
    unitCodes.map((code): [string, string] => [unitName(language, code).toLowerCase(), code]),
  ),
)
