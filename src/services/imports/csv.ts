import { CsvError, parse } from 'csv-parse/sync'
import type { Message } from '../../languages/catalog.ts'
import type { Language } from '../../languages/sentences.ts'
import { Fields } from '../../lib/fields.ts'
import { type ImportMistake, ImportProblem } from './problem.ts'

export type CsvFile = { readonly name: string; readonly bytes: Uint8Array }

export type CsvRow = { readonly line: number; readonly fields: Fields }

export type CsvTable = {
  readonly file: string
  readonly columns: readonly string[]
  readonly rows: readonly CsvRow[]
  /** How figures are read: files that part by semicolons write decimal commas. */
  readonly language: Language
}

/**
 * Reads a CSV file: UTF-8 with or without mark, or UTF-16 with one; commas, semicolons or tabs, whichever its head uses. Column
 * names count in any case. Another encoding is not guessed at, since a wrong guess makes wrong names.
 * @throws ImportProblem with the line and column of what cannot be read
 */
export function readCsv(file: CsvFile): CsvTable {
  const text = decoded(file)
  const delimiter = delimiterOf(text)
  const [head, ...records] = recordsOf(file.name, text, delimiter)
  if (head === undefined)
    throw new ImportProblem([{ file: file.name, line: 1, column: null, message: { key: 'imports.empty' } }])
  const columns = head.values.map((name) => name.trim().toLowerCase())
  const mistakes: ImportMistake[] = []
  const wrong = (line: number, column: string | null, message: Message) =>
    mistakes.push({ file: file.name, line, column, message })
  for (const [at, column] of columns.entries()) {
    if (column !== '' && columns.indexOf(column) !== at)
      wrong(head.line, column, { key: 'imports.column_twice' })
  }
  const rows = records.map(({ line, values }): CsvRow => {
    if (values.length !== columns.length) {
      wrong(line, null, {
        key: 'imports.columns_differ',
        params: { found: values.length, wanted: columns.length },
      })
    }
    const nul = values.findIndex((value) => value.includes('\0'))
    if (nul !== -1) wrong(line, columns[nul] ?? null, { key: 'form.nul' })
    return {
      line,
      fields: new Fields(columns.map((column, at): [string, string] => [column, values[at] ?? ''])),
    }
  })
  if (mistakes.length > 0) throw new ImportProblem(mistakes)
  return { file: file.name, columns, rows, language: delimiter === ';' ? 'fr' : 'en' }
}

function decoded(file: CsvFile): string {
  const { bytes } = file
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ImportProblem([encodingMistake(file)])
  }
}

/** The first line that is no UTF-8, and the column in it. */
function encodingMistake(file: CsvFile): ImportMistake {
  const lines = Buffer.from(file.bytes).toString('latin1').split('\n')
  const isUtf8 = (line: string) =>
    Buffer.from(Buffer.from(line, 'latin1').toString('utf8'), 'utf8').equals(Buffer.from(line, 'latin1'))
  const at = lines.findIndex((line) => !isUtf8(line))
  const line = lines[at] ?? ''
  const delimiter = delimiterOf(lines[0] ?? '')
  const cell = line.split(delimiter).findIndex((value) => !isUtf8(value))
  const column = at === 0 ? undefined : (lines[0] ?? '').split(delimiter)[cell]?.trim()
  return { file: file.name, line: at + 1, column: column ?? null, message: { key: 'imports.encoding' } }
}

function delimiterOf(text: string): string {
  const head = text.split('\n', 1)[0] ?? ''
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: head.split(sign).length }))
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).sign
}

type Recorded = { line: number; values: string[] }

function recordsOf(file: string, text: string, delimiter: string): Recorded[] {
  try {
    const lines: number[] = []
    const records = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (record: string[], { lines: line }) => {
        lines.push(line)
        return record
      },
    })
    return records.map((values, at) => ({ line: (lines[at] ?? 1) - breaksIn(values), values }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1
    throw new ImportProblem([{ file, line, column: null, message: { key: 'imports.quotes' } }])
  }
}

// csv-parse counts the line on which a record ends; a quoted value may have begun it further up.
function breaksIn(record: readonly string[]): number {
  return record.reduce((sum, value) => sum + value.split('\n').length - 1, 0)
}
