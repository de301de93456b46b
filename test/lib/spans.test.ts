import fc from 'fast-check'
import t from 'tap'
import { firstOf, inBoth, numbersIn, type Span, sizeOf, spansOf, without } from '../../src/lib/spans.ts'

const small = fc.integer({ min: 0, max: 30 })
const spans = fc.array(fc.tuple(small, small), { maxLength: 6 })
const ascending = (list: number[]) => list.toSorted((a, b) => a - b)
const setOf = (list: readonly Span[]) => new Set(numbersIn(spansOf(list)))

t.test('spans count, join and part as the sets of their numbers do', async (t) => {
  fc.assert(
    fc.property(spans, spans, (a, b) => {
      const [x, y] = [spansOf(a), spansOf(b)]
      const [left, right] = [setOf(a), setOf(b)]
      t.strictSame(sizeOf(x), left.size)
      t.strictSame([...numbersIn(inBoth(x, y))], ascending([...left].filter((n) => right.has(n))))
      t.strictSame([...numbersIn(without(x, y))], ascending([...left].filter((n) => !right.has(n))))
    }),
  )
})

t.test('spans that touch become one, empty ones vanish, and one may have no end', async (t) => {
  t.same(
    spansOf([
      [4, 5],
      [1, 3],
      [9, 7],
    ]),
    [[1, 5]],
  )
  t.same(firstOf(without([[3, Number.POSITIVE_INFINITY]], [[4, 5]]), 3), [3, 6, 7])
  t.same(firstOf([[1, 9]], 0), [])
})
