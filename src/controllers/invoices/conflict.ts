import type { Invoice } from '../../data/invoices.ts'
import type { Language } from '../../languages/sentences.ts'
import { isIsoDate } from '../../lib/dates.ts'
import type { Fields } from '../../lib/fields.ts'
import { formatDate } from '../../lib/format.ts'
import { type DraftKey, draftContentOf, draftKeys } from '../../services/invoices/draft-content.ts'
import type { FilledDraft } from '../../services/invoices/draft-form.ts'
import type { DraftConflict } from '../../services/invoices/save-draft.ts'
import type { Conflict, Taken } from '../../services/orders/merge.ts'
import { type DocumentConflict, type DocumentWords, withChoices } from '../document-conflict.ts'

/** The header of a draft and its lines are merged apart; for a person they are one form. */
export function conflictOfDraft({
  version,
  saved,
  merge,
  theirs,
  mine,
}: DraftConflict): DocumentConflict<DraftKey> {
  const { content, lines } = merge
  const taken: Taken<DraftKey>[] = merge.taken.map((key) => ({
    place: { kind: 'header', key },
    change: 'changed',
  }))
  const conflicts: Conflict<DraftKey>[] = merge.conflicts.map((key) => ({
    place: { kind: 'header', key },
    mine: mine.header[key],
    theirs: theirs.header[key],
  }))
  return {
    version,
    saved,
    merged: content,
    mine: mine.header,
    taken: [
      ...taken,
      ...lines.taken.flatMap(({ place, change }): Taken<DraftKey>[] =>
        place.kind === 'header' ? [] : [{ place, change }],
      ),
    ],
    conflicts: [
      ...conflicts,
      ...lines.conflicts.flatMap((row): Conflict<DraftKey>[] =>
        row.place.kind === 'header' ? [] : [{ ...row, place: row.place }],
      ),
    ],
  }
}

export function wordsOfDraft(language: Language, filled: FilledDraft): DocumentWords<DraftKey> {
  const labels = {
    subject: 'invoices.subject',
    contact_id: 'invoices.contact',
    customer_order_number: 'invoices.customer_order_number',
    document_date: 'invoices.document_date',
    payment_term_id: 'invoices.payment_term',
    due_date: 'invoices.due_date',
    delivery_date: 'invoices.delivery_date',
  } as const
  return {
    currency: filled.currency,
    rates: filled.rules.rates,
    label: (key) => labels[key],
    value: async (key, value) => {
      if (key === 'contact_id') return filled.contacts.find(({ id }) => id === value)?.name ?? value
      if (key === 'payment_term_id') return filled.terms.find(({ id }) => id === value)?.name ?? value
      return isIsoDate(value) ? formatDate(language, value) : value
    },
    sentences: { choose: 'invoices.conflict', merged: 'invoices.conflict.merged' },
  }
}

/** A draft's form with the choices of a second editor in it. */
export function withDraftChoices(fields: Fields, current: Invoice, language: Language): Fields {
  const content = draftContentOf(current)
  return withChoices(fields, content, {
    language,
    currency: current.currency,
    keys: draftKeys,
    entries: (key) => [[key, content.header[key]]],
  })
}
