import type { Message } from '../../languages/catalog.ts'
import { runErrors } from './jobs.ts'

/** Why a run failed, for a person: a sentence where there is one, else the words of what failed. */
export function runErrorSentence(error: string): Message {
  const known = runErrors.find((code) => code === error)
  if (known === undefined) return { key: 'jobs.error.other', params: { detail: error } }
  return { key: `jobs.error.${known}` }
}
