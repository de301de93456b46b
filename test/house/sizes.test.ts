import t from 'tap'
import { filesBelow } from './files.ts'

const most = 400

/** What is longer, and why it is better whole. */
const long: Readonly<Record<string, string>> = {
  'src/data/tables.ts': 'the columns of all tables, one type a table, in the order of the migrations',
  'src/routes.ts': 'every address of the product, a line each: who looks for one looks here',
}

t.test('a file fits on a few screens, or says why not', async (t) => {
  for (const { path, text } of filesBelow('src', '.ts')) {
    const lines = text.split('\n').length - 1
    if (path in long) t.ok(lines > most, `${path} still needs its reason`)
    else t.ok(lines <= most, `${path} has ${lines} lines`)
  }
})
