import type { Database, Trx } from './database.ts'

/** Who acts: a user, or a job or command by its name. */
export type Actor = { user_id: string } | { actor: string }

export type AuditEntry = {
  by: Actor
  /** A past participle: created, updated, archived, status_changed. */
  action: string
  subject_type:
    | 'account'
    | 'contact'
    | 'supplier'
    | 'product'
    | 'order'
    | 'recurrence'
    | 'occurrence'
    | 'invoice'
    | 'organisation'
    | 'user'
    | 'tax_rate'
    | 'tax_treatment'
    | 'payment_term'
    | 'import'
    | 'bank_statement'
    | 'number_series'
    | 'exchange_rate'
    // The owner's id, since the thing itself may be gone: what it was stands in the changes.
    | 'document'
    | 'activity'
  subject_id: string
  organisation_id?: string | null
  /** Field by field, from what to what; or the figures of what was done. */
  changes?: Readonly<Record<string, unknown>>
}

/** Records an action in the transaction that does it. */
export async function insertAudit(trx: Trx, entry: AuditEntry): Promise<void> {
  await trx
    .insertInto('audit_entries')
    .values({
      user_id: 'user_id' in entry.by ? entry.by.user_id : null,
      ...('actor' in entry.by ? { actor: entry.by.actor } : {}),
      action: entry.action,
      subject_type: entry.subject_type,
      subject_id: entry.subject_id,
      organisation_id: entry.organisation_id ?? null,
      changes: JSON.stringify(entry.changes ?? {}),
    })
    .execute()
}

/** What differs between a row before and after, for `changes`: `{ name: { from, to } }`. */
export function differences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Record<string, { from: unknown; to: unknown }> {
  const changed = Object.entries(after).filter(
    ([name, to]) => JSON.stringify(before[name] ?? null) !== JSON.stringify(to ?? null),
  )
  return Object.fromEntries(
    changed.map(([name, to]) => [name, { from: before[name] ?? null, to: to ?? null }]),
  )
}

export type RecordedChange = {
  at: string
  /** The user's name, else the job's or the command's. */
  by: string
  changes: ReadonlyMap<string, { from: unknown; to: unknown }>
}

/** The last changes of a record, newest first. */
export async function listRecordedChanges(
  db: Database,
  subject: { type: AuditEntry['subject_type']; id: string },
  limit: number,
): Promise<RecordedChange[]> {
  const rows = await db
    .selectFrom('audit_entries as e')
    .leftJoin('users as u', 'u.id', 'e.user_id')
    .select(['e.at', 'e.actor', 'u.name', 'e.changes'])
    .where('e.subject_type', '=', subject.type)
    .where('e.subject_id', '=', subject.id)
    .orderBy('e.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ at: row.at, by: row.name ?? row.actor, changes: readChanges(row.changes) }))
}

function readChanges(changes: unknown): Map<string, { from: unknown; to: unknown }> {
  const found = new Map<string, { from: unknown; to: unknown }>()
  if (typeof changes !== 'object' || changes === null) return found
  for (const [field, change] of Object.entries(changes)) {
    if (typeof change === 'object' && change !== null && 'from' in change && 'to' in change)
      found.set(field, { from: change.from, to: change.to })
  }
  return found
}
