import { formatsCollide, presetFormat } from './number-format.ts'

/** The kinds of series that issued documents are numbered in. */
export type InvoiceSeriesKind = 'invoice' | 'recurring_invoice' | 'credit_note'

/**
 * The series that a document is numbered in (docs/rules/numbers.md): credit notes in their own, recurring invoices in theirs where
 * the organisation wants that, everything else, deposits too, in that of the invoices.
 */
export function seriesKindOf(
  invoice: {
    readonly kind: 'invoice' | 'deposit' | 'credit_note'
    readonly source: 'manual' | 'recurring'
  },
  organisation: { readonly recurring_series: boolean },
): InvoiceSeriesKind {
  if (invoice.kind === 'credit_note') return 'credit_note'
  const isRecurring = invoice.source === 'recurring' && invoice.kind === 'invoice'
  return isRecurring && organisation.recurring_series ? 'recurring_invoice' : 'invoice'
}

/** F for facture, R for récurrente, A for avoir. */
const prefixes: Readonly<Record<InvoiceSeriesKind, string>> = {
  invoice: 'F',
  recurring_invoice: 'R',
  credit_note: 'A',
}

/**
 * The format of an organisation's first series of a kind: `F-{YYYY}-{number}`, `R-…`, `A-…`, with the organisation's code where there
 * are several. Where another kind's format could make the same numbers, the letter is doubled.
 */
export function firstFormat(
  kind: InvoiceSeriesKind,
  organisationCode: string,
  others: readonly string[],
): string {
  for (let letters = prefixes[kind]; ; letters += prefixes[kind]) {
    const format = presetFormat(letters, organisationCode)
    if (!others.some((other) => formatsCollide(format, other))) return format
  }
}
