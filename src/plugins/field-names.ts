import type { SentenceKey } from '../languages/catalog.ts'
import type { Translate } from '../languages/translate.ts'

/** Mistakes whose sentences name no field, since they fit any: in a summary they stand behind their field's label. */
const unnamed: ReadonlySet<SentenceKey> = new Set([
  'form.too_long',
  'form.nul',
  'form.wrong',
  'form.choice.missing',
  'form.choice.unknown',
  'form.reference.unknown',
  'form.date.wrong',
  'form.decimal.wrong',
  'form.decimal.too_many_decimals',
  'form.decimal.too_large',
  'form.whole_number.wrong',
  'form.email.wrong',
  'products.commodity_code.wrong',
  'tax_rates.rate.zero',
])

export function namesNoField(key: SentenceKey): boolean {
  return unnamed.has(key)
}

/**
 * Puts the labels of fields where a summary asked for them. It stands above the fields, so its labels are known only once the page
 * is rendered: `shared/error-summary` leaves a mark, `shared/field` and `shared/combobox` note their labels in `fieldLabels`.
 */
export function withFieldNames(html: string, labels: ReadonlyMap<string, string>, t: Translate): string {
  return html.replace(/<!--label:([^>]*)-->/g, (_, name: string) => {
    const label = labels.get(decodeURIComponent(name))
    return label === undefined ? '' : `${escaped(t('frame.change', { label }))} `
  })
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
