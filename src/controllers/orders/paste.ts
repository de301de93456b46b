import type { FieldError, Message } from '../../languages/catalog.ts'
import type { Language } from '../../languages/sentences.ts'
import { translate } from '../../languages/translate.ts'
import { Fields } from '../../lib/fields.ts'
import { mostLines } from '../../services/orders/lines.ts'
import { type PastedRow, pastedRows } from '../../services/orders/pasted-rows.ts'
import { withRows } from './form-values.ts'

/** Where rows of a spreadsheet stand in a form's lines, counted from 0. */
export type Paste = {
  readonly at: number
  readonly count: number
  /** The places that were made for them; the others were there, and empty. */
  readonly made: readonly number[]
}

export type WithPaste = {
  readonly fields: Fields
  readonly paste: Paste | undefined
  /** Too many rows: the text is still in its field. */
  readonly errors: readonly FieldError[]
}

/**
 * The form with the rows of its `pasted_rows` as lines, numbered from 0. They go to the line of `pasted_at` (its n of `lines[n]`), whose
 * product the first one replaces, else behind the last line that holds something. Empty lines on the way are filled, all others stay and
 * move down: see docs/rules/order-form.md.
 */
export function withPastedRows(fields: Fields): WithPaste {
  const pasted = pastedRows(fields.text('pasted_rows'))
  if (pasted.length > mostLines) {
    const message: Message = { key: 'order_form.paste.too_many', params: { max: mostLines } }
    return { fields, paste: undefined, errors: [{ field: 'pasted_rows', message }] }
  }
  const without = fields.without('pasted_rows', 'pasted_at')
  if (pasted.length === 0) return { fields: without, paste: undefined, errors: [] }
  const rows = fields.rows('lines')
  const target = rows.findIndex(({ index }) => String(index) === fields.text('pasted_at'))
  const at = target === -1 ? rows.findLastIndex((row) => !isEmpty(row.fields)) + 1 : target
  const lines = rows.slice(0, at).map((row) => row.fields)
  const left = rows.slice(at).map((row) => row.fields)
  const made: number[] = []
  for (const [place, row] of pasted.entries()) {
    const [there] = left
    const takes = there !== undefined && (isEmpty(there) || (place === 0 && target !== -1))
    if (takes) left.shift()
    else made.push(lines.length)
    lines.push(withProduct(takes ? there : new Fields([]), row))
  }
  return {
    fields: withRows(without, [...lines, ...left]),
    paste: { at, count: pasted.length, made },
    errors: [],
  }
}

/** What is said of a paste: its sentence, the mistakes of its products, and both for scripts. */
export function pasteView(
  language: Language,
  { fields, paste, errors }: WithPaste,
  found: readonly FieldError[],
): {
  errors: readonly FieldError[]
  sentence: string | undefined
  json: { pasted?: Paste & { sentence: string } }
} {
  if (paste === undefined) return { errors, sentence: undefined, json: {} }
  const { at, count } = paste
  const names = fields.rows('lines').map(({ index }) => `lines[${index}][product_code]`)
  const here = new Set(names.slice(at, at + count))
  const mistakes = found.filter(({ field }) => here.has(field))
  const sentence = pasteSentence(language, paste, mistakes)
  return { errors: mistakes, sentence, json: { pasted: { ...paste, sentence } } }
}

const mostNamed = 10

/** "12 rows pasted; 2 codes are unknown: lines 4 and 9." */
function pasteSentence(language: Language, paste: Paste, mistakes: readonly FieldError[]): string {
  const numbers = mistakes.map(({ message }) => String(message.params?.['number'] ?? ''))
  const named = numbers.length > mostNamed + 1 ? numbers.slice(0, mostNamed) : numbers
  const rest = numbers.length - named.length
  const more = rest > 0 ? [translate(language, 'order_form.paste.more', { count: rest })] : []
  const lines = new Intl.ListFormat(language).format([...named, ...more])
  const params = { count: paste.count, unknown: numbers.length, lines }
  return translate(language, 'order_form.paste.done', params)
}

function withProduct(line: Fields, row: PastedRow): Fields {
  const texts = Object.entries({
    product_code: row.code,
    description: row.description,
    quantity: row.quantity,
    unit_price: row.unit_price,
  }).filter(([, text]) => text !== '')
  const replaced = new Set(['product_id', 'tax_rate_id', ...texts.map(([name]) => name)])
  return new Fields([...line.entries.filter(([name]) => !replaced.has(name)), ...texts])
}

/** Whether nothing was typed into a line. */
export function isEmpty(line: Fields): boolean {
  return line.entries.every(([name, text]) => text.trim() === '' || (name === 'kind' && text === 'item'))
}
