import type { FieldError } from '../../languages/catalog.ts'
import type { Language } from '../../languages/sentences.ts'
import { say, translate } from '../../languages/translate.ts'
import type { Fields } from '../../lib/fields.ts'
import { formatAmount } from '../../lib/format.ts'
import type { DocumentLine } from '../../services/orders/document-lines.ts'
import type { FilledOrder } from '../../services/orders/order-form.ts'
import { figureText, unitText } from './form-values.ts'

/** A row of the line editor: texts as they stand in its fields, and what the server made of them. */
export type FormRow = {
  /** The n of `lines[n]`. */
  index: number
  /** As the person counts, from 1. */
  number: number
  id: string
  kind: 'item' | 'section' | 'comment'
  product_code: string
  product_id: string
  filled_from: string
  description: string
  quantity: string
  unit: string
  unit_price: string
  discount_percent: string
  /** '' leaves the rate to the account and the product; `automatic` names what that comes to. */
  tax_rate_id: string
  tax_preset: string
  automatic: string
  /** Whether "another rate" was asked for: the row then lists them all. */
  open_rates: boolean
  /** Formatted; '' while it cannot be reckoned. */
  net: string
  errors: Readonly<Record<string, string>>
  /** Where the typed text means several products. */
  choices: readonly { id: string; label: string }[]
}

/** The rows of a form. What a person typed stays as typed; only what was filled in or replaced is written anew. */
export function rowsOf(
  language: Language,
  fields: Fields,
  filled: Pick<FilledOrder, 'lines' | 'currency'>,
  errors: readonly FieldError[],
): FormRow[] {
  const lines = new Map(filled.lines.map((line) => [line.input.index, line]))
  const said = sentencesByLine(language, errors)
  return fields.rows('lines').map(({ index, fields: row }, at) => {
    const line = lines.get(index)
    const kind = kindOf(row.text('kind'))
    return {
      ...blankRow(language, index, at + 1, kind),
      id: row.text('id'),
      ...typedTexts(row),
      ...(line === undefined || kind !== 'item' ? {} : filledTexts(language, row, line, filled.currency)),
      errors: said.get(index) ?? {},
    }
  })
}

export function blankRow(
  language: Language,
  index: number,
  number: number,
  kind: FormRow['kind'] = 'item',
): FormRow {
  return {
    index,
    number,
    id: '',
    kind,
    product_code: '',
    product_id: '',
    filled_from: '',
    description: '',
    quantity: '',
    unit: '',
    unit_price: '',
    discount_percent: '',
    tax_rate_id: '',
    tax_preset: '',
    automatic: translate(language, 'order_form.tax.automatic'),
    open_rates: false,
    net: '',
    errors: {},
    choices: [],
  }
}

function kindOf(typed: string): FormRow['kind'] {
  return typed === 'section' || typed === 'comment' ? typed : 'item'
}

function typedTexts(row: Fields) {
  return {
    product_code: row.text('product_code'),
    product_id: row.text('product_id'),
    filled_from: row.text('filled_from'),
    description: row.text('description'),
    quantity: row.text('quantity'),
    unit: row.text('unit'),
    unit_price: row.text('unit_price'),
    discount_percent: row.text('discount_percent'),
    tax_rate_id: chosenRate(row),
    open_rates: row.text('tax_rate_id') === otherRate,
    tax_preset: row.text('tax_preset'),
  }
}

/** The choice of a line that does not list all rates: it is no rate. */
const otherRate = 'other'

function chosenRate(row: Fields): string {
  const chosen = row.text('tax_rate_id')
  return chosen === otherRate ? '' : chosen
}

function filledTexts(
  language: Language,
  row: Fields,
  line: DocumentLine,
  currency: string,
): Partial<FormRow> {
  const { input, product } = line
  const form = { language, currency }
  const figure = (name: 'quantity' | 'unit_price' | 'discount_percent') =>
    line[name] === input[name] ? row.text(name) : figureText(name, line[name] ?? '', form)
  const described = line.description !== input.description
  return {
    ...(product === undefined
      ? {}
      : { product_code: product.code, product_id: product.id, filled_from: product.id }),
    ...(input.product.id === null && input.product.text === '' ? { filled_from: '' } : {}),
    description: described ? line.description : row.text('description'),
    quantity: figure('quantity'),
    unit: input.wrong.includes('unit') ? row.text('unit') : unitText(language, line.unit),
    unit_price: figure('unit_price'),
    discount_percent: figure('discount_percent'),
    // A chosen rate that ended is shown as the one that took its place.
    tax_rate_id: chosenRate(row) === '' ? '' : (line.rate?.id ?? row.text('tax_rate_id')),
    tax_preset: line.preset_rate?.id ?? '',
    automatic:
      line.preset_rate === undefined
        ? translate(language, 'order_form.tax.automatic')
        : translate(language, 'order_form.tax.automatic_is', { name: line.preset_rate.name }),
    net: line.net === null ? '' : formatAmount(language, line.net, currency),
    choices: line.product_choices.map(({ id, code, name }) => ({ id, label: `${code} · ${name}` })),
  }
}

function sentencesByLine(
  language: Language,
  errors: readonly FieldError[],
): ReadonlyMap<number, Record<string, string>> {
  const lines = new Map<number, Record<string, string>>()
  for (const { field, message } of errors) {
    const match = /^lines\[(\d+)\]\[(\w+)\]$/.exec(field)
    if (match === null) continue
    const [index, name] = [Number(match[1]), match[2] ?? '']
    const known = lines.get(index) ?? {}
    known[name] = [known[name], say(language, message)].filter(Boolean).join(' ')
    lines.set(index, known)
  }
  return lines
}
