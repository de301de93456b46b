import { CsvError, parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { Message } from '../../languages/catalog.ts'
import type { Language } from '../../languages/sentences.ts'
import { Fields } from '../../lib/fields.ts'
import type { ImportPart } from '../../lib/vocabulary.ts'
import { type ImportMistake, ImportProblem } from './problem.ts'

export type CsvFile = {
  readonly name: string
  readonly bytes: Uint8Array
  /** `main` where absent. */
  readonly part?: ImportPart
  /** What a person says of it; absent: UTF-8, or UTF-16 with its mark. */
  readonly encoding?: 'windows-1252'
}

export type CsvEncoding = 'UTF-8' | 'UTF-16' | 'Windows-1252'

export type CsvRow = { readonly line: number; readonly fields: Fields }

export type CsvTable = {
  readonly file: string
  readonly part: ImportPart
  readonly encoding: CsvEncoding
  readonly delimiter: string
  /** Names of the columns, in lower case. */
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
  const { table, mistakes } = parseCsv(file)
  if (mistakes.length > 0) throw new ImportProblem(mistakes)
  return table
}

/**
 * The same, where lines that cannot be taken come as mistakes beside the table, so that its columns and first rows can be shown.
 * @throws ImportProblem where not even those can be read
 */
export function parseCsv(file: CsvFile): { table: CsvTable; mistakes: readonly ImportMistake[] } {
  const { text, encoding } = decoded(file)
  const part = file.part ?? 'main'
  const delimiter = delimiterOf(text)
  const [head, ...records] = recordsOf(file, text, delimiter)
  const mistakes: ImportMistake[] = []
  const wrong = (line: number, column: string | null, message: Message) =>
    mistakes.push({ file: file.name, part, line, column, message })
  if (head === undefined) {
    wrong(1, null, { key: 'imports.empty' })
    throw new ImportProblem(mistakes)
  }
  const columns = head.values.map((name) => name.trim().toLowerCase())
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
  const language = delimiter === ';' ? 'fr' : 'en'
  return { table: { file: file.name, part, encoding, delimiter, columns, rows, language }, mistakes }
}

export type RawRecord = {
  readonly line: number
  /** As it stands in the file, without its line end. */
  readonly raw: string
}

/**
 * The head and the records of a file as they stand in it, decoded, for a file that `parseCsv` has read.
 * @throws ImportProblem
 */
export function rawRecordsOf(file: CsvFile): { delimiter: string; records: readonly RawRecord[] } {
  const { text } = decoded(file)
  const delimiter = delimiterOf(text)
  const records: RawRecord[] = []
  reading(file, () =>
    parse(text, {
      ...csvOptions(delimiter),
      raw: true,
      on_record: (found: unknown, { lines: line }) => {
        const { record, raw } = rawRecord.parse(found)
        // Of the line ends, the parser leaves some before and some behind.
        records.push({ line: line - breaksIn(record), raw: raw.replace(/^[\r\n]+|[\r\n]+$/g, '') })
        return null
      },
    }),
  )
  return { delimiter, records }
}

function decoded(file: CsvFile): { text: string; encoding: CsvEncoding } {
  const { bytes } = file
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'UTF-16' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'UTF-16' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' }
  } catch {
    if (file.encoding === undefined) throw new ImportProblem([encodingMistake(file)])
    return { text: new TextDecoder(file.encoding).decode(bytes), encoding: 'Windows-1252' }
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
  return {
    file: file.name,
    part: file.part ?? 'main',
    line: at + 1,
    column: column ?? null,
    message: { key: 'imports.encoding' },
  }
}

function delimiterOf(text: string): string {
  const head = text.split('\n', 1)[0] ?? ''
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: head.split(sign).length }))
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).sign
}

type Recorded = { line: number; values: string[] }

function recordsOf(file: CsvFile, text: string, delimiter: string): Recorded[] {
  const records: Recorded[] = []
  reading(file, () =>
    parse(text, {
      ...csvOptions(delimiter),
      on_record: (values: string[], { lines: line }) => {
        records.push({ line: line - breaksIn(values), values })
        return null
      },
    }),
  )
  return records
}

/** What the parser hands over with `raw`, which its types do not say. */
const rawRecord = z.object({ record: z.array(z.string()), raw: z.string() })

function csvOptions(delimiter: string) {
  return { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true }
}

/** @throws ImportProblem with the line where the parser gave up */
function reading(file: CsvFile, parsing: () => unknown): void {
  try {
    parsing()
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1
    const message: Message = { key: 'imports.quotes' }
    throw new ImportProblem([{ file: file.name, part: file.part ?? 'main', line, column: null, message }])
  }
}

// csv-parse counts the line on which a record ends; a quoted value may have begun it further up.
function breaksIn(record: readonly string[]): number {
  return record.reduce((sum, value) => sum + value.split('\n').length - 1, 0)
}
