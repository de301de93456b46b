import type { WholeSource } from '../../data/document-sources.ts'
import type { Language } from '../../languages/sentences.ts'
import { translator } from '../../languages/translate.ts'
import { formatDate, formatDateRange } from '../../lib/format.ts'
import { keptTexts } from './kept-texts.ts'
import { spaced } from './printed-parties.ts'

export type PrintedFact = { label: string; text: string }

/** The date of the document and of its payment. */
export function printedDates(source: WholeSource, language: Language): PrintedFact[] {
  const t = translator(language)
  const { kind, document_date, due_date } = source
  const isPaid = kind === 'invoice' || kind === 'deposit'
  return [
    { label: t('documents.date'), text: formatDate(language, document_date) },
    ...(due_date === null || !isPaid
      ? []
      : [{ label: t('documents.due_date'), text: formatDate(language, due_date) }]),
  ]
}

/** What identifies the business behind it; nothing is said of what is not known. */
export function printedFacts(source: WholeSource, language: Language): PrintedFact[] {
  const t = translator(language)
  const buyer = keptTexts(source.buyer)
  const { service_start, service_end, delivery_date } = source
  const fact = (label: string, text: string | null): PrintedFact[] =>
    text === null || text === '' ? [] : [{ label, text }]
  return [
    ...correctedBy(source, language),
    ...fact(
      t('documents.period'),
      service_start === null || service_end === null
        ? null
        : formatDateRange(language, service_start, service_end),
    ),
    ...fact(
      t('documents.delivery_date'),
      delivery_date === null ? null : formatDate(language, delivery_date),
    ),
    ...fact(t('documents.order'), source.order_number),
    ...fact(t('documents.their_reference'), source.customer_order_number),
    ...fact(t('documents.contract'), source.contract_reference),
    ...fact(t('documents.buyer_reference'), source.buyer_reference),
    ...fact(t('documents.ordered_by'), source.order_account_name),
    ...fact(t('documents.contact'), source.contact_name),
    ...fact(t('documents.customer_code'), buyer('code')),
    ...fact(t('documents.customer_siren'), spaced('siren', buyer('siren'))),
    ...fact(t('documents.customer_vat_number'), buyer('vat_number')),
    ...fact(t('documents.nature'), nature(source, language)),
  ]
}

function correctedBy({ kind, references }: WholeSource, language: Language): PrintedFact[] {
  if (kind !== 'credit_note' || references.length === 0) return []
  const t = translator(language)
  const told = references.map(({ number, document_date }) =>
    t('documents.corrects.invoice', { number, of_date: document_date }),
  )
  return [{ label: t('documents.corrects'), text: told.join(', ') }]
}

/** Goods, services or both: from 2026 an invoice in France says so (CGI annexe II, article 242 nonies A). */
function nature({ kind, billing_mode, lines }: WholeSource, language: Language): string {
  if (kind === 'order') return ''
  const t = translator(language)
  const stored = billing_mode?.[0]
  if (stored === 'B' || stored === 'S' || stored === 'M') return t(`documents.nature.${stored}`)
  const supplies = new Set(lines.flatMap(({ supply }) => (supply === null ? [] : [supply])))
  if (supplies.size === 0) return ''
  return t(`documents.nature.${supplies.size > 1 ? 'M' : supplies.has('goods') ? 'B' : 'S'}`)
}
