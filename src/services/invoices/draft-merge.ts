import { type HeaderContent, lineKeys } from '../orders/content.ts'
import { type Conflict, type Merge, mergeOrders } from '../orders/merge.ts'
import { type DraftContent, type DraftKey, draftKeys } from './draft-content.ts'

export type DraftMerge = {
  /** Both changes together, mine where they meet. */
  readonly content: DraftContent
  /** Header fields that only the other one changed: taken over. */
  readonly taken: readonly DraftKey[]
  /** Header fields that both changed. */
  readonly conflicts: readonly DraftKey[]
  /** The same of the lines. */
  readonly lines: Pick<Merge, 'taken' | 'conflicts' | 'content'>
}

/**
 * Three-way merge of a draft, field by field: what only the other one changed is taken, mine stays where both did. Where nobody
 * knows what both began with, everything that differs counts as changed by both.
 */
export function mergeDrafts(
  base: DraftContent | undefined,
  theirs: DraftContent,
  mine: DraftContent,
): DraftMerge {
  if (base === undefined) return differencesOf(theirs, mine)
  const header = { ...mine.header }
  const taken: DraftKey[] = []
  const conflicts: DraftKey[] = []
  for (const key of draftKeys) {
    const [before, their, my] = [base.header[key], theirs.header[key], mine.header[key]]
    if (their === before || their === my) continue
    if (my !== before) conflicts.push(key)
    else {
      taken.push(key)
      header[key] = their
    }
  }
  const asOrder = ({ lines }: DraftContent) => ({ header: noHeader, lines })
  const lines = mergeOrders(asOrder(base), asOrder(theirs), asOrder(mine))
  return { content: { header, lines: lines.content.lines }, taken, conflicts, lines }
}

function differencesOf(theirs: DraftContent, mine: DraftContent): DraftMerge {
  const others = new Map(theirs.lines.map((line) => [line.id, line]))
  const own = new Set(mine.lines.map(({ id }) => id))
  const changed = mine.lines.flatMap((line): Conflict[] => {
    const other = others.get(line.id)
    if (other === undefined) return []
    return lineKeys
      .filter((key) => other[key] !== line[key])
      .map((key) => ({ place: { kind: 'line_field', line, key }, mine: line[key], theirs: other[key] }))
  })
  const added = theirs.lines
    .filter(({ id }) => !own.has(id))
    .map((line): Conflict => ({ place: { kind: 'line', line }, mine: undefined, theirs: line.description }))
  return {
    content: mine,
    taken: [],
    conflicts: draftKeys.filter((key) => theirs.header[key] !== mine.header[key]),
    lines: {
      taken: [],
      conflicts: [...changed, ...added],
      content: { header: noHeader, lines: mine.lines },
    },
  }
}

// The lines of a draft merge as an order's do; the header of an order has no part in it.
const noHeader: HeaderContent = {
  subject: '',
  account_id: '',
  contact_id: '',
  customer_order_number: '',
  assigned_to_id: '',
  organisation_id: '',
  currency: '',
  order_date: '',
  shipping_address: '',
}
