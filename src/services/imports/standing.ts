import type { Refusal } from '../../errors.ts'
import type { ImportState } from '../../lib/vocabulary.ts'

/** Where an import stands, as the pages and the actions ask. */
export type ImportStanding = {
  readonly state: ImportState
  /** Its check or run gave no sign of life for a minute. */
  readonly lost: boolean
  /** What the last check would make; null where none came to its end. */
  readonly created: number | null
}

/** A killed check or run stays under way in its row; whoever looks need not wait for somebody to say so. */
export function seenState({ state, lost }: ImportStanding): ImportState {
  return lost && (state === 'checking' || state === 'running') ? 'interrupted' : state
}

/** Whether something works on it now. */
export function isUnderWay(standing: ImportStanding): boolean {
  const state = seenState(standing)
  return state === 'checking' || state === 'running'
}

/** Why the import cannot be made now; empty where it can. */
export function refusalsToRun(standing: ImportStanding): readonly Refusal[] {
  const state = seenState(standing)
  if (state === 'imported' || state === 'undone' || state === 'running')
    return [{ code: 'already', message: { key: 'imports.refused.already' } }]
  if (state === 'refused') return [{ code: 'mistakes', message: { key: 'imports.refused.mistakes' } }]
  if (standing.created === null)
    return [{ code: 'not_checked', message: { key: 'imports.refused.not_checked' } }]
  if (standing.created === 0)
    return [{ code: 'nothing_new', message: { key: 'imports.refused.nothing_new' } }]
  return []
}

/** Why its file cannot be checked again, replaced or thrown away; empty where it can. */
export function refusalsToChange(standing: ImportStanding): readonly Refusal[] {
  const state = seenState(standing)
  if (state === 'imported' || state === 'undone')
    return [{ code: 'imported', message: { key: 'imports.refused.imported' } }]
  if (isUnderWay(standing)) return [{ code: 'under_way', message: { key: 'imports.refused.under_way' } }]
  return []
}
