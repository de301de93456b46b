import { type LineContent, lineContentOf } from '../orders/content.ts'

/** What a person writes into a draft, as plain texts that can be compared: '' where there is nothing. */
export type DraftContent = {
  readonly header: Readonly<Record<DraftKey, string>>
  readonly lines: readonly LineContent[]
}

export const draftKeys = [
  'subject',
  'contact_id',
  'customer_order_number',
  'document_date',
  'payment_term_id',
  'due_date',
  'delivery_date',
] as const

export type DraftKey = (typeof draftKeys)[number]

type StoredDraft = {
  readonly subject: string
  readonly contact_id: string | null
  readonly customer_order_number: string
  readonly document_date: string
  readonly payment_term_id: string | null
  readonly due_date: string
  readonly delivery_date: string | null
  readonly lines: readonly Parameters<typeof lineContentOf>[0][]
}

/** The content of a draft as it is stored, or as it is about to be. */
export function draftContentOf(draft: StoredDraft): DraftContent {
  return {
    header: {
      subject: draft.subject,
      contact_id: draft.contact_id ?? '',
      customer_order_number: draft.customer_order_number,
      document_date: draft.document_date,
      payment_term_id: draft.payment_term_id ?? '',
      due_date: draft.due_date,
      delivery_date: draft.delivery_date ?? '',
    },
    lines: draft.lines.map(lineContentOf),
  }
}

export type DraftChanges = Record<string, { readonly from: unknown; readonly to: unknown }>

/** What differs, field by field; under `lines` all lines as they were and as they are. */
export function draftChanges(before: DraftContent, after: DraftContent): DraftChanges {
  const changes: DraftChanges = {}
  for (const key of draftKeys) {
    const [from, to] = [before.header[key], after.header[key]]
    if (from !== to) changes[key] = { from, to }
  }
  if (!isSameLines(before.lines, after.lines)) {
    changes['lines'] = { from: placed(before.lines), to: placed(after.lines) }
  }
  return changes
}

function placed(lines: readonly LineContent[]) {
  return lines.map((line, at) => ({ ...line, position: at + 1 }))
}

/** A line that is not stored yet has no id: it is another one. */
function isSameLines(a: readonly LineContent[], b: readonly LineContent[]): boolean {
  return a.length === b.length && a.every((line, at) => isSameLine(line, b[at]))
}

function isSameLine(a: LineContent, b: LineContent | undefined): boolean {
  return b !== undefined && lineTexts(a) === lineTexts(b)
}

// The code of a product is how people call it, and follows from its id.
function lineTexts(line: LineContent): string {
  const { id, kind, product_id, description, quantity, unit, unit_price, discount_percent, tax_rate_id } =
    line
  return JSON.stringify([
    id,
    kind,
    product_id,
    description,
    quantity,
    unit,
    unit_price,
    discount_percent,
    tax_rate_id,
  ])
}

/** The content before a change that `draftChanges` recorded. */
export function beforeChanges(
  content: DraftContent,
  changes: ReadonlyMap<string, { readonly from: unknown }>,
): DraftContent {
  const header = { ...content.header }
  for (const key of draftKeys) {
    const from = changes.get(key)?.from
    if (typeof from === 'string') header[key] = from
  }
  const lines = changes.get('lines')?.from
  return { header, lines: Array.isArray(lines) ? lines.filter(isLineContent) : content.lines }
}

const lineFields = [
  'id',
  'kind',
  'product_id',
  'product_code',
  'description',
  'quantity',
  'unit',
  'unit_price',
  'discount_percent',
  'tax_rate_id',
]

/** Reads a line back out of a record of the audit. */
function isLineContent(value: unknown): value is LineContent {
  if (typeof value !== 'object' || value === null) return false
  const found = new Map<string, unknown>(Object.entries(value))
  return lineFields.every((name) => typeof found.get(name) === 'string')
}
