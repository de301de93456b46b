/** The bytes from `start` up to but not including `end`. */
export type ByteRange = { start: number; end: number }

/**
 * What of a content a request's `Range` asks for (RFC 9110, section 14): the whole where there is none, where it asks for several parts
 * or cannot be read; `unsatisfiable` where it lies behind the end.
 *
 *     bytes=0-99     of 200    0 to 100
 *     bytes=150-     of 200    150 to 200
 *     bytes=-50      of 200    150 to 200
 *     bytes=200-     of 200    unsatisfiable
 */
export function byteRange(header: string | undefined, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const match = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/.exec(header ?? '')
  if (match === null) return 'whole'
  const [, first = '', last = ''] = match
  if (first === '') {
    if (last === '') return 'whole'
    const length = Number(last)
    return length === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - length), end: size }
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return 'whole'
  if (start >= size) return 'unsatisfiable'
  return { start, end: last === '' ? size : Math.min(size, Number(last) + 1) }
}
