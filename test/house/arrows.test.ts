import { dirname, join } from 'node:path'
import t from 'tap'
import { filesBelow } from './files.ts'

/** Lower layers first: a file imports from its own layer or one below it. */
const layers: readonly (readonly string[])[] = [
  ['src/lib/', 'src/languages/'],
  ['src/data/', 'src/errors.ts', 'src/config.ts', 'src/problem-lines.ts'],
  ['src/services/'],
  ['src/jobs/'],
  ['src/plugins/'],
  ['src/controllers/'],
  ['src/routes.ts'],
  ['src/app.ts', 'src/process.ts', 'src/main.ts', 'src/session-secret.ts'],
]

/** Who alone may know a library. */
const keepers: Readonly<Record<string, RegExp>> = {
  luxon: /^src\/(lib\/dates|services\/recurring\/periods)\.ts$/,
  puppeteer: /^src\/services\/documents\//,
  pg: /^src\/data\//,
  kysely: /^src\/data\//,
  bree: /^src\/jobs\//,
  eta: /^src\/(plugins\/pages|services\/documents\/document-html)\.ts$/,
  '@node-rs/argon2': /^src\/services\/users\/passwords\.ts$/,
}

/** Pure rules: values in, values out. They import nouns and lib alone. */
const impure =
  /^(kysely|pg|fastify|node:(fs|child_process|net|http|worker_threads)|\.\.?\/.*data\/(?!tables))/

t.test('imports go one way: routes, controllers, services, data, lib', async (t) => {
  for (const { path, text } of filesBelow('src', '.ts')) {
    const own = layerOf(path)
    t.not(own, -1, `${path} has a place in the house`)
    for (const imported of importsOf(text).filter((name) => name.startsWith('.'))) {
      const target = join(dirname(path), imported)
      const layer = layerOf(target)
      t.ok(layer !== -1 && layer <= own, `${path} may import ${target}`)
    }
  }
})

t.test('each library is known where it belongs', async (t) => {
  for (const { path, text } of filesBelow('src', '.ts')) {
    for (const imported of importsOf(text)) {
      const keeper = keepers[imported.replace(/^(@[^/]+\/[^/]+|[^@/]+)\/.*/, '$1')]
      if (keeper !== undefined) t.match(path, keeper, `${path} imports ${imported}`)
    }
  }
})

t.test('nothing imports from a folder’s index, and no file is one', async (t) => {
  t.same(
    filesBelow('src', '.ts').filter(({ path }) => path.endsWith('/index.ts')),
    [],
  )
})

t.test('rules are pure', async (t) => {
  const rules = filesBelow('src/services', '.ts').filter(({ path }) =>
    pureRules.some((rule) => path === `src/services/${rule}.ts`),
  )
  t.equal(rules.length, pureRules.length, 'every rule named here exists')
  for (const { path, text } of rules) {
    t.same(
      valueImportsOf(text).filter((name) => impure.test(name)),
      [],
      path,
    )
  }
})

const pureRules = [
  'recurring/periods',
  'recurring/schedule',
  'recurring/document-dates',
  'recurring/subject',
  'recurring/obstacles',
  'recurring/plan-batch',
  'invoices/issue-date',
  'invoices/issue-facts',
  'numbers/number-format',
  'numbers/series',
  'recurring/catch-up',
  'payment-terms/due-date',
  'payments/largest-remainder',
  'payments/match-statement',
  'payments/match-text',
  'payments/payment-rules',
  'payments/statement-columns',
  'payments/sums-of-some',
  'payments/tax-shares',
]

function layerOf(path: string): number {
  return layers.findIndex((layer) =>
    layer.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place)),
  )
}

function importsOf(text: string): string[] {
  const found = text.matchAll(
    /^(?:import|export)\b[^'"=]*?\bfrom\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
  )
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

function valueImportsOf(text: string): string[] {
  return [...text.matchAll(/^import\s(?!type\s)[^'"]*?['"]([^'"]+)['"]/gm)].map((match) => match[1] ?? '')
}
