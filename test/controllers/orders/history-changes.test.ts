import t from 'tap'
import { readableChanges } from '../../../src/controllers/orders/history-changes.ts'

const line = {
  id: 'a',
  position: 1,
  kind: 'item',
  product_id: '',
  product_code: '',
  description: 'Chai',
  quantity: '12',
  unit: 'C62',
  unit_price: '18',
  discount_percent: '0',
  tax_rate_id: '01900000-0000-7000-8000-000000000001',
}
const names = new Map([
  ['01900000-0000-7000-8000-000000000001', 'VAT 20 %'],
  ['01900000-0000-7000-8000-000000000002', 'Ute Weber'],
])
const english = { language: 'en', currency: 'EUR', names } as const

t.test('a changed field is named, and ids become names', async (t) => {
  const recorded = {
    version: { from: 1, to: 2 },
    subject: { from: 'Tea', to: 'Tea for spring' },
    assigned_to_id: { from: '', to: '01900000-0000-7000-8000-000000000002' },
    order_date: { from: '2026-01-31', to: '2026-03-01' },
  }
  t.same(readableChanges(recorded, english), [
    { label: 'Subject', from: 'Tea', to: 'Tea for spring' },
    { label: 'Assigned to', from: '', to: 'Ute Weber' },
    { label: 'Order date', from: '31 Jan 2026', to: '1 Mar 2026' },
  ])
  const french = { ...english, language: 'fr' } as const
  t.same(readableChanges({ order_date: recorded.order_date }, french), [
    { label: 'Date de commande', from: '31 janvier 2026', to: '1er mars 2026' },
  ])
})

t.test('an address is written out', async (t) => {
  const address = {
    name: 'Chop',
    street: '12 rue de la Paix',
    postal_code: '75002',
    city: 'Paris',
    country: 'FR',
  }
  t.same(readableChanges({ shipping_address: { from: '', to: JSON.stringify(address) } }, english), [
    { label: 'Shipping address', from: '', to: 'Chop, 12 rue de la Paix, 75002 Paris, FR' },
  ])
})

t.test('lines say what they were and are; added and removed ones have one side alone', async (t) => {
  const changed = { ...line, quantity: '10.5', discount_percent: '15' }
  const moved = { ...line, id: 'b', position: 2, description: 'Only moved' }
  const recorded = {
    lines: {
      from: [
        line,
        moved,
        { ...line, id: 'c', position: 4, kind: 'comment', description: 'Mornings', quantity: '' },
      ],
      to: [changed, { ...moved, position: 3 }, { ...line, id: 'd', position: 2, description: 'New' }],
    },
  }
  t.same(readableChanges(recorded, english), [
    {
      label: 'Line 1',
      from: 'Chai, 12 piece × 18.00, VAT 20 %',
      to: 'Chai, 10.5 piece × 18.00 − 15%, VAT 20 %',
    },
    { label: 'Line 2', from: '', to: 'New, 12 piece × 18.00, VAT 20 %' },
    { label: 'Line 4', from: 'Mornings', to: '' },
  ])
})

t.test('what is recorded otherwise is left out', async (t) => {
  for (const recorded of [null, undefined, 'text', 3, [], {}, { lines: 'x' }, { subject: 'x' }])
    t.same(readableChanges(recorded, english), [])
})
