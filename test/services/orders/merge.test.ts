import fc from 'fast-check'
import t from 'tap'
import {
  changesBetween,
  type LineContent,
  type OrderContent,
  withoutChanges,
} from '../../../src/services/orders/content.ts'
import { isSameContent, mergeOrders } from '../../../src/services/orders/merge.ts'

const line = (id: string, changes: Partial<LineContent> = {}): LineContent => ({
  id,
  kind: 'item',
  product_id: '',
  product_code: '',
  description: `line ${id}`,
  quantity: '1',
  unit: 'C62',
  unit_price: '10',
  discount_percent: '0',
  tax_rate_id: 'r20',
  ...changes,
})

const order = (
  lines: readonly LineContent[],
  header: Partial<OrderContent['header']> = {},
): OrderContent => ({
  header: {
    subject: 'A',
    account_id: 'a',
    contact_id: '',
    customer_order_number: '',
    assigned_to_id: '',
    organisation_id: 'o',
    currency: 'EUR',
    order_date: '2026-03-12',
    shipping_address: '{}',
    ...header,
  },
  lines,
})

const ids = ({ lines }: OrderContent) => lines.map(({ id, description }) => id || description)

t.test(
  'what only one of the two changed is in the merge; what both changed is a conflict with mine kept',
  async (t) => {
    const base = order([line('1'), line('2')])
    const theirs = order([line('1', { quantity: '5' }), line('2', { unit_price: '11' })], {
      subject: 'B',
      customer_order_number: 'PO-1',
    })
    const mine = order([line('1', { quantity: '7', description: 'mine' }), line('2')], { subject: 'C' })
    const merge = mergeOrders(base, theirs, mine)
    t.match(merge.content.header, { subject: 'C', customer_order_number: 'PO-1' })
    t.match(merge.content.lines, [{ quantity: '7', description: 'mine' }, { unit_price: '11' }])
    t.match(merge.conflicts, [
      { place: { kind: 'header', key: 'subject' }, mine: 'C', theirs: 'B' },
      { place: { kind: 'line_field', key: 'quantity', line: { id: '1' } }, mine: '7', theirs: '5' },
    ])
    t.equal(merge.conflicts.length, 2)
    t.match(merge.taken, [
      { place: { kind: 'header', key: 'customer_order_number' }, change: 'changed' },
      { place: { kind: 'line_field', key: 'unit_price', line: { id: '2' } }, change: 'changed' },
    ])
  },
)

t.test('lines that both added stand together, each behind the line it was put after', async (t) => {
  const base = order([line('1'), line('2'), line('3')])
  const theirs = order([line('1'), line('t'), line('2'), line('3')])
  const mine = order([line('1'), line('2'), line('', { description: 'm' }), line('3')])
  const merge = mergeOrders(base, theirs, mine)
  t.same(ids(merge.content), ['1', 't', '2', 'm', '3'])
  t.same(merge.conflicts, [])
})

t.test('a line that one removed and the other left alone is gone', async (t) => {
  const base = order([line('1'), line('2'), line('3')])
  const merge = mergeOrders(base, order([line('2'), line('3')]), order([line('1'), line('2')]))
  t.same(ids(merge.content), ['2'])
  t.match(merge.taken, [{ change: 'removed', place: { kind: 'line', line: { id: '1' } } }])
})

t.test('a line that one removed and the other changed is a conflict', async (t) => {
  const base = order([line('1'), line('2')])
  const changed = order([line('1', { quantity: '9' }), line('2')])
  const removed = order([line('2')])
  const theyRemoved = mergeOrders(base, removed, changed)
  t.match(theyRemoved.content.lines, [{ id: '', quantity: '9' }, { id: '2' }], 'mine stays, as a new line')
  t.match(theyRemoved.conflicts, [{ mine: 'line 1', theirs: undefined }])
  const iRemoved = mergeOrders(base, changed, removed)
  t.same(ids(iRemoved.content), ['2'])
  t.match(iRemoved.conflicts, [{ mine: undefined, theirs: 'line 1' }])
})

t.test('lines stand in the order of whoever moved some', async (t) => {
  const base = order([line('1'), line('2'), line('3')])
  const moved = order([line('3'), line('1'), line('2')])
  const touched = order([line('1'), line('2', { quantity: '4' }), line('3'), line('', { description: 'm' })])
  const merge = mergeOrders(base, moved, touched)
  t.same(ids(merge.content), ['3', 'm', '1', '2'])
  t.equal(merge.content.lines[3]?.quantity, '4')
  t.same(ids(mergeOrders(base, touched, moved).content).slice(0, 1), ['3'])
})

const lineArbitrary = fc.record({
  id: fc.constantFrom('1', '2', '3', '4', '5'),
  quantity: fc.constantFrom('1', '2', '3'),
  description: fc.constantFrom('x', 'y'),
})
const orderArbitrary = fc
  .tuple(
    fc.uniqueArray(lineArbitrary, { selector: ({ id }) => id, maxLength: 5 }),
    fc.constantFrom('A', 'B', 'C'),
  )
  .map(([lines, subject]) =>
    order(
      lines.map(({ id, ...rest }) => line(id, rest)),
      { subject },
    ),
  )

t.test('a recorded change taken back gives the order before it', async (t) => {
  fc.assert(
    fc.property(orderArbitrary, orderArbitrary, (before, after) =>
      isSameContent(withoutChanges(after, changesBetween(before, after)), before),
    ),
  )
  t.pass('for any two orders')
})

t.test('who changes nothing gets the other one’s order, and the other way round', async (t) => {
  fc.assert(
    fc.property(orderArbitrary, orderArbitrary, (base, changed) => {
      const theirs = mergeOrders(base, changed, base)
      const mine = mergeOrders(base, base, changed)
      return (
        theirs.conflicts.length === 0 &&
        mine.conflicts.length === 0 &&
        isSameContent(theirs.content, changed) &&
        isSameContent(mine.content, changed)
      )
    }),
  )
  t.pass('for any change')
})

t.test('no line is lost and none doubled, whatever two people do', async (t) => {
  fc.assert(
    fc.property(orderArbitrary, orderArbitrary, orderArbitrary, (base, theirs, mine) => {
      const { content, taken, conflicts } = mergeOrders(base, theirs, mine)
      const merged = content.lines.map(({ id }) => id).filter((id) => id !== '')
      const told = [...taken, ...conflicts].flatMap(({ place }) =>
        place.kind === 'line' ? [place.line] : [],
      )
      const has = (side: OrderContent, id: string) => side.lines.some((other) => other.id === id)
      return (
        new Set(merged).size === merged.length &&
        mine.lines.every(
          ({ id, description }) =>
            merged.includes(id) || told.some((other) => other.id === id || other.description === description),
        ) &&
        theirs.lines.every(({ id }) => merged.includes(id) || has(base, id))
      )
    }),
    { numRuns: 500 },
  )
  t.pass('for any three orders')
})
