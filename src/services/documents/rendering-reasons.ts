import type { Message } from '../../languages/catalog.ts'

/** Why a document could not be made, for a person: a code that is kept, with what it is about after a colon. */
export function renderingReason(error: string): Message {
  const [code, ...rest] = error.split(':')
  const detail = rest.join(':').trim()
  switch (code) {
    case 'no_font':
      return { key: 'documents.failed.no_font', params: { signs: detail } }
    case 'crashed':
    case 'timed_out':
    case 'damaged':
      return { key: `documents.failed.${code}` }
    default:
      return { key: 'documents.failed.other', params: { detail: code === 'other' ? detail : error } }
  }
}
