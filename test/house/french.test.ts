import t from 'tap'
import { catalog } from '../../src/languages/catalog.ts'

type Rule = { asks: string; broken: RegExp }

const everywhere: readonly Rule[] = [
  { asks: 'the apostrophe ’', broken: /\p{L}'\p{L}/u },
  { asks: 'the ellipsis …', broken: /\.\.\./ },
  { asks: 'single spaces, none at either end', broken: /^ | $| {2}/ },
  {
    asks: 'a capital at its start, as it ends in a full stop',
    broken: /^(\{count, plural,[^{]*\{)?\p{Ll}.* .*\.$/su,
  },
]

const french: readonly Rule[] = [
  { asks: 'U+202F before ; ! ?', broken: /[^\u202f][;!?]/ },
  { asks: 'U+00A0 before :', broken: /[^\u00a0]:(?!\/\/)/ },
  { asks: 'U+00A0 inside « »', broken: /«[^\u00a0]|[^\u00a0]»/ },
  { asks: 'U+00A0 between a figure and % or €', broken: /[\d}] ?[%€]/ },
]

t.test('every French sentence keeps to French typography', async (t) => {
  const faults = Object.entries(catalog).flatMap(([key, { fr }]) =>
    faultsOf(key, fr, [...everywhere, ...french]),
  )
  t.same(faults, [])
})

t.test('every English sentence has its apostrophes curly and its spaces single', async (t) => {
  const faults = Object.entries(catalog).flatMap(([key, { en }]) => faultsOf(key, en, everywhere))
  t.same(faults, [])
})

function faultsOf(key: string, sentence: string, rules: readonly Rule[]): string[] {
  return rules
    .filter(({ broken }) => broken.test(sentence))
    .map(({ asks }) => `${key} wants ${asks}: ${sentence}`)
}
