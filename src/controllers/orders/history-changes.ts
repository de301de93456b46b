import { z } from 'zod'
import type { Language } from '../../languages/sentences.ts'
import { translator } from '../../languages/translate.ts'
import { isIsoDate } from '../../lib/dates.ts'
import { formatsIn } from '../../lib/format.ts'
import { isDecimal, isZero } from '../../lib/money.ts'
import { unitName } from '../../lib/units.ts'

/** One thing that changed, in words. */
export type Change = { label: string; from: string; to: string }

export type HistoryWords = {
  language: Language
  currency: string
  /** What the records of the ids are called. */
  names: ReadonlyMap<string, string>
}

const fields = [
  'number',
  'subject',
  'account_id',
  'contact_id',
  'customer_order_number',
  'assigned_to_id',
  'organisation_id',
  'currency',
  'order_date',
  'shipping_address',
] as const

/** What the record of a saved order says, field by field and line by line; what it does not know is left out. */
export function readableChanges(recorded: unknown, words: HistoryWords): Change[] {
  const t = translator(words.language)
  if (typeof recorded !== 'object' || recorded === null) return []
  const found = new Map(Object.entries(recorded))
  const header = fields.flatMap((field): Change[] => {
    const change = changeSchema.safeParse(found.get(field))
    if (!change.success) return []
    const { from, to } = change.data
    return [
      { label: t(`order_page.history.field.${field}`), from: inWords(from, words), to: inWords(to, words) },
    ]
  })
  const lines = linesSchema.safeParse(found.get('lines'))
  return lines.success ? [...header, ...lineChanges(lines.data, words)] : header
}

const changeSchema = z.object({ from: z.string().nullable(), to: z.string().nullable() })
const line = z.object({
  id: z.string(),
  position: z.number(),
  kind: z.string(),
  description: z.string(),
  quantity: z.string(),
  unit: z.string(),
  tax_rate_id: z.string(),
  unit_price: z.string(),
  discount_percent: z.string(),
})
const linesSchema = z.object({ from: z.array(line), to: z.array(line) })

type Line = z.output<typeof line>

function lineChanges(lines: z.output<typeof linesSchema>, words: HistoryWords): Change[] {
  const t = translator(words.language)
  const before = new Map(lines.from.map((old) => [old.id, old]))
  const after = new Set(lines.to.map(({ id }) => id))
  const rows = [
    ...lines.to.map((now) => ({ position: now.position, from: before.get(now.id), to: now })),
    ...lines.from
      .filter(({ id }) => !after.has(id))
      .map((old) => ({ position: old.position, from: old, to: undefined })),
  ].sort((a, b) => a.position - b.position)
  return rows.flatMap(({ position, from, to }): Change[] => {
    const texts = { from: lineInWords(from, words), to: lineInWords(to, words) }
    // A line that only moved says the same before and after.
    if (texts.from === texts.to) return []
    return [{ label: t('order_page.history.line', { position }), ...texts }]
  })
}

function lineInWords(line: Line | undefined, words: HistoryWords): string {
  if (line === undefined) return ''
  const { description, quantity, unit, unit_price, discount_percent, tax_rate_id } = line
  if (!isDecimal(quantity) || !isDecimal(unit_price)) return description
  const formats = formatsIn(words.language)
  const discount =
    isDecimal(discount_percent) && !isZero(discount_percent) ? ` − ${formats.percent(discount_percent)}` : ''
  const price = formats.unitPrice(unit_price, words.currency)
  const counted = `${formats.quantity(quantity)} ${unitName(words.language, unit)}`.trim()
  const tax = words.names.get(tax_rate_id)
  return `${description}, ${counted} × ${price}${discount}${tax === undefined ? '' : `, ${tax}`}`
}

function inWords(value: string | null, words: HistoryWords): string {
  if (value === null || value === '') return ''
  if (isIsoDate(value)) return formatsIn(words.language).date(value)
  const name = words.names.get(value)
  if (name !== undefined) return name
  return value.startsWith('{') ? addressInWords(value) : value
}

/** An address is recorded as its JSON text, to be taken or left as a whole. */
function addressInWords(text: string): string {
  try {
    const parsed = addressSchema.safeParse(JSON.parse(text))
    if (!parsed.success) return text
    const { name, street, postal_code, city, country } = parsed.data
    return [name, street, `${postal_code} ${city}`.trim(), country].filter((part) => part !== '').join(', ')
  } catch {
    return text
  }
}

const addressSchema = z.object({
  name: z.string(),
  street: z.string(),
  postal_code: z.string(),
  city: z.string(),
  country: z.string(),
})
