import { CsvError, parse } from 'csv-parse/sync'

/** A row of a spreadsheet as it was pasted: texts, nothing read yet. */
export type PastedRow = {
  readonly code: string
  readonly description: string
  readonly quantity: string
  readonly unit_price: string
}

type Column = keyof PastedRow

/**
 * The rows of a text that was copied from a spreadsheet or a CSV file: code, quantity, price, parted by tabs, or by semicolons where
 * there is no tab. Empty rows are passed over; a first row of headings says which column is which, and there may be one of
 * descriptions. Worked examples: docs/rules/order-form.md.
 *
 *     CHAI⇥12⇥18,00           CHAI, 12, 18,00
 *     CHAI                    CHAI, quantity and price empty
 *     Qty;Code / 3;TEA-9      TEA-9, 3, price empty
 */
export function pastedRows(text: string): PastedRow[] {
  const [first, ...others] = cellsOf(text)
  if (first === undefined) return []
  const named = first.map(columnCalled)
  const isHeading = isHeadingRow(first, named)
  const columns: readonly (Column | undefined)[] = isHeading ? named : ['code', 'quantity', 'unit_price']
  return (isHeading ? others : [first, ...others]).map((cells) => {
    const cell = (column: Column) => (cells[columns.indexOf(column)] ?? '').replace(/\s+/g, ' ')
    return {
      code: cell('code'),
      description: cell('description'),
      quantity: cell('quantity'),
      unit_price: cell('unit_price'),
    }
  })
}

/** A product may be called REF: with anything else than headings beside it, that is no heading. */
function isHeadingRow(cells: readonly string[], named: readonly (Column | undefined)[]): boolean {
  if (!named.includes('code')) return false
  return cells.every((cell, at) => cell === '' || named[at] !== undefined) || new Set(named).size > 2
}

function cellsOf(text: string): string[][] {
  const delimiter = text.includes('\t') ? '\t' : ';'
  const options = { delimiter, bom: true, trim: true, relax_column_count: true }
  const rows = quotedRows(text, options) ?? parse(text, { ...options, quote: false })
  return rows.filter((cells) => cells.some((cell) => cell !== ''))
}

/** Undefined where a quotation mark is only a sign like others, as in 5". */
function quotedRows(text: string, options: { delimiter: string; trim: boolean }): string[][] | undefined {
  try {
    return parse(text, { ...options, relax_quotes: true })
  } catch (error) {
    if (error instanceof CsvError) return undefined
    throw error
  }
}

const headings: Readonly<Record<Column, readonly string[]>> = {
  code: [
    'code',
    'product',
    'product code',
    'item',
    'sku',
    'produit',
    'code produit',
    'article',
    'reference',
    'ref',
  ],
  description: ['description', 'designation', 'libelle', 'name', 'nom'],
  quantity: ['quantity', 'qty', 'quantite', 'qte'],
  unit_price: ['price', 'unit price', 'prix', 'prix unitaire', 'prix unitaire ht', 'prix ht', 'pu', 'pu ht'],
}
const columnsOfHeadings = new Map(
  (['code', 'description', 'quantity', 'unit_price'] as const).flatMap((column) =>
    headings[column].map((word): [string, Column] => [word, column]),
  ),
)

/** What a heading names, whatever its accents, capitals and points. */
function columnCalled(cell: string): Column | undefined {
  const word = cell.normalize('NFD').replace(/[^\p{L}\s]/gu, '')
  return columnsOfHeadings.get(word.replace(/\s+/g, ' ').trim().toLowerCase())
}
