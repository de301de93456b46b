import type { InvoiceHistoryEntry, InvoiceRecord } from '../../data/invoices.ts'
import type { Language } from '../../languages/sentences.ts'
import type { Translate } from '../../languages/translate.ts'
import { isIsoDate } from '../../lib/dates.ts'
import type { Formats } from '../../lib/format.ts'
import { isDecimal } from '../../lib/money.ts'
import { invoiceStatuses } from '../../lib/vocabulary.ts'
import { filedHistory } from '../filed-history.ts'
import { readableChanges } from '../orders/history-changes.ts'

type Words = {
  language: Language
  t: Translate
  formats: Formats
  /** What the records named in the entries are called. */
  names: ReadonlyMap<string, string>
}

/** What `shared/timeline` shows: what the audit recorded, newest first, above how the draft came to be. */
export function historyItems(
  entries: readonly InvoiceHistoryEntry[],
  invoice: Pick<InvoiceRecord, 'created_at' | 'created_by_name' | 'source' | 'currency'>,
  words: Words,
) {
  const { t } = words
  const made = {
    what: t('invoices.history.created'),
    who: invoice.created_by_name ?? (invoice.source === 'recurring' ? t('invoices.history.run') : undefined),
    at: invoice.created_at,
    changes: [],
  }
  return [
    ...entries
      .filter(({ action }) => action !== 'created')
      .map(({ at, who, action, changes }) => ({
        what: actionText(t, action),
        who: who ?? undefined,
        at,
        changes: changeRows(changes, invoice.currency, words),
        ...filedHistory({ action, changes }, words),
      })),
    made,
  ]
}

function actionText(t: Translate, action: string): string {
  const known = (
    ['updated', 'status_changed', 'issued', 'credited', 'payment_entered', 'payment_undone'] as const
  ).find((each) => each === action)
  return known === undefined ? t('invoices.history.other', { action }) : t(`invoices.history.${known}`)
}

const fields = [
  'subject',
  'document_date',
  'due_date',
  'delivery_date',
  'payment_term',
  'customer_order_number',
  'contact',
  'status',
  'net',
  'tax',
  'gross',
  'payment',
  'payment_date',
  'open',
  'reason',
] as const

const labels = {
  subject: 'invoices.subject',
  document_date: 'invoices.document_date',
  due_date: 'invoices.due_date',
  delivery_date: 'invoices.delivery_date',
  payment_term: 'invoices.payment_term',
  customer_order_number: 'invoices.customer_order_number',
  contact: 'invoices.contact',
  status: 'invoices.status',
  net: 'invoices.net',
  tax: 'invoices.line.tax',
  gross: 'invoices.gross',
  payment: 'payments.history.payment',
  payment_date: 'payments.date',
  open: 'payments.open',
  reason: 'payments.reason',
} as const satisfies Record<(typeof fields)[number], string>

function changeRows(changes: unknown, currency: string, words: Words) {
  const found = new Map<string, unknown>(
    typeof changes === 'object' && changes !== null ? Object.entries(changes) : [],
  )
  const header = fields.flatMap((field) => {
    const change = found.get(field)
    if (typeof change !== 'object' || change === null || !('from' in change && 'to' in change)) return []
    const show = (value: unknown) => shown(field, value, currency, words)
    return [{ label: words.t(labels[field]), from: show(change.from), to: show(change.to) }]
  })
  const { language } = words
  const lines = readableChanges({ lines: found.get('lines') }, { language, currency, names: new Map() })
  return [...header, ...lines]
}

function shown(field: (typeof fields)[number], value: unknown, currency: string, words: Words): string {
  const text = typeof value === 'string' ? value : ''
  const status = invoiceStatuses.find((known) => known === text)
  if (field === 'status' && status !== undefined) return words.t(`invoices.status.${status}`)
  if (field.endsWith('_date') && isIsoDate(text)) return words.formats.date(text)
  const isMoney = ['net', 'tax', 'gross', 'payment', 'open'].includes(field)
  return isMoney && isDecimal(text) ? words.formats.money(text, currency) : text
}
