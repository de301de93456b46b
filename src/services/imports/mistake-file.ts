import type { Message } from '../../languages/catalog.ts'
import type { Language } from '../../languages/sentences.ts'
import { say } from '../../languages/translate.ts'
import { harmlessCell } from '../../lib/spreadsheet-cell.ts'
import { type CsvFile, rawRecordsOf } from './csv.ts'
import { reasonColumn } from './table.ts'

export type FoundMistake = {
  readonly line: number
  readonly column: string | null
  readonly message: Message
}

/**
 * A file with what is wrong with it: a first column with the reasons, every other cell as it stands in the file, to be corrected in a
 * spreadsheet and uploaded again. UTF-8 with the mark, so that a spreadsheet reads its accents. Reasons that a file brings along from
 * the last time give way to the new ones.
 *
 *     code,name,country          error,code,name,country
 *     A,One,FR            →      ,A,One,FR
 *     B,,FR                      name: Enter a name.,B,,FR
 *
 * @throws ImportProblem where the file cannot be read at all
 */
export function mistakeFile(file: CsvFile, mistakes: readonly FoundMistake[], language: Language): string {
  const { delimiter, records } = rawRecordsOf(file)
  const [head, ...rows] = records
  if (head === undefined) return ''
  const reasons = Map.groupBy(mistakes, ({ line }) => line)
  const returned = new RegExp(`^"?${reasonColumn}"?${delimiter}`, 'i').test(head.raw)
  const rest = (raw: string) => (returned ? withoutFirstCell(raw, delimiter) : raw)
  return `\ufeff${[
    `${reasonColumn}${delimiter}${rest(head.raw)}`,
    ...rows.map(({ line, raw }) => {
      const told = (reasons.get(line) ?? []).map((mistake) => sentence(mistake, language)).join(' ')
      return `${cell(told, delimiter)}${delimiter}${rest(raw)}`
    }),
  ].join('\r\n')}\r\n`
}

function sentence({ column, message }: FoundMistake, language: Language): string {
  const reason = say(language, message)
  return column === null ? reason : `${column}${language === 'fr' ? '\u00a0' : ''}: ${reason}`
}

function cell(text: string, delimiter: string): string {
  const safe = harmlessCell(text)
  return safe.includes(delimiter) || /["\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A spreadsheet quotes a cell where it must: the first one ends at the delimiter behind its closing quotation mark. */
function withoutFirstCell(raw: string, delimiter: string): string {
  const quoted = /^"(?:[^"]|"")*"/.exec(raw)?.[0]
  const end = quoted === undefined ? raw.indexOf(delimiter) : quoted.length
  return end === -1 ? '' : raw.slice(end + delimiter.length)
}
