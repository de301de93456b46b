import { type AuditEntry, listRecordedChanges } from '../data/audit.ts'
import type { Trx } from '../data/database.ts'
import { SavedByAnother } from '../errors.ts'

/**
 * Refuses a save over somebody else's. Every version of a record has one audit entry, so the entries since then tell what the
 * form showed; where they do not (a record changed by hand), everything that differs counts as theirs.
 * @throws SavedByAnother where the record has another version than the form was made from; null is not compared
 */
export async function refuseSaveOverAnother(
  trx: Trx,
  subject: { type: AuditEntry['subject_type']; id: string },
  before: Readonly<Record<string, unknown>> & { version: number; updated_at: string },
  sent: { version: number | null; form: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { version, form } = sent
  if (version === null || version === before.version) return
  const since = before.version - version
  const entries = since > 0 ? await listRecordedChanges(trx, subject, Math.min(since, 100)) : []
  const last = entries[0]
  throw new SavedByAnother({
    version: before.version,
    by: last?.by ?? '–',
    at: last?.at ?? before.updated_at,
    changes: Object.keys(form).flatMap((field) => {
      const to = before[field] ?? null
      if (since < 1 || entries.length < since) return [{ field, to }]
      const first = entries.findLast((entry) => entry.changes.has(field))?.changes.get(field)
      return first === undefined ? [] : [{ field, from: first.from, to }]
    }),
  })
}
