import type { SaveConflict } from '../errors.ts'
import type { Language } from '../languages/sentences.ts'
import { decimalText, parseDecimalText } from '../lib/decimal-text.ts'
import type { Fields } from '../lib/fields.ts'

/** One form field that somebody else changed meanwhile: their text and the one that was sent. */
export type ConflictRow = { field: string; theirs: string; yours: string }

export type Merged = {
  version: number
  by: string
  at: string
  /** Changed by both: yours stays in the form, theirs is shown. */
  conflicts: ConflictRow[]
  /** Changed by them alone: the form takes theirs. */
  taken: ConflictRow[]
}

/** Compares what was sent with what somebody else saved. Nobody's text is lost: what only they changed is taken, the rest is asked. */
export function mergeWithTheirs(fields: Fields, conflict: SaveConflict, language: Language): Merged {
  const { version, by, at } = conflict
  const merged: Merged = { version, by, at, conflicts: [], taken: [] }
  for (const change of conflict.changes) {
    const theirs = new Map(textsOf(change.field, change.to))
    const shown = change.from === undefined ? undefined : new Map(textsOf(change.field, change.from))
    for (const field of new Set([...theirs.keys(), ...(shown?.keys() ?? [])])) {
      if (!fields.has(field)) continue
      const stored = (text: string) =>
        figures.has(field) && text !== '' ? decimalText(text, language) : text
      const row = { field, theirs: stored(theirs.get(field) ?? ''), yours: fields.text(field).trim() }
      const typed = figures.has(field) ? figureText(row.yours, language) : row.yours
      const before = shown === undefined ? undefined : stored(shown.get(field) ?? '')
      if (row.theirs === typed || row.theirs === before) continue
      if (typed === before) merged.taken.push(row)
      else merged.conflicts.push(row)
    }
  }
  return merged
}

/** Fields of one figure, which 12.5, 12.50 and 12,50 write alike. A postcode is none: 01000 is not 1000. */
const figures: ReadonlySet<string> = new Set(['unit_price', 'rate'])

function figureText(typed: string, language: Language): string {
  const read = parseDecimalText(typed, { language, decimals: 6 })
  return read.ok ? decimalText(read.value, language) : typed
}

/** The texts to show in a form that was sent and came back: yours, but theirs where you changed nothing. */
export function valuesAfter(fields: Fields, merged: Merged | undefined): Record<string, string> {
  if (merged === undefined) return fields.values()
  const taken = Object.fromEntries(merged.taken.map((row) => [row.field, row.theirs]))
  return { ...fields.values(), ...taken, version: String(merged.version) }
}

/** The same with a field's texts in words, for the page: of what people do not call as the record holds it. */
export function inWords(
  merged: Merged | undefined,
  field: string,
  words: (text: string) => string,
): Merged | undefined {
  if (merged === undefined) return undefined
  const shown = (row: ConflictRow) =>
    row.field === field ? { field, theirs: words(row.theirs), yours: words(row.yours) } : row
  return { ...merged, conflicts: merged.conflicts.map(shown), taken: merged.taken.map(shown) }
}

/** Their text of a field that they alone changed, for a form that does not hold it as one text. */
export function takenOf(merged: Merged | undefined, field: string): string | undefined {
  return merged?.taken.find((row) => row.field === field)?.theirs
}

/** A column's value as the form's texts: lists by commas (by semicolons where their parts have some), an address field by field. */
export function textsOf(field: string, value: unknown): [string, string][] {
  if (value === null || value === undefined) return [[field, '']]
  if (Array.isArray(value))
    return [[field, value.join(value.some((part) => String(part).includes(',')) ? '; ' : ', ')]]
  if (typeof value === 'object')
    return Object.entries(value).map(([name, part]) => [`${field}[${name}]`, String(part ?? '')])
  return [[field, String(value)]]
}
