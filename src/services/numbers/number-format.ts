/**
 * A number of a series: `{YYYY}` is the year of the document's date, `{number}` the counter with at least four digits.
 *
 *     SO-{YYYY}-{number}      2026, 7        SO-2026-0007
 *     SO-AN-{YYYY}-{number}   2026, 12345    SO-AN-2026-12345
 */
export function formatNumber(format: string, year: number, number: number): string {
  return format
    .replaceAll('{YYYY}', String(year).padStart(4, '0'))
    .replaceAll('{number}', String(number).padStart(4, '0'))
}

/** The format of a first series; where there are several organisations, the code tells their numbers apart. */
export function presetFormat(prefix: string, organisationCode: string): string {
  return [prefix, organisationCode, '{YYYY}', '{number}'].filter((part) => part !== '').join('-')
}

/** The longest number that EN 16931 as used in France takes (BT-1, BR-FR-01). */
const longestNumber = 35
/** So many digits of the counter must fit beside the format's own characters. */
const counterDigits = 7

/** What is wrong with a format; undefined where it can be used. */
export type FormatMistake = 'characters' | 'year' | 'number' | 'order' | 'length'

/**
 * Whether a format makes numbers that an electronic invoice may bear: letters without accents, digits and + - _ / (BR-FR-02), at
 * most 35 characters with a counter of seven digits, `{YYYY}` once and after it `{number}` once.
 *
 *     F-{YYYY}-{number}    undefined
 *     F-{number}           'year'
 *     F {YYYY} {number}    'characters'
 */
export function mistakeOfFormat(format: string): FormatMistake | undefined {
  const [yearAt, numberAt] = [format.indexOf('{YYYY}'), format.indexOf('{number}')]
  if (yearAt === -1 || format.indexOf('{YYYY}', yearAt + 1) !== -1) return 'year'
  if (numberAt === -1 || format.indexOf('{number}', numberAt + 1) !== -1) return 'number'
  if (numberAt < yearAt) return 'order'
  const own = format.replace('{YYYY}', '').replace('{number}', '')
  if (!/^[A-Za-z0-9+_/-]*$/.test(own)) return 'characters'
  return own.length + 4 + counterDigits > longestNumber ? 'length' : undefined
}

/**
 * Whether two formats can make the same number, in whatever years and however far their counters go: then they cannot stand in one
 * organisation.
 *
 *     F-{YYYY}-{number}     A-{YYYY}-{number}     no
 *     F-{YYYY}-{number}     F-{YYYY}-1{number}    yes: F-2026-10001 is number 10001 of the one and 1 of the other
 *     F{YYYY}{number}       F{YYYY}-{number}      no
 */
export function formatsCollide(a: string, b: string): boolean {
  return shapesOf(a).some((left) => shapesOf(b).some((right) => canMeet(left, right)))
}

/** A place of a number: the characters that may stand there, and whether it may be repeated. */
type Place = { characters: string; repeats?: true }

const digits = '0123456789'
const anyDigit: Place = { characters: digits }

/** 1900 to 2999. */
const years: readonly (readonly Place[])[] = [
  [{ characters: '1' }, { characters: '9' }, anyDigit, anyDigit],
  [{ characters: '2' }, anyDigit, anyDigit, anyDigit],
]

/** `0001` to `9999`, and what is longer without zeros before it. */
const counters: readonly (readonly Place[])[] = [
  [anyDigit, anyDigit, anyDigit, anyDigit],
  [{ characters: '123456789' }, anyDigit, anyDigit, anyDigit, { characters: digits, repeats: true }],
]

/** Every shape that the numbers of a format can have. */
function shapesOf(format: string): Place[][] {
  return format.split(/(\{YYYY\}|\{number\})/).reduce<Place[][]>(
    (shapes, part) => {
      const own = [Array.from(part, (characters): Place => ({ characters }))]
      const ways = part === '{YYYY}' ? years : part === '{number}' ? counters : own
      return shapes.flatMap((shape) => ways.map((way) => [...shape, ...way]))
    },
    [[]],
  )
}

/** Walks both shapes together, a character at a time, to a common end. */
function canMeet(left: readonly Place[], right: readonly Place[]): boolean {
  const seen = new Set<string>()
  const walk: [number, number][] = [[0, 0]]
  for (let pair = walk.pop(); pair !== undefined; pair = walk.pop()) {
    const [i, j] = pair
    const [one, other] = [left[i], right[j]]
    if (one === undefined && other === undefined) return true
    if (one === undefined || other === undefined || seen.has(`${i} ${j}`)) continue
    seen.add(`${i} ${j}`)
    if (!Array.from(one.characters).some((character) => other.characters.includes(character))) continue
    for (const nextLeft of one.repeats ? [i, i + 1] : [i + 1])
      for (const nextRight of other.repeats ? [j, j + 1] : [j + 1]) walk.push([nextLeft, nextRight])
  }
  return false
}
