import type { Message } from '../../languages/catalog.ts'
import type { Language } from '../../languages/sentences.ts'
import { currencyDecimals } from '../../lib/currencies.ts'
import { type IsoDate, isIsoDate, parseDateText } from '../../lib/dates.ts'
import { parseDecimalText } from '../../lib/decimal-text.ts'
import { isNegative, isZero, moneyText, negate, subtract } from '../../lib/money.ts'
import { parseCsv } from '../imports/csv.ts'
import { lackingRoles, recogniseColumns, type StatementColumns } from './statement-columns.ts'

export type StatementLine = {
  /** The line of the file. */
  readonly line: number
  readonly booked_date: IsoDate
  /** Below zero where money left the account. */
  readonly amount: string
  readonly label: string
  readonly reference: string
  readonly counterparty: string
  readonly iban: string
}

export type StatementFile = {
  readonly head: readonly string[]
  /** The first rows as they stand in the file, for whoever says which column is which. */
  readonly sample: readonly (readonly string[])[]
  /** By their names, or as they were given. */
  readonly columns: StatementColumns
  /** Empty where the columns are not enough. */
  readonly lines: readonly StatementLine[]
  /** What cannot be read, with its line. */
  readonly mistakes: readonly { readonly line: number; readonly message: Message }[]
}

/** Above its table a bank may tell the account, its holder and the balance. */
const mostLinesAbove = 40

/**
 * Reads a bank's CSV file: UTF-8, UTF-16 with its mark, else Windows-1252, as French banks write; whatever stands above the table is
 * passed over, and so are rows without a date or an amount, such as balances.
 * @throws ImportProblem where it is no table at all
 */
export function readStatement(
  file: { readonly name: string; readonly content: Uint8Array },
  currency: string,
  given?: StatementColumns,
): StatementFile {
  const lines = decoded(file.content).split(/\r\n|\n|\r/)
  const above = headLine(lines)
  const { table, mistakes: unparsed } = parseCsv({
    name: file.name,
    bytes: Buffer.from(lines.slice(above).join('\n')),
  })
  const head = splitHead(lines[above] ?? '', table.delimiter)
  const rows = table.rows.map(({ line, fields }) => ({
    line: line + above,
    cells: fields.entries.map(([, value]) => value.trim()),
  }))
  const columns = given ?? recogniseColumns(head)
  const sample = rows.slice(0, 5).map(({ cells }) => cells)
  if (lackingRoles(columns).length > 0) return { head, sample, columns, lines: [], mistakes: [] }
  // A column named twice is told apart by its place.
  const broken = new Set(
    unparsed
      .filter(({ message }) => message.key === 'imports.columns_differ')
      .map(({ line }) => line + above),
  )
  const read = rows.flatMap(({ line, cells }) => lineOf(line, cells, columns, currency, table.language))
  return {
    head,
    sample,
    columns,
    lines: read.flatMap((found) => ('line' in found && 'amount' in found ? [found] : [])),
    mistakes: read.flatMap((found) => {
      if (!('message' in found)) return []
      const message: Message = broken.has(found.line) ? { key: 'bank.row.broken' } : found.message
      return [{ line: found.line, message }]
    }),
  }
}

function decoded(content: Uint8Array): string {
  if (content[0] === 0xff && content[1] === 0xfe) return new TextDecoder('utf-16le').decode(content)
  if (content[0] === 0xfe && content[1] === 0xff) return new TextDecoder('utf-16be').decode(content)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return new TextDecoder('windows-1252').decode(content)
  }
}

/** Where the table begins: the first line whose names are known, else the first with the most cells. */
function headLine(lines: readonly string[]): number {
  const heads = lines.slice(0, mostLinesAbove).map((line) => splitHead(line, delimiterOf(line)))
  const known = heads.findIndex((head) => lackingRoles(recogniseColumns(head)).length === 0)
  if (known !== -1) return known
  const most = Math.max(...heads.map((head) => head.length))
  return heads.findIndex((head) => head.length === most)
}

function delimiterOf(line: string): string {
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: line.split(sign).length }))
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).sign
}

function splitHead(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
}

type Unread = { line: number; message: Message }

function lineOf(
  line: number,
  cells: readonly string[],
  columns: StatementColumns,
  currency: string,
  language: Language,
): (StatementLine | Unread)[] {
  const cell = (role: keyof StatementColumns) => {
    const at = columns[role]
    return at === undefined ? '' : (cells[at] ?? '').replace(/\s+/gu, ' ').replace(/\p{Cc}/gu, '')
  }
  const [typedDate, typedAmounts] = [cell('date'), [cell('amount'), cell('debit'), cell('credit')]]
  // A balance, a total, an empty line.
  if (typedDate === '' || typedAmounts.every((typed) => typed === '')) return []
  const booked_date = dateOf(typedDate)
  if (booked_date === undefined)
    return [{ line, message: { key: 'bank.row.date', params: { typed: typedDate.slice(0, 40) } } }]
  const amount = amountOf(typedAmounts, currency, language)
  if (amount === undefined) {
    const typed = typedAmounts.filter((text) => text !== '').join(' ')
    return [{ line, message: { key: 'bank.row.amount', params: { typed: typed.slice(0, 40) } } }]
  }
  if (isZero(amount)) return []
  return [
    {
      line,
      booked_date,
      amount,
      label: cell('label').slice(0, 500),
      reference: cell('reference').slice(0, 200),
      counterparty: cell('counterparty').slice(0, 200),
      iban: cell('iban').replace(/\s/g, '').toUpperCase().slice(0, 34),
    },
  ]
}

/** `25/11/2026`, `25.11.26`, `2026-11-25 08:12:00`, `20261125`: the day first, wherever the year does not stand there. */
function dateOf(typed: string): IsoDate | undefined {
  const [day = ''] = typed.split(/[ T]/)
  const short = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})$/.exec(day)
  if (short !== null) {
    const [, d = '', m = '', y = ''] = short
    return parseDateText(`${d}/${m}/${y.length === 2 ? `20${y}` : y}`)
  }
  const bare = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})$/.exec(day)
  if (bare === null) return undefined
  const date = `${bare[1]}-${bare[2]}-${bare[3]}`
  return isIsoDate(date) ? date : undefined
}

/** One amount with its sign; or what came in less what went out, whichever sign the bank writes there. */
function amountOf(
  [amount = '', debit = '', credit = '']: readonly string[],
  currency: string,
  language: Language,
): string | undefined {
  const decimals = currencyDecimals(currency)
  const parsed = (typed: string) => {
    if (typed === '') return '0'
    const found = parseDecimalText(typed.replace(/^\+/, ''), { language, decimals, currency })
    return found.ok ? found.value : undefined
  }
  if (amount !== '') {
    const value = parsed(amount)
    return value === undefined ? undefined : moneyText(value, currency)
  }
  const [out, into] = [parsed(debit), parsed(credit)]
  if (out === undefined || into === undefined) return undefined
  return moneyText(subtract(into, isNegative(out) ? negate(out) : out), currency)
}
