import type { ConvertibleLine } from '../../data/conversions.ts'
import type { Invoice, InvoiceLineRecord } from '../../data/invoices.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { add, compare, isNegative, isZero, negate, plainDecimal } from '../../lib/money.ts'
import { remainingOf } from '../conversions/balance.ts'
import { isSamePrice } from '../orders/bound-lines.ts'

/** Whether a draft takes parts of an order, which limit how it may be edited; a recurring one is edited freely. */
export function takesParts(draft: Pick<Invoice, 'source' | 'lines'>): boolean {
  return draft.source === 'manual' && draft.lines.some(({ part_quantity }) => part_quantity !== null)
}

/**
 * What goes beyond the conversion that a draft came from (docs/rules/parts.md): each line takes at most what remains of the order's
 * with its own part; price, discount and tax are the order's; no line is added that the order has not. A draft in the place of a
 * credited invoice is held to the quantities alone. `places` are the lines of the form, in their order.
 */
export function mistakesOfParts(
  draft: Pick<Invoice, 'lines' | 'reissue_of'>,
  lines: readonly InvoiceLineRecord[],
  ordered: readonly ConvertibleLine[],
  places: readonly { index: number; number: number }[],
): FieldError[] {
  const stored = new Map(draft.lines.map((line) => [line.id, line]))
  const orderLines = new Map(ordered.map((line) => [line.id, line]))
  const isFree = draft.reissue_of !== null
  return lines.flatMap((line, at): FieldError[] => {
    if (line.kind !== 'item') return []
    const place = places[at]
    const [index, number] = [place?.index ?? at, place?.number ?? at + 1]
    const params = { line: number }
    const old = line.id === undefined ? undefined : stored.get(line.id)
    if (old === undefined)
      return isFree
        ? []
        : [{ field: `lines[${index}][description]`, message: { key: 'conversions.draft.added', params } }]
    if (old.part_quantity === null) return []
    const mistakes: FieldError[] = []
    const own = orderLines.get(old.order_line_id ?? '')
    const rest = own === undefined ? '0' : remainingOf({ ...own, kind: 'item' })
    const most = add(rest, old.part_quantity)
    if (!isWithin(line.quantity ?? '0', most))
      mistakes.push({
        field: `lines[${index}][quantity]`,
        message: { key: 'conversions.draft.quantity', params: { line: number, most: plainDecimal(most) } },
      })
    if (
      !isFree &&
      !isSamePrice(old, {
        ...line,
        unit_price: line.unit_price ?? null,
        discount_percent: line.discount_percent ?? null,
        tax_rate_id: line.tax_rate_id ?? null,
      })
    )
      mistakes.push({
        field: `lines[${index}][unit_price]`,
        message: { key: 'conversions.draft.price', params },
      })
    return mistakes
  })
}

function isWithin(quantity: string, most: string): boolean {
  if (isZero(quantity)) return false
  if (isNegative(quantity) !== isNegative(most)) return false
  return isNegative(most) ? compare(negate(quantity), negate(most)) <= 0 : compare(quantity, most) <= 0
}
