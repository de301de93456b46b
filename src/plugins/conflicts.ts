import type { SaveConflict } from '../errors.ts'
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
export function mergeWithTheirs(fields: Fields, conflict: SaveConflict): Merged {
  const { version, by, at } = conflict
  const merged: Merged = { version, by, at, conflicts: [], taken: [] }
  for (const change of conflict.changes) {
    const theirs = new Map(textsOf(change.field, change.to))
    const shown = change.from === undefined ? undefined : new Map(textsOf(change.field, change.from))
    for (const field of new Set([...theirs.keys(), ...(shown?.keys() ?? [])])) {
      if (!fields.has(field)) continue
      const row = { field, theirs: theirs.get(field) ?? '', yours: fields.text(field).trim() }
      const before = shown === undefined ? undefined : (shown.get(field) ?? '')
      if (row.theirs === row.yours || row.theirs === before) continue
      if (row.yours === before) merged.taken.push(row)
      else merged.conflicts.push(row)
    }
  }
  return merged
}

/** The texts to show in a form that was sent and came back: yours, but theirs where you changed nothing. */
export function valuesAfter(fields: Fields, merged: Merged | undefined): Record<string, string> {
  if (merged === undefined) return fields.values()
  const taken = Object.fromEntries(merged.taken.map((row) => [row.field, row.theirs]))
  return { ...fields.values(), ...taken, version: String(merged.version) }
}

/** A column's value as the form's texts: lists by commas, an address field by field. */
export function textsOf(field: string, value: unknown): [string, string][] {
  if (value === null || value === undefined) return [[field, '']]
  if (Array.isArray(value)) return [[field, value.join(', ')]]
  if (typeof value === 'object')
    return Object.entries(value).map(([name, part]) => [`${field}[${name}]`, String(part ?? '')])
  return [[field, String(value)]]
}
