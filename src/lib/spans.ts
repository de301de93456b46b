/**
 * Sets of whole numbers as sorted spans, both ends included, that neither touch nor overlap. Counting a century of days so costs
 * what its gaps cost, not what its days cost.
 */
export type Span = readonly [from: number, to: number]

/** Any spans, put in order and joined where they touch; empty ones (from after to) are dropped. */
export function spansOf(spans: readonly Span[]): readonly Span[] {
  const joined: [number, number][] = []
  for (const [from, to] of [...spans].filter(([from, to]) => from <= to).sort((a, b) => a[0] - b[0])) {
    const last = joined[joined.length - 1]
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}

/** What is in both. */
export function inBoth(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  const found: Span[] = []
  let [i, j] = [0, 0]
  for (let x = a[i], y = b[j]; x !== undefined && y !== undefined; x = a[i], y = b[j]) {
    const [from, to] = [Math.max(x[0], y[0]), Math.min(x[1], y[1])]
    if (from <= to) found.push([from, to])
    if (x[1] < y[1]) i += 1
    else j += 1
  }
  return found
}

/** What is in the first and not in the second. */
export function without(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  const gaps: Span[] = []
  let from = Number.NEGATIVE_INFINITY
  for (const span of b) {
    gaps.push([from, span[0] - 1])
    from = span[1] + 1
  }
  gaps.push([from, Number.POSITIVE_INFINITY])
  return inBoth(a, gaps)
}

export function sizeOf(spans: readonly Span[]): number {
  return spans.reduce((size, [from, to]) => size + to - from + 1, 0)
}

/** The numbers themselves, in order; a set without end has to be left early. */
export function* numbersIn(spans: readonly Span[]): Generator<number> {
  for (const [from, to] of spans) for (let number = from; number <= to; number += 1) yield number
}

/** The first of them, at most `limit`. */
export function firstOf(spans: readonly Span[], limit: number): readonly number[] {
  const found: number[] = []
  if (limit <= 0) return found
  for (const number of numbersIn(spans)) {
    found.push(number)
    if (found.length >= limit) break
  }
  return found
}
