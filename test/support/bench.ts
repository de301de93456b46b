import type { Test } from 'tap'
import { z } from 'zod'
import { temporaryFolder } from './folders.ts'
import { runProgram } from './processes.ts'

const figure = z.strictObject({
  name: z.string(),
  value: z.number().positive(),
  unit: z.string().min(1),
  reference: z.number().positive(),
  ratio: z.number().positive(),
})

/** Runs a bench at a size that says nothing of speed, and looks at what it prints: a JSON line for each figure. */
export async function checkFigures(t: Test, name: string): Promise<void> {
  const folder = await temporaryFolder(t)
  const args = [name, '--json', '--scale', '0.002', '--rounds', '1']
  const { code, printed } = await runProgram('scripts/bench.ts', folder, { args, env: { TMPDIR: folder } })
  t.equal(code, 0, printed)
  // What else it says goes to standard error, and stands between.
  const lines = printed.split('\n').filter((text) => text.startsWith('{'))
  const figures = lines.map((text) => figure.parse(JSON.parse(text)))
  t.ok(figures.length > 0)
  t.same(
    figures.filter((each) => !each.name.startsWith(`${name}: `)),
    [],
    'each is named after the bench',
  )
  t.equal(new Set(figures.map((each) => each.name)).size, figures.length, 'and has a name of its own')
  for (const { name: what, value, reference, ratio } of figures) {
    const either = [value / reference, reference / value]
    t.ok(
      either.some((one) => Math.abs(one / ratio - 1) < 0.01),
      `${what}: the ratio is that of value and reference`,
    )
  }
}
