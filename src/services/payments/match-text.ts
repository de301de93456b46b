/**
 * What the text of a bank's line holds: numbers of invoices and names of customers, however the bank and the payer wrote them. Capital
 * letters without accents; everything else parts words.
 */
export type MatchText = {
  readonly words: ReadonlySet<string>
  /** Every run of words, joined: a number written as FA-2026-0042, FA 2026 0042 or fa20260042 is among them. */
  readonly joined: ReadonlySet<string>
  /** Digits by themselves, without leading zeros. */
  readonly digits: ReadonlySet<string>
}

/** A number of more pieces than this does not exist: 35 signs at most. */
const longestRun = 10

export function matchText(text: string): MatchText {
  const pieces = piecesOf(text)
  const joined = new Set<string>()
  for (const start of pieces.keys()) {
    let run = ''
    for (const piece of pieces.slice(start, start + longestRun)) {
      run += piece
      joined.add(run)
    }
  }
  const digits = pieces.filter((piece) => /^\d+$/.test(piece)).map(withoutZeros)
  return { words: new Set(wordsOf(text)), joined, digits: new Set(digits) }
}

/** A number of an invoice as `joined` has it: `FA-2026-0042` is FA20260042. */
export function bareNumber(number: string): string {
  return piecesOf(number).join('')
}

/** The counter at the end of a number, without leading zeros: 42 of FA-2026-0042. */
export function counterOf(number: string): string {
  return withoutZeros(/\d+$/.exec(number)?.[0] ?? '')
}

/**
 * Whether a text names a customer: all words of the name that tell it from others are there, legal forms aside. Banks cut names off:
 * four letters of a word stand for it.
 *
 *     Chop-suey Chinese SAS     VIR INST CHOP SUEY CHINE FACT 42     yes
 *     Chop-suey Chinese SAS     CHOP CHOP                            no
 */
export function namesCustomer(text: MatchText, names: readonly string[]): boolean {
  return names.some((name) => {
    const telling = tellingWords(name)
    return telling.length > 0 && telling.every((word) => isAmong(word, text.words))
  })
}

/** The words of a name that tell it from others. */
export function tellingWords(name: string): string[] {
  const words = wordsOf(name).filter((word) => word.length > 2 && !common.has(word))
  // One short word is in too many texts.
  return words.length > 1 || (words[0]?.length ?? 0) > 3 ? words : []
}

function isAmong(word: string, words: ReadonlySet<string>): boolean {
  if (words.has(word)) return true
  for (let length = word.length - 1; length >= 4; length -= 1) {
    if (words.has(word.slice(0, length))) return true
  }
  return false
}

const common = new Set(
  'SAS SASU SARL EURL SCI SNC GIE GMBH LTD LIMITED LLC INC PLC SPA SRL THE AND DES LES DER DIE DAS UND VIR VIREMENT SEPA'.split(
    ' ',
  ),
)

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toUpperCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** Words, and within them letters apart from digits. */
function piecesOf(text: string): string[] {
  return wordsOf(text).flatMap((word) => word.match(/\p{N}+|\p{L}+/gu) ?? [])
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '')
}
