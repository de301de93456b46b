import t from 'tap'
import { proposedCode } from '../../src/services/proposed-code.ts'

t.test('a code is made from the name, and numbered where it is taken', async (t) => {
  t.equal(proposedCode('Blauer See Delikatessen', []), 'BLAUER')
  t.equal(proposedCode('Blauer See Delikatessen', ['BLAUER', 'blauer2']), 'BLAUER3')
  t.equal(proposedCode('Été & Cie', []), 'ETECIE')
  t.equal(proposedCode('株式会社', ['NEW']), 'NEW2')
})
