import type { Refusal } from '../../errors.ts'
import { add, isNegative, isZero, lineNet, subtract } from '../../lib/money.ts'
import type { OrderStatus } from '../../lib/vocabulary.ts'

/** A line of an order with a price, and what documents have taken of it. */
export type BillableLine = {
  readonly id: string
  readonly position: number
  readonly kind: 'item'
  readonly quantity: string
  readonly unit_price: string
  readonly discount_percent: string
  readonly net: string
  /** By issued invoices, less what credit notes have made billable again. */
  readonly invoiced_quantity: string
  readonly drafted_quantity: string
  /** The net of all those parts. */
  readonly billed_net: string
}

/** Sections and comments. */
export type TextLine = {
  readonly id: string
  readonly position: number
  readonly kind: 'section' | 'comment'
}

export type OrderedLine = BillableLine | TextLine

/** A line of the draft: of the order's line it takes so much; texts take nothing. */
export type PartLine = { id: string; quantity: string | null; net: string | null; rounding: string }

/**
 * What of a line is not billed yet: ordered − invoiced − in draft (docs/rules/parts.md). Never of the other sign than what was
 * ordered: billed more than ordered, nothing remains.
 *
 *     12 ordered, 3 invoiced, 1 in draft     8
 *     -1 ordered, nothing billed             -1
 *     12 ordered, 13 invoiced                0
 */
export function remainingOf(line: BillableLine): string {
  const rest = subtract(subtract(line.quantity, line.invoiced_quantity), line.drafted_quantity)
  if (isZero(rest) || isNegative(rest) !== isNegative(line.quantity)) return '0'
  return rest
}

/** The net of what remains: the line's own less that of the parts before, so that all of them add up to it. */
export function remainingNet(line: BillableLine): string {
  return isZero(remainingOf(line)) ? '0' : subtract(line.net, line.billed_net)
}

/**
 * The lines of a draft that takes all that remains, in the order's order. A section without a line that remains stays behind with its
 * comments; comments before the first section always come along. `rounding` is the cent by which a closing part differs from
 * quantity × price.
 */
export function wholeRemainder(lines: readonly OrderedLine[], currency: string): PartLine[] {
  return chapters(lines).flatMap(({ isSection, lines }) => {
    const remains = lines.some((line) => line.kind === 'item' && !isZero(remainingOf(line)))
    if (isSection && !remains) return []
    return lines.flatMap((line) => {
      if (line.kind !== 'item') return [textPart(line)]
      return isZero(remainingOf(line)) ? [] : [itemPart(line, currency)]
    })
  })
}

/** A section with what stands below it; before the first one, what has no section. */
function chapters(lines: readonly OrderedLine[]): { isSection: boolean; lines: OrderedLine[] }[] {
  const parts: { isSection: boolean; lines: OrderedLine[] }[] = [{ isSection: false, lines: [] }]
  for (const line of lines) {
    if (line.kind === 'section') parts.push({ isSection: true, lines: [] })
    parts.at(-1)?.lines.push(line)
  }
  return parts
}

function textPart({ id }: TextLine): PartLine {
  return { id, quantity: null, net: null, rounding: '0' }
}

function itemPart(line: BillableLine, currency: string): PartLine {
  const quantity = remainingOf(line)
  const net = remainingNet(line)
  const { unit_price, discount_percent } = line
  return {
    id: line.id,
    quantity,
    net,
    rounding: subtract(net, lineNet({ quantity, unit_price, discount_percent }, currency)),
  }
}

/** Why what remains of an order cannot be invoiced now: all of it at once, and each with its way out. */
export function refusalsToInvoice(order: {
  readonly status: OrderStatus
  readonly lines: readonly OrderedLine[]
}): readonly Refusal[] {
  const refusals: Refusal[] = []
  if (order.status === 'cancelled')
    refusals.push({ code: 'cancelled', message: { key: 'conversions.refused.cancelled' } })
  const items = order.lines.flatMap((line) => (line.kind === 'item' ? [line] : []))
  const left = items.filter((line) => !isZero(remainingOf(line)))
  if (items.length === 0)
    refusals.push({ code: 'no_lines', message: { key: 'conversions.refused.no_lines' } })
  else if (left.length === 0) {
    const inDraft = items.some((line) => !isZero(line.drafted_quantity))
    refusals.push({
      code: 'nothing_remains',
      message: { key: inDraft ? 'conversions.refused.in_draft' : 'conversions.refused.nothing_remains' },
    })
  } else if (isNegative(left.reduce((all, line) => add(all, remainingNet(line)), '0')))
    refusals.push({ code: 'below_zero', message: { key: 'conversions.refused.below_zero' } })
  return refusals
}
