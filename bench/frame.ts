import type { BenchServer } from './server.ts'

/** A measured value beside its reference, of the same run. */
export type Figure = {
  /** The bench and what was measured: `billing: 1 period, 1 worker`. */
  name: string
  value: number
  unit: string
  /** In the same unit. */
  reference: number
  /** How the product stands to the reference: higher is better, 1 is as good. */
  ratio: number
  /** What the reference is, for people. */
  beside: string
}

/** A benchmark: `npm run bench -- NAME`. Another one is another module beside this, and a line in all.ts. */
export type Bench = {
  name: string
  /** What it measures, in a line. */
  about: string
  run: (field: Field) => Promise<void>
}

/** What a bench works with. Nothing of it is the user's, and all of it is gone afterwards. */
export type Field = {
  /** A folder of the bench's own. */
  folder: string
  /** A PostgreSQL of the benches' own, as shipped, started when it is first asked for. */
  server: () => Promise<BenchServer>
  /** So many, or a share of it where only a quick look is wanted (`--scale`); `least` at the least. */
  scaled: (count: number, least?: number) => number
  /** How often each way is measured; what is reported is the median. */
  rounds: number
  /** A signal from outside. Connections to `server` end with it, so a statement under way does not hold it up. */
  signal: AbortSignal
  report: (figure: Figure) => void
  /** What a person should know beside the figures: sizes, what the machine did. */
  remark: (text: string) => void
  /** How far the bench is, for a progress bar. */
  show: (done: number, total: number | null) => void
}

/** A value of which more is better, such as invoices a second. */
export function speed(name: string, unit: string, value: number, reference: number, beside: string): Figure {
  return { name, value, unit, reference, ratio: value / reference, beside }
}

/** A value of which less is better: milliseconds, megabytes. */
export function cost(name: string, unit: string, value: number, reference: number, beside: string): Figure {
  return { name, value, unit, reference, ratio: reference / value, beside }
}

/**
 * Measures several ways in turns, so that what else the machine does meanwhile meets all of them alike, and answers the median of
 * each in their order. Every other round goes backwards, so that none profits from coming first.
 */
export async function inTurns(
  field: Pick<Field, 'rounds' | 'signal' | 'show'>,
  ways: readonly (() => Promise<number>)[],
): Promise<number[]> {
  const measured = ways.map((): number[] => [])
  for (let round = 0; round < field.rounds; round += 1) {
    const turns = ways.map((way, index) => ({ way, index }))
    if (round % 2 === 1) turns.reverse()
    for (const [done, { way, index }] of turns.entries()) {
      field.signal.throwIfAborted()
      field.show(round * ways.length + done, field.rounds * ways.length)
      measured[index]?.push(await way())
    }
  }
  return measured.map(median)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = Number.NaN, high = low] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return (low + high) / 2
}
