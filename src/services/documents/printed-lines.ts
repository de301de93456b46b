import type { SourceLine, WholeSource } from '../../data/document-sources.ts'
import type { Language } from '../../languages/sentences.ts'
import { translator } from '../../languages/translate.ts'
import {
  currencySign,
  formatAmount,
  formatDateRange,
  formatPercent,
  formatQuantity,
  formatUnitPrice,
} from '../../lib/format.ts'
import { isZero } from '../../lib/money.ts'
import { unitName } from '../../lib/units.ts'

export type PrintedLine =
  | { kind: 'section' | 'comment'; text: string }
  | {
      kind: 'item'
      text: string
      /** Item code, period, a note: smaller, below the designation. */
      small: string[]
      quantity: string
      unit: string
      unit_price: string
      /** '' where none is given. */
      discount: string
      vat: string
      net: string
    }

export type PrintedLines = {
  rows: PrintedLine[]
  /** Whether any line has a discount: else the column is not there. */
  discounted: boolean
  /** Of the heads, with the currency's sign. */
  unit_price: string
  net: string
}

export function printedLines(source: WholeSource, language: Language): PrintedLines {
  const t = translator(language)
  const sign = currencySign(language, source.currency)
  return {
    rows: source.lines.map((line) => printedLine(line, source.currency, language)),
    discounted: source.lines.some(
      ({ discount_percent }) => discount_percent !== null && !isZero(discount_percent),
    ),
    unit_price: t('documents.unit_price', { sign }),
    net: t('documents.net_in', { sign }),
  }
}

function printedLine(line: SourceLine, currency: string, language: Language): PrintedLine {
  const { kind, description, quantity, unit_code, unit_price, discount_percent, tax_rate, net } = line
  if (kind !== 'item') return { kind, text: description }
  if (quantity === null || unit_price === null || net === null || tax_rate === null) {
    throw new Error(`The line “${description}” has no quantity, price, tax or net.`)
  }
  const discount = discount_percent ?? '0'
  return {
    kind,
    text: description,
    small: smallTexts(line, currency, language),
    quantity: formatQuantity(language, quantity),
    unit: unitName(language, unit_code ?? ''),
    unit_price: formatUnitPrice(language, unit_price, currency),
    discount: isZero(discount) ? '' : formatPercent(language, discount),
    vat: formatPercent(language, tax_rate),
    net: formatAmount(language, net, currency),
  }
}

function smallTexts(line: SourceLine, currency: string, language: Language): string[] {
  const t = translator(language)
  const { product_code, note, rounding, period_start, period_end } = line
  return [
    product_code === '' ? '' : t('documents.code', { code: product_code }),
    period_start === null || period_end === null ? '' : formatDateRange(language, period_start, period_end),
    note,
    isZero(rounding)
      ? ''
      : t('documents.rounding_of', { amount: formatAmount(language, rounding, currency) }),
  ].filter((text) => text !== '')
}
