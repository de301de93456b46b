import type { WholeSource } from '../../data/document-sources.ts'
import type { Language } from '../../languages/sentences.ts'
import { translator } from '../../languages/translate.ts'
import { formatDate, formatMoney, formatPercent } from '../../lib/format.ts'
import { isZero, negate, subtract, sum } from '../../lib/money.ts'

export type PrintedTotal = {
  label: string
  /** Below the label: why a tax is nought. */
  small: string
  amount: string
  /** `last`: what is to be paid, or credited. */
  weight: 'plain' | 'strong' | 'last'
}

/** The stored amounts, from the net to what is to be paid; allowances stand between the lines and the net. */
export function printedTotals(source: WholeSource, language: Language): PrintedTotal[] {
  const t = translator(language)
  const { currency, document_allowances: allowances } = source
  const row = (
    label: string,
    amount: string,
    weight: PrintedTotal['weight'] = 'plain',
    small = '',
  ): PrintedTotal => ({
    label,
    small,
    amount: formatMoney(language, amount, currency),
    weight,
  })
  const taxed = sum(
    source.taxes.map(({ base }) => base),
    currency,
  )
  return [
    ...(allowances.length === 0 ? [] : [row(t('documents.sum_of_lines'), source.net)]),
    ...allowances.map(({ kind, reason, amount }) =>
      row(
        reason === '' ? t(kind === 'charge' ? 'documents.charge' : 'documents.allowance') : reason,
        kind === 'charge' ? amount : negate(amount),
      ),
    ),
    row(t('documents.net'), source.taxes.length === 0 ? source.net : taxed, 'strong'),
    ...source.taxes.map(({ rate, base, amount, exemption_text }) =>
      row(
        t('documents.vat_on', {
          rate: formatPercent(language, rate),
          base: formatMoney(language, base, currency),
        }),
        amount,
        'plain',
        exemption_text.trim(),
      ),
    ),
    row(t('documents.gross'), source.gross, 'strong'),
    ...takenOff(source, language).map(({ label, amount }) => row(label, amount)),
    ...(isZero(source.rounding) ? [] : [row(t('documents.rounding'), source.rounding)]),
    ...lastRow(source, language).map(({ label, amount }) => row(label, amount, 'last')),
  ]
}

/** Deposits by number and date where the invoice names them, and what else was invoiced before. */
function takenOff(source: WholeSource, language: Language): { label: string; amount: string }[] {
  const { kind, prepaid, references, currency } = source
  if (kind === 'credit_note' || isZero(prepaid)) return []
  const t = translator(language)
  const deposits = references.filter((reference) => reference.kind === 'deposit')
  const told = deposits.map(({ number, document_date, gross }) => ({
    label: t('documents.deposit', { number, of_date: formatDate(language, document_date) }),
    amount: negate(gross),
  }))
  const rest = subtract(
    prepaid,
    sum(
      deposits.map(({ gross }) => gross),
      currency,
    ),
  )
  return isZero(rest) ? told : [...told, { label: t('documents.already_invoiced'), amount: negate(rest) }]
}

function lastRow({ kind, due }: WholeSource, language: Language): { label: string; amount: string }[] {
  if (kind === 'order') return []
  const t = translator(language)
  return [{ label: t(kind === 'credit_note' ? 'documents.credited' : 'documents.to_pay'), amount: due }]
}
