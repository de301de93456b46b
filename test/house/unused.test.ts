import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'
import { z } from 'zod'
import { catalog } from '../../src/languages/catalog.ts'
import { iconNames } from '../../src/plugins/assets/icons.ts'
import { filesBelow } from './files.ts'

type File = { path: string; text: string }

const exportedThing = /^export (?:async )?(function\*?|const|let|class|type|interface) (\w+)/gm
const importedThings = /^(?:import|export)\s+(?:type\s+)?([^'";]*?)\s+from\s+'(\.[^']+)'/gm
const wholeKey = /(['"`])([\w-]+(?:\.[\w-]+)+)\1/g
/** A key with something in the place of a part: it begins with the feature's name. */
const builtKey = /`(\w+\.[\w.-]*\$\{[^`]*)`/g

const source = filesBelow('src', '.ts')
const programs = [...source, ...filesBelow('scripts', '.ts'), ...filesBelow('bench', '.ts')]
const callers = [...programs, ...filesBelow('test', '.ts'), ...filesBelow('migrations', '.ts')]
const pages = [...filesBelow('views', '.eta'), ...filesBelow('public', '.js')]

t.test('everything exported is imported somewhere, or is the type of something that is', async (t) => {
  const imported = importsOf(callers)
  for (const { path, text } of programs) {
    for (const [, kind = '', name = ''] of text.matchAll(exportedThing)) {
      const isNamedBeside = isType(kind) && [...text.matchAll(wholeWord(name))].length > 1
      t.ok(isNamedBeside || imported.has(`${path} ${name}`), `${path} exports ${name}`)
    }
  }
})

t.test('every sentence is said somewhere', async (t) => {
  const texts = [...programs.filter(({ path }) => !path.startsWith('src/languages/')), ...pages]
  const keys = new Set(texts.flatMap(({ text }) => [...text.matchAll(wholeKey)].map((match) => match[2])))
  const patterns = texts.flatMap(({ text }) =>
    [...text.matchAll(builtKey)].map(([, key = '']) => shapeOf(key)),
  )
  for (const key of Object.keys(catalog)) {
    t.ok(keys.has(key) || patterns.some((pattern) => pattern.test(key)), key)
  }
})

t.test('every icon is shown somewhere', async (t) => {
  const texts = [...source, ...pages].filter(({ path }) => !path.endsWith('assets/icons.ts'))
  for (const name of iconNames) {
    const quoted = new RegExp(`['"\`#]${name}['"\`]`)
    t.ok(
      texts.some(({ text }) => quoted.test(text)),
      name,
    )
  }
})

t.test('every package that is installed to run is used', async (t) => {
  const declared = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')))
  for (const name of Object.keys(declared.dependencies)) {
    t.ok(
      programs.some(({ text }) => text.includes(`'${name}'`) || text.includes(`${name}/`)),
      name,
    )
  }
})

/** `path name` of all that is imported from files, as a whole (`import * as`) or by its name. */
function importsOf(files: readonly File[]): Set<string> {
  const found = new Set<string>()
  for (const { path, text } of files) {
    for (const [, things = '', from = ''] of text.matchAll(importedThings)) {
      const target = join(dirname(path), from)
      const whole = /\*\s+as\s+(\w+)/.exec(things)?.[1]
      const names =
        whole === undefined
          ? (/\{([^}]*)\}/.exec(things)?.[1] ?? '').split(',').map(nameOf)
          : [...text.matchAll(new RegExp(`\\b${whole}\\.(\\w+)`, 'g'))].map((match) => match[1])
      for (const name of names) found.add(`${target} ${name}`)
    }
  }
  return found
}

function nameOf(imported: string): string {
  return imported
    .trim()
    .replace(/^type\s+/, '')
    .replace(/\s+as\s.*$/, '')
}

function isType(kind: string): boolean {
  return kind === 'type' || kind === 'interface'
}

function wholeWord(name: string): RegExp {
  return new RegExp(`\\b${name}\\b`, 'g')
}

/** `jobs.name.${job}` as what it may become. */
function shapeOf(key: string): RegExp {
  const parts = key.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.\\(){}[\]*+?^$|]/g, '\\$&'))
  return new RegExp(`^${parts.join('[\\w.-]+')}$`)
}
