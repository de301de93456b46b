import { parseArgs } from 'node:util'
import { benches } from '../bench/all.ts'
import type { Bench, Figure } from '../bench/frame.ts'
import { runBenches } from '../bench/run-benches.ts'
import { linesOf, UsageProblem } from './command.ts'
import { type ProgressBar, progressBar } from './progress-bar.ts'

/**
 * `npm run bench [-- NAME] [--json]`: the benchmarks, on a PostgreSQL and in folders of their own, each figure beside its reference
 * of the same run. `--scale 0.01` takes a hundredth of the usual sizes, `--rounds N` measures each way N times.
 */
type Command = { chosen: readonly Bench[]; json: boolean; scale: number; rounds: number }

const usage = `npm run bench [-- NAME] [--json] [--scale 0.01] [--rounds 3], where NAME is ${benches.map(({ name }) => name).join(' or ')}.`

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())

try {
  await run(readCommand(process.argv.slice(2)))
} catch (error) {
  if (stop.signal.aborted && error === stop.signal.reason) {
    console.error('Stopped.')
    process.exitCode = 130
  } else {
    for (const line of linesOf(error)) console.error(line)
    process.exitCode = error instanceof UsageProblem ? 2 : 1
  }
}

async function run({ chosen, json, scale, rounds }: Command): Promise<void> {
  let bar: ProgressBar | undefined
  const print = (line: string) => {
    bar?.clear()
    console.log(line)
  }
  await runBenches(chosen, {
    scale,
    rounds,
    signal: stop.signal,
    onBench: (bench) => {
      bar?.clear()
      bar = progressBar(process.stderr, bench.name)
      if (!json) console.log(`${bench.name}: ${bench.about}`)
    },
    onFigure: (figure) => print(json ? jsonLine(figure) : textLine(figure)),
    onRemark: (text) => {
      bar?.clear()
      if (json) console.error(text)
      else console.log(`  ${text}`)
    },
    onProgress: (_, done, total) => bar?.show(done, total),
  })
  bar?.clear()
}

function jsonLine({ name, value, unit, reference, ratio }: Figure): string {
  return JSON.stringify({
    name,
    value: precise(value),
    unit,
    reference: precise(reference),
    ratio: precise(ratio),
  })
}

/** Four digits are more than any of it is exact to. */
function precise(value: number): number {
  return Number(value.toPrecision(4))
}

function textLine({ name, value, unit, reference, ratio, beside }: Figure): string {
  const what = name.slice(name.indexOf(': ') + 2).padEnd(54)
  const measured = `${shown(value)} ${unit}`.padStart(20)
  return `  ${what}${measured}   ${beside} ${shown(reference)}   ratio ${ratio.toFixed(2)}`
}

function shown(value: number): string {
  const decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2
  return value.toLocaleString('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
}

function readCommand(args: string[]): Command {
  const { values, positionals } = parsedArgs(args)
  const [name, ...more] = positionals
  if (more.length > 0)
    throw new UsageProblem(`One bench at a time, or all: ${more.join(' ')} is too much. Use ${usage}`)
  const chosen = name === undefined ? benches : benches.filter((bench) => bench.name === name)
  if (chosen.length === 0)
    throw new UsageProblem(
      `There is no bench ${name}. There are: ${benches.map((bench) => bench.name).join(', ')}.`,
    )
  const scale = Number(values.scale ?? '1')
  if (!(scale > 0 && scale <= 1))
    throw new UsageProblem(`--scale ${values.scale} is not a share, such as 0.01. Use ${usage}`)
  const rounds = Number(values.rounds ?? '3')
  if (!(Number.isInteger(rounds) && rounds >= 1))
    throw new UsageProblem(`--rounds takes a whole number, such as 3. Use ${usage}`)
  return { chosen, json: values.json ?? false, scale, rounds }
}

function parsedArgs(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, scale: { type: 'string' }, rounds: { type: 'string' } },
    })
  } catch (error) {
    throw new UsageProblem(`${error instanceof Error ? error.message : String(error)}\nUse ${usage}`)
  }
}
