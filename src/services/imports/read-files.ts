import type { Row } from '../../data/tables.ts'
import type { ImportKind, ImportPart } from '../../lib/vocabulary.ts'
import { type ColumnCheck, checkColumns } from './columns.ts'
import { type CsvEncoding, type CsvFile, type CsvTable, parseCsv } from './csv.ts'
import { type ImportMistake, ImportProblem } from './problem.ts'

/** What a file holds, as its page shows it before anything is taken. */
export type FileReading = ColumnCheck & {
  readonly part: ImportPart
  readonly encoding: CsvEncoding
  readonly delimiter: string
  readonly rows: number
  readonly columns: readonly string[]
  /** The first rows, cut to what a table cell shows. */
  readonly preview: readonly { readonly line: number; readonly values: readonly string[] }[]
}

export type FilesRead = {
  readonly tables: ReadonlyMap<ImportPart, CsvTable>
  readonly readings: readonly FileReading[]
  readonly mistakes: readonly ImportMistake[]
}

const previewRows = 10
const previewLetters = 60

/** Reads the files of an import as far as they can be read; what cannot is a mistake. */
export function readFiles(kind: ImportKind, files: readonly CsvFile[]): FilesRead {
  const tables = new Map<ImportPart, CsvTable>()
  const readings: FileReading[] = []
  const mistakes: ImportMistake[] = []
  for (const file of files) {
    try {
      const parsed = parseCsv(file)
      tables.set(parsed.table.part, parsed.table)
      readings.push(readingOf(kind, parsed.table))
      mistakes.push(...parsed.mistakes)
    } catch (error) {
      if (!(error instanceof ImportProblem)) throw error
      mistakes.push(...error.mistakes)
    }
  }
  return { tables, readings, mistakes }
}

/** A stored file as the reader takes it. */
export function csvFileOf(
  file: Pick<Row<'import_files'>, 'name' | 'part' | 'content'>,
  encoding: Row<'imports'>['encoding'],
): CsvFile {
  return {
    name: file.name,
    part: file.part,
    bytes: file.content,
    ...(encoding === '' ? {} : { encoding }),
  }
}

function readingOf(kind: ImportKind, table: CsvTable): FileReading {
  const { part, encoding, delimiter, columns, rows } = table
  return {
    part,
    encoding,
    delimiter,
    rows: rows.length,
    columns: columns.map(shown),
    ...checkColumns(kind, part, columns.map(shown)),
    preview: rows.slice(0, previewRows).map(({ line, fields }) => ({
      line,
      values: fields.entries.map(([, value]) => shown(value)),
    })),
  }
}

/** jsonb holds no NUL. */
function shown(value: string): string {
  const text = value.replaceAll('\0', '')
  return text.length > previewLetters ? `${text.slice(0, previewLetters - 1)}…` : text
}
