import t from 'tap'
import { checkColumns, columnsOf } from '../../../src/services/imports/columns.ts'

t.test(
  'a column is taken by its name, and a slip or a French word is told what it may be meant for',
  async (t) => {
    t.same(checkColumns('customers', 'main', ['code', 'nom', 'postal_cod', 'fax']), {
      taken: ['code'],
      not_taken: [
        { name: 'nom', meant: 'name' },
        { name: 'postal_cod', meant: 'postal_code' },
        { name: 'fax', meant: null },
      ],
      missing: ['name', 'country'],
    })
    t.same(checkColumns('orders', 'lines', ['numero', 'qte', 'pu']).not_taken, [
      { name: 'numero', meant: 'order_number' },
      { name: 'qte', meant: 'quantity' },
      { name: 'pu', meant: 'unit_price' },
    ])
    t.same(
      checkColumns('customers', 'main', ['name', 'nom']).not_taken,
      [{ name: 'nom', meant: null }],
      'what is there already is not meant',
    )
  },
)

t.test('the reasons of a file that came back are nobody’s column', async (t) => {
  t.same(checkColumns('users', 'main', ['error', 'code', '']).not_taken, [])
})

t.test('an empty file names the required columns first', async (t) => {
  t.same(columnsOf('products', 'main').all.slice(0, 4), ['code', 'name', 'unit_price', 'description'])
  t.same(columnsOf('orders', 'lines').required, ['order_number', 'quantity', 'unit_price'])
})
