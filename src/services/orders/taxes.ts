import { plainDecimal, type Tax, type Totals, totals } from '../../lib/money.ts'

export type TaxedLine = {
  readonly net: string
  readonly category: string
  readonly rate: string
  readonly exemption_text: string
  readonly exemption_code: string
}

export type ExplainedTax = Tax & { readonly exemption_text: string; readonly exemption_code: string }

/**
 * The totals of an order's item lines, each tax with the reason why it is not charged. Where lines of one category and rate have
 * different reasons, all of them are printed, and the code stays only if it is the same.
 */
export function totalsOf(
  lines: readonly TaxedLine[],
  currency: string,
): Omit<Totals, 'taxes'> & { readonly taxes: readonly ExplainedTax[] } {
  const sums = totals(lines, currency)
  const reasons = new Map<string, { texts: Set<string>; codes: Set<string> }>()
  for (const line of lines) {
    const key = keyOf(line)
    const reason = reasons.get(key) ?? { texts: new Set(), codes: new Set() }
    if (line.exemption_text !== '') reason.texts.add(line.exemption_text)
    reason.codes.add(line.exemption_code)
    reasons.set(key, reason)
  }
  const taxes = sums.taxes.map((tax) => {
    const reason = reasons.get(keyOf(tax))
    const codes = [...(reason?.codes ?? [])]
    return {
      ...tax,
      exemption_text: [...(reason?.texts ?? [])].join(' / '),
      exemption_code: codes.length === 1 ? (codes[0] ?? '') : '',
    }
  })
  return { ...sums, taxes }
}

function keyOf(tax: { readonly rate: string; readonly category: string }): string {
  return `${plainDecimal(tax.rate)} ${tax.category}`
}
