import type { Database } from '../../data/database.ts'
import { mapProductsCalled } from '../../data/order-references.ts'
import type { OrderLine } from '../../data/orders.ts'
import { listProductsByIds, type Product } from '../../data/products.ts'
import type { FieldError, Message } from '../../languages/catalog.ts'
import type { IsoDate } from '../../lib/dates.ts'
import type { TaxRules } from '../tax-treatments/line-rate.ts'
import { type FilledLine, fillLine, type LineProduct, lineError } from './filled-lines.ts'
import { type LineInput, mostLines } from './lines.ts'

/** The lines of an order's or an invoice's form, held against what is stored of them and against the products they name. */

export type DocumentLine = FilledLine & {
  /** The products a typed name may mean, where there are several. */
  product_choices: readonly Product[]
}

/** What is stored of a line of a document, as far as its form needs it. */
export type StoredLine = Pick<
  OrderLine,
  | 'id'
  | 'kind'
  | 'product_id'
  | 'product_code'
  | 'description'
  | 'quantity'
  | 'unit_code'
  | 'unit_price'
  | 'discount_percent'
  | 'tax_rate_id'
>

/** Lines of a form that named none: those the document has. */
export function linesOf(document: { lines: readonly StoredLine[] } | undefined): LineInput[] {
  return (document?.lines ?? []).map((line, index) => ({
    index,
    number: index + 1,
    id: line.id,
    kind: line.kind,
    product: { id: line.product_id, text: line.product_code },
    filled_from: line.product_id,
    description: line.description,
    quantity: line.quantity,
    unit: line.unit_code ?? '',
    unit_price: line.unit_price,
    discount_percent: line.discount_percent,
    tax_rate_id: line.tax_rate_id,
    tax_preset: null,
    wrong: [],
  }))
}

/** The lines of an order's or an invoice's form, held against the records; `order_date` is the document's own date. */
export async function filledLines(
  db: Database,
  inputs: readonly LineInput[],
  before: { lines: readonly StoredLine[] } | undefined,
  setting: {
    currency: string
    order_date: IsoDate
    treatment: string
    default_rate_id: string | null
    rules: TaxRules
  },
): Promise<readonly DocumentLine[]> {
  const stored = storedLines(inputs, before)
  const wanted = inputs.flatMap(({ product, filled_from }) => [product.id, filled_from])
  const storedIds = [...stored.values()].map((line) => line.product_id)
  const ids = [...new Set([...wanted, ...storedIds])].filter((id) => id !== null)
  const products = new Map((await listProductsByIds(db, ids)).map((product) => [product.id, product]))
  const texts = inputs.flatMap(({ product }) =>
    product.id === null && product.text !== '' ? [product.text] : [],
  )
  const called = await mapProductsCalled(db, texts)
  return inputs.map((input) => {
    const own = stored.get(input.index)
    const found = input.kind === 'item' ? productOf(input, own, products, called) : noProduct
    const picked: LineProduct | undefined = found.product
    const line = fillLine(
      input,
      { product: picked, unresolved: found.errors.length > 0, stored: own },
      { ...setting, products },
    )
    const tooMany = input.number > mostLines && input === inputs[mostLines]
    return {
      ...line,
      errors: [
        ...(tooMany
          ? [lineError(input, 'description', 'order_form.too_many_lines', { max: mostLines })]
          : []),
        ...found.errors,
        ...line.errors,
      ],
      product_choices: found.choices,
    }
  })
}

/** The stored line of each posted one, by its index. A form that names no ids means the lines in their order. */
export function storedLines<L extends Pick<StoredLine, 'id' | 'kind'>>(
  inputs: readonly LineInput[],
  before: { lines: readonly L[] } | undefined,
): ReadonlyMap<number, L> {
  const lines = before?.lines ?? []
  if (inputs.every(({ id }) => id === null)) {
    const pairs = inputs.flatMap((input, place): [number, L][] => {
      const line = lines[place]
      return line !== undefined && line.kind === input.kind ? [[input.index, line]] : []
    })
    return new Map(pairs)
  }
  const byId = new Map(lines.map((line) => [line.id, line]))
  const found = new Map<number, L>()
  for (const { id, index } of inputs) {
    const line = id === null ? undefined : byId.get(id)
    if (line === undefined) continue
    found.set(index, line)
    byId.delete(line.id) // an id posted twice is its line only once
  }
  return found
}

type FoundProduct = {
  product: Product | undefined
  choices: readonly Product[]
  errors: FieldError[]
}
const noProduct: FoundProduct = { product: undefined, choices: [], errors: [] }

function productOf(
  input: LineInput,
  stored: StoredLine | undefined,
  products: ReadonlyMap<string, Product>,
  called: ReadonlyMap<string, Product[]>,
): FoundProduct {
  const { id, text } = input.product
  // Programs name a product by its id alone: the mistake is then of that field.
  const field = id !== null && text === '' ? 'product_id' : 'product_code'
  const none = (key: Message['key'], choices: readonly Product[] = []): FoundProduct => ({
    product: undefined,
    choices,
    errors: [lineError(input, field, key, { typed: text === '' ? (id ?? '') : text })],
  })
  if (id === null && text === '') return noProduct
  const own = products.get(stored?.product_id ?? '')
  if (own !== undefined && (id === null ? isCalled(own, stored, text) : id === own.id)) {
    return { product: own, choices: [], errors: [] }
  }
  const found = id === null ? (called.get(text.toLowerCase()) ?? []) : [products.get(id)]
  const [product] = found
  if (product === undefined) return none('order_form.line.product.unknown')
  if (found.length > 1) {
    return none(
      'order_form.line.product.several',
      found.filter((each) => each !== undefined),
    )
  }
  if (product.archived_at !== null) {
    return {
      product: undefined,
      choices: [],
      errors: [lineError(input, field, 'order_form.line.product.archived', { code: product.code })],
    }
  }
  return { product, choices: [], errors: [] }
}

/** The code may have changed since the line was saved: it is known by either. */
function isCalled(product: Product, stored: StoredLine | undefined, text: string): boolean {
  const typed = text.toLowerCase()
  return [product.code, stored?.product_code ?? ''].some((code) => code.toLowerCase() === typed)
}

/** What a filled line adds to the totals; nothing while it cannot be reckoned. */
export function taxedLine(line: FilledLine) {
  const { rate, net } = line
  if (rate === undefined || net === null) return []
  const { category, exemption_text, exemption_code } = rate
  return [{ net, category, rate: rate.rate, exemption_text, exemption_code }]
}
