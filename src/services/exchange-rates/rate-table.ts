import type { FieldError, Message } from '../../languages/catalog.ts'
import { isCurrency } from '../../lib/currencies.ts'
import { type IsoDate, isIsoDate, parseDateText } from '../../lib/dates.ts'
import { parseDecimalText } from '../../lib/decimal-text.ts'
import { type CsvTable, parseCsv } from '../imports/csv.ts'
import { ImportProblem } from '../imports/problem.ts'
import { type ExchangeRateForm, mistakesOfExchangeRate } from './exchange-rate.ts'

export type RateTable = {
  readonly rates: readonly ExchangeRateForm[]
  /** Columns of currencies that are not in use any more, such as CYP. */
  readonly unknown: readonly string[]
  readonly mistakes: readonly RateMistake[]
  /** How many more there are like these. */
  readonly more: number
}

/** What is wrong in a line (of an editor: 1 is the head) or, where there is none, in the file. */
export type RateMistake = {
  readonly line: number | null
  readonly column: string | null
  readonly message: Message
}

/** So many mistakes of a file are said. */
const saidMistakes = 20

/**
 * Reads a file of exchange rates: the European Central Bank's own (`Date,USD,JPY,…`, a line a day, one euro in each; `N/A` where
 * there was none), or `date,from,to,rate` with a rate a line. `since` leaves out what is older.
 */
export function readRateTable(
  file: { readonly name: string; readonly content: Uint8Array },
  { since, today }: { readonly since: IsoDate | null; readonly today: IsoDate },
): RateTable {
  const said: RateMistake[] = []
  const table = tableOf(file, said)
  if (table === undefined) return { rates: [], unknown: [], mistakes: said, more: 0 }
  const isSimple = ['date', 'from', 'to', 'rate'].every((column) => table.columns.includes(column))
  const codes = table.columns.slice(1).filter((column) => column !== '')
  if (!isSimple && (table.columns[0] !== 'date' || !codes.some((code) => isCurrency(code.toUpperCase()))))
    return { rates: [], unknown: [], mistakes: [unreadable], more: 0 }
  const known = codes.filter((code) => isCurrency(code.toUpperCase()))
  const rates = new Map<string, ExchangeRateForm>()
  for (const { line, fields } of table.rows) {
    const date = dayOf(fields.text('date'))
    if (date === undefined) {
      said.push({ line, column: 'date', message: wrongDate(fields.text('date')) })
      continue
    }
    if (since !== null && date < since) continue
    const cells = isSimple
      ? [{ from: fields.text('from'), to: fields.text('to'), text: fields.text('rate'), column: 'rate' }]
      : known.map((code) => ({ from: 'EUR', to: code, text: fields.text(code), column: code.toUpperCase() }))
    for (const cell of cells) {
      if (!isSimple && /^(n\/a|)$/i.test(cell.text.trim())) continue
      const read = rateOf(cell, date, { language: table.language, today })
      if ('mistake' in read)
        said.push({ line, column: isSimple ? read.column : cell.column, message: read.mistake })
      else rates.set(`${read.from_currency} ${read.to_currency} ${date}`, read)
    }
  }
  return {
    rates: [...rates.values()],
    unknown: isSimple ? [] : codes.filter((code) => !known.includes(code)).map((code) => code.toUpperCase()),
    mistakes: said.slice(0, saidMistakes),
    more: Math.max(0, said.length - saidMistakes),
  }
}

function tableOf(
  file: { readonly name: string; readonly content: Uint8Array },
  said: RateMistake[],
): CsvTable | undefined {
  const say = (mistakes: ImportProblem['mistakes']) => {
    for (const { line, column, message } of mistakes) said.push({ line, column, message })
  }
  try {
    const { table, mistakes } = parseCsv({ name: file.name, bytes: file.content })
    say(mistakes)
    return table
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error
    say(error.mistakes)
    return undefined
  }
}

const unreadable: RateMistake = { line: null, column: null, message: { key: 'exchange.import.columns' } }

function wrongDate(text: string): Message {
  return { key: 'form.date.wrong', params: { typed: text.slice(0, 40) } }
}

function dayOf(text: string): IsoDate | undefined {
  const typed = text.trim()
  return isIsoDate(typed) ? typed : parseDateText(typed)
}

const columns: Readonly<Record<string, string>> = {
  from_currency: 'from',
  to_currency: 'to',
  rate_date: 'date',
}

type Cell = { from: string; to: string; text: string }

function rateOf(
  cell: Cell,
  rate_date: IsoDate,
  { language, today }: { language: 'en' | 'fr'; today: IsoDate },
): ExchangeRateForm | { column: string; mistake: Message } {
  const parsed = parseDecimalText(cell.text, { language, decimals: 9 })
  if (!parsed.ok) return { column: 'rate', mistake: { key: 'exchange.rate.wrong' } }
  const code = (text: string) => text.trim().toUpperCase().slice(0, 10)
  const rate = { from_currency: code(cell.from), to_currency: code(cell.to), rate_date, rate: parsed.value }
  const mistake: FieldError | undefined = mistakesOfExchangeRate(rate, today)[0]
  return mistake === undefined ? rate : { column: columns[mistake.field] ?? 'rate', mistake: mistake.message }
}
