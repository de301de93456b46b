import type { Row } from '../../data/tables.ts'
import type { Message } from '../../languages/catalog.ts'
import type { ImportedKind } from '../../lib/vocabulary.ts'

/** A record that an import made, and the line of the file it stands on. */
export type MadeRecord = { readonly kind: ImportedKind; readonly id: string; readonly line: number }

/** What an import came to. What was known already is left as it is, so that importing again changes nothing. */
export type ImportFigures = {
  readonly created: number
  readonly known: number
  readonly notes: readonly Message[]
  /** Every record, also those that came along, such as a customer's contact. */
  readonly made: readonly MadeRecord[]
}

export type ImportScope = {
  readonly organisation: Row<'organisations'>
  readonly onProgress?: (done: number, total: number) => void
}
