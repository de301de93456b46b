import type { Language } from '../languages/sentences.ts'
import { formatPercent } from '../lib/format.ts'

/** A rate in a list of choices: its name, and its figure where the name does not say it already. */
export function taxRateLabel(language: Language, rate: { name: string; rate: string }): string {
  const figure = formatPercent(language, rate.rate)
  const digits = figure.replace(/[^\d.,]/gu, '')
  const said = rate.name.replaceAll(',', '.').includes(digits.replaceAll(',', '.'))
  return said ? rate.name : `${rate.name} (${figure})`
}
