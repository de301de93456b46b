import t from 'tap'
import { checkFigures } from '../support/bench.ts'

t.test('pages prints each figure beside its reference of the same run', { timeout: 280_000 }, (t) =>
  checkFigures(t, 'pages'),
)
