import type { Message } from '../../languages/catalog.ts'
import type { ImportPart } from '../../lib/vocabulary.ts'

/** One thing wrong with a file: the line as an editor counts it (1 is the head), the column by its name where it is one column's. */
export type ImportMistake = {
  readonly file: string
  readonly part: ImportPart
  readonly line: number
  readonly column: string | null
  readonly message: Message
}

/** Nothing of the files is taken; every mistake that could be found, by line. */
export class ImportProblem extends Error {
  override name = 'ImportProblem'
  readonly mistakes: readonly ImportMistake[]

  constructor(mistakes: readonly ImportMistake[]) {
    super(
      mistakes
        .map(({ file, line, column, message }) => `${file}:${line} ${column ?? ''} ${message.key}`)
        .join('\n'),
    )
    this.mistakes = mistakes
  }
}
