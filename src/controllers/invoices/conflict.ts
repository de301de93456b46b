import type { FastifyRequest } from 'fastify'
import { translator } from '../../languages/translate.ts'
import { isIsoDate } from '../../lib/dates.ts'
import { formatDate } from '../../lib/format.ts'
import type { ConflictRow, Merged } from '../../plugins/conflicts.ts'
import type { DraftKey } from '../../services/invoices/draft-content.ts'
import type { FilledDraft } from '../../services/invoices/draft-form.ts'
import type { DraftConflict } from '../../services/invoices/save-draft.ts'
import type { LineContent } from '../../services/orders/content.ts'
import type { Conflict, Place } from '../../services/orders/merge.ts'

/**
 * What somebody else saved while the form was open, as `shared/saved-by-another` shows it: yours stands where both changed
 * something, theirs where you changed nothing.
 */
export function mergedOf(request: FastifyRequest, conflict: DraftConflict, filled: FilledDraft): Merged {
  const t = translator(request.language)
  const { merge, theirs, mine, saved } = conflict
  const header = (key: DraftKey): ConflictRow => ({
    field: key,
    theirs: shown(key, theirs.header[key]),
    yours: shown(key, mine.header[key]),
  })
  const shown = (key: DraftKey, value: string) => {
    if (key === 'contact_id') return filled.contacts.find(({ id }) => id === value)?.name ?? value
    if (key === 'payment_term_id') return filled.terms.find(({ id }) => id === value)?.name ?? value
    return isIsoDate(value) ? formatDate(request.language, value) : value
  }
  const { lines } = merge.content
  const numberOf = (line: LineContent) => {
    const at = lines.findIndex((each) => each === line || (line.id !== '' && each.id === line.id))
    return at === -1 ? undefined : at + 1
  }
  const label = (place: Place): string => {
    if (place.kind === 'line_order') return t('order_form.conflict.line_order')
    if (place.kind === 'header') return place.key
    const number = numberOf(place.line)
    if (number === undefined) return t('order_form.conflict.line', { text: place.line.description })
    if (place.kind === 'line') return t('order_form.line.number', { number })
    return t('order_form.conflict.line_field', {
      number,
      field: t(`order_form.line_field.${place.key}`),
    })
  }
  const lineConflict = (row: Conflict): ConflictRow => ({
    field: label(row.place),
    theirs: row.theirs ?? t('order_form.conflict.removed'),
    yours: row.mine ?? t('order_form.conflict.removed'),
  })
  return {
    version: conflict.version,
    by: saved.by ?? t('order_form.conflict.somebody'),
    at: saved.at,
    conflicts: [...merge.conflicts.map(header), ...merge.lines.conflicts.map(lineConflict)],
    taken: [
      ...merge.taken.map(header),
      ...merge.lines.taken.map(({ place, change }): ConflictRow => {
        const field = label(place)
        if (place.kind === 'line_field') {
          const now = lines.find(({ id }) => id === place.line.id)
          return { field, theirs: now?.[place.key] ?? '', yours: place.line[place.key] }
        }
        const text = place.kind === 'line' ? place.line.description : ''
        return change === 'removed'
          ? { field, theirs: t('order_form.conflict.removed'), yours: text }
          : { field, theirs: text, yours: '' }
      }),
    ],
  }
}
