import type { FieldError } from '../../languages/catalog.ts'
import { addDays, type IsoDate } from '../../lib/dates.ts'
import { compare } from '../../lib/money.ts'
import type { TaxCategory } from '../../lib/vocabulary.ts'

/** The categories of EN 16931 (BT-118), the usual ones first. */
export type TaxRateForm = {
  code: string
  name: string
  category: TaxCategory
  rate: string
  exemption_text: string
  exemption_code: string
  valid_from: IsoDate | null
  valid_to: IsoDate | null
  successor_id: string | null
}

/** The reason code (BT-121) that belongs to a category and to no other. */
const ownCodes: Partial<Record<TaxCategory, string>> = {
  AE: 'VATEX-EU-AE',
  K: 'VATEX-EU-IC',
  G: 'VATEX-EU-G',
  O: 'VATEX-EU-O',
}

/** The form with the reason code that goes without saying. */
export function withPresetCode(form: TaxRateForm): TaxRateForm {
  return form.exemption_code === '' ? { ...form, exemption_code: ownCodes[form.category] ?? '' } : form
}

/**
 * What a rate's own fields contradict (EN 16931, BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G, BR-O: a rate above zero in S alone, a reason
 * in every category but S and Z).
 *
 *     S  0              rate must be above 0
 *     AE 0, no text     the text is missing
 *     Z  0, a text      the text is too much
 */
export function mistakesOfTaxRate(form: TaxRateForm): FieldError[] {
  const { category, rate, exemption_text: text, exemption_code: code } = form
  const errors: FieldError[] = []
  const positive = compare(rate, '0') > 0 && compare(rate, '100') <= 0
  if (category === 'S' && !positive)
    errors.push({ field: 'rate', message: { key: 'tax_rates.rate.standard' } })
  if (category !== 'S' && compare(rate, '0') !== 0)
    errors.push({ field: 'rate', message: { key: 'tax_rates.rate.zero', params: { category } } })
  const taxed = category === 'S' || category === 'Z'
  if (!taxed && text === '')
    errors.push({
      field: 'exemption_text',
      message: { key: 'tax_rates.exemption_text.missing', params: { category } },
    })
  if (taxed && (text !== '' || code !== '')) {
    const field = text === '' ? 'exemption_code' : 'exemption_text'
    errors.push({ field, message: { key: 'tax_rates.exemption_text.surplus', params: { category } } })
  } else if (code !== '') errors.push(...mistakesOfCode(category, code))
  if (form.valid_from !== null && form.valid_to !== null && form.valid_to < form.valid_from) {
    const params = { valid_from_date: form.valid_from }
    errors.push({ field: 'valid_to', message: { key: 'tax_rates.valid_to.before', params } })
  }
  if (form.successor_id !== null && form.valid_to === null)
    errors.push({ field: 'valid_to', message: { key: 'tax_rates.successor.no_end' } })
  return errors
}

function mistakesOfCode(category: TaxCategory, code: string): FieldError[] {
  const field = 'exemption_code'
  if (!/^VATEX-[A-Z]{2}-[A-Z0-9][A-Z0-9-]{0,30}$/.test(code))
    return [{ field, message: { key: 'tax_rates.exemption_code.wrong', params: { typed: code } } }]
  const owner = Object.entries(ownCodes).find(([, own]) => own === code)?.[0]
  if (owner === undefined || owner === category) return []
  const params = { code, category: owner }
  return [{ field, message: { key: 'tax_rates.exemption_code.other_category', params } }]
}

export type Successor = {
  readonly id: string
  readonly name: string
  readonly valid_from: IsoDate | null
  readonly valid_to: IsoDate | null
  readonly successor_id: string | null
}

/**
 * Whether the successor takes over on the day after: it is there, goes on after the end, leaves no day without a rate, and does not
 * lead back to the rate (`id`; undefined for a new one).
 */
export function mistakesOfSuccession(
  id: string | undefined,
  form: Pick<TaxRateForm, 'valid_to' | 'successor_id'>,
  rates: ReadonlyMap<string, Successor>,
): FieldError[] {
  const { valid_to, successor_id } = form
  if (successor_id === null || valid_to === null) return []
  const field = 'successor_id'
  const successor = rates.get(successor_id)
  if (successor === undefined) return [{ field, message: { key: 'tax_rates.successor.unknown' } }]
  const { name } = successor
  if (id !== undefined && leadsTo(id, successor, rates))
    return [{ field, message: { key: 'tax_rates.successor.circle', params: { name } } }]
  const { valid_from: from, valid_to: to } = successor
  if (from !== null && from > addDays(valid_to, 1))
    return [{ field, message: { key: 'tax_rates.successor.gap', params: { name, from_date: from } } }]
  if (to !== null && to <= valid_to)
    return [{ field, message: { key: 'tax_rates.successor.ended', params: { name, to_date: valid_to } } }]
  return []
}

function leadsTo(id: string, from: Successor, rates: ReadonlyMap<string, Successor>): boolean {
  const seen = new Set<string>()
  let rate: Successor | undefined = from
  while (rate !== undefined && !seen.has(rate.id)) {
    if (rate.id === id) return true
    seen.add(rate.id)
    rate = rate.successor_id === null ? undefined : rates.get(rate.successor_id)
  }
  return false
}
