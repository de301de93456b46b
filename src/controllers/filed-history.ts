import { z } from 'zod'
import type { Language } from '../languages/sentences.ts'
import { type Translate, translator } from '../languages/translate.ts'
import { isIsoDate } from '../lib/dates.ts'
import { isUuid } from '../lib/form-schema.ts'
import { formatsIn } from '../lib/format.ts'
import { activityKinds } from '../lib/vocabulary.ts'
import type { Change } from './orders/history-changes.ts'

/**
 * What the history of an order or an invoice says of documents that were filed with it and of activities about it; undefined where the
 * entry, by its action with `document_` or `activity_` in front, is of something else.
 */
export function filedHistory(
  entry: { action: string; changes: unknown },
  words: { language: Language; names: ReadonlyMap<string, string> },
): { what: string; changes: Change[] } | undefined {
  const [, kind, action = ''] = /^(document|activity)_(\w+)$/.exec(entry.action) ?? []
  if (kind === undefined) return undefined
  const t = translator(words.language)
  if (kind === 'document') return { what: documentTitle(t, action, entry.changes), changes: [] }
  const what = activityTitle(t, action, entry.changes)
  return { what, changes: action === 'updated' ? activityChanges(entry.changes, words) : [] }
}

/** Ids anywhere in what was recorded, whose names are wanted. */
export function idsIn(entries: readonly { changes: unknown }[]): string[] {
  const found = new Set<string>()
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && isUuid(value)) found.add(value)
    else if (typeof value === 'object' && value !== null)
      for (const part of Object.values(value)) collect(part)
  }
  for (const { changes } of entries) collect(changes)
  return [...found]
}

const documentActions = ['uploaded', 'shared', 'unshared', 'removed'] as const
const activityActions = ['created', 'updated', 'completed', 'reopened', 'deleted'] as const

const recordedDocument = z.object({ name: z.string(), shared: z.boolean().default(false) })

function documentTitle(t: Translate, action: string, recorded: unknown): string {
  const document = recordedDocument.safeParse(recorded).data ?? { name: '', shared: false }
  const known = documentActions.find((each) => each === action) ?? 'uploaded'
  return t(`uploads.history.${known}`, { name: document.name, shared: String(document.shared) })
}

const recordedActivity = z.object({
  kind: z.enum(activityKinds).optional().catch(undefined),
  subject: z.string().optional().catch(undefined),
  of: z.string().default(''),
})

function activityTitle(t: Translate, action: string, recorded: unknown): string {
  const { kind, subject, of } = recordedActivity.safeParse(recorded).data ?? { of: '' }
  const known = activityActions.find((each) => each === action) ?? 'updated'
  return t(`activities.history.${known}`, { kind: kind ?? 'task', subject: subject ?? of })
}

const activityFields = ['kind', 'subject', 'notes', 'due_date', 'assigned_to_id'] as const
const labels = {
  kind: 'activities.kind',
  subject: 'activities.subject',
  notes: 'activities.notes',
  due_date: 'activities.due_date',
  assigned_to_id: 'activities.assigned_to',
} as const
const change = z.object({ from: z.string().nullable(), to: z.string().nullable() })

function activityChanges(
  recorded: unknown,
  words: { language: Language; names: ReadonlyMap<string, string> },
): Change[] {
  if (typeof recorded !== 'object' || recorded === null) return []
  const found = new Map(Object.entries(recorded))
  const t = translator(words.language)
  const shown = (value: string | null): string => {
    if (value === null) return ''
    if (isIsoDate(value)) return formatsIn(words.language).date(value)
    const kind = activityKinds.find((each) => each === value)
    return kind === undefined ? (words.names.get(value) ?? value) : t(`activities.kind.${kind}`)
  }
  return activityFields.flatMap((field): Change[] => {
    const parsed = change.safeParse(found.get(field))
    if (!parsed.success) return []
    return [{ label: t(labels[field]), from: shown(parsed.data.from), to: shown(parsed.data.to) }]
  })
}
