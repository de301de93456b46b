import t from 'tap'
import { Fields } from '../../src/lib/fields.ts'
import { mergeWithTheirs } from '../../src/plugins/conflicts.ts'

const conflict = {
  version: 3,
  by: 'Anna Kern',
  at: '2026-03-12T14:31:00Z',
  changes: [
    { field: 'unit_price', from: '12.5', to: '13.25' },
    { field: 'postal_code', from: '01000', to: '69001' },
  ],
}

t.test(
  'a price that was not touched is taken from the other editor, however the form writes it',
  async (t) => {
    for (const [language, shown, theirs] of [
      ['en', '12.50', '13.25'],
      ['fr', '12,50', '13,25'],
    ] as const) {
      const merged = mergeWithTheirs(new Fields([['unit_price', shown]]), conflict, language)
      t.strictSame(merged.taken, [{ field: 'unit_price', theirs, yours: shown }])
      t.strictSame(merged.conflicts, [])
    }
  },
)

t.test('what both changed is asked, and a postcode is no figure', async (t) => {
  const typed = new Fields([
    ['unit_price', '14'],
    ['postal_code', '1000'],
  ])
  const merged = mergeWithTheirs(typed, conflict, 'en')
  t.strictSame(
    merged.conflicts.map(({ field }) => field),
    ['unit_price', 'postal_code'],
  )
  t.strictSame(merged.taken, [])
})
