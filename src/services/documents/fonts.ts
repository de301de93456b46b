import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

type Face = { weight: string; ranges: [number, number][]; range_text: string; file: string }

const require = createRequire(import.meta.url)
const weights = ['400', '600'] as const

let faces: Promise<Face[]> | undefined
const contents = new Map<string, Promise<string>>()

/**
 * Inter as data addresses, of its parts (Latin, Greek, Cyrillic …) those that a text needs: a document fetches nothing. The variable
 * file would become Type 3, whose text is drawn instead of written.
 */
export async function fontFaces(text: string): Promise<string> {
  const signs = new Set([...text].map((sign) => sign.codePointAt(0) ?? 0))
  faces ??= readFaces()
  const needed = (await faces).filter(({ ranges }) => [...signs].some((sign) => isIn(ranges, sign)))
  const rules = await Promise.all(
    needed.map(
      async ({ weight, range_text, file }) =>
        `@font-face{font-family:Inter;font-weight:${weight};src:url(data:font/woff2;base64,${await contentOf(file)}) format("woff2");unicode-range:${range_text}}`,
    ),
  )
  return rules.join('')
}

/** The signs of a text that Inter does not draw, each once: another font must. Spaces, marks and invisible ones are none. */
export async function signsBeyondInter(text: string): Promise<string[]> {
  faces ??= readFaces()
  const known = (await faces).flatMap(({ ranges }) => ranges)
  return [...new Set(text)].filter(
    (sign) => !/[\p{M}\p{Z}\p{C}]/u.test(sign) && !isIn(known, sign.codePointAt(0) ?? 0),
  )
}

async function readFaces(): Promise<Face[]> {
  const all = await Promise.all(
    weights.map(async (weight) => {
      const path = require.resolve(`@fontsource/inter/${weight}.css`)
      const css = await readFile(path, 'utf8')
      return [...css.matchAll(/@font-face \{[^}]*\}/g)].map(([rule]) => faceOf(rule, weight, dirname(path)))
    }),
  )
  return all.flat()
}

function faceOf(rule: string, weight: string, folder: string): Face {
  const file = /url\(\.\/(files\/[\w-]+\.woff2)\)/.exec(rule)?.[1]
  const range_text = /unicode-range: ([^;]+);/.exec(rule)?.[1]
  if (file === undefined || range_text === undefined)
    throw new Error('Inter’s style sheet is not understood.')
  return { weight, range_text, ranges: range_text.split(',').map(rangeOf), file: join(folder, file) }
}

/** `U+0460-052F`, `U+20B4`. */
function rangeOf(text: string): [number, number] {
  const [first = '', last = first] = text.trim().replace(/^U\+/, '').split('-')
  return [Number.parseInt(first, 16), Number.parseInt(last, 16)]
}

function isIn(ranges: readonly [number, number][], sign: number): boolean {
  return ranges.some(([first, last]) => sign >= first && sign <= last)
}

function contentOf(file: string): Promise<string> {
  const known = contents.get(file)
  if (known !== undefined) return known
  const read = readFile(file, 'base64')
  contents.set(file, read)
  return read
}
