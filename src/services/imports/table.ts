import type { z } from 'zod'
import type { Message } from '../../languages/catalog.ts'
import { parseFields } from '../../lib/form-schema.ts'
import type { CsvTable } from './csv.ts'
import type { ImportFigures, ImportScope, MadeRecord } from './figures.ts'
import { type ImportMistake, ImportProblem } from './problem.ts'

/** Holds the reasons in a file that came back to be corrected: nobody's data, so it is not said that it was not taken. */
export const reasonColumn = 'error'

export type ParsedRow<T> = { readonly line: number; readonly value: T }

/** Collects the mistakes of a file, so that all of them are told at once. */
export class MistakesOf {
  readonly #table: Pick<CsvTable, 'file' | 'part'>
  readonly #found: ImportMistake[] = []

  constructor(table: Pick<CsvTable, 'file' | 'part'>) {
    this.#table = table
  }

  add(line: number, column: string | null, message: Message): void {
    const { file, part } = this.#table
    this.#found.push({ file, part, line, column, message })
  }

  byLine(): ImportMistake[] {
    return this.#found.toSorted((a, b) => a.line - b.line)
  }

  /** @throws ImportProblem where there is any, by line */
  throwIfAny(): void {
    if (this.#found.length > 0) throw new ImportProblem(this.byLine())
  }
}

/**
 * The rows of a table by a zod object of form fields, whose keys are columns. `required` are those that the head must have; what the
 * schema does not know is named in `unknown`, so that nobody believes it was taken.
 * @throws ImportProblem where a required column is missing
 */
export function parseTable<T extends z.ZodRawShape>(
  table: CsvTable,
  schema: z.ZodObject<T>,
  required: readonly string[],
): { rows: ParsedRow<z.output<z.ZodObject<T>>>[]; mistakes: MistakesOf; unknown: string[] } {
  const mistakes = new MistakesOf(table)
  for (const column of required) {
    if (!table.columns.includes(column)) mistakes.add(1, column, { key: 'imports.column_missing' })
  }
  mistakes.throwIfAny()
  const rows = table.rows.flatMap(({ line, fields }) => {
    const parsed = parseFields(schema, fields)
    if (parsed.ok) return [{ line, value: parsed.value }]
    for (const { field, message } of parsed.errors) mistakes.add(line, field, message)
    return []
  })
  const known = [...Object.keys(schema.shape), reasonColumn]
  return {
    rows,
    mistakes,
    unknown: table.columns.filter((column) => column !== '' && !known.includes(column)),
  }
}

/** Every row but those whose code is known already; a code that stands twice in the file is a mistake of its second line. */
export function withoutKnown<T>(
  rows: readonly ParsedRow<T>[],
  codeOf: (value: T) => string,
  known: ReadonlySet<string>,
  column: string,
  mistakes: MistakesOf,
): ParsedRow<T>[] {
  const lines = new Map<string, number>()
  for (const { line, value } of rows) {
    const code = codeOf(value)
    const before = lines.get(code)
    if (before !== undefined)
      mistakes.add(line, column, { key: 'imports.twice', params: { code, line: before } })
    else lines.set(code, line)
  }
  return rows.filter(({ value }) => !known.has(codeOf(value)))
}

/** What an import of a table came to, whose fresh rows are all taken. */
export function figuresOf(
  table: { rows: readonly unknown[]; unknown: readonly string[] },
  fresh: readonly unknown[],
  made: readonly MadeRecord[],
): ImportFigures {
  return {
    created: fresh.length,
    known: table.rows.length - fresh.length,
    notes: notesOnColumns(table.unknown),
    made,
  }
}

/** The records of one kind, by the lines they stand on. */
export function madeOf<T>(
  kind: MadeRecord['kind'],
  fresh: readonly ParsedRow<T>[],
  ids: ReadonlyMap<string, string>,
  codeOf: (value: T) => string,
): MadeRecord[] {
  return fresh.flatMap(({ line, value }) => {
    const id = ids.get(codeOf(value))
    return id === undefined ? [] : [{ kind, id, line }]
  })
}

/** Tells how far the writing is, of all the rows of a file; what was known is behind it from the start. */
export function writingProgress(
  scope: ImportScope,
  rows: readonly unknown[],
  fresh: readonly unknown[],
): (written: number) => void {
  return (written) => scope.onProgress?.(rows.length - fresh.length + written, rows.length)
}

/** Names the columns that were not taken, where there are any. */
export function notesOnColumns(unknown: readonly string[]): Message[] {
  if (unknown.length === 0) return []
  return [{ key: 'imports.columns_not_taken', params: { columns: unknown.join(', ') } }]
}
