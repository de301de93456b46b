import type { WholeSource } from '../../data/document-sources.ts'
import type { Language } from '../../languages/sentences.ts'
import { translator } from '../../languages/translate.ts'
import { spacedIban } from '../../lib/bank.ts'
import { formatMoney, formatQuantity } from '../../lib/format.ts'
import { isZero } from '../../lib/money.ts'
import { keptTexts } from './kept-texts.ts'

/** A text below the totals: sentences, or pairs of a name and a value. */
export type PrintedText = {
  head: string
  sentences: string[]
  pairs: { label: string; text: string }[]
  /** What the law wants: smaller. */
  mentions: boolean
}

/** Terms, bank details, then what the law wants on an invoice. */
export function printedTexts(source: WholeSource, language: Language): PrintedText[] {
  const t = translator(language)
  const texts: PrintedText[] = [
    { head: t('documents.terms'), sentences: termsOf(source), pairs: [], mentions: false },
    { head: t('documents.bank'), sentences: [], pairs: bankOf(source, language), mentions: false },
    { head: t('documents.mentions'), sentences: mentionsOf(source, language), pairs: [], mentions: true },
  ]
  return texts.filter(({ sentences, pairs }) => sentences.length + pairs.length > 0)
}

function termsOf({ kind, payment_term_text }: WholeSource): string[] {
  return kind === 'credit_note' || payment_term_text === '' ? [] : [payment_term_text]
}

function bankOf(source: WholeSource, language: Language): PrintedText['pairs'] {
  const seller = keptTexts(source.seller)
  if (!asksForMoney(source) || seller('iban') === '') return []
  const t = translator(language)
  return [
    { label: t('documents.bank_name'), text: seller('bank_name') },
    { label: t('documents.iban'), text: spacedIban(seller('iban')) },
    { label: t('documents.bic'), text: seller('bic') },
    { label: t('documents.bank.reference'), text: source.number ?? '' },
  ].filter(({ text }) => text !== '')
}

function mentionsOf(source: WholeSource, language: Language): string[] {
  const t = translator(language)
  // What a tax says for itself stands beside its amount.
  const told = new Set(source.taxes.map(({ exemption_text }) => exemption_text.trim()))
  const exemptions = source.lines.map(({ exemption_text }) => exemption_text.trim())
  const mentions = [
    ...exemptions.filter((text) => !told.has(text)),
    ...vatInHomeCurrency(source, language),
    ...(source.kind !== 'order' && source.vat_point_code === '5' ? [t('documents.on_debits')] : []),
    ...source.notes.map(({ text }) => text.trim()),
    ...standingNotes(source),
  ]
  return [...new Set(mentions.filter((text) => text !== ''))]
}

/** In a foreign currency the tax is said in the seller's own too (EN 16931, BT-111). */
function vatInHomeCurrency(source: WholeSource, language: Language): string[] {
  const { vat_currency, vat_currency_tax, exchange_rate, currency } = source
  if (vat_currency === null || vat_currency_tax === null || vat_currency === currency) return []
  if (isZero(vat_currency_tax)) return []
  const params = {
    currency: vat_currency,
    foreign: currency,
    amount: formatMoney(language, vat_currency_tax, vat_currency),
    rate: formatQuantity(language, exchange_rate ?? '1'),
  }
  return [translator(language)('documents.vat_in', params)]
}

/** What issuing will put on a draft. */
function standingNotes(source: WholeSource): string[] {
  const note = keptTexts(source.standing_notes)
  return ['PMD', 'PMT', 'AAB', 'REG', 'TXD'].map(note)
}

/** Whether money is still asked for on it. */
function asksForMoney({ kind, due }: Pick<WholeSource, 'kind' | 'due'>): boolean {
  return (kind === 'invoice' || kind === 'deposit') && !isZero(due)
}
