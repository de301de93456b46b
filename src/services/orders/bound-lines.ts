import type { Order } from '../../data/orders.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { add, compare, isNegative, isZero, negate, plainDecimal } from '../../lib/money.ts'
import type { OrderRecords } from './order-records.ts'

type Before = Pick<Order, 'account_id' | 'organisation_id' | 'currency' | 'lines'>

/**
 * What documents hold an order to (docs/rules/parts.md): a line keeps at least what is invoiced and in drafts, and is not removed;
 * once a part is invoiced, its price, discount and tax stay; customer, organisation and currency stay once there is a document.
 * Recurring invoices bind nothing. `places` are the lines of the form, in their order.
 */
export function mistakesAgainstDocuments(
  before: Before,
  after: OrderRecords,
  form: { places: readonly { index: number; number: number }[]; hasDocuments: boolean },
): FieldError[] {
  const kept = new Map(
    after.lines.flatMap((line, at) => (line.id === undefined ? [] : [[line.id, { line, at }]])),
  )
  const ofLines = before.lines.flatMap((old): FieldError[] => {
    const billed = add(old.invoiced_quantity, old.drafted_quantity)
    const touched = !isZero(old.invoiced_quantity) || !isZero(old.drafted_quantity)
    if (!touched || old.quantity === null) return []
    const now = kept.get(old.id)
    if (now === undefined || now.line.kind !== 'item') {
      const params = { description: old.description, billed: plainDecimal(billed) }
      return [{ field: 'lines', message: { key: 'conversions.bound.removed', params } }]
    }
    const place = form.places[now.at]
    const [index, line] = [place?.index ?? now.at, place?.number ?? now.at + 1]
    const mistakes: FieldError[] = []
    if (isLess(now.line.quantity ?? '0', billed))
      mistakes.push({
        field: `lines[${index}][quantity]`,
        message: { key: 'conversions.bound.quantity', params: { line, billed: plainDecimal(billed) } },
      })
    if (!isZero(old.invoiced_quantity) && !isSamePrice(old, now.line))
      mistakes.push({
        field: `lines[${index}][unit_price]`,
        message: { key: 'conversions.bound.price', params: { line } },
      })
    return mistakes
  })
  return [...(form.hasDocuments ? mistakesOfHeader(before, after.header) : []), ...ofLines]
}

function mistakesOfHeader(before: Before, header: OrderRecords['header']): FieldError[] {
  const mistakes: FieldError[] = []
  if (header.account_id !== before.account_id)
    mistakes.push({ field: 'account_id', message: { key: 'conversions.bound.account' } })
  if (header.organisation_id !== before.organisation_id)
    mistakes.push({ field: 'organisation_id', message: { key: 'conversions.bound.organisation' } })
  if (header.currency !== before.currency)
    mistakes.push({
      field: 'currency',
      message: { key: 'conversions.bound.currency', params: { currency: before.currency } },
    })
  return mistakes
}

/** Whether a quantity lies nearer to zero than what is billed, or on its other side. */
function isLess(quantity: string, billed: string): boolean {
  if (isZero(billed)) return false
  return isNegative(billed) ? compare(negate(quantity), negate(billed)) < 0 : compare(quantity, billed) < 0
}

type Priced = {
  unit_price: string | null
  discount_percent: string | null
  tax_rate_id: string | null
}

export function isSamePrice(a: Priced, b: Priced): boolean {
  return (
    compare(a.unit_price ?? '0', b.unit_price ?? '0') === 0 &&
    compare(a.discount_percent ?? '0', b.discount_percent ?? '0') === 0 &&
    a.tax_rate_id === b.tax_rate_id
  )
}
