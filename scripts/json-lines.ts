import { pipeline } from 'node:stream/promises'
import type { z } from 'zod'
import type { SentenceKey } from '../src/languages/catalog.ts'
import { translate } from '../src/languages/translate.ts'

/** A mistake as the commands print it: the field's name in the input, `lines[3].quantity`; '' for the whole line. */
export type PrintedError = { readonly field: string; readonly message: string }

/**
 * Reads one JSON object a line on standard input and writes exactly one line for each, in order, however long either
 * is: an answer comes in pieces, and nothing is read that cannot be written. A reader that has seen enough (`| head`)
 * ends it quietly. Lines end with a line feed; an empty one is answered with its mistake.
 */
export async function answerLines(answer: (input: unknown) => Iterable<string>): Promise<void> {
  process.stdin.setEncoding('utf8')
  try {
    await pipeline(
      process.stdin,
      async function* (chunks: AsyncIterable<string>) {
        for await (const line of linesOf(chunks)) {
          yield* answerTo(line, answer)
          yield '\n'
        }
      },
      process.stdout,
    )
  } catch (error) {
    if (!isClosedPipe(error)) throw error
  }
}

/** The answer to a line that is not well formed. */
export function errorsLine(errors: readonly PrintedError[]): string {
  return JSON.stringify({ errors })
}

/** An English sentence for a schema's `error`. */
export function sentence(key: SentenceKey, params?: Record<string, string | number>): () => string {
  return () => translate('en', key, params)
}

/** A schema's complaints under the names that the input uses. */
export function printedErrors(error: z.ZodError): readonly PrintedError[] {
  return error.issues.map(({ path, message }) => ({ field: fieldName(path), message }))
}

/** Splits at line feeds alone: what else some readers take for a line's end (U+2028) may stand inside JSON. */
async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  // Parts of a line are joined once, so that a line of many megabytes is not copied for every chunk of it.
  let parts: string[] = []
  for await (const chunk of chunks) {
    const [first = '', ...rest] = chunk.split('\n')
    parts.push(first)
    for (const next of rest) {
      yield parts.join('')
      parts = [next]
    }
  }
  const last = parts.join('')
  if (last !== '') yield last
}

function* answerTo(line: string, answer: (input: unknown) => Iterable<string>): Generator<string> {
  const text = line.replace(/^\uFEFF/, '').trim()
  if (text === '') {
    yield errorsLine([{ field: '', message: translate('en', 'rules.line.empty') }])
    return
  }
  const input = parsed(text)
  if (input === undefined) yield errorsLine([{ field: '', message: translate('en', 'rules.line.not_json') }])
  else yield* answer(input)
}

/** JSON has no undefined, which so says that a text is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function fieldName(path: readonly PropertyKey[]): string {
  let name = ''
  for (const part of path) {
    if (typeof part === 'number') name += `[${part}]`
    else name += name === '' ? String(part) : `.${String(part)}`
  }
  return name
}

function isClosedPipe(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE'
}
