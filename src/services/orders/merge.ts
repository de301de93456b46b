import {
  type HeaderKey,
  headerKeys,
  type LineContent,
  type LineKey,
  lineKeys,
  type OrderContent,
} from './content.ts'

/** Something that differs, and where: a header field (of an order unless told), a field of a line, or a whole line. */
export type Place<K extends string = HeaderKey> =
  | { readonly kind: 'header'; readonly key: K }
  | { readonly kind: 'line_field'; readonly line: LineContent; readonly key: LineKey }
  | { readonly kind: 'line'; readonly line: LineContent }
  | { readonly kind: 'line_order' }

/** What only the other one changed: taken over. */
export type Taken<K extends string = HeaderKey> = {
  readonly place: Place<K>
  readonly change: 'changed' | 'added' | 'removed'
}

/** What both changed: the person decides. `mine` and `theirs` are the texts; a line that is gone is undefined. */
export type Conflict<K extends string = HeaderKey> = {
  readonly place: Exclude<Place<K>, { kind: 'line_order' }>
  readonly mine: string | undefined
  readonly theirs: string | undefined
}

export type Merge = {
  /** Both changes together, mine where they meet. Lines of mine that the other one removed are new lines. */
  readonly content: OrderContent
  readonly taken: readonly Taken[]
  readonly conflicts: readonly Conflict[]
}

/**
 * Three-way merge, field by field: `base` is what both began with, lines are the same where their id is.
 *
 *     base   theirs   mine      merged
 *     A      A        B         B
 *     A      B        A         B, taken
 *     A      B        B         B
 *     A      B        C         C, a conflict
 *
 * A line that one removed and the other left alone is gone; one that the other changed is a conflict. Lines stand in the order of
 * whoever moved some; added ones follow the line they were put after.
 */
export function mergeOrders(base: OrderContent, theirs: OrderContent, mine: OrderContent): Merge {
  const taken: Taken[] = []
  const conflicts: Conflict[] = []
  const header = { ...mine.header }
  for (const key of headerKeys) {
    const place = { kind: 'header', key } as const
    header[key] = decide(place, base.header[key], theirs.header[key], mine.header[key], taken, conflicts)
  }
  const lines = mergeLines(base.lines, theirs.lines, mine.lines, taken, conflicts)
  return { content: { header, lines }, taken, conflicts }
}

function decide(
  place: Conflict['place'],
  base: string,
  theirs: string,
  mine: string,
  taken: Taken[],
  conflicts: Conflict[],
): string {
  if (theirs === base || theirs === mine) return mine
  if (mine === base) {
    taken.push({ place, change: 'changed' })
    return theirs
  }
  conflicts.push({ place, mine, theirs })
  return mine
}

function mergeLines(
  base: readonly LineContent[],
  theirs: readonly LineContent[],
  mine: readonly LineContent[],
  taken: Taken[],
  conflicts: Conflict[],
): LineContent[] {
  const [inBase, inTheirs, inMine] = [byId(base), byId(theirs), byId(mine)]
  const merged = new Map<string, LineContent>()
  const added: LineContent[] = []
  for (const line of mine) {
    const [old, other] = [inBase.get(line.id), inTheirs.get(line.id)]
    if (line.id === '' || old === undefined) added.push(line)
    else if (other !== undefined) merged.set(line.id, mergeLine(old, other, line, taken, conflicts))
    else if (isSameLine(old, line)) taken.push({ place: { kind: 'line', line }, change: 'removed' })
    else {
      const kept = { ...line, id: '' }
      conflicts.push({ place: { kind: 'line', line: kept }, mine: line.description, theirs: undefined })
      merged.set(line.id, kept)
    }
  }
  for (const line of theirs) {
    if (inMine.has(line.id)) continue
    const old = inBase.get(line.id)
    if (old === undefined) {
      taken.push({ place: { kind: 'line', line }, change: 'added' })
      merged.set(line.id, line)
    } else if (!isSameLine(old, line)) {
      conflicts.push({ place: { kind: 'line', line }, mine: undefined, theirs: line.description })
    }
  }
  return inOrder({ base, theirs, mine }, merged, added, taken)
}

function mergeLine(
  base: LineContent,
  theirs: LineContent,
  mine: LineContent,
  taken: Taken[],
  conflicts: Conflict[],
): LineContent {
  const line: Record<LineKey, string> = { ...mine }
  for (const key of lineKeys) {
    const place = { kind: 'line_field', line: mine, key } as const
    line[key] = decide(place, base[key], theirs[key], mine[key], taken, conflicts)
  }
  const product_code = line.product_id === mine.product_id ? mine.product_code : theirs.product_code
  return { ...line, id: mine.id, product_code }
}

/** The merged lines in the order of whoever moved some, each added one behind the line it was put after. */
function inOrder(
  lines: { base: readonly LineContent[]; theirs: readonly LineContent[]; mine: readonly LineContent[] },
  merged: ReadonlyMap<string, LineContent>,
  added: readonly LineContent[],
  taken: Taken[],
): LineContent[] {
  const { base, theirs, mine } = lines
  const [inBase, inMine] = [byId(base), byId(mine)]
  const common = new Set(theirs.map(({ id }) => id).filter((id) => inBase.has(id) && inMine.has(id)))
  const own = new Set(added)
  const order = (side: readonly LineContent[]) =>
    side
      .map(({ id }) => id)
      .filter((id) => common.has(id))
      .join(' ')
  const moved = order(theirs) !== order(base)
  const followTheirs = moved && order(mine) === order(base)
  if (followTheirs) taken.push({ place: { kind: 'line_order' }, change: 'changed' })
  const [lead, other] = followTheirs ? [theirs, mine] : [mine, theirs]
  const result = lead.flatMap((line) => {
    return own.has(line) ? [line] : (merged.get(line.id) ?? [])
  })
  const present = new Set(result)
  let before: LineContent | undefined
  for (const line of other) {
    const kept = own.has(line) ? line : merged.get(line.id)
    if (kept === undefined) continue
    if (!present.has(kept)) {
      result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, kept)
      present.add(kept)
    }
    before = kept
  }
  return result
}

function byId(lines: readonly LineContent[]): ReadonlyMap<string, LineContent> {
  return new Map(lines.filter(({ id }) => id !== '').map((line) => [line.id, line]))
}

function isSameLine(a: LineContent, b: LineContent): boolean {
  return lineKeys.every((key) => a[key] === b[key])
}

/** Whether two contents say the same, whatever their lines are called inside. */
export function isSameContent(a: OrderContent, b: OrderContent): boolean {
  return (
    headerKeys.every((key) => a.header[key] === b.header[key]) &&
    a.lines.length === b.lines.length &&
    a.lines.every((line, at) => {
      const other = b.lines[at]
      return other !== undefined && isSameLine(line, other)
    })
  )
}
